"""Notes about periodic passes: rows that one process of many wins, and the scheduler's sign of life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, literal, update
from sqlalchemy.dialects import postgresql, sqlite

from tracker.db import Base, db
from tracker.models import JobRun
from tracker.queries.schedule import HEARTBEAT

FINISHED = "done"


def insert_once(table: type[Base], **values: Any) -> bool:
    """Insert the row unless one with its key is there; gives whether it was we who did."""
    session = db.session()
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # Asked back, not counted: what a driver counts after a conflict differs from one to the next.
    inserted = insert(table.__table__).values(**values).on_conflict_do_nothing().returning(literal(1))
    return session.execute(inserted).first() is not None


def insert_all_once(
    table: type[Base], rows: Sequence[Mapping[str, Any]], back: Sequence[Any], *, at_once: int = 500
) -> list[Row[Any]]:
    """Insert those of the rows whose key is not there yet; gives the columns `back` of the new ones."""
    session = db.session()
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new: list[Row[Any]] = []
    for start in range(0, len(rows), at_once):
        statement = insert(table.__table__).values(list(rows[start : start + at_once]))
        new += session.execute(statement.on_conflict_do_nothing().returning(*back)).all()
    return new


def note_run(job: str, *, now: datetime, outcome: str = "") -> None:
    """Note that a pass has run, in one row that is kept for it."""
    fields = {"ran_at": now, "outcome": outcome}
    if not insert_once(JobRun, job=job, slot=HEARTBEAT, **fields):
        db.session.execute(update(JobRun).where(JobRun.job == job, JobRun.slot == HEARTBEAT).values(**fields))


def claim_slot(job: str, slot: str, *, now: datetime, again_after: timedelta) -> bool:
    """Take a slot of work that is too long for one transaction; True for one process of many. Commit before you begin.

    A slot that nobody has finished is free again after a while: whoever took it has died, or failed.
    """
    if insert_once(JobRun, job=job, slot=slot, ran_at=now, outcome=""):
        return True
    stale = (
        update(JobRun)
        .where(JobRun.job == job, JobRun.slot == slot, JobRun.ran_at < now - again_after)
        .where(~JobRun.outcome.startswith(FINISHED))
        .values(ran_at=now)
        .returning(JobRun.job)
    )
    return db.session.execute(stale).first() is not None


def note_slot(job: str, slot: str, *, now: datetime, outcome: str) -> None:
    """Note what became of a claimed slot. One that begins with FINISHED is never claimed again."""
    mine = update(JobRun).where(JobRun.job == job, JobRun.slot == slot)
    db.session.execute(mine.values(ran_at=now, outcome=outcome))


def forget_slots(job: str, *, before: datetime) -> None:
    """Drop the notes about slots that lie back so far that nobody asks for them."""
    db.session.execute(delete(JobRun).where(JobRun.job == job, JobRun.slot != HEARTBEAT, JobRun.ran_at < before))
