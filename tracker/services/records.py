"""Changing what is written on a manuscript's record: everything that its ledger does not say."""

from __future__ import annotations

from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput, Refused
from tracker.formats.file_links import tidy_file_links
from tracker.models import Account, Manuscript
from tracker.services.history import count_from_the_paper
from tracker.services.manuscripts import NewAuthor, identity_key, link_to_origin, must_not_be_an_author
from tracker.services.search import keep_searchable

LONGEST_SECTION = 120


def retitle(manuscript: Manuscript, title: str) -> None:
    """Give the manuscript another title. Raises BadInput for an empty one."""
    title = " ".join(title.split())
    if not title:
        raise BadInput("A manuscript needs a title.")
    manuscript.title = title
    manuscript.identity_key = identity_key(title, [NewAuthor(one.given, one.family) for one in manuscript.authors])
    keep_searchable([manuscript.id])


def put_in_section(manuscript: Manuscript, section: str) -> None:
    """Put the manuscript into a section of the journal; empty for none. Raises BadInput for a name that is too long."""
    section = " ".join(section.split())
    if len(section) > LONGEST_SECTION:
        raise BadInput("The section's name is too long: write it as in the table of contents.")
    manuscript.section = section


def describe(manuscript: Manuscript, *, abstract: str | None = None, keywords: str | None = None) -> None:
    """Write the abstract, or the key words with commas between."""
    if abstract is not None:
        manuscript.abstract = abstract.strip()
    if keywords is not None:
        manuscript.keywords = [word for part in keywords.replace(";", ",").split(",") if (word := part.strip())]
    keep_searchable([manuscript.id])


def link_files(manuscript: Manuscript, text: str) -> None:
    """Keep links to the manuscript's files, one a line. Raises BadInput for a line that is none."""
    manuscript.files = tidy_file_links(text)


def assign_editor(manuscript: Manuscript, editor: Account | None) -> None:
    """Say who handles the manuscript: who is asked to act next. The account must be an editor of the journal.

    Raises Refused for an author of it.
    """
    must_not_be_an_author(manuscript, editor)
    manuscript.handling_editor = editor


def arm_reminders(manuscript: Manuscript, armed: bool) -> None:
    """Say whether automatic letters are written about the manuscript."""
    manuscript.is_armed = armed


def link_back(manuscript: Manuscript, origin: Manuscript) -> None:
    """Say that a manuscript is a return of this one (T23). Raises Refused unless a return had been invited."""
    if manuscript.received_on is None:
        raise Refused(f"{manuscript.reference} has no received date, so it cannot follow another.")
    link_to_origin(manuscript, origin, PartialDate(manuscript.received_on))
    count_from_the_paper(manuscript)
