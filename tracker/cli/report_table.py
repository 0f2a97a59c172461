"""The turnaround report as tables on a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from tracker import clock
from tracker.domain.reports import BASES, TurnaroundReport
from tracker.domain.summaries import Summary
from tracker.formats.turnaround_tables import TITLES
from tracker.formats.turnaround_words import summary_in_words


def print_report(report: TurnaroundReport) -> None:
    """Print every metric that has values, each group of them, and the sentences on flow and acceptance."""
    console = Console()
    period = report.period
    fixed = " (fixed by TRACKER_TODAY)" if clock.fixed_today() else ""
    console.print(f"[bold]{report.title}[/bold]: turnaround as of {report.as_of}{fixed}", highlight=False)
    since = f"{period.from_on or 'the beginning'} to {period.to_on or report.as_of}"
    console.print(f"{BASES[period.basis].capitalize()}: {since}. Whole calendar days.", highlight=False)
    console.print(_table("All", report.metrics))
    for group in report.groups:
        console.print(_table(f"{group.by.capitalize()} {group.value}", group.metrics))
    console.print(f"Flow: {report.flow.words}", highlight=False)
    console.print(f"Acceptance: {report.rates.acceptance.words}; {report.rates.pending} pending", highlight=False)
    if report.excluded:
        left_out = len({item.reference for item in report.excluded})
        console.print(f"Left out of some figures: {left_out} (--format json lists them)", highlight=False)


def _table(title: str, metrics: Mapping[str, Summary]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("metric")
    table.add_column("days")
    for key, summary in metrics.items():
        if summary.n:
            table.add_row(TITLES[key], summary_in_words(summary))
    return table
