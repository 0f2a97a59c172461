"""The public turnaround of a journal: the last whole calendar year."""

from __future__ import annotations

from datetime import date

from tracker.domain.public_figures import PUBLIC_METRICS, PublicFigure, public_days, public_share, without_giveaways
from tracker.domain.reports import Period
from tracker.domain.turnaround import METRICS
from tracker.models import Journal
from tracker.queries.intervals import added_up, finished_by_year, summaries
from tracker.queries.outcomes import acceptance_rates, live_acceptance


def public_figures(journal: Journal, as_of: date) -> tuple[int, list[PublicFigure]]:
    """The year before that of `as_of`, and its figures, with what is small held back."""
    year = as_of.year - 1
    period = Period.of_year(year)
    metrics = without_giveaways(summaries(added_up(finished_by_year(journal, period).values()), PUBLIC_METRICS))
    rates = acceptance_rates(journal, period)
    acceptance = live_acceptance(journal, period, rates) or rates.acceptance
    days = [public_days(METRICS[key], metrics[key]) for key in PUBLIC_METRICS]
    return year, [*days, public_share("Accepted, of manuscripts decided", acceptance)]
