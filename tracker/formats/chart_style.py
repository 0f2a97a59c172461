"""How charts look: ink on paper, one face, the colours of the five holders, for a light and a dark ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FACE = "Liberation Sans, Helvetica Neue, Helvetica, Arial, sans-serif"
HOLDERS = ("editor", "reviewers", "author", "production", "hold")


@dataclass(frozen=True)
class Ground:
    """The colours of a chart: those of the pages (`tracker.css`), so that a picture sits on its page."""

    paper: str
    ink: str
    muted: str
    rule: str
    band: str
    holders: dict[str, str]
    on_holders: dict[str, str]


LIGHT = Ground(
    paper="#f6f3ec", ink="#1f2328", muted="#565c63", rule="#dcd6c9", band="#d9d4c8",
    holders={
        "editor": "#1d4a94", "reviewers": "#b48bdc", "author": "#dd6b2f", "production": "#137a66", "hold": "#ecca52",
    },
    on_holders={
        "editor": "#ffffff", "reviewers": "#14161a", "author": "#14161a", "production": "#ffffff", "hold": "#14161a",
    },
)  # fmt: skip
DARK = Ground(
    paper="#15171a", ink="#e7e4dd", muted="#a9acb1", rule="#343940", band="#3a3f46",
    holders={
        "editor": "#4a8be4", "reviewers": "#d3b4f4", "author": "#e67f45", "production": "#27977f", "hold": "#f0d676",
    },
    on_holders=dict.fromkeys(HOLDERS, "#101215"),
)  # fmt: skip
PRINT = Ground("#ffffff", LIGHT.ink, LIGHT.muted, LIGHT.rule, LIGHT.band, LIGHT.holders, LIGHT.on_holders)
GROUNDS = {"light": LIGHT, "dark": DARK, "print": PRINT}


@dataclass(frozen=True)
class Frame:
    """The ground and the size of the plot in pixels. `narrow` is for a phone: taller, with fewer ticks."""

    ground: Ground = LIGHT
    is_narrow: bool = False

    @property
    def width(self) -> int:
        return 300 if self.is_narrow else 640

    @property
    def height(self) -> int:
        return 230 if self.is_narrow else 240

    def chart(self, layers: list[dict[str, Any]], height: int | None = None, *, room: int = 0) -> dict[str, Any]:
        """A chart of these layers; `room` are the pixels at the right that words at the end of lines need."""
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": self.width - room,
            "height": height or self.height,
            "padding": {"left": 4, "right": 24 if room else 8, "top": 8, "bottom": 4},
            "background": self.ground.paper,
            "config": self._config(),
            "layer": layers,
        }

    def _config(self) -> dict[str, Any]:
        ground = self.ground
        return {
            "font": FACE,
            "view": {"stroke": None},
            "axis": {
                "labelColor": ground.muted, "titleColor": ground.muted, "labelFontSize": 12, "titleFontSize": 12,
                "titleFontWeight": "normal", "gridColor": ground.rule, "domainColor": ground.muted, "ticks": False,
                "labelPadding": 6, "titlePadding": 8,
            },
            "axisX": {"grid": False},
            "axisY": {"domain": False},
            "text": {"color": ground.ink, "fontSize": 12},
            "line": {"color": ground.ink, "strokeWidth": 2},
            "rule": {"color": ground.ink},
        }  # fmt: skip


def days_axis(title: str, *, is_narrow: bool = False) -> dict[str, Any]:
    """An axis of days that begins at zero."""
    return {"title": title, "tickCount": 4 if is_narrow else 6, "tickMinStep": 1, "format": "d"}


def percent_axis(title: str) -> dict[str, Any]:
    """An axis of shares."""
    return {"title": title, "format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]}
