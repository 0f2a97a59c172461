"""One journal's turnaround report, put together from what the database counts.

The rows were written by the same fold as the standing (`services.history`): there is no second bookkeeping of dates.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from tracker.db import db
from tracker.domain.proportions import clear_change
from tracker.domain.reports import Comparison, Excluded, Period, TurnaroundReport
from tracker.domain.turnaround import METRICS
from tracker.models import Exclusion, Journal, Manuscript
from tracker.queries.flow import flow_by_month, flow_of_manuscripts
from tracker.queries.holders import holder_shares
from tracker.queries.intervals import (
    ALL_METRICS,
    Histograms,
    added_up,
    finished_by,
    finished_by_year,
    groups_of,
    leaving_out,
    open_work,
    summaries,
    within,
)
from tracker.queries.outcomes import acceptance_rates, cohort, dated, live_acceptance, to_decision, to_final_outcome
from tracker.queries.reviewing import reviewing_in

YEARS_BEFORE = 7  # with the period's own, as many as a picture can hold


def turnaround_report(
    journal: Journal, period: Period, *, as_of: date, by: str = "", today_is_fixed: bool = False
) -> TurnaroundReport:
    """The journal's turnaround in a period, as of a day. Raises BadInput for a grouping that is not known."""
    years = finished_by_year(journal, period)
    parts = {} if not by else years if by == "year" else finished_by(journal, period, by)
    histograms = {**added_up(years.values()), **open_work(journal, as_of, period)}
    by_year = groups_of(years, "year")
    before = _years_before(journal, period) if _begins_with_a_year(period) else {}
    rates, imported = acceptance_rates(journal, period), _imported(journal, period)
    to_final_decision, outcomes = to_final_outcome(journal, period, as_of)
    return TurnaroundReport(
        journal=journal.slug,
        title=journal.title,
        period=period,
        as_of=as_of,
        metrics=summaries(histograms, ALL_METRICS),
        histograms=histograms,
        years=(*groups_of(before, "year"), *by_year),
        groups=by_year if by == "year" else groups_of(parts, by),
        rates=rates,
        live_acceptance=live_acceptance(journal, period, rates) if imported else None,
        flow=flow_of_manuscripts(journal, period, as_of),
        months=flow_by_month(journal, period, as_of),
        holders=holder_shares(journal, period),
        reviewing=reviewing_in(journal, period, as_of),
        cohort=cohort(journal, period),
        to_first_decision=to_decision(journal, period, as_of, "first_decision"),
        to_final_decision=to_final_decision,
        outcomes=outcomes,
        excluded=_excluded(journal, period),
        imported=imported,
        today_is_fixed=today_is_fixed,
    )


def _begins_with_a_year(period: Period) -> bool:
    return period.from_on is not None and (period.from_on.month, period.from_on.day) == (1, 1)


def _years_before(journal: Journal, period: Period) -> dict[str, Histograms]:
    """The years before one that the period begins with, so that a year can be seen beside them."""
    assert period.from_on is not None
    last = period.from_on.year - 1
    return finished_by_year(
        journal, replace(period, from_on=date(last - YEARS_BEFORE + 1, 1, 1), to_on=date(last, 12, 31))
    )


def compared(report: TurnaroundReport, journal: Journal, before: Period) -> TurnaroundReport:
    """The report with the figures of another period beside its own."""
    metrics = summaries(added_up(finished_by_year(journal, before).values()), METRICS)
    rates = acceptance_rates(journal, before)
    changes = {key: clear_change(metrics[key].ci95, report.metrics[key].ci95) for key in METRICS}
    acceptance = clear_change(rates.acceptance.interval, report.rates.acceptance.interval)
    return replace(report, comparison=Comparison(before, metrics, rates, changes, acceptance))


def _excluded(journal: Journal, period: Period) -> tuple[Excluded, ...]:
    """What is left out of the period: where a date is missing, all that a manuscript's life does not rule out."""
    rows = (
        select(Manuscript.reference, Exclusion.metric, Exclusion.reason)
        .join(Manuscript, Manuscript.id == Exclusion.manuscript_id)
        .where(Exclusion.journal_id == journal.id, *_may_lie_in(period))
        .where(*leaving_out(period, Exclusion.manuscript_id))
        .order_by(Manuscript.reference, Exclusion.metric)
    )
    if not period.imported:
        rows = rows.where(Manuscript.is_imported.is_(False))
    return tuple(Excluded(*row) for row in db.session.execute(rows))


def _may_lie_in(period: Period) -> list[ColumnElement[bool]]:
    """Received in the period, or alive in it; an unknown date may lie anywhere."""
    came, gone = Manuscript.received_on, Manuscript.closed_on
    if period.basis == "received":
        bounds = within(period, came)
        return [came.is_(None) | and_(*bounds)] if bounds else []
    return [
        *([came.is_(None) | (came <= period.to_on)] if period.to_on else []),
        *([gone.is_(None) | (gone >= period.from_on)] if period.from_on else []),
    ]


def _imported(journal: Journal, period: Period) -> int:
    """How many manuscripts of the journal have an imported history."""
    everything = Period(without=period.without)
    counted = select(func.count()).where(*dated(journal, everything), Manuscript.is_imported.is_(True))
    return db.session.scalar(counted) or 0
