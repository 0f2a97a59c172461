"""Changing what is written on a manuscript's record: everything that its ledger does not say.

What is written over is kept beside it, with who changed it and when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from tracker.db import db
from tracker.domain.audit import RecordField
from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput, Refused
from tracker.formats.author_lines import author_line
from tracker.formats.file_links import tidy_file_links
from tracker.models import Account, Author, Manuscript, RecordChange
from tracker.services.actors import Actor
from tracker.services.history import count_from_the_paper
from tracker.services.manuscripts import identity_key, link_to_origin, must_not_be_an_author
from tracker.services.search import keep_searchable

LONGEST_SECTION = 120


def line_of(author: Author) -> str:
    """The author as a line that people type."""
    return author_line(author.given, author.family, author.email, is_corresponding=author.is_corresponding)


# Each field as the text that a form shows and a change keeps.
READ: Mapping[RecordField, Callable[[Manuscript], str]] = {
    RecordField.TITLE: lambda one: one.title,
    RecordField.SECTION: lambda one: one.section,
    RecordField.HANDLING_EDITOR: lambda one: one.handling_editor.uid if one.handling_editor else "",
    RecordField.ABSTRACT: lambda one: one.abstract,
    RecordField.KEYWORDS: lambda one: ", ".join(one.keywords),
    RecordField.FILES: lambda one: one.files,
    RecordField.REMINDERS: lambda one: "armed" if one.is_armed else "muted",
    RecordField.AUTHORS: lambda one: "\n".join(map(line_of, one.authors)),
}


def retitle(manuscript: Manuscript, title: str, *, by: Actor, now: datetime) -> None:
    """Give the manuscript another title. Raises BadInput for an empty one."""
    title = " ".join(title.split())
    if not title:
        raise BadInput("A manuscript needs a title.")
    with kept(manuscript, RecordField.TITLE, by, now):
        manuscript.title = title
    know_again(manuscript)
    keep_searchable([manuscript.id])


def know_again(manuscript: Manuscript) -> None:
    """Write anew by what the manuscript is known, should it be entered or imported again."""
    manuscript.identity_key = identity_key(manuscript.title, manuscript.authors)


def put_in_section(manuscript: Manuscript, section: str, *, by: Actor, now: datetime) -> None:
    """Put the manuscript into a section of the journal; empty for none. Raises BadInput for a name that is too long."""
    section = " ".join(section.split())
    if len(section) > LONGEST_SECTION:
        raise BadInput("The section's name is too long: write it as in the table of contents.")
    with kept(manuscript, RecordField.SECTION, by, now):
        manuscript.section = section


def put_abstract(manuscript: Manuscript, abstract: str, *, by: Actor, now: datetime) -> None:
    """Write the abstract; empty for none."""
    with kept(manuscript, RecordField.ABSTRACT, by, now):
        manuscript.abstract = abstract.strip()
    keep_searchable([manuscript.id])


def put_keywords(manuscript: Manuscript, keywords: str, *, by: Actor, now: datetime) -> None:
    """Write the key words, which have commas between."""
    with kept(manuscript, RecordField.KEYWORDS, by, now):
        manuscript.keywords = [word for part in keywords.replace(";", ",").split(",") if (word := part.strip())]
    keep_searchable([manuscript.id])


def link_files(manuscript: Manuscript, text: str, *, by: Actor, now: datetime) -> None:
    """Keep links to the manuscript's files, one a line. Raises BadInput for a line that is none."""
    tidy = tidy_file_links(text)
    with kept(manuscript, RecordField.FILES, by, now):
        manuscript.files = tidy


def assign_editor(manuscript: Manuscript, editor: Account | None, *, by: Actor, now: datetime) -> None:
    """Say who handles the manuscript: who is asked to act next. The account must be an editor of the journal.

    Raises Refused for an author of it.
    """
    must_not_be_an_author(manuscript, editor)
    with kept(manuscript, RecordField.HANDLING_EDITOR, by, now):
        manuscript.handling_editor = editor


def arm_reminders(manuscript: Manuscript, armed: bool, *, by: Actor, now: datetime) -> None:
    """Say whether automatic letters are written about the manuscript."""
    with kept(manuscript, RecordField.REMINDERS, by, now):
        manuscript.is_armed = armed


def note_reviewer_changes(
    manuscript: Manuscript, number: int, fields: Iterable[RecordField], *, by: Actor, now: datetime
) -> None:
    """Note that these were changed of a reviewer: by number alone, so that erasing the reviewer leaves no name here."""
    for field in fields:
        told = {"field": field, "before": str(number), "after": str(number), "actor": by.uid, "changed_at": now}
        db.session.add(RecordChange(manuscript_id=manuscript.id, **told))


@contextmanager
def kept(manuscript: Manuscript, field: RecordField, by: Actor, now: datetime) -> Iterator[None]:
    """Keep what the field was and is, if what happens inside changes it."""
    before = READ[field](manuscript)
    yield
    after = READ[field](manuscript)
    if before != after:
        told = {"field": field, "before": before, "after": after, "actor": by.uid, "changed_at": now}
        db.session.add(RecordChange(manuscript_id=manuscript.id, **told))


def link_back(manuscript: Manuscript, origin: Manuscript) -> None:
    """Say that a manuscript is a return of this one (T23). Raises Refused unless a return had been invited."""
    if manuscript.received_on is None:
        raise Refused(f"{manuscript.reference} has no received date, so it cannot follow another.")
    link_to_origin(manuscript, origin, PartialDate(manuscript.received_on))
    count_from_the_paper(manuscript)
