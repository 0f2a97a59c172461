"""DOAJ's and Plan S's figures as JSON, CSV and lines of text; the board's report as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from tracker.domain.reports import TurnaroundReport
from tracker.domain.yearly import BoardReport, DoajFigures, PlanSFigures, Worry
from tracker.formats.safe_cells import guarded
from tracker.formats.turnaround_tables import report_as_json
from tracker.formats.turnaround_words import number

Lines = list[tuple[str, str]]


def doaj_as_json(figures: DoajFigures) -> dict[str, Any]:
    """The average weeks, with the n and the mean in days that they come from."""
    published = figures.publication
    return {
        "journal": figures.journal,
        "year": figures.year,
        "weeks": figures.weeks,
        "n": published.n,
        "mean_days": published.mean,
    }


def doaj_lines(figures: DoajFigures) -> Lines:
    """What to type into DOAJ's form."""
    weeks = "none published" if figures.weeks is None else str(figures.weeks)
    published = figures.publication
    return [
        ("Average number of weeks between article submission and publication", weeks),
        ("Articles published in the year that it is the mean of", str(published.n)),
        ("Mean in days", number(published.mean) if published.n else "none published"),
    ]


def plan_s_as_json(figures: PlanSFigures) -> dict[str, Any]:
    """The five figures; the acceptance rate is of the manuscripts decided in the year."""
    acceptance = figures.acceptance
    return {
        "journal": figures.journal,
        "year": figures.year,
        "submissions": figures.submissions,
        "reviews_requested": figures.reviews_requested,
        "reviews_received": figures.reviews_received,
        "acceptance": {
            "accepted": acceptance.count,
            "of": acceptance.of,
            "percent": acceptance.percent,
            "ci95": list(acceptance.interval) if acceptance.interval else None,
            "basis": "decided in the year",
        },
        "submission_to_publication": {"mean_days": figures.publication.mean, "n": figures.publication.n},
    }


def plan_s_lines(figures: PlanSFigures) -> Lines:
    """The figures as they are asked for."""
    published = figures.publication
    return [
        ("Submissions", str(figures.submissions)),
        ("Reviews requested", str(figures.reviews_requested)),
        ("Reviews received", str(figures.reviews_received)),
        ("Acceptance rate, of manuscripts decided in the year",
         figures.acceptance.words if figures.acceptance.of else "none was accepted or rejected"),
        ("Average days from submission to publication",
         f"{number(published.mean)} (n = {published.n})" if published.n else "none was published"),
    ]  # fmt: skip


def lines_as_csv(title: str, year: int, lines: Lines) -> str:
    """Journal, year, figure, value: one line a figure."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("journal", "year", "figure", "value"))
    writer.writerows((guarded(title), year, label, value) for label, value in lines)
    return text.getvalue()


def board_as_json(board: BoardReport) -> dict[str, Any]:
    """The turnaround report of the period with the manuscripts to worry about."""
    report: TurnaroundReport = board.report
    return {
        **report_as_json(report),
        "late": [_worry(item, "days_late") for item in board.late],
        "stuck": [_worry(item, "days_since_received") for item in board.stuck],
        "long_is": board.long_is,
    }


def _worry(item: Worry, days: str) -> Mapping[str, Any]:
    reference, title, holder, count = item
    return {"reference": reference, "title": title, "waiting_on": holder, days: count}
