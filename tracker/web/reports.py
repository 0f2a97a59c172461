"""Turnaround: the page, the same report as a file, its pictures, and the manuscripts behind each number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.dates import parse_iso
from tracker.domain.errors import NotFound
from tracker.domain.reports import BASES, TurnaroundReport
from tracker.domain.summaries import Summary
from tracker.domain.turnaround import METRICS
from tracker.formats.board_report import board_pdf
from tracker.formats.chart_files import png_of, svg_of
from tracker.formats.chart_style import GROUNDS, Frame
from tracker.formats.chart_words import titled
from tracker.formats.charts import PICTURES
from tracker.formats.report_page import excluded_by_reason, heading_of, metric_row, page_of, rows_of_groups
from tracker.formats.report_tables import TABLES, table_as_csv
from tracker.formats.turnaround_tables import report_as_csv, report_as_json
from tracker.formats.turnaround_words import metric_to_show
from tracker.formats.turnaround_workbook import report_as_xlsx
from tracker.queries.all_journals import journals_by_year, metrics_by_year
from tracker.queries.behind import Part, manuscripts_behind
from tracker.queries.conflicts import references_of
from tracker.queries.intervals import has_linked_records
from tracker.queries.yearly import board_report, counts_everything
from tracker.web.loaders import chosen_memberships, hidden, today_in
from tracker.web.report_request import Asked, asked

pages = Blueprint("reports", __name__)

YEARS_SHOWN = 6
NONE = Summary(n=0)


@pages.get("/reports/turnaround")
def turnaround() -> ResponseReturnValue:
    wanted = asked()
    if wanted is None:
        return overview()
    report = wanted.report()
    metric = metric_to_show(report, wanted.metric)
    return render_template(
        "reports/turnaround.html",
        leaves_out_own=bool(hidden()),
        page=page_of(report, metric),
        fixed=clock.fixed_today() is not None,
        year_rows=rows_of_groups(report.years, metric),
        page_groups=rows_of_groups(report.groups, metric),
        left_out=excluded_by_reason(report),
        report=report,
        asked=wanted,
        metric=metric,
        metrics=METRICS,
        bases=BASES,
        href=lambda **changed: url_for("reports.turnaround", **wanted.query(**changed)),
        file_href=lambda ending, **changed: f"/reports/turnaround.{ending}?{urlencode(wanted.query(**changed))}",
        may_count_papers=wanted.period.by_paper or has_linked_records(wanted.journal),
        compare_options=compare_options(wanted, report),
        behind_before=lambda of: behind_before(wanted, report, of),
        behind_year=lambda year: behind_year(wanted, metric, year),
        behind_month=lambda of, month: behind_month(wanted, of, month),
        behind=lambda of, **changed: url_for("reports.behind", of=of, **wanted.query(**changed)),
    )


def compare_options(wanted: Asked, report: TurnaroundReport) -> list[tuple[str, str]]:
    """Nothing, the period before, each year that has figures, and what the address names."""
    own = str(wanted.period.year)
    years = [(group.value, f"the year {group.value}") for group in reversed(report.years) if group.value.isdigit()]
    options = [("", "nothing"), ("before", "the period before"), *(year for year in years if year[0] != own)]
    named = wanted.compare
    return options if named in dict(options) else [*options, (named, named.replace("..", " to "))]


def behind_year(wanted: Asked, metric: str, year: str) -> str:
    """The manuscripts behind a year of the trend, which may lie before the period."""
    of, period = f"metric:{metric}", wanted.period
    if not year.isdigit():
        return url_for("reports.behind", of=of, **wanted.query(by="year", value=year))
    first, last = date(int(year), 1, 1), date(int(year), 12, 31)
    ends = min(last, period.to_on or last)
    begins = max(first, period.from_on) if period.from_on and period.from_on <= ends else first
    return url_for("reports.behind", of=of, **wanted.query(**{"from": begins.isoformat(), "to": ends.isoformat()}))


def behind_before(wanted: Asked, report: TurnaroundReport, of: str) -> str:
    """The manuscripts behind a number of the period that the report is compared with."""
    period = report.comparison.period if report.comparison else wanted.period
    days = {"from": period.from_on and period.from_on.isoformat(), "to": period.to_on and period.to_on.isoformat()}
    return url_for("reports.behind", of=of, **wanted.query(**days))


def behind_month(wanted: Asked, of: str, month: str) -> str:
    """The manuscripts behind a number of one month of the flow."""
    named, period = parse_iso(month), wanted.period
    begins = max(named.first, period.from_on or named.first)
    ends = min(named.last, period.to_on or named.last)
    return url_for("reports.behind", of=of, **wanted.query(**{"from": begins.isoformat(), "to": ends.isoformat()}))


def one_journal() -> Asked:
    """What is asked for, where only one journal makes sense. Raises NotFound if none is named."""
    wanted = asked()
    if wanted is None:
        raise NotFound("Name the journal.")
    return wanted


def overview() -> ResponseReturnValue:
    """All the person's journals by year, one metric at a time; each leads to its own report."""
    seats = chosen_memberships()
    metric = request.args.get("metric", "")
    metric = metric if metric in METRICS else "first_decision"
    ids = [seat.journal_id for seat in seats]
    together = metrics_by_year(ids, hidden())
    years = sorted(together)[-YEARS_SHOWN:]
    found = journals_by_year(ids, metric, hidden())
    rows = [(seat.journal, [metric_row(metric, found.get(seat.journal_id, {}).get(year, NONE)) for year in years])
            for seat in seats]  # fmt: skip
    return render_template(
        "reports/journals.html",
        leaves_out_own=bool(hidden()),
        rows=rows,
        years=years,
        together=[metric_row(metric, together[year][metric]) for year in years],
        metric=metric,
        metrics=METRICS,
        this_year=max((today_in(seat.journal).year for seat in seats), default=0),
    )


@pages.get("/reports/turnaround.json")
def turnaround_json() -> ResponseReturnValue:
    return report_as_json(one_journal().report())


@pages.get("/reports/turnaround.csv")
def turnaround_csv() -> ResponseReturnValue:
    wanted, table = one_journal(), request.args.get("table", "")
    if table not in ("", *TABLES):
        raise NotFound(f"There is no table “{table}” in a report.")
    report = wanted.report()
    text = table_as_csv(report, table, metric_to_show(report, wanted.metric)) if table else report_as_csv(report)
    return download(text, "text/csv; charset=utf-8", file_name(wanted, "csv", table))


@pages.get("/reports/turnaround.svg")
def turnaround_svg() -> ResponseReturnValue:
    return picture(svg_of(picture_asked_for(one_journal())), "image/svg+xml")


@pages.get("/reports/turnaround.png")
def turnaround_png() -> ResponseReturnValue:
    return picture(png_of(picture_asked_for(one_journal())), "image/png")


def picture_asked_for(wanted: Asked) -> dict[str, Any]:
    """The picture that the address names, drawn wide or narrow, for a light or a dark ground. Raises NotFound.

    `titled` has its sentence and dates in it: on a page these stand over it.
    """
    name = request.args.get("picture") or "years"
    ground = GROUNDS.get(request.args.get("ground") or "light")
    if name not in PICTURES or ground is None:
        raise NotFound(f"There is no picture “{name}” of a report.")
    report = wanted.report()
    metric, frame = metric_to_show(report, wanted.metric), Frame(ground, is_narrow=request.args.get("size") == "narrow")
    drawn = PICTURES[name](report, metric, frame)
    return titled(drawn, name, report, metric, frame) if request.args.get("titled") == "yes" else drawn


def picture(content: str | bytes, kind: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    return response


@pages.get("/reports/turnaround.xlsx")
def turnaround_xlsx() -> ResponseReturnValue:
    wanted = one_journal()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return download(report_as_xlsx(wanted.report(), wanted.metric), kind, file_name(wanted, "xlsx"))


@pages.get("/reports/turnaround.pdf")
def turnaround_pdf() -> ResponseReturnValue:
    wanted = one_journal()
    everything = counts_everything(wanted.journal, wanted.period)
    period = replace(wanted.period, without=()) if everything else wanted.period
    is_fixed = clock.fixed_today() is not None
    board = board_report(wanted.journal, period, as_of=wanted.as_of, today_is_fixed=is_fixed)
    pdf = board_pdf(board.without(references_of(hidden())))
    return download(pdf, "application/pdf", file_name(wanted, "pdf"))


def file_name(wanted: Asked, ending: str, table: str = "") -> str:
    """`ijcp-turnaround-2025.csv`, `ijcp-turnaround-flow-2025.csv`."""
    period = wanted.period
    days = [day.isoformat() for day in (period.from_on, period.to_on) if day]
    what = ["turnaround", *([table] if table else [])]
    return "-".join([wanted.journal.slug, *what, *([str(period.year)] if period.year else days)]) + f".{ending}"


def download(content: str | bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@pages.get("/reports/turnaround/manuscripts")
def behind() -> ResponseReturnValue:
    wanted = one_journal()
    of = request.args.get("of", "")
    part = Part(request.args.get("by", ""), request.args.get("value", ""))
    wanted_part = part if part.value else None
    rows = manuscripts_behind(wanted.journal, of, wanted.period, as_of=wanted.as_of, part=wanted_part)
    return render_template(
        "reports/behind.html",
        rows=rows,
        heading=heading_of(of),
        part=part,
        asked=wanted,
        back=url_for("reports.turnaround", **wanted.query()),
    )
