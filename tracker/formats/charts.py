"""The pictures of a turnaround report as Vega-Lite, each told by its name. Nothing is drawn here.

The specifications are written out rather than built with Altair: they are a few lines either way, and its import
would cost a server 27 MB and a quarter of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from tracker.domain.reports import TurnaroundReport
from tracker.domain.turnaround import METRICS
from tracker.formats.chart_parts import (
    Point,
    Spec,
    apart,
    days_scale,
    dot,
    field,
    highest,
    labels,
    layer,
    share_scale,
)
from tracker.formats.chart_style import Frame
from tracker.formats.holder_chart import holders

STEP = {"type": "line", "interpolate": "step-after"}

DASHES = {"accepted": [1, 0], "rejected": [6, 3], "withdrawn or transferred": [2, 3]}


def years(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """The median of each year with its interval, and the line of the 80th percentile; one or two values as they are."""
    known = [(group.value, group.metrics[metric]) for group in report.years if group.metrics[metric].n]
    single = [{"year": year, "days": value} for year, summary in known for value in summary.values]
    medians = [{"year": year, "days": s.median, "p80": s.p80} for year, s in known if s.median is not None]
    limits = [{"year": year, "low": s.ci95[0], "high": s.ci95[1]} for year, s in known if s.ci95]
    ends = [
        {"year": row["year"], "days": row[key], "text": text}
        for row in medians[-1:]
        for key, text in (("p80", "80 % within"), ("days", "median"))
    ]
    top = max(highest(medians, "p80"), highest(limits, "high"), highest(single, "days"))
    axis = {"title": None, "labelAngle": 0, "labelOverlap": True}
    x = field("year", "ordinal", axis=axis, scale={"padding": 0.7, "domain": [year for year, _ in known]})
    y, muted = days_scale("days", frame), frame.ground.muted
    p80, low = (days_scale("days", frame, name) for name in ("p80", "low"))
    layers = [
        layer(medians, {"type": "line", "strokeDash": [5, 3], "strokeWidth": 1.5, "color": muted}, x=x, y=p80),
        layer(medians, {"type": "tick", "thickness": 2, "width": 18, "color": muted}, x=x, y=p80),
        layer(limits, {"type": "rule", "strokeWidth": 2}, x=x, y=low, y2={"field": "high"}),
        layer(medians, dot(frame), x=x, y=y),
        layer(single, dot(frame, shape="diamond", filled=False), x=x, y=y),
        *labels(apart(ends, "days", top / 14), frame, {"dx": 12}, x=x, y=y),
    ]
    return frame.chart(layers)


def distribution(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """The share done within so many days: one step for each number of days that occurred."""
    histogram = sorted(report.histograms.get(metric, {}).items())
    n = sum(count for _, count in histogram) or 1
    done = accumulate(count for _, count in histogram)
    steps = [{"days": 0, "share": 0.0}]
    steps += [{"days": days, "share": up_to / n} for (days, _), up_to in zip(histogram, done, strict=True)]
    summary = report.metrics[metric]
    marks = [
        {"days": days, "share": share, "text": f"{words} {days:g} days"}
        for days, share, words in ((summary.median, 0.5, "half within"), (summary.p80, 0.8, "80 % within"))
        if days is not None
    ]
    longest = highest(steps, "days")
    x, y = days_scale(f"days, {METRICS[metric].lower()}", frame), share_scale("share done")
    guide = {"type": "rule", "strokeDash": [3, 3], "color": frame.ground.muted}
    layers = [
        layer(marks, guide, x=x, y=y, x2={"datum": 0}),
        layer(steps, STEP, x=x, y=y),
        layer(marks, dot(frame, size=60), x=x, y=y),
        *labels([mark for mark in marks if not _is_far(mark, longest)], frame, {"dx": 9, "dy": 12}, x=x, y=y),
        *labels(
            [mark for mark in marks if _is_far(mark, longest)], frame, {"align": "right", "dx": -9, "dy": -9}, x=x, y=y
        ),
    ]
    return frame.chart(layers)


def _is_far(mark: Point, longest: float) -> bool:
    """Whether words to the right of the mark would leave the picture."""
    return float(mark["days"]) > 0.6 * longest


def survival(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """The share still waiting for a first decision, with its pointwise 95 % band."""
    curve = report.to_first_decision
    last = reach([step.day for step in curve.steps], [step.survival for step in curve.steps])
    steps = [{"days": 0, "share": 1.0, "low": 1.0, "high": 1.0}]
    steps += [
        {"days": step.day, "share": step.survival, "low": step.low, "high": step.high}
        for step in curve.steps
        if step.day <= last
    ]
    if curve.steps and steps[-1]["days"] < last:
        steps.append({**steps[-1], "days": last})
    x, y = days_scale("days since received", frame), share_scale("still waiting")
    band = {"type": "area", "interpolate": "step-after", "color": frame.ground.band, "opacity": 1}
    guide = {"type": "rule", "strokeDash": [3, 3], "color": frame.ground.muted}
    layers = [
        layer(steps, band, x=x, y=share_scale("still waiting", "low"), y2={"field": "high"}),
        layer([{"share": 0.5}], guide, y=y),
        layer(steps, STEP, x=x, y=y),
    ]
    return frame.chart(layers)


def reach(days: Sequence[int], shares: Sequence[float]) -> int:
    """How far a curve is drawn: a quarter beyond its last step, not as far as the last manuscript that waits."""
    stepped = [day for day, before, after in zip(days, (1.0, *shares), shares, strict=False) if after < before]
    last = max(stepped, default=0)
    seen = days[-1] if days else 0
    return min(seen, last + max(last // 4, 7)) if last else seen


def outcomes(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """The share with each outcome by days since receipt; those still open are the rest."""
    curve = report.outcomes
    last = reach(curve.days, curve.still_open)
    drawn = [0, *(day for day in curve.days if day < last), *([last] if last else [])]
    points: list[Point] = [
        {"days": day, "share": curve.at(cause, day) or 0.0, "cause": cause} for cause in curve.shares for day in drawn
    ]
    ends = [{**point, "text": _ending(point, frame)} for point in points if point["days"] == last and last]
    x, y = days_scale("days since received", frame), share_scale("share with this outcome")
    dash = field("cause", "nominal", legend=None, scale={"domain": list(DASHES), "range": list(DASHES.values())})
    layers = [
        layer(points, STEP, x=x, y=y, strokeDash=dash),
        *labels(apart(ends, "share", 0.14 if frame.is_narrow else 0.07), frame, {"dx": 7, "lineBreak": "\n"}, x=x, y=y),
    ]
    return frame.chart(layers, room=104 if frame.is_narrow else 184)


def _ending(point: Point, frame: Frame) -> str:
    """The words at the end of an outcome's line: in two lines where there is little room."""
    words = f"{100 * float(point['share']):.0f} % {point['cause']}"
    return words.replace(" or ", "\nor ") if frame.is_narrow else words


def flow(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """Received above the line, closed below it, month by month; the line is what is open at the end of the month."""
    months = [
        {"month": f"{row.month}-01", "n": row.received + row.reopened, "closed": -row.closed, "open": row.open_at_end}
        for row in report.months
    ]
    x = field("month", "temporal", axis=_months_axis(len(months), frame), scale={"padding": 10})
    count = {"title": "manuscripts", "tickMinStep": 1, "labelExpr": "datum.value % 1 ? '' : abs(datum.value)"}
    received, closed, still_open = (field(name, "quantitative", axis=count) for name in ("n", "closed", "open"))
    ground, width = frame.ground, max(2, min(16, frame.width // max(len(months), 1) - 3))
    corner = {"x": 4, "color": ground.muted}
    label = [{**month, "text": f"{month['open']} open"} for month in months[-1:]]
    layers = [
        layer(months, {"type": "bar", "width": width, "color": ground.muted}, x=x, y=received),
        layer(months, {"type": "bar", "width": width, "color": ground.band, "stroke": ground.muted}, x=x, y=closed),
        layer([{}], {"type": "rule", "color": ground.ink}, y={"datum": 0}),
        layer(months, {"type": "line", "interpolate": "step", "strokeWidth": 2}, x=x, y=still_open),
        *labels(label, frame, {"dx": 7}, x=x, y=still_open),
        *labels([{"text": "received ↑"}], frame, {**corner, "y": 8}),
        *labels([{"text": "closed ↓"}], frame, {**corner, "y": frame.height - 8}),
    ]
    return frame.chart(layers, room=56)


def _months_axis(months: int, frame: Frame) -> Spec:
    """Months by name with the year under the first and each January; of many months, the years alone."""
    axis: Spec = {"title": None, "domain": False, "labelOverlap": True}
    if months > 24:
        return {**axis, "tickCount": "year", "format": "%Y"}
    if months > (6 if frame.is_narrow else 14):
        return {**axis, "tickCount": {"interval": "month", "step": 3}, "format": "%b %Y"}
    name = "timeFormat(datum.value, '%b')"
    starts = "datum.index === 0 || timeFormat(datum.value, '%m') === '01'"
    year = f"{starts} ? [{name}, timeFormat(datum.value, '%Y')] : {name}"
    return {**axis, "tickCount": "month", "labelExpr": year}


PICTURES: dict[str, Callable[[TurnaroundReport, str, Frame], Spec]] = {
    "years": years,
    "distribution": distribution,
    "survival": survival,
    "outcomes": outcomes,
    "flow": flow,
    "holders": holders,
}
