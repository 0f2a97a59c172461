"""Calendar dates as a journal prints them: whole days, or only a month or a year.

Dates are calendar dates in the journal's own calendar. They never pass through an instant or UTC.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from tracker.domain.errors import BadInput

Precision = Literal["day", "month", "year"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
EARLIEST_YEAR = 1600  # the first journals are of 1665: anything earlier is a misreading
LATEST_YEAR = 2199  # nothing is planned so far ahead: anything later is a slip, and days would end soon after


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the day, the month or the year. `first` is the first day that it can mean."""

    first: date
    precision: Precision = "day"

    @property
    def last(self) -> date:
        """The last day that it can mean."""
        if self.precision == "day":
            return self.first
        month = self.first.month if self.precision == "month" else 12
        return date(self.first.year, month, calendar.monthrange(self.first.year, month)[1])

    def lies_within(self, other: PartialDate) -> bool:
        """Whether every day that it can mean is one that the other can mean: it is the same date, or more exact."""
        return other.first <= self.first and self.last <= other.last

    @property
    def iso(self) -> str:
        """`2020-11-11`, `2019-03` or `2019`."""
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]

    @property
    def words(self) -> str:
        """`11 November 2020`, `March 2019` or `2019`."""
        if self.precision == "year":
            return str(self.first.year)
        month = f"{MONTHS[self.first.month - 1]} {self.first.year}"
        return month if self.precision == "month" else f"{self.first.day} {month}"


def day_in(instant: datetime, timezone: str) -> date:
    """The day on which an instant falls in this IANA time zone: 2020-11-10T12:00Z is 11 November in Auckland."""
    return instant.astimezone(ZoneInfo(timezone)).date()


def day_in_words(day: date) -> str:
    """`11 November 2020`: the seed style, with no leading zero."""
    return PartialDate(day).words


def parse_iso(text: str, *, field: str = "date") -> PartialDate:
    """Read `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.

    Raises BadInput, naming the field, for anything else and for a day that no calendar has.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise BadInput(f"The {field} “{text}” is not a date: write it as 2020-11-30.")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise BadInput(f"The {field} “{text}” is on no calendar: write a real day, such as 2020-11-30.") from None
    if first.year < EARLIEST_YEAR:
        raise BadInput(f"The {field} “{text}” lies before there were journals: check the year.")
    if first.year > LATEST_YEAR:
        raise BadInput(f"The {field} “{text}” lies further ahead than anybody plans: check the year.")
    return PartialDate(first, "day" if day else "month" if month else "year")


def parse_day(text: str, *, field: str = "date") -> date:
    """Read `YYYY-MM-DD`. Raises BadInput, naming the field, for anything else: a month is no day."""
    read = parse_iso(text, field=field)
    if read.precision != "day":
        raise BadInput(f"The {field} “{text}” is not a whole day: write it as 2020-11-30.")
    return read.first
