"""Bringing a database to this version: its tables by the migrations, and what is copied from the histories anew.

What a figure means may change between versions. The histories do not, so the copies are made of them again.
"""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tracker.db import transaction
from tracker.domain.copies import copies_of
from tracker.domain.events import standing_events
from tracker.domain.standing import fold_events
from tracker.migrations import state
from tracker.models import LedgerEntry, Manuscript
from tracker.queries.verification import verify_all
from tracker.services.turnaround import write_turnaround

AT_ONCE = 500


def upgrade_database(revision: str = "head") -> int:
    """Move the database up; gives how many manuscripts' copies were written anew.

    Raises BadInput for a revision that does not exist.
    """
    before = state.present_revision()
    state.upgrade(revision)
    if before in (None, state.present_revision()) or not state.is_up_to_date():
        return 0
    with transaction() as session:
        return mend_copies(session.connection())


def mend_copies(connection: Connection) -> int:
    """Write anew what is copied from histories and differs from them; gives of how many manuscripts.

    What is wrong with a history itself stays wrong, and `verify` goes on telling of it.
    """
    problems = verify_all(connection).problems
    broken = {problem.reference for problem in problems if problem.event is not None}
    stale = sorted({problem.reference for problem in problems} - broken)
    renewed = 0
    with Session(connection) as session:
        for start in range(0, len(stale), AT_ONCE):
            part = Manuscript.reference.in_(stale[start : start + AT_ONCE])
            found = session.scalars(select(Manuscript).where(part)).all()
            for manuscript in found:
                _write_anew(session, manuscript)
            renewed += len(found)
            session.flush()
            session.expunge_all()
    return renewed


def _write_anew(session: Session, manuscript: Manuscript) -> None:
    entries = select(LedgerEntry).where(LedgerEntry.manuscript_id == manuscript.id).order_by(LedgerEntry.position)
    standing = fold_events(standing_events([entry.event for entry in session.scalars(entries)]))
    for column, value in copies_of(standing).items():
        setattr(manuscript, column, value)
    write_turnaround(session, manuscript, standing)
