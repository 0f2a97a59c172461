"""The sentence of each picture, with its n and its dates: over the picture on a page, and inside one that is a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import wrap

from tracker.domain.reports import TurnaroundReport
from tracker.domain.turnaround import METRICS
from tracker.formats.chart_parts import Spec
from tracker.formats.chart_style import Frame


def captions(report: TurnaroundReport, metric: str) -> Mapping[str, str]:
    """What each picture shows, and of how many, by its name."""
    return {name: said(report, metric) for name, said in _CAPTIONS.items()}


def titled(chart: Spec, name: str, report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """The picture with its sentence, its journal and its dates in it, to stand anywhere by itself."""
    ground, letters = frame.ground, 48 if frame.is_narrow else 100
    below = " · ".join([report.title, _dates(name, report), f"as of {report.as_of_words}"])
    title = {
        "text": wrap(captions(report, metric)[name], letters), "subtitle": wrap(below, letters), "anchor": "start",
        "fontSize": 13, "fontWeight": "normal", "lineHeight": 18, "subtitleFontSize": 12, "subtitlePadding": 6,
        "offset": 16, "color": ground.ink, "subtitleColor": ground.muted, "frame": "bounds",
    }  # fmt: skip
    return {**chart, "title": title}


def _dates(name: str, report: TurnaroundReport) -> str:
    """The period; of the years, which may begin before it, the first and the last."""
    if name == "years" and len(report.years) > 1:
        return f"{report.years[0].value} to {report.years[-1].value}"
    words = report.period.words
    return words[:1].upper() + words[1:] if words else "All time"


def _received(report: TurnaroundReport) -> str:
    return f"received {report.period.words}" if report.period.words else "received"


def _years(report: TurnaroundReport, metric: str) -> str:
    n = sum(group.metrics[metric].n for group in report.years)
    how = "it ended" if report.period.basis == "ended" else "the manuscript was received"
    return (
        f"{METRICS[metric]}, by the year in which {how} ({n} in all). The dot is the median with its 95 % interval, "
        "the broken line the days within which 80 % were done."
    )


def _distribution(report: TurnaroundReport, metric: str) -> str:
    return f"{METRICS[metric]}: the share of the {report.metrics[metric].n} that was done within so many days."


def _survival(report: TurnaroundReport, metric: str) -> str:
    return (
        f"The share of the {report.to_first_decision.n} manuscripts {_received(report)} still without a first "
        "decision, with its 95 % band (Kaplan–Meier)."
    )


def _outcomes(report: TurnaroundReport, metric: str) -> str:
    return (
        f"Of the {report.to_final_decision.n} manuscripts {_received(report)}, the share with each outcome by days "
        "since receipt, those still open counted (Aalen–Johansen)."
    )


def _flow(report: TurnaroundReport, metric: str) -> str:
    return (
        f"{report.flow.received + report.flow.reopened} received or reopened above the line, "
        f"{report.flow.closed_in_all} closed below it, month by month; the line is what was open at the end of the "
        "month."
    )


def _holders(report: TurnaroundReport, metric: str) -> str:
    n, when = sum(part.n for part in report.holders), f" {report.period.words}" if report.period.words else ""
    which = f"closed{when}" if report.period.basis == "ended" else f"received{when} and closed since"
    return (
        f"Of the {n} manuscripts {which} whose every step is known, the mean days with editor, reviewers, author and "
        "production. They add up to the days from received to the end."
    )


_CAPTIONS: dict[str, Callable[[TurnaroundReport, str], str]] = {
    "years": _years, "distribution": _distribution, "survival": _survival, "outcomes": _outcomes, "flow": _flow,
    "holders": _holders,
}  # fmt: skip
