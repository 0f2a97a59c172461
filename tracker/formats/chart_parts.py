"""What the pictures are put together from, as Vega-Lite: layers, channels, marks, and words that stand at a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.formats.chart_style import Frame, days_axis, percent_axis

Spec = dict[str, Any]
Point = dict[str, Any]


def layer(values: Sequence[Point], mark: Spec, **encoding: Any) -> Spec:
    """One layer: these points, drawn as this mark, by these channels."""
    return {"data": {"values": list(values)}, "mark": mark, "encoding": encoding}


def field(name: str, kind: str, **more: Any) -> Spec:
    return {"field": name, "type": kind, **more}


def days_scale(title: str, frame: Frame, name: str = "days") -> Spec:
    axis = days_axis(title, is_narrow=frame.is_narrow)
    return field(name, "quantitative", axis=axis, scale={"zero": True, "nice": True})


def share_scale(title: str, name: str = "share") -> Spec:
    return field(name, "quantitative", axis=percent_axis(title), scale={"domain": [0, 1]})


def text_mark(frame: Frame, **more: Any) -> Spec:
    return {"type": "text", "align": "left", "color": frame.ground.ink, **more}


def labels(values: Sequence[Point], frame: Frame, mark: Spec, **at: Any) -> list[Spec]:
    """Words that stand at a line, with a halo of the ground so that no line runs through them."""
    halo = {"stroke": frame.ground.paper, "strokeWidth": 4, "strokeJoin": "round"}
    text = {"field": "text"}
    return [layer(values, text_mark(frame, **mark, **more), **at, text=text) for more in (halo, {})]


def dot(frame: Frame, **more: Any) -> Spec:
    return {"type": "point", "filled": True, "size": 80, "opacity": 1, "color": frame.ground.ink, **more}


def highest(points: Sequence[Point], key: str) -> float:
    return max((float(point[key]) for point in points), default=0.0)


def apart(labels: Sequence[Point], key: str, least: float) -> list[Point]:
    """Labels moved up where one would lie on another."""
    placed: list[Point] = []
    for label in sorted(labels, key=lambda item: float(item[key])):
        floor = float(placed[-1][key]) + least if placed else 0.0
        placed.append({**label, key: max(float(label[key]), floor)})
    return placed
