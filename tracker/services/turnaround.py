"""Turnaround as rows: what the one door for history writes of a standing, so that reports only count.

Called by `services.history` and by nobody else, in the transaction of the action.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from tracker.domain.copies import (
    Values,
    assignment_values,
    closing_values,
    exclusion_values,
    holder_values,
    interval_values,
)
from tracker.domain.standing import Fold
from tracker.domain.turnaround import Turnaround, turnaround
from tracker.models import Assignment, Closing, Exclusion, HolderDays, Interval, Manuscript, TurnaroundCount

Row = Interval | Exclusion | Closing | HolderDays | Assignment
ALL_JOURNALS = None
Counted = Counter[tuple[str, int, int]]  # (metric, year, days) → how many intervals


def write_turnaround(session: Session, manuscript: Manuscript, standing: Fold) -> None:
    """Write the manuscript's intervals, exclusions, closings, holders and assignments anew, and count the change."""
    before = _counted(session, manuscript.id)
    for table in (Interval, Exclusion, Closing, HolderDays, Assignment):
        session.execute(delete(table).where(table.manuscript_id == manuscript.id))
    result = turnaround(standing)
    session.add_all(_rows(manuscript, standing, result))
    session.flush()
    after: Counted = Counter((item.metric, item.ended_on.year, item.days) for item in result.intervals)
    for key in sorted(before.keys() | after.keys()):
        if change := after[key] - before[key]:
            for owner in (manuscript.journal_id, ALL_JOURNALS):
                _count(session, owner, key, change)


def _counted(session: Session, manuscript_id: int) -> Counted:
    rows = select(Interval.metric, Interval.ended_on, Interval.days).where(Interval.manuscript_id == manuscript_id)
    return Counter((metric, ended_on.year, days) for metric, ended_on, days in session.execute(rows))


def _count(session: Session, journal_id: int | None, key: tuple[str, int, int], change: int) -> None:
    """Add to a row of the key that nobody holds; where there is none, to a row of one's own. Never waits."""
    metric, year, days = key
    columns = {"journal_id": journal_id, "metric": metric, "year": year, "days": days}
    free = select(TurnaroundCount.id).filter_by(**columns).limit(1).with_for_update(skip_locked=True)
    found = session.execute(free).scalar()
    if found is None:
        session.execute(insert(TurnaroundCount).values(**columns, n=change))
    else:
        more = update(TurnaroundCount).where(TurnaroundCount.id == found).values(n=TurnaroundCount.n + change)
        session.execute(more.execution_options(synchronize_session=False))


def days_ahead(manuscript: Manuscript) -> int:
    """Days from the paper's first receipt to this record's own."""
    if manuscript.received_on is None or manuscript.paper_received_on is None:
        return 0
    return (manuscript.received_on - manuscript.paper_received_on).days


def _rows(manuscript: Manuscript, standing: Fold, result: Turnaround) -> Iterator[Row]:
    ids = {"manuscript_id": manuscript.id, "journal_id": manuscript.journal_id}
    tables: tuple[tuple[type[Row], Iterator[Values]], ...] = (
        (Interval, interval_values(result, manuscript.received_on, days_ahead(manuscript))),
        (Exclusion, exclusion_values(result)),
        (Closing, closing_values(standing)),
        (HolderDays, holder_values(standing, result)),
        (Assignment, assignment_values(standing, manuscript.journal.policy)),
    )
    for table, rows in tables:
        yield from (table(**ids, **values) for values in rows)
