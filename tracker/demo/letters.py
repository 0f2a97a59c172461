"""The letters that the demonstration's journals have sent: the scheduler's own passes, run for days gone by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tracker.config import Settings
from tracker.jobs import passes

DAYS_BACK = 30
SENDING_HOUR = time(10, tzinfo=UTC)


def send_past_letters(*, today_in: Callable[[str], date], settings: Settings) -> None:
    """Plan and deliver, day by day until yesterday, what was owed for the tasks that are open now."""
    today = today_in("UTC")
    for back in range(DAYS_BACK, 0, -1):
        _send_on(today - timedelta(days=back), settings)


def _send_on(day: date, settings: Settings) -> None:
    now = datetime.combine(day, SENDING_HOUR)
    then: dict[str, Any] = {
        "now_of": lambda: now, "today_of": lambda zone: day, "settings": settings, "at_any_hour": True
    }  # fmt: skip
    passes.plan(**then)
    passes.deliver(**then)
