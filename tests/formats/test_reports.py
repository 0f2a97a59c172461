"""A report in its forms: sentences, tables, pictures, workbook, PDF. None, one, two and many manuscripts read well."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.flow import Flow
from tracker.domain.proportions import Proportion
from tracker.domain.reports import Cohort, Group, HolderShare, MonthFlow, Period, Rates, Reviewing, TurnaroundReport
from tracker.domain.summaries import summarize
from tracker.domain.survival import aalen_johansen, kaplan_meier
from tracker.domain.turnaround import METRICS
from tracker.domain.yearly import BoardReport
from tracker.formats.board_report import board_pdf
from tracker.formats.chart_files import png_of, svg_of
from tracker.formats.chart_style import DARK, LIGHT, Frame
from tracker.formats.charts import PICTURES, reach
from tracker.formats.report_page import page_of
from tracker.formats.report_tables import TABLES, table_as_csv
from tracker.formats.turnaround_tables import TITLES, report_as_csv, report_as_json
from tracker.formats.turnaround_words import SUBJECTS, sentence, trend
from tracker.formats.turnaround_workbook import report_as_xlsx


def made_up(*days: int, title: str = "Journal of Made-up Methods") -> TurnaroundReport:
    """A report in which every metric took these days; as many manuscripts are still open."""
    histogram = {day: days.count(day) for day in days}
    metrics = {key: summarize(histogram) for key in TITLES}
    n = len(days)
    years = (Group("year", "2025", {key: metrics[key] for key in METRICS}),) if n else ()
    return TurnaroundReport(
        journal="jmm", title=title, period=Period.of_year(2025), as_of=date(2026, 6, 1), metrics=metrics,
        histograms=dict.fromkeys(TITLES, histogram), years=years, groups=years,
        rates=Rates(Proportion(n, 2 * n), n, n, 0, 0, n), flow=Flow(0, 2 * n, 0, {"rejected": n} if n else {}, n),
        months=tuple(MonthFlow(f"2025-{month:02}", n, 0, 0, n * month) for month in (1, 2)) if n else (),
        holders=(HolderShare("2025", n, {"editor": 10 * n, "author": 20 * n}),) if n else (),
        reviewing=Reviewing(n, n, 0, 0, 0, 0, n, Proportion(n, n)), cohort=Cohort(2 * n, n),
        to_first_decision=kaplan_meier({day: (count, count) for day, count in histogram.items()}),
        to_final_decision=kaplan_meier({}), outcomes=aalen_johansen(
            {"accepted": histogram, "rejected": {}, "withdrawn or transferred": {}}, histogram
        ),
        excluded=(), imported=0,
    )  # fmt: skip


SIZES = [(), (21,), (21, 34), (5, 8, 13), (5, 8, 13, 21, 34, 55, 89)]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), "No manuscript decided in 2025 yet."),
        ((21,), "One manuscript decided in 2025: 21 days."),
        ((1,), "One manuscript decided in 2025: 1 day."),
        ((34, 21), "Two manuscripts decided in 2025: 21 and 34 days."),
        ((5, 8, 13), "Half of the 3 manuscripts decided in 2025 had a decision within 8 days; 80 % within 13. "
                     "These are few: one more may change it."),
        ((5, 8, 13, 21, 34, 55), "Half of the 6 manuscripts decided in 2025 had a decision within 17 days; "
                                 "80 % within 34."),
    ],
)  # fmt: skip
def test_the_sentence_over_a_table(days: tuple[int, ...], words: str) -> None:
    report = made_up(*days)
    assert sentence("first_decision", report.metrics["first_decision"], report.period) == words


@given(st.lists(st.integers(0, 900), min_size=3, max_size=60))
def test_what_the_sentence_claims_is_true(days: list[int]) -> None:
    summary = summarize({day: days.count(day) for day in days})
    words = sentence("first_decision", summary, Period())
    half, most = (int(part.split()[0].rstrip(".")) for part in words.split("within ")[1:])
    assert 2 * sum(day <= half for day in days) >= len(days)
    assert 5 * sum(day <= most for day in days) >= 4 * len(days)


def test_every_metric_has_its_sentence() -> None:
    assert set(SUBJECTS) == set(METRICS)
    assert all(sentence(key, made_up(3, 5, 9).metrics[key], Period()).startswith("Half of the 3 ") for key in METRICS)


@pytest.mark.parametrize("days", SIZES)
def test_no_median_is_said_of_fewer_than_three(days: tuple[int, ...]) -> None:
    page = page_of(made_up(*days), "first_decision")
    assert all((row.median == "–") == (len(days) < 3) for row in page.rows)
    assert all("median" not in figure.note or len(days) >= 3 or "too few" in figure.note for figure in page.figures)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("days", SIZES)
def test_a_picture_is_drawn_of_any_number_without_style_or_script(name: str, days: tuple[int, ...]) -> None:
    svg = svg_of(PICTURES[name](made_up(*days), "first_decision", Frame()))
    assert svg.startswith("<svg")
    assert "<style" not in svg
    assert "<script" not in svg
    assert " style=" not in svg


def test_bars_begin_at_nought_and_no_legend_stands_where_a_label_can() -> None:
    for name, draw in PICTURES.items():
        spec = json.dumps(draw(made_up(5, 8, 13, 21), "first_decision", Frame()))
        assert '"legend": {' not in spec, name
        assert '"zero": false' not in spec, name


def test_pictures_differ_by_ground_and_width_and_are_drawn_once() -> None:
    report = made_up(5, 8, 13)
    drawn = [
        svg_of(PICTURES["holders"](report, "", Frame(ground, narrow))) for ground in (LIGHT, DARK) for narrow in (0, 1)
    ]
    assert len(set(drawn)) == 4
    assert svg_of(PICTURES["holders"](report, "", Frame(LIGHT))) is drawn[0]
    assert LIGHT.holders["editor"] in drawn[0]
    assert png_of(PICTURES["holders"](report, "", Frame())).startswith(b"\x89PNG")


@pytest.mark.parametrize("days", SIZES)
def test_the_boards_report_is_a_pdf_of_any_number(days: tuple[int, ...]) -> None:
    worry = ("JMM-2025-001", "On “Typst” #escapes and *stars*", "editor", 12)
    pdf = board_pdf(BoardReport(made_up(*days, title="Journal of $ and #"), [worry] * 20, [], 99))
    assert pdf.startswith(b"%PDF")


def test_the_workbook_has_a_sheet_a_table_and_no_formulas() -> None:
    book = zipfile.ZipFile(io.BytesIO(report_as_xlsx(made_up(5, 8, 13, title="=1+1"))))
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 11
    assert all(b"<f>" not in book.read(name) for name in sheets)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("days", SIZES)
def test_every_table_is_a_csv_with_as_many_cells_in_each_row(days: tuple[int, ...], name: str) -> None:
    rows = list(csv.reader(io.StringIO(table_as_csv(made_up(*days), name, "first_decision"))))
    assert {len(row) for row in rows} == {len(TABLES[name].header)}


def test_the_tables_of_the_pictures_hold_their_numbers() -> None:
    report = made_up(5, 8, 13, 21, 34, 55, 89)

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(table_as_csv(report, name, "publication"))))

    assert [(row["days"], row["done"]) for row in rows("distribution")][-1] == ("89", "7")
    assert [(row["group"], row["metric"], row["median"]) for row in rows("years")] == [("2025", "publication", "21.0")]
    waiting = [float(row["share_waiting"]) for row in rows("survival") if row["until"] == "first decision"]
    assert waiting == [step.survival for step in report.to_first_decision.steps]
    assert [row["month"] for row in rows("flow")] == ["2025-01", "2025-02"]
    assert (rows("holders")[0]["editor"], rows("holders")[0]["in all"]) == ("10.0", "30.0")
    assert set(PICTURES) <= set(TABLES)


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=30))
def test_a_curve_is_drawn_beyond_its_last_step_and_not_to_the_last_that_waits(seen: list[tuple[int, bool]]) -> None:
    histogram = {day: (0, 0) for day, _ in seen}
    for day, done in seen:
        events, censored = histogram[day]
        histogram[day] = (events + done, censored + (not done))
    curve = kaplan_meier(histogram)
    last = reach([step.day for step in curve.steps], [step.survival for step in curve.steps])
    stepped = [step.day for step in curve.steps if step.events]
    assert max(stepped, default=0) <= last <= curve.steps[-1].day
    if stepped and stepped[-1]:
        assert last <= stepped[-1] + max(stepped[-1] // 4, 7)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ((50, 51, 52, 53, 54, 55), (20, 21, 22, 23, 24, 25), "faster"),
        ((20, 21, 22, 23, 24, 25), (50, 51, 52, 53, 54, 55), "slower"),
        ((20, 21, 22, 23, 24, 25), (22, 23, 24, 25, 26, 27), "no clear change"),
    ],
)
def test_a_trend_is_said_only_where_the_intervals_lie_apart(
    before: tuple[int, ...], now: tuple[int, ...], words: str
) -> None:
    years = [
        Group("year", year, {"publication": summarize(dict.fromkeys(days, 1))})
        for year, days in (("2024", before), ("2025", now))
    ]
    assert trend(years, "publication").endswith(f": {words}.")
    assert trend(years[:1], "publication") == ""


def test_json_and_csv_say_the_same() -> None:
    report = made_up(5, 8, 13, 21, 34, 55, 89)
    document = json.loads(json.dumps(report_as_json(report)))
    rows = {row["metric"]: row for row in csv.DictReader(io.StringIO(report_as_csv(report))) if row["group"] == "all"}
    for key, metric in document["metrics"].items():
        assert [float(rows[key][name]) for name in ("n", "median", "p80", "mean", "min", "max")] == [
            metric[name] for name in ("n", "median", "p80", "mean", "min", "max")
        ]
    assert document["metrics"]["publication"]["ci95"] == [5, 89]
    assert document["survival"]["outcomes"]["accepted"]["365"] is None  # nobody was seen so long


def test_the_layout_is_part_of_the_package() -> None:
    assert (Path(__file__).parents[2] / "tracker" / "formats" / "board.typ").is_file()
