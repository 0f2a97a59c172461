"""What a journal is asked for every year: by its board, by DOAJ, and by Plan S."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.public_figures import SUPPRESSED_BELOW
from tracker.domain.reports import Period, TurnaroundReport
from tracker.domain.yearly import BoardReport, DoajFigures, PlanSFigures
from tracker.models import Journal
from tracker.queries.concerns import late, long_is, stuck
from tracker.queries.intervals import added_up, finished_by_year, summaries
from tracker.queries.outcomes import acceptance_rates, cohort
from tracker.queries.reviewing import reviewing_in
from tracker.queries.turnaround import compared, turnaround_report


def board_report(journal: Journal, period: Period, *, as_of: date, today_is_fixed: bool = False) -> BoardReport:
    """The period beside the one before, with the manuscripts to worry about as of the day."""
    report: TurnaroundReport = turnaround_report(journal, period, as_of=as_of, today_is_fixed=today_is_fixed)
    before = period.before()
    if before is not None:
        report = compared(report, journal, before)
    past = summaries(added_up(finished_by_year(journal, Period()).values()), ("final_decision",))
    return BoardReport(
        report=report,
        late=[(c.reference, c.title, c.waiting_on, c.days) for c in late(journal, as_of)],
        stuck=[(c.reference, c.title, c.waiting_on, c.days) for c in stuck(journal, as_of, past["final_decision"])],
        long_is=long_is(past["final_decision"]),
    )


def counts_everything(journal: Journal, period: Period) -> bool:
    """Whether a report to the board counts what the person who makes it is an author of.

    It is the journal's report, and the same whoever makes it: so it does for whole years, in which so many manuscripts
    were received that each is one of several. What is narrower could be about one.
    """
    everything = replace(period, without=())
    return period.is_whole_years and cohort(journal, everything).received >= SUPPRESSED_BELOW


def doaj_figures(journal: Journal, year: int) -> DoajFigures:
    """DOAJ's average weeks from submission to publication, of the articles published in the year."""
    metrics = summaries(added_up(finished_by_year(journal, Period.of_year(year)).values()), ("publication",))
    return DoajFigures(journal.slug, journal.title, year, metrics["publication"])


def plan_s_figures(journal: Journal, year: int, *, as_of: date) -> PlanSFigures:
    """Plan S's figures on the service that a journal gives, for a year."""
    period = Period.of_year(year)
    metrics = summaries(added_up(finished_by_year(journal, period).values()), ("publication",))
    reviewing = reviewing_in(journal, period, as_of)
    return PlanSFigures(
        journal=journal.slug,
        title=journal.title,
        year=year,
        submissions=cohort(journal, period).received,
        reviews_requested=reviewing.invited,
        reviews_received=reviewing.reviews,
        acceptance=acceptance_rates(journal, period).acceptance,
        publication=metrics["publication"],
    )
