"""The turnaround report as tables on a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tracker import clock
from tracker.cli.session import visible
from tracker.domain.reports import BASES, Comparison, TurnaroundReport
from tracker.domain.summaries import Summary
from tracker.domain.turnaround import METRICS
from tracker.formats.report_page import ARROWS, page_of
from tracker.formats.turnaround_tables import TITLES
from tracker.formats.turnaround_words import metric_to_show, summary_in_words


def print_report(report: TurnaroundReport) -> None:
    """Print every metric that has values, each group of them, and the sentences on flow and acceptance."""
    console = Console()
    period = report.period
    fixed = " (fixed by TRACKER_TODAY)" if clock.fixed_today() else ""
    title = escape(visible(report.title))
    console.print(f"[bold]{title}[/bold]: turnaround as of {report.as_of}{fixed}", highlight=False)
    since = f"{period.from_on or 'the beginning'} to {period.to_on or report.as_of}"
    console.print(f"{BASES[period.basis].capitalize()}: {since}. Whole calendar days.", highlight=False)
    console.print(_table("All", report.metrics, report.comparison))
    for group in report.groups:
        console.print(_table(escape(visible(f"{group.by.capitalize()} {group.value}")), group.metrics))
    page = page_of(report, metric_to_show(report))
    console.print(f"Those still waiting included: {page.decided}", highlight=False)
    console.print(f"Flow: {report.flow.words}", highlight=False)
    console.print(f"Acceptance: {report.rates.acceptance.words}; {report.rates.pending} pending", highlight=False)
    if page.flattery:
        console.print(page.flattery, highlight=False)
    if report.comparison:
        before = report.comparison
        words = f"{before.rates.acceptance.words}; {before.acceptance_change}"
        console.print(f"Acceptance {before.period.words}: {words}", highlight=False)
    if page.immaturity:
        console.print(page.immaturity, highlight=False)
    if report.excluded:
        left_out = len({item.reference for item in report.excluded})
        console.print(f"Left out of some figures: {left_out} (--format json lists them)", highlight=False)


def _table(title: str, metrics: Mapping[str, Summary], comparison: Comparison | None = None) -> Table:
    """The metrics that have values. What is held back says so; a comparison has two columns more."""
    table = Table(title=title, title_justify="left")
    table.add_column("metric")
    table.add_column("days")
    if comparison:
        table.add_column(comparison.period.words)
        table.add_column("change")
    for key, summary in metrics.items():
        beside = comparison.metrics.get(key, Summary(0)) if comparison else Summary(0)
        if not summary.n and not beside.n and summary.flag != "held_back":
            continue
        said = "held back: few" if summary.flag == "held_back" else summary_in_words(summary)
        change = ARROWS[comparison.changes[key]] if comparison and summary.n and beside.n else ""
        more = [summary_in_words(beside) if key in METRICS else "", change] if comparison else []
        table.add_row(TITLES[key], said, *more)
    return table
