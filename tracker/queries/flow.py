"""The flow of manuscripts through a period, each number counted on its own, so that the identity checks them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import db
from tracker.domain.flow import Flow
from tracker.domain.reports import MonthFlow, Period
from tracker.models import Closing, Journal, Manuscript
from tracker.queries.intervals import Counts, leaving_out, month_of, within
from tracker.queries.outcomes import dated, own

Conditions = list[ColumnElement[bool]]


def flow_of_manuscripts(journal: Journal, period: Period, as_of: date) -> Flow:
    """What was open, came in, was opened again, was closed and is open. Without a received date a record is out."""
    end = min(period.to_on or as_of, as_of)
    start = period.from_on
    if start is not None and start > end:
        still_open = open_on(journal, period, end)
        return Flow(still_open, 0, 0, {}, still_open)
    window = Period(start, end)
    outcomes = select(Closing.outcome, func.count()).where(*_closed(journal, period))
    closed = outcomes.where(*within(window, Closing.closed_on)).group_by(Closing.outcome)
    came = within(window, Manuscript.received_on)
    again = _closings(journal, period, *within(window, Closing.reopened_on), Closing.reopened_on.is_not(None))
    returned = _manuscripts(journal, period, *came, Manuscript.origin_id.is_not(None)) if period.by_paper else 0
    return Flow(
        open_at_start=0 if start is None else open_on(journal, period, start, at_start=True),
        received=_manuscripts(journal, period, *came) - returned,
        reopened=again + returned,
        closed=dict(db.session.execute(closed).all()),
        open_at_end=open_on(journal, period, end),
    )


def open_on(journal: Journal, period: Period, day: date, *, at_start: bool = False) -> int:
    """Manuscripts open at the end of the day, or at its start."""
    came, left = open_conditions(day, at_start=at_start)
    return _manuscripts(journal, period, came) - _closings(journal, period, *left)


def open_conditions(day: date, *, at_start: bool = False) -> tuple[ColumnElement[bool], Conditions]:
    """What had come in by then, and which closings still held: received, and (closed and not opened again)."""
    if at_start:
        still_closed = Closing.reopened_on.is_(None) | (Closing.reopened_on >= day)
        return Manuscript.received_on < day, [Closing.closed_on < day, still_closed]
    still_closed = Closing.reopened_on.is_(None) | (Closing.reopened_on > day)
    return Manuscript.received_on <= day, [Closing.closed_on <= day, still_closed]


def _closed(journal: Journal, period: Period) -> Conditions:
    """Closings of manuscripts with a received date. Those without are few and quickly found; a join would be slow."""
    undated = select(Manuscript.id).where(Manuscript.journal_id == journal.id, Manuscript.received_on.is_(None))
    conditions = [Closing.journal_id == journal.id, Closing.manuscript_id.not_in(undated)]
    conditions += leaving_out(period, Closing.manuscript_id)
    if not period.imported:
        conditions.append(Closing.manuscript_id.in_(select(Manuscript.id).where(*own(journal, period))))
    return conditions


def _manuscripts(journal: Journal, period: Period, *conditions: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(Manuscript).where(*dated(journal, period), *conditions)
    return db.session.scalar(counted) or 0


def _closings(journal: Journal, period: Period, *conditions: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(Closing).where(*_closed(journal, period), *conditions)
    return db.session.scalar(counted) or 0


def flow_by_month(journal: Journal, period: Period, as_of: date) -> tuple[MonthFlow, ...]:
    """Every month of the period, the quiet ones too, from the first manuscript to `as_of`."""
    received = _by_month(journal, period, Manuscript.received_on, as_of)
    closed = _by_month(journal, period, Closing.closed_on, as_of)
    reopened = _by_month(journal, period, Closing.reopened_on, as_of)
    returned = _returns_by_month(journal, period, as_of) if period.by_paper else {}
    everything = sorted({*received, *closed, *reopened})
    if not everything:
        return ()
    last = min(period.to_on or as_of, as_of).strftime("%Y-%m")
    rows, still_open = [], 0
    for month in _months(everything[0], max(last, everything[-1])):
        came, again, left, back = (counts.get(month, 0) for counts in (received, reopened, closed, returned))
        came, again = came - back, again + back
        still_open += came + again - left
        rows.append(MonthFlow(month, came, again, left, still_open))
    first = period.from_on.strftime("%Y-%m") if period.from_on else everything[0]
    return tuple(row for row in rows if first <= row.month <= last)


def _returns_by_month(journal: Journal, period: Period, as_of: date) -> dict[str, int]:
    """By paper, a return is no receipt: it opens the paper again."""
    return _by_month(journal, period, Manuscript.received_on, as_of, Manuscript.origin_id.is_not(None))


def _by_month(
    journal: Journal,
    period: Period,
    column: InstrumentedAttribute[date | None],
    as_of: date,
    *only: ColumnElement[bool],
) -> dict[str, int]:
    month = month_of(column)
    of_journal = _closed(journal, period) if column.class_ is Closing else dated(journal, period)
    query: Counts = select(month, func.count())
    rows = query.where(*of_journal, column.is_not(None), column <= as_of, *only).group_by(month)
    return dict(db.session.execute(rows).all())


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:])
    while (name := f"{year:04}-{month:02}") <= last:
        yield name
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
