"""References of manuscripts: as wanted where that is usable and free, else the journal's next number of the year."""

from __future__ import annotations

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.db import db
from tracker.domain.errors import BadInput
from tracker.models import Journal, Manuscript, ReferenceCounter

USABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,58}")
AUTOMATIC = re.compile(r".+-\d{4}-\d{3,}")  # what `numbered` gives


def free_reference(journal: Journal, wanted: str, year: int) -> str:
    """The wanted reference if it is usable and free, else the journal's next number of the year."""
    wanted = wanted.strip()
    if not wanted:
        return _next_reference(journal, year)
    if not USABLE.fullmatch(wanted):
        raise BadInput(f"The reference “{wanted}” may hold letters, digits, dots, dashes and underscores only.")
    if db.session.scalar(select(Manuscript.id).where(Manuscript.reference == wanted)) is not None:
        raise BadInput(f"The reference “{wanted}” is taken; choose another, or leave it empty for the next number.")
    return wanted


def told_apart(journal: Journal, reference: str) -> str:
    """The reference, with the journal's short name before it where there is the same already."""
    taken = select(Manuscript.id).where(func.upper(Manuscript.reference) == reference.upper())
    return prefixed(journal, reference) if reference and db.session.scalar(taken) else reference


def prefixed(journal: Journal, reference: str) -> str:
    """The reference as the journal's where another journal has the same: `AMS-OJS-1`."""
    return f"{journal.slug.upper()}-{reference}"


def numbered(journal: Journal, year: int, number: int) -> str:
    """The reference of this number in the year: `AMS-2023-001`."""
    return prefixed(journal, f"{year}-{number:03d}")


def locked_counter(session: Session, journal: Journal, year: int) -> ReferenceCounter:
    """The number last given in the year, which nobody else can count on from until the transaction ends."""
    own = select(ReferenceCounter).filter_by(journal_id=journal.id, year=year).with_for_update()
    own = own.execution_options(populate_existing=True)  # somebody else may have counted on since it was last seen
    counter = session.scalar(own)
    if counter is None:
        # Two first entries of a year must not both start the counter: the journal's row makes one wait.
        session.execute(select(Journal.id).where(Journal.id == journal.id).with_for_update())
        counter = session.scalar(own)
    if counter is None:
        counter = ReferenceCounter(journal_id=journal.id, year=year, last=0)
        session.add(counter)
    return counter


def _next_reference(journal: Journal, year: int) -> str:
    counter = locked_counter(db.session(), journal, year)
    while True:
        counter.last += 1
        reference = numbered(journal, year, counter.last)
        if db.session.scalar(select(Manuscript.id).where(Manuscript.reference == reference)) is None:
            return reference
