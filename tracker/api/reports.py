"""Turnaround, in the shape of the public contract."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from tracker import clock
from tracker.api.asked import TurnaroundAsked
from tracker.api.callers import hidden, journal_or_404, today_in
from tracker.api.operations import operation
from tracker.api.report_shapes import Turnaround
from tracker.domain.dates import parse_iso
from tracker.domain.reports import Period
from tracker.formats.turnaround_tables import report_as_json
from tracker.queries.turnaround import compared, turnaround_report

calls = Blueprint("reports", __name__)


@calls.get("/reports/turnaround")
@operation(Turnaround, asks=TurnaroundAsked, may=(404,))
def turnaround(asked: TurnaroundAsked) -> dict[str, Any]:
    """How long it takes, in whole calendar days: all metrics of a journal in a period."""
    journal = journal_or_404(asked.journal)
    period = Period(
        parse_iso(asked.from_, field="first day").first if asked.from_ else None,
        parse_iso(asked.to, field="last day").last if asked.to else None,
        asked.basis,
        imported=asked.imported,
        by_paper=asked.by_paper,
        without=hidden(),  # a short period would tell a person of their own work what its editors know
    )
    is_fixed = clock.fixed_today() is not None
    report = turnaround_report(journal, period, as_of=today_in(journal), by=asked.by, today_is_fixed=is_fixed)
    beside = period.other(asked.compare_with or ("before" if asked.compare else ""))
    report = compared(report, journal, beside) if beside else report
    return report_as_json(report)
