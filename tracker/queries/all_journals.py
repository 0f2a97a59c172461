"""All journals by year, from the counts that the one door keeps: what is read does not grow with the manuscripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Integer, cast, func, null, select, union_all

from tracker.db import db
from tracker.domain.summaries import Summary, summarize
from tracker.domain.turnaround import METRICS
from tracker.models import Interval, Journal, TurnaroundCount
from tracker.queries.intervals import year_of

Count = TurnaroundCount


def metrics_by_year(journal_ids: Collection[int], without: Sequence[int] = ()) -> dict[int, dict[str, Summary]]:
    """{year: {metric: summary}} of these journals together, by the date on which the interval ended.

    Without the manuscripts of these numbers. What all journals of the installation count together is kept as such, and
    is the fastest to read.
    """
    counted = (
        select(Count.metric, Count.year, Count.days, func.sum(Count.n))
        .where(_of_journals(journal_ids))
        .group_by(Count.metric, Count.year, Count.days)
    )
    histograms: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for metric, year, days, count in db.session.execute(counted):
        histograms[year, metric][days] = int(count)
    for _, metric, year, days, count in _counts_of(without):
        histograms[year, metric][days] -= count
    by_year: dict[int, dict[str, Summary]] = defaultdict(dict)
    for (year, metric), histogram in sorted(histograms.items()):
        if left := _not_nought(histogram):
            by_year[year][metric] = summarize(left)
    return {year: {key: found.get(key, Summary(0)) for key in METRICS} for year, found in by_year.items()}


def _of_journals(journal_ids: Collection[int]) -> ColumnElement[bool]:
    journals = db.session.scalar(select(func.count()).select_from(Journal)) or 0
    return Count.journal_id.is_(None) if len(set(journal_ids)) == journals else Count.journal_id.in_(journal_ids)


def journals_by_year(
    journal_ids: Collection[int], metric: str, without: Sequence[int] = ()
) -> dict[int, dict[int, Summary]]:
    """{journal id: {year: summary}} of one metric, without the manuscripts of these numbers."""
    counted = (
        select(Count.journal_id, Count.year, Count.days, func.sum(Count.n))
        .where(Count.metric == metric, Count.journal_id.in_(journal_ids))
        .group_by(Count.journal_id, Count.year, Count.days)
    )
    histograms: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for journal_id, year, days, count in db.session.execute(counted):
        assert journal_id is not None, "only rows of the journals asked for"
        histograms[journal_id, year][days] = int(count)
    for journal_id, name, year, days, count in _counts_of(without):
        if name == metric:
            histograms[journal_id, year][days] -= count
    found: dict[int, dict[int, Summary]] = defaultdict(dict)
    for (journal_id, year), histogram in histograms.items():
        if left := _not_nought(histogram):
            found[journal_id][year] = summarize(left)
    return found


def _counts_of(manuscript_ids: Sequence[int]) -> Iterator[tuple[int, str, int, int, int]]:
    """Journal id, metric, year, days and how many, of these manuscripts."""
    if not manuscript_ids:
        return
    year = cast(year_of(Interval.ended_on), Integer)
    key = (Interval.journal_id, Interval.metric, year, Interval.days)
    counted = select(*key, func.count()).where(Interval.manuscript_id.in_(manuscript_ids)).group_by(*key)
    for row in db.session.execute(counted):
        yield row[0], row[1], row[2], row[3], row[4]


def _not_nought(histogram: Mapping[int, int]) -> dict[int, int]:
    return {days: count for days, count in histogram.items() if count}


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
