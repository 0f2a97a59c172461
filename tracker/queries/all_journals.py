"""All journals by year, from the counts that the one door keeps: what is read does not grow with the manuscripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Integer, cast, func, null, select, union_all

from tracker.db import db
from tracker.domain.summaries import Summary, summarize
from tracker.domain.turnaround import METRICS
from tracker.models import Interval, Journal, TurnaroundCount
from tracker.queries.intervals import year_of

Count = TurnaroundCount


def metrics_by_year(journal_ids: Collection[int]) -> dict[int, dict[str, Summary]]:
    """{year: {metric: summary}} of these journals together, by the date on which the interval ended.

    What all journals of the installation count together is kept as such, and is the fastest to read.
    """
    counted = (
        select(Count.metric, Count.year, Count.days, func.sum(Count.n))
        .where(_of_journals(journal_ids))
        .group_by(Count.metric, Count.year, Count.days)
    )
    histograms: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for metric, year, days, count in db.session.execute(counted):
        histograms[year, metric][days] = int(count)
    by_year: dict[int, dict[str, Summary]] = defaultdict(dict)
    for (year, metric), histogram in sorted(histograms.items()):
        by_year[year][metric] = summarize(histogram)
    return {year: {key: found.get(key, Summary(0)) for key in METRICS} for year, found in by_year.items()}


def _of_journals(journal_ids: Collection[int]) -> ColumnElement[bool]:
    journals = db.session.scalar(select(func.count()).select_from(Journal)) or 0
    return Count.journal_id.is_(None) if len(set(journal_ids)) == journals else Count.journal_id.in_(journal_ids)


def journals_by_year(journal_ids: Collection[int], metric: str) -> dict[int, dict[int, Summary]]:
    """{journal id: {year: summary}} of one metric."""
    counted = (
        select(Count.journal_id, Count.year, Count.days, func.sum(Count.n))
        .where(Count.metric == metric, Count.journal_id.in_(journal_ids))
        .group_by(Count.journal_id, Count.year, Count.days)
    )
    histograms: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for journal_id, year, days, count in db.session.execute(counted):
        assert journal_id is not None, "only rows of the journals asked for"
        histograms[journal_id, year][days] = int(count)
    found: dict[int, dict[int, Summary]] = defaultdict(dict)
    for (journal_id, year), histogram in histograms.items():
        summary = summarize(histogram)
        if summary.n:
            found[journal_id][year] = summary
    return found


def wrong_counts(connection: Connection, limit: int = 20) -> list[str]:
    """The keys whose count is not what the intervals say, in words; empty when all is well. For `tracker verify`."""
    year = cast(year_of(Interval.ended_on), Integer)
    counted = select(Count.journal_id, Count.metric, Count.year, Count.days, Count.n)
    of_one = select(Interval.journal_id, Interval.metric, year, Interval.days, func.count() * -1)
    of_all = select(null(), Interval.metric, year, Interval.days, func.count() * -1)
    both = union_all(
        counted,
        of_one.group_by(Interval.journal_id, Interval.metric, year, Interval.days),
        of_all.group_by(Interval.metric, year, Interval.days),
    ).subquery()
    key = (both.c.journal_id, both.c.metric, both.c.year, both.c.days)
    off = func.sum(both.c.n)
    rows = connection.execute(select(*key, off).group_by(*key).having(off != 0).order_by(*key).limit(limit))
    return [
        f"journal {journal_id or 'all'}, {metric} of {days} days in {year}: counted {int(surplus):+d} too many"
        for journal_id, metric, year, days, surplus in rows
    ]
