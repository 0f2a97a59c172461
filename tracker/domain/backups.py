"""Which backups are kept: the last of each of 7 days, 4 weeks and 12 months that have one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date

DAILY, WEEKLY, MONTHLY = 7, 4, 12


def kept_days(days: Iterable[date]) -> frozenset[date]:
    """Of the days that have a backup, those whose backup is kept. A day that is kept stays so until it is too old."""
    newest_first = sorted(set(days), reverse=True)
    weeks = _last_of_each(newest_first, lambda day: day.isocalendar()[:2])[:WEEKLY]
    months = _last_of_each(newest_first, lambda day: (day.year, day.month))[:MONTHLY]
    return frozenset([*newest_first[:DAILY], *weeks, *months])


def _last_of_each(newest_first: list[date], period_of: Callable[[date], Hashable]) -> list[date]:
    last: dict[Hashable, date] = {}
    for day in newest_first:
        last.setdefault(period_of(day), day)
    return list(last.values())
