"""Pictures as files. Vega runs inside this process, without a browser; it is imported when the first is drawn."""

from __future__ import annotations

import json
import threading
from functools import lru_cache
from typing import Any

_KEPT = 128  # about 2 MB of SVG
_one_at_a_time = threading.Lock()  # two at once would each load the engine


def svg_of(spec: dict[str, Any]) -> str:
    """The chart as SVG with its text as text. The same specification is drawn once."""
    return _svg(json.dumps(spec, sort_keys=True))


def png_of(spec: dict[str, Any]) -> bytes:
    """The chart as PNG, at twice the size in pixels."""
    return _png(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=_KEPT)
def _svg(spec: str) -> str:
    import vl_convert

    with _one_at_a_time:
        drawn: str = vl_convert.vegalite_to_svg(spec)
    return drawn


@lru_cache(maxsize=16)
def _png(spec: str) -> bytes:
    import vl_convert

    with _one_at_a_time:
        drawn: bytes = vl_convert.vegalite_to_png(spec, scale=2)
    return drawn
