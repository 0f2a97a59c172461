"""The picture of where the days go: a bar for each year, stacked by holder."""

from __future__ import annotations

from typing import Any

from tracker.domain.reports import TurnaroundReport
from tracker.formats.chart_parts import Point, Spec, days_scale, field, highest, layer
from tracker.formats.chart_style import HOLDERS, Frame

LETTER = 7.2  # pixels, of bold letters of twelve


def holders(report: TurnaroundReport, metric: str, frame: Frame) -> Spec:
    """Days a manuscript, stacked by holder, a bar for each year; the number and the holder stand in the bar."""
    bars = [bar for part in report.holders for bar in _stack(f"{part.value} (n = {part.n})", part.mean)]
    longest = highest(bars, "to") or 1.0
    for bar in bars:
        bar["text"] = _in_the_bar(bar, (bar["to"] - bar["from"]) / longest * frame.width)
    ground = frame.ground
    y = field("year", "ordinal", axis={"title": None, "minExtent": 96 if frame.is_narrow else 104})
    x, middle = (
        {**days_scale("mean days a manuscript", frame, name), "scale": {"domain": [0, longest], "nice": False}}
        for name in ("from", "middle")
    )
    fill, ink = (
        field(
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


def _in_the_bar(bar: Point, room: float) -> str:
    """The holder's word and the days where there is room, else the days, else nothing: the table has them all."""
    days = f"{bar['to'] - bar['from']:.0f}"
    name = "on hold" if bar["holder"] == "hold" else bar["holder"]
    return next((text for text in (f"{name} {days}", days) if LETTER * len(text) + 10 <= room), "")
