"""The clock, read at the edges only: instants are UTC, “today” is a journal's own calendar day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tracker.domain.dates import parse_iso
from tracker.domain.errors import BadInput


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def fixed_today() -> date | None:
    """The day that TRACKER_TODAY fixes for a demonstration or a check; None where time runs."""
    text = os.environ.get("TRACKER_TODAY", "").strip()
    if not text:
        return None
    fixed = parse_iso(text, field="TRACKER_TODAY")
    if fixed.precision != "day":
        raise BadInput(f"TRACKER_TODAY “{text}” is not a day: write it as 2020-11-30.")
    return fixed.first


def today(timezone: str) -> date:
    """Today in the journal's IANA time zone: 2020-11-10T12:00Z is 11 November in Auckland."""
    return fixed_today() or datetime.now(ZoneInfo(timezone)).date()
