"""Outcomes of manuscripts: acceptance rates, cohorts, and estimates that count pending work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import db
from tracker.domain.proportions import Proportion
from tracker.domain.reports import Cohort, Period, Rates
from tracker.domain.survival import CumulativeIncidence, SurvivalCurve, aalen_johansen, kaplan_meier
from tracker.domain.turnaround import FIRST_OF_PAPER
from tracker.domain.words import OPEN_STATES, State
from tracker.models import Exclusion, Interval, Journal, Manuscript
from tracker.queries.intervals import Counts, came_back, days_of, leaving_out, left_for, within

ACCEPTED = (State.ACCEPTED, State.PUBLISHED)
PENDING = OPEN_STATES - {State.ACCEPTED}


def acceptance_rates(journal: Journal, period: Period) -> Rates:
    """Acceptance of what was decided in the period, or of the cohort that was received in it."""

    def counted(states: Iterable[State], decided_on: InstrumentedAttribute[date | None]) -> int:
        conditions = with_outcome(journal, period, states, decided_on)
        return db.session.scalar(select(func.count()).select_from(Manuscript).where(*conditions)) or 0

    accepted = counted(ACCEPTED, Manuscript.accepted_on)
    rejected = counted((State.REJECTED,), Manuscript.closed_on)
    return Rates(
        acceptance=Proportion(accepted, accepted + rejected),
        accepted=accepted,
        rejected=rejected,
        withdrawn=counted((State.WITHDRAWN,), Manuscript.closed_on),
        transferred=counted((State.TRANSFERRED,), Manuscript.closed_on),
        pending=counted(PENDING, Manuscript.received_on),
    )


def live_acceptance(journal: Journal, period: Period, rates: Rates) -> Proportion | None:
    """The acceptance without imported records, where these flatter it: imports of published articles reject nothing."""
    if not period.imported or not rates.accepted:
        return None
    live = acceptance_rates(journal, replace(period, imported=False))
    return live.acceptance if rates.is_flattered_by(live) else None


def with_outcome(
    journal: Journal, period: Period, states: Iterable[State], decided_on: InstrumentedAttribute[date | None]
) -> list[ColumnElement[bool]]:
    """The conditions for manuscripts in these states: received in the period as a cohort, or decided in it.

    Without that date it is in no period, so that the years add up to all time.
    """
    when = Manuscript.received_on if period.basis == "received" else decided_on
    if period.by_paper and when is Manuscript.received_on:
        when = Manuscript.paper_received_on
    conditions = [*own(journal, period), Manuscript.state.in_(states), when.is_not(None), *within(period, when)]
    return [*conditions, Manuscript.id.not_in(left_for(journal))] if period.by_paper else conditions


def own(journal: Journal, period: Period) -> list[ColumnElement[bool]]:
    """The conditions for the journal's manuscripts that a report looks at."""
    conditions: list[ColumnElement[bool]] = [Manuscript.journal_id == journal.id, Manuscript.state.is_not(None)]
    conditions += leaving_out(period, Manuscript.id)
    return conditions if period.imported else [*conditions, Manuscript.is_imported.is_(False)]


def received_in(journal: Journal, period: Period, metric: str = "final_decision") -> list[ColumnElement[bool]]:
    """The conditions for the cohort: rates and survival are always of manuscripts by the date they were received.

    By paper, a paper's first record stands for it where the metric is its first decision, else its last record does.
    """
    conditions = [*dated(journal, period), *within(period, received_column(period))]
    if not period.by_paper:
        return conditions
    others = came_back(journal) if metric in FIRST_OF_PAPER else left_for(journal)
    return [*conditions, Manuscript.id.not_in(others)]


def received_column(period: Period) -> InstrumentedAttribute[date | None]:
    """The day on which a manuscript was received, or its paper for the first time."""
    return Manuscript.paper_received_on if period.by_paper else Manuscript.received_on


def dated(journal: Journal, period: Period) -> list[ColumnElement[bool]]:
    """The conditions for manuscripts with a received date. A void record has none, so its state is not asked for."""
    conditions: list[ColumnElement[bool]] = [Manuscript.journal_id == journal.id, Manuscript.received_on.is_not(None)]
    conditions += leaving_out(period, Manuscript.id)
    return conditions if period.imported else [*conditions, Manuscript.is_imported.is_(False)]


def cohort(journal: Journal, period: Period) -> Cohort:
    """How many manuscripts were received in the period, and how many of them are closed."""
    counted = select(func.count(), func.count(Manuscript.closed_on)).where(*received_in(journal, period))
    return Cohort(*db.session.execute(counted).one())


def to_decision(
    journal: Journal, period: Period, as_of: date, metric: str, *only: ColumnElement[bool]
) -> SurvivalCurve:
    """Kaplan–Meier of the days to the first, or final, decision of the cohort received in the period.

    `only` are conditions on the manuscripts that are looked at. What waits is censored at `as_of`. What was withdrawn
    or transferred without a decision is censored then for the first, and ended the wait for the final one. An imported
    history without its decisions says nothing of when they were: it is left out, not censored.
    """
    ends = Counter(_finished(journal, period, metric, *only))
    left, still_open = _without(journal, period, as_of, metric, *only)
    if metric == "final_decision":
        return _curve(ends + left, still_open)
    return _curve(ends, left + still_open)


def to_final_outcome(journal: Journal, period: Period, as_of: date) -> tuple[SurvivalCurve, CumulativeIncidence]:
    """`to_decision` of the final decision, and by Aalen–Johansen in what it ended.

    The outcomes are accepted, rejected, and withdrawn or transferred before there was a decision.
    """
    decided = Counter(_finished(journal, period, "final_decision"))
    given_up = Manuscript.state.in_((State.WITHDRAWN, State.TRANSFERRED))  # after the acceptance
    accepted = Counter(_finished(journal, period, "acceptance"))
    accepted.subtract(_finished(journal, period, "acceptance", given_up))
    left, still_open = _without(journal, period, as_of, "final_decision")
    closed = {"accepted": accepted, "rejected": decided - accepted, "withdrawn or transferred": left}
    return _curve(decided + left, still_open), aalen_johansen(closed, still_open)


def _curve(ended: Mapping[int, int], censored: Mapping[int, int]) -> SurvivalCurve:
    days = ended.keys() | censored.keys()
    return kaplan_meier({day: (ended.get(day, 0), censored.get(day, 0)) for day in days})


def _finished(journal: Journal, period: Period, metric: str, *only: ColumnElement[bool]) -> dict[int, int]:
    """Days → count of a metric, for the cohort: read from the intervals alone unless the cohort is restricted."""
    days = days_of(period)
    counted = select(days, func.count()).where(Interval.journal_id == journal.id, Interval.metric == metric)
    counted = counted.where(*leaving_out(period, Interval.manuscript_id))
    if only or not period.imported or period.by_paper:
        cohort_only = select(Manuscript.id).where(*received_in(journal, period, metric), *only)
        counted = counted.where(Interval.manuscript_id.in_(cohort_only))
    else:
        counted = counted.where(*within(period, Interval.received_on))
    return dict(db.session.execute(counted.group_by(days)).all())


UNDECIDED = {
    "first_decision": Manuscript.first_decision_on.is_(None),
    "final_decision": Manuscript.state.not_in((*ACCEPTED, State.REJECTED)),
}


def waited_for(journal: Journal, period: Period, metric: str) -> list[ColumnElement[bool]]:
    """The conditions for the manuscripts that `to_decision` looks at: decided, or waiting and not left out."""
    is_waiting = and_(UNDECIDED[metric], ~_there_is(Exclusion, metric))
    return [*received_in(journal, period, metric), or_(_there_is(Interval, metric), is_waiting)]


def _there_is(table: type[Interval | Exclusion], metric: str) -> ColumnElement[bool]:
    return select(table.manuscript_id).where(table.manuscript_id == Manuscript.id, table.metric == metric).exists()


def _without(
    journal: Journal, period: Period, as_of: date, metric: str, *only: ColumnElement[bool]
) -> tuple[Counter[int], Counter[int]]:
    """Days → how many of the cohort have no such decision and are not left out: of those closed, and of those open."""
    absent = [~_there_is(table, metric) for table in (Interval, Exclusion)]
    received = received_column(period)
    waiting: Counts = select(received, Manuscript.closed_on, func.count())
    waiting = waiting.where(*received_in(journal, period, metric), UNDECIDED[metric], *only, *absent)
    left, still_open = Counter[int](), Counter[int]()
    for received_on, closed_on, count in db.session.execute(waiting.group_by(received, Manuscript.closed_on)):
        days = (min(closed_on or as_of, as_of) - received_on).days
        if days >= 0:
            (left if closed_on else still_open)[days] += count
    return left, still_open
