"""The clock, read at the edges only: instants are UTC, “today” is a journal's own calendar day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tracker.domain.dates import parse_day


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def fixed_today() -> date | None:
    """The day that TRACKER_TODAY fixes for a demonstration or a check; None where time runs."""
    text = os.environ.get("TRACKER_TODAY", "").strip()
    if not text:
        return None
    return parse_day(text, field="TRACKER_TODAY")


def today(timezone: str) -> date:
    """Today in the journal's IANA time zone: 2020-11-10T12:00Z is 11 November in Auckland."""
    return fixed_today() or datetime.now(ZoneInfo(timezone)).date()
