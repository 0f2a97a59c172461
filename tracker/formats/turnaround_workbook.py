"""The turnaround report as a workbook. Text is never taken for a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracker.domain.reports import TurnaroundReport
from tracker.domain.summaries import Summary
from tracker.formats.chart_style import HOLDERS
from tracker.formats.report_page import excluded_by_reason
from tracker.formats.turnaround_tables import COLUMNS, TITLES, figures_of

METRIC_HEADER = ("group", "metric", "title", *COLUMNS, "ci95_low", "ci95_high", "flag", "values")


def report_as_xlsx(report: TurnaroundReport) -> bytes:
    """A sheet for each table of the page: intervals, groups, flow, holders, reviewers, outcomes, what is left out."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    bold = book.add_format({"bold": True})
    for name, header, rows in _sheets(report):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, header, bold)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [None if cell is None else cell for cell in row])
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    book.close()
    return file.getvalue()


def _sheets(report: TurnaroundReport) -> Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]:
    yield "About", ("", ""), _about(report)
    yield "Intervals", METRIC_HEADER, _metrics("all", report.metrics)
    groups = [(group.value, group.metrics) for group in report.groups or report.years]
    by = report.groups[0].by if report.groups else "year"
    yield f"By {by}", METRIC_HEADER, [row for value, metrics in groups for row in _metrics(value, metrics)]
    months = [(row.month, row.received, row.reopened, row.closed, row.open_at_end) for row in report.months]
    yield "Flow", ("month", "received", "reopened", "closed", "open at the end"), months
    holders = [(part.value, part.n, *(part.mean.get(name, 0.0) for name in HOLDERS)) for part in report.holders]
    yield "Days by holder", ("year", "n", *HOLDERS), holders
    yield "Outcomes", ("outcome", "manuscripts"), _outcomes(report)
    yield "Reviewers", ("", "number"), _reviewers(report)
    left_out = [(item.reference, "; ".join(item.metrics), item.reason) for item in excluded_by_reason(report)]
    yield "Left out", ("manuscript", "figures", "reason"), left_out


def _about(report: TurnaroundReport) -> list[tuple[str, str]]:
    period = report.period
    return [
        ("Journal", report.title), ("Period", period.words or "all time"), ("Basis", period.basis),
        ("As of", report.as_of.isoformat()), ("Days", "whole calendar days"), ("Flow", report.flow.words),
        ("Acceptance", report.rates.acceptance.words),
    ]  # fmt: skip


def _metrics(group: str, metrics: Mapping[str, Summary]) -> list[list[Any]]:
    return [
        [group, key, TITLES[key], *figures_of(summary), *(summary.ci95 or (None, None)),
         summary.flag, ", ".join(map(str, summary.values))]
        for key, summary in metrics.items()
    ]  # fmt: skip


def _outcomes(report: TurnaroundReport) -> list[tuple[str, int]]:
    names = ("accepted", "rejected", "withdrawn", "transferred", "pending")
    return [(name, getattr(report.rates, name)) for name in names]


def _reviewers(report: TurnaroundReport) -> list[tuple[str, int]]:
    given = report.reviewing
    names = ("invited", "agreed", "declined", "no_reply", "released", "waiting", "reviews")
    counts = [(name, getattr(given, name)) for name in names]
    return [*counts, ("on_time", given.on_time.count), ("past_first_due_date", given.on_time.of)]
