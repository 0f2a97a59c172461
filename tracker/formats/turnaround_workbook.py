"""The turnaround report as a workbook. Text is never taken for a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from tracker.domain.reports import TurnaroundReport
from tracker.formats.report_tables import TABLES
from tracker.formats.turnaround_words import metric_to_show


def report_as_xlsx(report: TurnaroundReport, metric: str = "") -> bytes:
    """A sheet for each table of the page; the distribution and the years are of `metric`, as on the pictures."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    bold = book.add_format({"bold": True})
    for name, header, rows in _sheets(report, metric_to_show(report, metric)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, header, bold)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    book.close()
    return file.getvalue()


def _sheets(report: TurnaroundReport, metric: str) -> Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]:
    yield "About", ("", ""), _about(report)
    for name, table in TABLES.items():
        if name != "groups":
            yield table.title, table.header, table.rows(report, metric)
        elif report.groups and report.groups[0].by != "year":
            yield f"By {report.groups[0].by}", table.header, table.rows(report, metric)


def _about(report: TurnaroundReport) -> list[tuple[str, str]]:
    period = report.period
    return [
        ("Journal", report.title), ("Period", period.words or "all time"), ("Basis", period.basis),
        ("Counted by", "paper" if period.by_paper else "manuscript"), ("As of", report.as_of_in_files),
        ("Days", "whole calendar days"), ("Flow", report.flow.words),
        ("Acceptance", report.rates.acceptance.words),
    ]  # fmt: skip
