"""The pictures of a turnaround report as Vega-Lite, each told by its name. Nothing is drawn here.

The specifications are written out rather than built with Altair: they are a few lines either way, and its import
would cost a server 27 MB and a quarter of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from tracker.domain.reports import TurnaroundReport
from tracker.domain.turnaround import METRICS
from tracker.formats.chart_style import HOLDERS, Frame, days_axis, percent_axis

Spec = dict[str, Any]
Point = dict[str, Any]
STEP = {"type": "line", "interpolate": "step-after"}
DASHES = {"accepted": [1, 0], "rejected": [6, 3], "withdrawn or transferred": [2, 3]}


def layer(values: Sequence[Point], mark: Spec, **encoding: Any) -> Spec:
    """One layer: these points, drawn as this mark, by these channels."""
    return {"data": {"values": list(values)}, "mark": mark, "encoding": encoding}


def _field(name: str, kind: str, **more: Any) -> Spec:
    return {"field": name, "type": kind, **more}


def _days(title: str, frame: Frame, name: str = "days") -> Spec:
    axis = days_axis(title, is_narrow=frame.is_narrow)
    return _field(name, "quantitative", axis=axis, scale={"zero": True, "nice": True})


def _share(title: str, name: str = "share") -> Spec:
    return _field(name, "quantitative", axis=percent_axis(title), scale={"domain": [0, 1]})


def _text(frame: Frame, **more: Any) -> Spec:
    return {"type": "text", "align": "left", "color": frame.ground.ink, **more}


def labels(values: Sequence[Point], frame: Frame, mark: Spec, **at: Any) -> list[Spec]:
    """Words that stand at a line, with a halo of the ground so that no line runs through them."""
    halo = {"stroke": frame.ground.paper, "strokeWidth": 4, "strokeJoin": "round"}
    text = {"field": "text"}
    return [layer(values, _text(frame, **mark, **more), **at, text=text) for more in (halo, {})]


def _dot(frame: Frame, **more: Any) -> Spec:
    return {"type": "point", "filled": True, "size": 80, "opacity": 1, "color": frame.ground.ink, **more}


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
    axis = {"title": None, "labelAngle": 0, "labelOverlap": True}
    x = _field("year", "ordinal", axis=axis, scale={"padding": 0.7, "domain": [year for year, _ in known]})
    y, muted = _days("days", frame), frame.ground.muted
    p80 = _days("days", frame, "p80")
    layers = [
        layer(medians, {"type": "line", "strokeDash": [5, 3], "strokeWidth": 1.5, "color": muted}, x=x, y=p80),
        layer(medians, {"type": "tick", "thickness": 2, "width": 18, "color": muted}, x=x, y=p80),
        layer(limits, {"type": "rule", "strokeWidth": 2}, x=x, y=_days("days", frame, "low"), y2={"field": "high"}),
        layer(medians, _dot(frame), x=x, y=y),
        layer(single, _dot(frame, shape="diamond", filled=False), x=x, y=y),
        *labels(_apart(ends, "days", _highest(ends, "days") / 14), frame, {"dx": 12}, x=x, y=y),
    ]
    return frame.chart(layers)


def _highest(points: Sequence[Point], key: str) -> float:
    return max((float(point[key]) for point in points), default=0.0)


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
    x, y = _days(f"days, {METRICS[metric].lower()}", frame), _share("share done")
    guide = {"type": "rule", "strokeDash": [3, 3], "color": frame.ground.muted}
    layers = [
        layer(marks, guide, x=x, y=y, x2={"datum": 0}),
        layer(steps, STEP, x=x, y=y),
        layer(marks, _dot(frame, size=60), x=x, y=y),
        *labels(marks, frame, {"dx": 9, "dy": 12}, x=x, y=y),
    ]
    return frame.chart(layers)


def survival(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """The share still waiting for a first decision, with its pointwise 95 % band."""
    steps = [{"days": 0, "share": 1.0, "low": 1.0, "high": 1.0}]
    steps += [
        {"days": step.day, "share": step.survival, "low": step.low, "high": step.high}
        for step in report.to_first_decision.steps
    ]
    x, y = _days("days since received", frame), _share("still waiting")
    band = {"type": "area", "interpolate": "step-after", "color": frame.ground.band, "opacity": 1}
    guide = {"type": "rule", "strokeDash": [3, 3], "color": frame.ground.muted}
    layers = [
        layer(steps, band, x=x, y=_share("still waiting", "low"), y2={"field": "high"}),
        layer([{"share": 0.5}], guide, y=y),
        layer(steps, STEP, x=x, y=y),
    ]
    return frame.chart(layers)


def outcomes(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """The share with each outcome by days since receipt; those still open are the rest."""
    curve = report.outcomes
    points = [
        {"days": day, "share": share, "cause": cause}
        for cause, shares in curve.shares.items()
        for day, share in zip((0, *curve.days), (0.0, *shares), strict=True)
    ]
    ends = [
        {"days": curve.days[-1], "share": shares[-1], "text": f"{cause} {100 * shares[-1]:.0f} %"}
        for cause, shares in curve.shares.items()
        if curve.days
    ]
    x, y = _days("days since received", frame), _share("share with this outcome")
    dash = _field("cause", "nominal", legend=None, scale={"domain": list(DASHES), "range": list(DASHES.values())})
    layers = [
        layer(points, STEP, x=x, y=y, strokeDash=dash),
        *labels(_apart(ends, "share", 0.08), frame, {"align": "right", "dy": -8}, x=x, y=y),
    ]
    return frame.chart(layers)


def _apart(labels: Sequence[Point], key: str, least: float) -> list[Point]:
    """Labels moved up where one would lie on another."""
    placed: list[Point] = []
    for label in sorted(labels, key=lambda item: float(item[key])):
        floor = float(placed[-1][key]) + least if placed else 0.0
        placed.append({**label, key: max(float(label[key]), floor)})
    return placed


def flow(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """Received above the line, closed below it, month by month; the line is what is open at the end of the month."""
    months = [
        {"month": f"{row.month}-01", "n": row.received + row.reopened, "closed": -row.closed, "open": row.open_at_end}
        for row in report.months
    ]
    axis = {
        "title": None,
        "format": "%b %Y",
        "domain": False,
        "tickCount": 3 if frame.is_narrow else 7,
        "labelOverlap": True,
    }
    x = _field("month", "temporal", axis=axis)
    count = {"title": "manuscripts", "tickMinStep": 1, "labelExpr": "datum.value % 1 ? '' : abs(datum.value)"}
    received, closed, still_open = (_field(name, "quantitative", axis=count) for name in ("n", "closed", "open"))
    ground, width = frame.ground, max(2, min(16, frame.width // max(len(months), 1) - 3))
    corner = {"align": "left", "x": 4, "color": ground.muted}
    label = [{**month, "text": f"{month['open']} open"} for month in months[-1:]]
    layers = [
        layer(months, {"type": "bar", "width": width, "color": ground.muted}, x=x, y=received),
        layer(months, {"type": "bar", "width": width, "color": ground.band, "stroke": ground.muted}, x=x, y=closed),
        layer([{}], {"type": "rule", "color": ground.ink}, y={"datum": 0}),
        layer(months, {"type": "line", "interpolate": "step", "strokeWidth": 2}, x=x, y=still_open),
        *labels(label, frame, {"align": "right", "dy": -9, "dx": 8}, x=x, y=still_open),
        layer([{"text": "received ↑"}], _text(frame, **corner, y=8), text={"field": "text"}),
        layer([{"text": "closed ↓"}], _text(frame, **corner, y=frame.height - 8), text={"field": "text"}),
    ]
    return frame.chart(layers)


def holders(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """Days a manuscript, stacked by holder, a bar for each year; the number and the holder stand in the bar."""
    bars = [bar for part in report.holders for bar in _stack(f"{part.value} (n = {part.n})", part.mean)]
    longest = _highest(bars, "to") or 1.0
    for bar in bars:
        bar["text"] = _in_the_bar(bar, longest * (0.24 if frame.is_narrow else 0.13))
    ground = frame.ground
    y = _field("year", "ordinal", axis={"title": None})
    x, middle = (_days("mean days a manuscript", frame, name) for name in ("from", "middle"))
    fill, ink = (
        _field(
            "holder", "nominal", legend=None, scale={"domain": list(HOLDERS), "range": [of[name] for name in HOLDERS]}
        )
        for of in (ground.holders, ground.on_holders)
    )
    layers = [
        layer(
            bars, {"type": "bar", "stroke": ground.paper, "strokeWidth": 2}, y=y, x=x, x2={"field": "to"}, color=fill
        ),
        layer(bars, {"type": "text", "fontWeight": 600}, y=y, x=middle, text={"field": "text"}, color=ink),
    ]
    chart = frame.chart(layers, height=max(60, 44 * len(report.holders)))
    return {**chart, "resolve": {"scale": {"color": "independent"}}}


def _stack(label: str, mean: Any) -> list[Point]:
    bars: list[Point] = []
    start = 0.0
    for holder in HOLDERS:
        if days := mean.get(holder, 0.0):
            end = start + days
            bars.append({"year": label, "holder": holder, "from": start, "to": end, "middle": (start + end) / 2})
            start = end
    return bars


def _in_the_bar(bar: Point, fits: float) -> str:
    """The holder's word and the days where there is room, else the days, else nothing: the table has them all."""
    days = bar["to"] - bar["from"]
    name = "on hold" if bar["holder"] == "hold" else bar["holder"]
    return f"{name} {days:.0f}" if days >= fits else f"{days:.0f}" if days >= fits / 4 else ""


PICTURES: dict[str, Callable[[TurnaroundReport, str, Frame], Spec]] = {
    "years": years,
    "distribution": distribution,
    "survival": survival,
    "outcomes": outcomes,
    "flow": flow,
    "holders": holders,
}
