"""Entering manuscripts: the record, its authors, its reference, and the received event that opens its ledger."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from tracker.db import db, take_turns
from tracker.domain.dates import PartialDate, day_in_words
from tracker.domain.errors import BadInput, NeedsConfirmation, Refused
from tracker.domain.recording import Entry
from tracker.domain.words import Action, State
from tracker.formats.article_record import AuthorRecord
from tracker.models import Account, Author, Journal, Manuscript
from tracker.queries.articles import byline_of
from tracker.queries.conflicts import is_author
from tracker.queries.people import returns_of
from tracker.services.actors import Actor
from tracker.services.history import count_from_the_paper, record_step
from tracker.services.references import free_reference


def enter_manuscript(
    journal: Journal,
    *,
    title: str,
    authors: Sequence[AuthorRecord],
    received_on: PartialDate,
    by: Actor,
    now: datetime,
    today: date,
    reference: str = "",
    section: str = "",
    article_type: str = "",
    handling_editor: Account | None = None,
    note: str = "",
    origin: Manuscript | None = None,
    confirmed: bool = False,
) -> Manuscript:
    """Enter a manuscript that the journal has received; `origin` is the rejected one that it comes back from (T23).

    Raises BadInput for a missing title or an unusable reference, Refused for a date in the future or a handling editor
    who is an author, and NeedsConfirmation where the journal has a manuscript of the same title and first author.
    """
    take_turns(journal)  # or the same one could be entered by two people who see no other
    twin = manuscript_like(journal, title, authors)
    if twin is not None and twin is not origin and not confirmed:
        raise NeedsConfirmation(
            f"{twin.reference} has the same title and first author. Confirm that this is another manuscript."
        )
    manuscript = new_record(
        journal, title=title, authors=authors, year=received_on.first.year, now=now, reference=reference
    )
    manuscript.section, manuscript.article_type = section.strip(), article_type.strip()
    must_not_be_an_author(manuscript, handling_editor)
    manuscript.handling_editor = handling_editor
    if origin is not None:
        link_to_origin(manuscript, origin, received_on)
    record_step(manuscript, Entry(Action.RECEIVED, received_on, note=note), by=by, now=now, today=today)
    return manuscript


def receive_return(
    origin: Manuscript, received_on: PartialDate, *, by: Actor, now: datetime, today: date, note: str = ""
) -> Manuscript:
    """Enter what comes back after a rejection that invited it (T23): a new record with the origin's title and authors.

    Raises Refused where nothing was invited or the date lies before the rejection.
    """
    return enter_manuscript(
        origin.journal, title=origin.title, authors=byline_of(origin), received_on=received_on, by=by, now=now,
        today=today, section=origin.section, article_type=origin.article_type, handling_editor=origin.handling_editor,
        note=note, origin=origin, confirmed=True,
    )  # fmt: skip


def must_not_be_an_author(manuscript: Manuscript, editor: Account | None) -> None:
    """Raise Refused where the person chosen to handle the manuscript is an author of it."""
    if editor is not None and is_author(manuscript, editor):
        raise Refused(f"{editor.display_name} is an author of this manuscript and cannot handle it: choose another.")


def link_to_origin(manuscript: Manuscript, origin: Manuscript, received_on: PartialDate) -> None:
    """Say that a manuscript is a return of a rejected one.

    Raises Refused unless a return had been invited, and where another has come back already.
    """
    if origin.journal_id != manuscript.journal.id:
        raise Refused(f"{origin.reference} belongs to another journal; a return is linked within one journal.")
    if origin.state != State.REJECTED or origin.kind != "resubmit_invited":
        raise Refused(
            f"{origin.reference} was not rejected with an invitation to re-submit, so nothing returns from it."
        )
    if origin.closed_on is not None and received_on.last < origin.closed_on:
        raise Refused(
            f"Received on {received_on.words} lies before the rejection of {origin.reference} on "
            f"{day_in_words(origin.closed_on)}, which it has to follow."
        )
    others = [reference for reference in returns_of(origin) if reference != manuscript.reference]
    if others:
        raise Refused(f"{others[0]} has come back from {origin.reference} already; a rejection brings one return.")
    manuscript.origin = origin


def unlink_from_origin(manuscript: Manuscript) -> None:
    """Take the link to the origin away: the way back of T23. Its own received date counts again."""
    manuscript.origin = None
    count_from_the_paper(manuscript)


def new_record(
    journal: Journal, *, title: str, authors: Sequence[AuthorRecord], year: int, now: datetime, reference: str = ""
) -> Manuscript:
    """A manuscript's row with its authors and reference, and an empty ledger."""
    title = " ".join(title.split())
    if not title:
        raise BadInput("A manuscript needs a title.")
    manuscript = Manuscript(
        journal=journal,
        reference=free_reference(journal, reference, year),
        title=title,
        identity_key=identity_key(title, authors),
        created_at=now,
        authors=[author_row(author, position) for position, author in enumerate(authors, start=1)],
    )
    db.session.add(manuscript)
    db.session.flush()
    return manuscript


def author_row(author: AuthorRecord, position: int) -> Author:
    return Author(position=position, **vars(author))


def manuscript_like(journal: Journal, title: str, authors: Sequence[AuthorRecord]) -> Manuscript | None:
    """The journal's manuscript with the same title and first author, spelling and case apart."""
    key = identity_key(title, authors)
    same = select(Manuscript).where(
        Manuscript.journal_id == journal.id, Manuscript.identity_key == key, Manuscript.state.is_not(None)
    )
    return db.session.scalars(same.order_by(Manuscript.id).limit(1)).first()


def identity_key(title: str, authors: Sequence[AuthorRecord | Author]) -> str:
    """Title and first author's family name reduced to letters and digits, for telling the same manuscript again."""
    family = (authors[0].family or authors[0].given) if authors else ""
    return f"{_bare(title)[:150]}|{_bare(family)[:40]}"


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))
