"""Every table of a turnaround report as header and rows, told by its name: what CSV files and workbooks are made of."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from tracker.domain.reports import TurnaroundReport
from tracker.domain.summaries import Summary
from tracker.formats.chart_style import HOLDERS
from tracker.formats.report_page import excluded_by_reason
from tracker.formats.safe_cells import guarded
from tracker.formats.turnaround_tables import COLUMNS, TITLES, figures_of

METRIC_HEADER = ("group", "metric", "title", *COLUMNS, "ci95_low", "ci95_high", "flag", "values")
WAITING_HEADER = ("until", "day", "at_risk", "events", "censored", "share_waiting", "ci95_low", "ci95_high")
Rows = Iterator[Sequence[Any]]


class Table(NamedTuple):
    """A table: the name that a file asks for it by, what a workbook calls it, its columns, its rows."""

    title: str
    header: Sequence[str]
    rows: Callable[[TurnaroundReport, str], Rows]


def _summaries(group: str, metrics: Mapping[str, Summary]) -> Rows:
    for key, summary in metrics.items():
        low, high = summary.ci95 or (None, None)
        values = ", ".join(map(str, summary.values))
        yield (group, key, TITLES[key], *figures_of(summary), low, high, summary.flag, values)


def _intervals(report: TurnaroundReport, metric: str) -> Rows:
    return _summaries("all", report.metrics)


def _groups(report: TurnaroundReport, metric: str) -> Rows:
    for group in report.groups:
        yield from _summaries(group.value, group.metrics)


def _years(report: TurnaroundReport, metric: str) -> Rows:
    for group in report.years:
        yield from _summaries(group.value, {metric: group.metrics[metric]})


def _distribution(report: TurnaroundReport, metric: str) -> Rows:
    histogram = sorted(report.histograms.get(metric, {}).items())
    n = sum(count for _, count in histogram)
    for (days, count), done in zip(histogram, accumulate(count for _, count in histogram), strict=True):
        yield metric, days, count, done, done / n


def _survival(report: TurnaroundReport, metric: str) -> Rows:
    for name, curve in (("first decision", report.to_first_decision), ("final decision", report.to_final_decision)):
        for step in curve.steps:
            yield name, step.day, step.at_risk, step.events, step.censored, step.survival, step.low, step.high


def _outcomes(report: TurnaroundReport, metric: str) -> Rows:
    curve = report.outcomes
    for day, still_open in zip(curve.days, curve.still_open, strict=True):
        yield day, *(curve.at(cause, day) for cause in curve.shares), still_open


def _rates(report: TurnaroundReport, metric: str) -> Rows:
    rates = report.rates
    for name in ("accepted", "rejected", "withdrawn", "transferred", "pending"):
        yield name, getattr(rates, name)
    share = rates.acceptance
    yield "acceptance rate in percent", share.percent
    yield "its 95 % interval from", share.low
    yield "its 95 % interval to", share.high


def _flow(report: TurnaroundReport, metric: str) -> Rows:
    for month in report.months:
        yield month.month, month.received, month.reopened, month.closed, month.open_at_end


def _holders(report: TurnaroundReport, metric: str) -> Rows:
    for part in report.holders:
        yield part.value, part.n, *(part.mean.get(name, 0.0) for name in HOLDERS), sum(part.mean.values())


def _reviewers(report: TurnaroundReport, metric: str) -> Rows:
    given = report.reviewing
    for name in ("invited", "agreed", "declined", "no_reply", "released", "waiting", "reviews"):
        yield name, getattr(given, name)
    yield "on_time", given.on_time.count
    yield "past_first_due_date", given.on_time.of


def _left_out(report: TurnaroundReport, metric: str) -> Rows:
    for item in excluded_by_reason(report):
        yield item.reference, "; ".join(item.metrics), item.reason


TABLES: dict[str, Table] = {
    "intervals": Table("Intervals", METRIC_HEADER, _intervals),
    "groups": Table("By group", METRIC_HEADER, _groups),
    "years": Table("By year", METRIC_HEADER, _years),
    "distribution": Table("Distribution", ("metric", "days", "n", "done", "share"), _distribution),
    "survival": Table("Waiting", WAITING_HEADER, _survival),
    "outcomes": Table(
        "Outcomes by day", ("day", "accepted", "rejected", "withdrawn or transferred", "still open"), _outcomes
    ),
    "rates": Table("Outcomes", ("outcome", "number"), _rates),
    "flow": Table("Flow", ("month", "received", "reopened", "closed", "open at the end"), _flow),
    "holders": Table("Days by holder", ("year", "n", *HOLDERS, "in all"), _holders),
    "reviewers": Table("Reviewers", ("what", "number"), _reviewers),
    "left_out": Table("Left out", ("manuscript", "figures", "reason"), _left_out),
}


def table_as_csv(report: TurnaroundReport, name: str, metric: str) -> str:
    """One table of TABLES; `metric` is the one that the pictures show. Text is never taken for a formula."""
    table = TABLES[name]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.header)
    for row in table.rows(report, metric):
        writer.writerow(["" if cell is None else guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()
