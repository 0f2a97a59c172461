"""`tracker report`: turnaround in every form, and what a board, DOAJ and Plan S ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.session import echo_json, in_app, say
from tracker.domain.errors import BadInput

if TYPE_CHECKING:
    from tracker.domain.reports import Period, TurnaroundReport
    from tracker.models import Journal

TURNAROUND_SHAPES = ("table", "json", "csv", "xlsx", "svg", "png", "pdf")


def _options(*shapes: str) -> Callable[[Any], Any]:
    """The options that every report takes."""
    options = (
        click.option("--journal", "slug", required=True, help="The journal's short name."),
        click.option("--format", "shape", type=click.Choice(shapes), default=shapes[0], show_default=True),
        click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
        click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to this file instead."),
    )

    def decorated(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


def _write(content: str | bytes, output: str | None) -> None:
    """To the file if one is named, else to standard output as it is."""
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        say(data, nl=False)
        return
    with click.open_file(output, "wb") as file:
        file.write(data)


def _write_json(document: Any, output: str | None) -> None:
    if output is None:
        echo_json(document)
        return
    import json

    _write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n", output)


@click.group("report")
def report_command() -> None:
    """Turnaround reports, and the figures that are asked for every year."""


@report_command.command("turnaround")
@_options(*TURNAROUND_SHAPES)
@click.option("--from", "from_on", metavar="DATE", help="The first day of the period.")
@click.option("--to", "to_on", metavar="DATE", help="The last day of the period, included.")
@click.option("--basis", default="ended", show_default=True, help="By the date an interval ended, or was received.")
@click.option("--by", default="", help="Split by year, month, section, type, editor, outcome or round.")
@click.option("--compare", is_flag=True, help="Put the period before beside it.")
@click.option("--compare-with", "other", metavar="PERIOD", default="", help="A year, or FIRST-DAY..LAST-DAY.")
@click.option("--by-paper", is_flag=True, help="Count a paper that came back once, from its first receipt.")
@click.option("--without-imported", is_flag=True, help="Leave out imported histories.")
@click.option("--picture", default="years", show_default=True, help="For svg and png: which picture.")
@click.option("--metric", default="", help="For svg and png, and tables of one metric: which one.")
@click.option("--table", default="", help="For csv: which table, such as flow; all metrics unless given.")
@in_app
def turnaround_command(
    slug: str,
    shape: str,
    as_json: bool,
    output: str | None,
    from_on: str | None,
    to_on: str | None,
    basis: str,
    by: str,
    compare: bool,
    other: str,
    by_paper: bool,
    without_imported: bool,
    picture: str,
    metric: str,
    table: str,
) -> None:
    """How long it takes, in whole calendar days: all metrics of a journal in a period."""
    from tracker import clock
    from tracker.domain.dates import parse_iso
    from tracker.domain.reports import Period
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.queries.turnaround import compared, turnaround_report

    period = Period(
        parse_iso(from_on, field="first day").first if from_on else None,
        parse_iso(to_on, field="last day").last if to_on else None,
        basis,
        imported=not without_imported,
        by_paper=by_paper,
    )
    journal = journal_by_slug(slug)
    if shape == "pdf" and not as_json:
        _write(_pdf(journal, period), output)
        return
    is_fixed = clock.fixed_today() is not None
    report = turnaround_report(journal, period, as_of=clock.today(journal.timezone), by=by, today_is_fixed=is_fixed)
    beside = period.other(other or ("before" if compare else ""))
    if beside:
        report = compared(report, journal, beside)
    if shape == "table" and not as_json:
        from tracker.cli.report_table import print_report

        print_report(report)
    elif shape == "json" or as_json:
        from tracker.formats.turnaround_tables import report_as_json

        _write_json(report_as_json(report), output)
    else:
        _write(_file(report, shape, picture, metric, table), output)


def _file(report: TurnaroundReport, shape: str, picture: str, metric: str, table: str = "") -> str | bytes:
    from tracker.formats.turnaround_words import SUBJECTS, metric_to_show

    if metric and metric not in SUBJECTS:
        raise BadInput(f"There is no metric “{metric}”; there are {', '.join(SUBJECTS)}.")
    if shape == "csv":
        return _csv(report, metric_to_show(report, metric), table)
    if shape == "xlsx":
        from tracker.formats.turnaround_workbook import report_as_xlsx

        return report_as_xlsx(report, metric)
    from tracker.formats.chart_files import png_of, svg_of
    from tracker.formats.chart_style import Frame
    from tracker.formats.chart_words import titled
    from tracker.formats.charts import PICTURES

    if picture not in PICTURES:
        raise BadInput(f"There is no picture “{picture}”; there are {', '.join(PICTURES)}.")
    shown, frame = metric_to_show(report, metric), Frame()
    spec = titled(PICTURES[picture](report, shown, frame), picture, report, shown, frame)
    return svg_of(spec) if shape == "svg" else png_of(spec)


def _csv(report: TurnaroundReport, metric: str, table: str) -> str:
    from tracker.formats.report_tables import TABLES, table_as_csv
    from tracker.formats.turnaround_tables import report_as_csv

    if table not in ("", *TABLES):
        raise BadInput(f"There is no table “{table}”; there are {', '.join(TABLES)}.")
    return table_as_csv(report, table, metric) if table else report_as_csv(report)


def _pdf(journal: Journal, period: Period) -> bytes:
    from tracker import clock
    from tracker.formats.board_report import board_pdf
    from tracker.queries.yearly import board_report

    is_fixed = clock.fixed_today() is not None
    return board_pdf(board_report(journal, period, as_of=clock.today(journal.timezone), today_is_fixed=is_fixed))


@report_command.command("board")
@_options("pdf", "json", "csv", "xlsx")
@click.option("--year", type=click.IntRange(1600, 9998), required=True)
@in_app
def board_command(slug: str, shape: str, as_json: bool, output: str | None, year: int) -> None:
    """The editorial board's report for a year: flow, turnaround, reviewers, outcomes, concerns."""
    from tracker import clock
    from tracker.domain.reports import Period
    from tracker.formats.yearly_tables import board_as_json
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.queries.yearly import board_report

    journal, period = journal_by_slug(slug), Period.of_year(year)
    if shape == "pdf" and not as_json:
        _write(_pdf(journal, period), output)
        return
    is_fixed = clock.fixed_today() is not None
    board = board_report(journal, period, as_of=clock.today(journal.timezone), today_is_fixed=is_fixed)
    if shape == "json" or as_json:
        _write_json(board_as_json(board), output)
    else:
        _write(_file(board.report, shape, "", ""), output)


@report_command.command("doaj")
@_options("table", "json", "csv")
@click.option("--year", type=click.IntRange(1600, 9998), required=True)
@in_app
def doaj_command(slug: str, shape: str, as_json: bool, output: str | None, year: int) -> None:
    """The average number of weeks from submission to publication, as DOAJ asks for it."""
    from tracker.formats.yearly_tables import doaj_as_json, doaj_lines
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.queries.yearly import doaj_figures

    figures = doaj_figures(journal_by_slug(slug), year)
    _write_figures(figures, doaj_as_json(figures), doaj_lines(figures), "json" if as_json else shape, output)


@report_command.command("plan-s")
@_options("table", "json", "csv")
@click.option("--year", type=click.IntRange(1600, 9998), required=True)
@in_app
def plan_s_command(slug: str, shape: str, as_json: bool, output: str | None, year: int) -> None:
    """Submissions, reviews, acceptance rate and days to publication, as Plan S asks for them."""
    from tracker import clock
    from tracker.formats.yearly_tables import plan_s_as_json, plan_s_lines
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.queries.yearly import plan_s_figures

    journal = journal_by_slug(slug)
    figures = plan_s_figures(journal, year, as_of=clock.today(journal.timezone))
    _write_figures(figures, plan_s_as_json(figures), plan_s_lines(figures), "json" if as_json else shape, output)


def _write_figures(figures: Any, document: Any, lines: Any, shape: str, output: str | None) -> None:
    from tracker import clock
    from tracker.domain.reports import FIXED
    from tracker.formats.yearly_tables import lines_as_csv

    if fixed := clock.fixed_today():
        document, lines = {**document, "today_is_fixed": True}, [*lines, ("As of", f"{fixed}{FIXED}")]
    if shape == "json":
        _write_json(document, output)
    elif shape == "csv":
        _write(lines_as_csv(figures.title, figures.year, lines), output)
    else:
        _write("".join(f"{label}: {value}\n" for label, value in lines), output)
