"""From printed dates to calendar days: what a line settles, and what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from tracker.domain.dates import EARLIEST_YEAR, LATEST_YEAR, PartialDate, Precision, day_in_words
from tracker.domain.errors import BadInput
from tracker.formats.folding import fold, tidy
from tracker.formats.printed_dates import FoundDate, find_dates

DayOrder = Literal["dmy", "mdy"]


class Unreadable(NamedTuple):
    """Why a printed date gives no day: the end of a sentence that begins with the date's text."""

    reason: str


Reading = PartialDate | Unreadable

_EPOCHS = (PartialDate(date(1970, 1, 1)), PartialDate(date(1899, 12, 30)), PartialDate(date(1899, 12, 31)))
_SAME_TIME_DAYS = 3 * 366


def settle(dates: Sequence[FoundDate], text: str, *, day_first_marks: str = "") -> list[Reading]:
    """The reading of each of the dates of one line, in order.

    Numbers such as 03/04/2019 are read if another date of the line with the same mark has a number above 12 and
    so shows the order, or if their mark is among `day_first_marks`, those for which the line's language knows no
    other order. A date without a year takes that of the next date (of the date before, where the year comes
    first), unless that would put it on the wrong side of it; one that no year follows takes that of the date before,
    if it is not the earlier of the two. Two-digit years are those of 1950 to 2049. 1 January 1970 and the last
    days of 1899, which computers print where they know no date, count only beside another date of that time.
    """
    orders = {mark: _order_of(mark, dates, day_first_marks) for mark in {d.mark for d in dates if d.pair}}
    readings: list[Reading] = []
    lenders = [None] * len(dates) if all(found.year for found in dates) else _lenders(dates)
    for found, lender in zip(dates, lenders, strict=True):
        if found.year:
            readings.append(_read(found, text, orders.get(found.mark)))
        elif lender or found.year_leads or not readings:
            readings.append(_borrow_year(found, lender, text))
        else:
            readings.append(_take_year_over(found, readings[-1], text))
    return _without_epochs(readings) if "1970" in text or "1899" in text else readings


def read_printed_date(text: str, *, order: DayOrder | None = None) -> PartialDate:
    """The one date that `text` holds, printed in any of the usual ways (“31st Aug. 1988”, “2020年11月11日”).

    `order` settles 03/04/2019. Raises BadInput if there is no date, several, an impossible or an ambiguous one.
    """
    line = tidy(text)
    dates = find_dates(fold(line))
    if len(dates) != 1:
        what = "holds more than one date" if dates else "is not a date: write it as 11 November 2020"
        raise BadInput(f"“{line[:80]}” {what}.")
    found = dates[0]
    reading = _read(found, line, order or _own_order(found)) if found.year else _no_year(line)
    if isinstance(reading, Unreadable):
        raise BadInput(f"{reading.reason}.")
    return reading


def _own_order(found: FoundDate) -> DayOrder | None:
    if found.pair is None:
        return None
    first, second = found.pair
    if first == second:
        return "dmy"
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def _order_of(mark: str, dates: Sequence[FoundDate], day_first_marks: str) -> DayOrder | None:
    """The order that every date of this mark agrees with; None if they show none, or contradict each other."""
    shown = {_own_order(d) for d in dates if d.mark == mark and d.pair and d.pair[0] != d.pair[1]} - {None}
    if len(shown) == 1:
        return shown.pop()
    return "dmy" if not shown and mark in day_first_marks else None


def _read(found: FoundDate, text: str, order: DayOrder | None) -> Reading:
    day, month = found.day, found.month
    year = _full_year(found.year or "")
    if found.pair is not None:
        first, second = found.pair
        order = _own_order(found) or order
        if order is None and max(found.pair) <= 12 and min(found.pair) >= 1:
            if not EARLIEST_YEAR <= year <= LATEST_YEAR:
                return _impossible(found, text, year)
            one, other = date(year, second, first), date(year, first, second)
            printed = text[found.start : found.end]
            return Unreadable(f"{printed} may be {day_in_words(one)} or {day_in_words(other)}")
        day, month = (second, first) if order == "mdy" else (first, second)
    return _on_calendar(year, month, day) or _impossible(found, text, year)


def _impossible(found: FoundDate, text: str, year: int) -> Unreadable:
    printed = text[found.start : found.end].strip(" ,.")
    if EARLIEST_YEAR <= year <= LATEST_YEAR:
        return Unreadable(f"“{printed}” is on no calendar")
    return Unreadable(f"“{printed}” cannot be right: no journal has the year {year}")


def _full_year(printed: str) -> int:
    year = int(printed)
    if len(printed) > 2:
        return year
    return year + (1900 if year >= 50 else 2000)


@lru_cache(maxsize=16384)
def _on_calendar(year: int, month: int | None, day: int | None) -> PartialDate | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    precision: Precision = "day" if day is not None else "month" if month is not None else "year"
    try:
        return PartialDate(date(year, 1 if month is None else month, 1 if day is None else day), precision)
    except ValueError:
        return None


def _lenders(dates: Sequence[FoundDate]) -> list[FoundDate | None]:
    """For each date the one whose year it may borrow: the next with a year, or the one before if years lead."""
    nexts: list[FoundDate | None] = []
    later: FoundDate | None = None
    for found in reversed(dates):
        nexts.append(later)
        later = found if found.year else later
    lenders: list[FoundDate | None] = []
    earlier: FoundDate | None = None
    for found, following in zip(dates, reversed(nexts), strict=True):
        lenders.append(earlier if found.year_leads else following)
        earlier = found if found.year else earlier
    return lenders


def _borrow_year(found: FoundDate, lender: FoundDate | None, text: str) -> Reading:
    """Read a date without a year by that of its lender, on whose wrong side it must not then lie."""
    printed = text[found.start : found.end].strip(" ,.")
    if found.year_is_cut or lender is None or lender.month is None or lender.year_leads != found.year_leads:
        return _no_year(printed)
    ours, theirs = (found.month or 0, found.day or 0), (lender.month, lender.day or 99)
    if ours < theirs if found.year_leads else ours > theirs:
        return _no_year(printed)
    year = _full_year(lender.year or "")
    return _on_calendar(year, found.month, found.day) or _impossible(found, text, year)


def _take_year_over(found: FoundDate, before: Reading, text: str) -> Reading:
    """Read a date that no year follows by the year of the one before: “Received 3 May 2020; accepted 7 July”."""
    printed = text[found.start : found.end].strip(" ,.")
    if found.year_is_cut or isinstance(before, Unreadable) or before.precision == "year":
        return _no_year(printed)
    year = before.first.year
    reading = _on_calendar(year, found.month, found.day) or _impossible(found, text, year)
    if isinstance(reading, PartialDate) and reading.first < before.first:
        return _no_year(printed)
    return reading


def _without_epochs(readings: list[Reading]) -> list[Reading]:
    known = [reading.first for reading in readings if isinstance(reading, PartialDate) and reading not in _EPOCHS]
    return [_unless_alone(reading, known) if reading in _EPOCHS else reading for reading in readings]


def _unless_alone(epoch: Reading, known: list[date]) -> Reading:
    if isinstance(epoch, Unreadable) or any(abs((day - epoch.first).days) < _SAME_TIME_DAYS for day in known):
        return epoch
    return Unreadable(f"{day_in_words(epoch.first)} is what computers print where they know no date")


def _no_year(printed: str) -> Unreadable:
    return Unreadable(f"“{printed}” has no year of its own, and the line does not settle it")
