"""The manuscripts behind a number of a report: whatever a report counts can be looked at one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, literal, null, select

from tracker.db import db
from tracker.domain.errors import NotFound
from tracker.domain.reports import GROUPINGS, Period
from tracker.domain.turnaround import METRICS
from tracker.domain.words import State
from tracker.models import Account, Assignment, Closing, Interval, Journal, Manuscript
from tracker.queries.flow import open_conditions
from tracker.queries.intervals import NOT_SAID, OPEN_WORK, days_of, group_value, in_period, open_work_behind, within
from tracker.queries.outcomes import ACCEPTED, PENDING, UNDECIDED, dated, own, received_in, waited_for, with_outcome

OUTCOMES = {
    "accepted": (ACCEPTED, Manuscript.accepted_on),
    "rejected": ((State.REJECTED,), Manuscript.closed_on),
    "withdrawn": ((State.WITHDRAWN,), Manuscript.closed_on),
    "transferred": ((State.TRANSFERRED,), Manuscript.closed_on),
    "pending": (PENDING, Manuscript.received_on),
}


@dataclass(frozen=True)
class Part:
    """One part of a report that is split: `by` a grouping, with this value. Empty words are the whole."""

    by: str = ""
    value: str = ""


@dataclass(frozen=True)
class Behind:
    """One manuscript that a number counts, with its days and the two dates where the number is of days."""

    reference: str
    title: str
    state: str
    days: int | None
    started_on: date | None
    ended_on: date | None


def manuscripts_behind(
    journal: Journal, of: str, period: Period, *, as_of: date, part: Part | None = None
) -> list[Behind]:
    """What is behind `metric:KEY`, `outcome:accepted`, `flow:received`, `flow:closed:rejected`, `survival:KEY`, …

    As many as the number says. The longest first; a manuscript stands there once for each interval. Raises NotFound
    for anything else.
    """
    kind, _, what = of.partition(":")
    if kind == "metric" and what in METRICS:
        return _rows(_intervals(journal, what, period, part or Part()))
    if kind == "metric" and what in OPEN_WORK:
        return _of_open_work(journal, what, period, as_of)
    if kind == "outcome" and what in OUTCOMES:
        states, decided_on = OUTCOMES[what]
        return _rows(_plain().where(*with_outcome(journal, period, states, decided_on)))
    if kind == "survival" and what in UNDECIDED:
        return _rows(_plain().where(*waited_for(journal, period, what)))
    if kind == "imported":
        return _rows(_plain().where(*dated(journal, Period()), Manuscript.is_imported.is_(True)))
    if kind == "cohort":
        return _rows(_plain().where(*received_in(journal, period)))
    if kind == "flow" and (what in _FLOW or what.startswith("closed:")):
        return _rows(_flow(journal, what, period, as_of))
    if kind == "reviews" and what in _REVIEWS:
        return _rows(_assignments(journal, what, period, as_of))
    raise NotFound(f"There is no number “{of}” in a report.")


def _rows(query: Select[Any] | CompoundSelect[Any]) -> list[Behind]:
    return [Behind(*row) for row in db.session.execute(query)]


def _columns(days: Any, started_on: Any, ended_on: Any) -> Select[Any]:
    return select(Manuscript.reference, Manuscript.title, Manuscript.state, days, started_on, ended_on)


def _plain() -> Select[Any]:
    dated = _columns(null(), Manuscript.received_on, Manuscript.closed_on)
    return dated.order_by(Manuscript.received_on, Manuscript.id)


def _intervals(journal: Journal, metric: str, period: Period, part: Part) -> Select[Any]:
    days = days_of(period)
    found = in_period(_columns(days, Interval.started_on, Interval.ended_on), journal, period)
    found = found.join(Manuscript, Manuscript.id == Interval.manuscript_id).where(Interval.metric == metric)
    if part.by in GROUPINGS:
        found = found.outerjoin(Account, Account.id == Manuscript.handling_editor_id)
        value = group_value(period, part.by)
        found = found.where(value.is_(None) if part.value == NOT_SAID else value == part.value)
    return found.order_by(days.desc(), Interval.ended_on.desc(), Manuscript.id)


def _of_open_work(journal: Journal, what: str, period: Period, as_of: date) -> list[Behind]:
    found = db.session.execute(open_work_behind(journal, what, as_of, period))
    return [
        Behind(reference, title, state or "", (as_of - since).days, since, as_of)
        for reference, title, state, since in found
    ]


_FLOW = ("open_at_start", "received", "reopened", "closed", "open_at_end")


def _flow(journal: Journal, what: str, period: Period, as_of: date) -> Select[Any] | CompoundSelect[Any]:
    end = min(period.to_on or as_of, as_of)
    window = Period(period.from_on, end) if not period.from_on or period.from_on <= end else Period(end, end)
    with_date = [*own(journal, period), Manuscript.received_on.is_not(None)]
    came = [*with_date, *within(window, Manuscript.received_on)]
    if what == "received":
        return _plain().where(*came, *([Manuscript.origin_id.is_(None)] if period.by_paper else []))
    if what in ("open_at_start", "open_at_end"):
        at_start = what == "open_at_start"
        there, left = open_conditions(period.from_on or date.min if at_start else end, at_start=at_start)
        closed = select(Closing.manuscript_id).where(Closing.manuscript_id == Manuscript.id, *left).exists()
        return _plain().where(*with_date, there if period.from_on or not at_start else false(), ~closed)
    closings = _columns(null(), Manuscript.received_on, Closing.closed_on).join(Closing)
    if what == "reopened":
        again = closings.where(*with_date, *within(window, Closing.reopened_on), Closing.reopened_on.is_not(None))
        returns = _columns(null(), Manuscript.received_on, Manuscript.closed_on).where(
            *came, Manuscript.origin_id.is_not(None)
        )
        return again.union_all(returns) if period.by_paper else again
    outcome = what.removeprefix("closed:")
    of_outcome: list[ColumnElement[bool]] = [] if what == "closed" else [Closing.outcome == literal(outcome)]
    return closings.where(*with_date, *within(window, Closing.closed_on), *of_outcome).order_by(Closing.closed_on)


_REVIEWS: dict[str, tuple[str, ...]] = {
    "invited": ("invited", "agreed", "declined", "reviewed", "no_reply", "released"),
    "agreed": ("agreed", "reviewed"),
    "declined": ("declined",),
    "no_reply": ("no_reply",),
    "waiting": ("invited",),
    "released": ("released",),
    "reviews": ("reviewed",),
    "late": ("invited", "agreed", "declined", "reviewed", "no_reply", "released"),
}


def _assignments(journal: Journal, what: str, period: Period, as_of: date) -> Select[Any]:
    by = {"reviews": Assignment.reviewed_on, "late": Assignment.first_due_on}
    date_column = by.get(what, Assignment.invited_on)
    found = _columns(null(), Assignment.invited_on, Assignment.reviewed_on).join(Assignment)
    dated = [Assignment.journal_id == journal.id, date_column.is_not(None), *within(period, date_column)]
    status: list[ColumnElement[bool]] = [] if what == "reviews" else [Assignment.status.in_(_REVIEWS[what])]
    if what == "late":
        unmet = Assignment.reviewed_on.is_(None) | (Assignment.reviewed_on > Assignment.first_due_on)
        status += [Assignment.first_due_on < as_of, unmet]
    return found.where(*dated, *status, *own(journal, period)).order_by(Assignment.invited_on, Manuscript.id)
