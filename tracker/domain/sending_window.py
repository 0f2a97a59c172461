"""When letters may leave: on working days of the journal's country, from 08:00 to 17:00 in the journal's zone.

Whether a day is a working day is told from outside, by a predicate: holidays are no business of the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

IsWorkingDay = Callable[[date], bool]

OPENS, CLOSES = time(8), time(17)
LONGEST_BREAK_DAYS = 14  # no country closes for longer; a predicate that never says yes must not loop for ever
SATURDAY = 5


def is_weekday(day: date) -> bool:
    """Whether the day is Monday to Friday: the working days of a journal without a country."""
    return day.weekday() < SATURDAY


def rolled_back(day: date, is_working_day: IsWorkingDay) -> date:
    """The day itself if it is a working day, else the last working day before it."""
    return _rolled(day, -1, is_working_day)


def rolled_forward(day: date, is_working_day: IsWorkingDay) -> date:
    """The day itself if it is a working day, else the first working day after it."""
    return _rolled(day, 1, is_working_day)


def _rolled(day: date, direction: int, is_working_day: IsWorkingDay) -> date:
    reachable = (day + timedelta(days=direction * days) for days in range(LONGEST_BREAK_DAYS + 1))
    return next((candidate for candidate in reachable if is_working_day(candidate)), day)


def is_open(now: datetime, timezone: str, today: date, is_working_day: IsWorkingDay) -> bool:
    """Whether letters may leave at this instant, `today` being the journal's day.

    A day that was fixed from outside (it is not the day of `now`) counts as the whole day: hours mean nothing on it.
    """
    local = now.astimezone(ZoneInfo(timezone))
    if not is_working_day(today):
        return False
    return local.date() != today or OPENS <= local.time() < CLOSES


def next_opening(now: datetime, timezone: str, today: date, is_working_day: IsWorkingDay) -> datetime:
    """The first instant from `now` on, in UTC, at which letters may leave; `now` itself while they may."""
    if is_open(now, timezone, today, is_working_day):
        return now
    local = now.astimezone(ZoneInfo(timezone))
    first = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return opening_from(first, timezone, is_working_day)


def leaving_day(now: datetime, timezone: str, today: date, is_working_day: IsWorkingDay) -> date:
    """The day on which what is queued now may first leave, `today` being the journal's day."""
    local = now.astimezone(ZoneInfo(timezone))
    is_over = local.date() == today and local.time() >= CLOSES
    return rolled_forward(today + timedelta(days=is_over), is_working_day)


def opening_from(day: date, timezone: str, is_working_day: IsWorkingDay) -> datetime:
    """The instant, in UTC, at which letters may first leave on this day, or on the first working day after it."""
    # An opening is made from its wall-clock time on its own day, so that a night of 23 or 25 hours moves nothing.
    return datetime.combine(rolled_forward(day, is_working_day), OPENS, ZoneInfo(timezone)).astimezone(UTC)
