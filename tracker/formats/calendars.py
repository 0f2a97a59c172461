"""The working days of a country, from the `holidays` library. It is imported on first use: it takes a second."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tracker.domain.sending_window import IsWorkingDay, is_weekday


def working_days(country: str) -> IsWorkingDay:
    """Whether a day is a working day in the country (two letters): Monday to Friday and no public holiday.

    Without a country, or for one whose holidays nobody has collected, every weekday is a working day.
    """
    if not country:
        return is_weekday
    return lambda day: is_weekday(day) and day not in _public_holidays(country, day.year)


@lru_cache(maxsize=512)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()
