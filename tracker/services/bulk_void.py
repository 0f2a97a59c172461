"""Taking back the whole histories of many manuscripts at once, each by an entry of its ledger that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from tracker.db import Base
from tracker.domain.events import Event, sealed
from tracker.domain.policy import Policy
from tracker.domain.standing import Fold
from tracker.domain.words import UNDONE
from tracker.models import Assignment, Closing, Exclusion, HolderDays, Interval, LedgerEntry, Manuscript, Task
from tracker.services.bulk_rows import (
    RowBuffer,
    RowShape,
    connection_of,
    count_intervals,
    ledger_values,
    standing_values,
)

DERIVED: tuple[type[Base], ...] = (Task, Interval, Exclusion, Closing, HolderDays, Assignment)


@dataclass(frozen=True)
class Taken:
    """A manuscript whose whole history is taken back: where its ledger ends, and the entries that still stand."""

    manuscript_id: int
    version: int
    head_hash: str
    positions: tuple[int, ...]


def void_histories(
    session: Session, taken: Sequence[Taken], *, actor: str, reason: str, source: str, now: datetime, today: date
) -> None:
    """Take whole histories back, each by one entry that says so; their records are void after it."""
    shape = RowShape(LedgerEntry, session.connection().dialect, ("manuscript_id",))
    ledger = RowBuffer(shape)
    rows = []
    nothing = standing_values(Fold(), Policy())
    for item in taken:
        position = item.version + 1
        entry = Event(
            position=position, action=UNDONE, occurred_on=today, sequence=0, recorded_at=now,
            actor=actor, details={"positions": list(item.positions)}, note=reason, source=source, step=position,
        )  # fmt: skip
        seal = sealed(item.head_hash, entry)
        ledger.extend((item.manuscript_id,), map(shape.tail, ledger_values([(entry, seal)])))
        rows.append({"id": item.manuscript_id, **nothing, "version": position, "head_hash": seal})
    _uncount(session, [item.manuscript_id for item in taken])
    ledger.write(connection_of(session))
    if rows:
        session.execute(update(Manuscript), rows)


def _uncount(session: Session, ids: Sequence[int]) -> None:
    rows = select(Interval.journal_id, Interval.metric, Interval.ended_on, Interval.days).where(
        Interval.manuscript_id.in_(ids)
    )
    counts: Counter[tuple[int, str, int, int]] = Counter()
    for journal_id, metric, ended_on, days in session.execute(rows):
        counts[journal_id, metric, ended_on.year, days] -= 1
    for model in DERIVED:
        table = model.__table__
        assert isinstance(table, Table)
        session.execute(delete(table).where(table.c.manuscript_id.in_(ids)))
    count_intervals(session, counts)
