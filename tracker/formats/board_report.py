"""The board's report as a PDF: what is printed is put into words here, `board.typ` only lays it out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from textwrap import shorten
from typing import Any

from tracker.domain.dates import day_in_words
from tracker.domain.reports import BASES, TurnaroundReport
from tracker.domain.turnaround import METRICS
from tracker.domain.words import spoken
from tracker.domain.yearly import BoardReport, Worry
from tracker.formats.chart_files import svg_of
from tracker.formats.chart_style import HOLDERS, PRINT, Frame
from tracker.formats.charts import PICTURES
from tracker.formats.report_page import ReportPage, excluded_by_reason, page_of, rows_of_groups
from tracker.formats.turnaround_words import days, metric_to_show, sentence

LONGEST_TITLE = 110  # letters: two lines of the table
MOST_LISTED = 15  # beyond, the page says how many more there are
METHODS = (
    "Days are whole calendar days in the journal's calendar. The median is the mean of the two middle values; other "
    "percentiles are by nearest rank. One or two values are listed without a median, three to five are marked as few; "
    "from six on, brackets hold the exact 95 % interval of the median from order statistics, and of rates Wilson's. "
    "“Faster” and “slower” are said only where two intervals have no value in common. Figures are by the date on which "
    "an interval ended, unless they say otherwise. The first decision is the first that the author was sent; sending "
    "to review is none. What was undone counts nowhere; a rejection that an appeal reversed stays the first decision "
    "and is not the final one. Who was invited twice in one round counts once. What is still open is counted by "
    "Kaplan and Meier's and by Aalen and Johansen's estimates. "
    "Shares of the days by holder add up to the days from received to the end."
)


def board_pdf(board: BoardReport) -> bytes:
    """The report as PDF, with its pictures. Typst is imported when the first is made."""
    import typst

    report = board.report
    metric = metric_to_show(report)
    page = page_of(report, metric)
    names = [name for name in ("years", "flow", "holders", "survival") if _is_worth_drawing(name, report, metric)]
    frames = {name: Frame(PRINT, is_narrow=name != "holders") for name in names}  # they stand beside something
    pictures = {f"{name}.svg": svg_of(PICTURES[name](report, metric, frames[name])).encode() for name in names}
    told = {**_told(board, page, metric), "pictures": names}
    layout = files("tracker.formats").joinpath("board.typ").read_bytes()
    data = json.dumps(told, ensure_ascii=False).encode()
    # its stubs have not heard of files in memory yet
    pdf: bytes = typst.compile({"main": layout, "report.json": data, **pictures})  # type: ignore[call-overload]  # its stub knows no dict
    return pdf


def _is_worth_drawing(name: str, report: TurnaroundReport, metric: str) -> bool:
    return {
        "years": len(rows_of_groups(report.years, metric)) > 1,
        "flow": len(report.months) > 1 and any(month.received or month.closed for month in report.months),
        "holders": bool(report.holders),
        "survival": report.to_first_decision.n > 2,
    }[name]


def _told(board: BoardReport, page: ReportPage, metric: str) -> dict[str, Any]:
    """Everything that the layout prints, as text."""
    report, left_out = board.report, excluded_by_reason(board.report)
    before = report.comparison.period.words.removeprefix("in ") if report.comparison else ""
    period = report.period.words
    return {
        "journal": report.title,
        "heading": f"Report to the editorial board {report.period.year}" if report.period.year else "Turnaround report",
        "period": period[:1].upper() + period[1:] if period else "All time",
        "basis": BASES[report.period.basis],
        "as_of": report.as_of_words,
        "before": before,
        "summary": _summary(board, page, metric),
        "figures": [[figure.label, figure.value, figure.note] for figure in page.figures],
        "flow": {"words": report.flow.words, "rows": _flow(report)},
        "metrics": [[row.title, str(row.n), row.listed, row.median, row.p80, row.interval, row.mean, row.before,
                     row.change, row.flag] for row in page.rows if row.n or row.before[:4] not in ("", "none")],
        "reviewers": _reviewers(report),
        "outcomes": _outcomes(report),
        "acceptance": [*_acceptance(report), *filter(None, [page.flattery])],
        "incidence": _incidence(page) if report.cohort.received else [],
        "cohort": page.immaturity,
        "decided": page.decided if report.to_first_decision.n else "",
        "holders": _holders(report),
        "drawn": METRICS[metric],
        "captions": dict(page.captions),
        "trend": page.trend,
        "late": _worries(board.late),
        "stuck": _worries(board.stuck),
        "long_is": board.long_is,
        "left_out": page.left_out,
        "left_out_rows": [[item.reference, "; ".join(item.metrics), item.reason] for item in left_out],
        "methods": METHODS,
    }  # fmt: skip


def _incidence(page: ReportPage) -> list[list[str]]:
    short = {"not known yet": "–", "withdrawn or transferred": "Withdrawn, transferred"}
    return [
        [short.get(cause, cause.capitalize()), *(short.get(share, share) for share in shares)]
        for cause, shares in page.outcomes
    ]


def _summary(board: BoardReport, page: ReportPage, metric: str) -> list[str]:
    """The first page alone: flow, speed, acceptance, publication, reviewers, concerns. Each stands without the rest."""
    report = board.report
    flow, when = report.flow, f" {report.period.words}" if report.period.words else ""
    said = [
        f"The journal received {_count(flow.received, 'manuscript')}{when} and closed {flow.closed_in_all or 'none'}; "
        f"{flow.open_at_end or 'none'} {'were' if flow.open_at_end > 1 else 'was'} open at the end.",
        page.headline,
    ]
    if report.rates.acceptance.of:
        said.append(f"Accepted, of those decided{when}: {report.rates.acceptance.words}.")
    if metric != "publication" and report.metrics["publication"].n:
        said.append(sentence("publication", report.metrics["publication"], report.period))
    if report.reviewing.reviews:
        reviews = _count(report.reviewing.reviews, "review")
        said.append(f"Reviewers sent {reviews}; on time were {report.reviewing.on_time.words}.")
    said.append(_concern(board))
    return said


def _concern(board: BoardReport) -> str:
    if not board.late and not board.stuck:
        return f"As of {day_in_words(board.report.as_of)} nothing is late, and nothing has been open for very long."
    stuck = f", and {len(board.stuck)} open for longer than nine in ten took" if board.stuck else ""
    is_are = "manuscript is" if len(board.late) == 1 else "manuscripts are"
    return f"As of {day_in_words(board.report.as_of)}, {len(board.late)} {is_are} late{stuck}."


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n or 'no'} {thing}s"


def _flow(report: TurnaroundReport) -> list[list[str]]:
    flow = report.flow
    rows = [["Open at the start", flow.open_at_start], ["Received", flow.received], ["Reopened", flow.reopened]]
    rows += [[f"Closed: {spoken(outcome)}", -count] for outcome, count in flow.closed.items() if count]
    return [
        [str(label), f"{count}".replace("-", "−")] for label, count in [*rows, ["Open at the end", flow.open_at_end]]
    ]


def _reviewers(report: TurnaroundReport) -> dict[str, Any]:
    given = report.reviewing
    rows = [
        ("Invited", given.invited), ("Agreed", given.agreed), ("Declined", given.declined),
        ("No reply", given.no_reply), ("Released", given.released), ("Not yet answered", given.waiting),
        ("Reviews received", given.reviews),
    ]  # fmt: skip
    shown = rows if given.invited or given.reviews else []
    return {"rows": [[label, str(count)] for label, count in shown], "on_time": given.on_time.words}


def _outcomes(report: TurnaroundReport) -> list[list[str]]:
    now, before = report.rates, report.comparison.rates if report.comparison else None
    names = ("accepted", "rejected", "withdrawn", "transferred", "pending")
    return [
        [name.capitalize(), str(getattr(now, name)), str(getattr(before, name)) if before else ""] for name in names
    ]


def _acceptance(report: TurnaroundReport) -> list[str]:
    basis = "decided in" if report.period.basis == "ended" else "received in"
    if not report.rates.acceptance.of:
        return [f"Of those {basis} the period none was accepted or rejected, so there is no rate."]
    said = [f"Acceptance, of those {basis} the period: {report.rates.acceptance.words}."]
    if report.comparison and report.comparison.rates.acceptance.of:
        change = {"up": "higher now", "down": "lower now"}.get(report.comparison.acceptance_change, "no clear change")
        words = report.comparison.period.words
        said.append(f"{words[:1].upper()}{words[1:]}: {report.comparison.rates.acceptance.words}; {change}.")
    return said


def _holders(report: TurnaroundReport) -> list[list[str]]:
    return [
        [
            part.value,
            str(part.n),
            *(f"{part.mean.get(name, 0):.1f}" for name in HOLDERS),
            f"{sum(part.mean.values()):.1f}",
        ]
        for part in report.holders
    ]


def _worries(worries: Sequence[Worry]) -> dict[str, Any]:
    rows = [
        [ref, shorten(title, LONGEST_TITLE, placeholder=" …"), spoken(holder), days(count)]
        for ref, title, holder, count in worries[:MOST_LISTED]
    ]
    return {"rows": rows, "more": max(len(worries) - MOST_LISTED, 0)}
