"""Dates in the cells of a sheet: which order day and month have in a column, and which day a cell means.

The order is decided for a whole column by its cells: 25/03/2019 can only begin with the day. What no cell settles is
asked, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from tracker.domain.dates import PartialDate, day_in_words
from tracker.domain.errors import BadInput
from tracker.formats.date_readings import read_printed_date

Order = Literal["dmy", "mdy", "ymd", "days"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
ORDER_WORDS: dict[str, str] = {
    "dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day", "days": "day numbers",
}  # fmt: skip

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"[T ]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?$")
_NUMBERS = re.compile(r"(\d{1,6})([-/. ])(\d{1,2})\2(\d{1,6})\.?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_DAY_NUMBER = re.compile(r"\d{5}")
_SEVERAL = re.compile(r"\s*(?:[;|\n]|, (?=\d{4}-))\s*")
_NOTHING = frozenset(
    {
        "-", "–", "—", "/", ".", "?", "x", "n/a", "na", "n.a.", "nan", "none", "null", "nil", "tba", "tbd", "tbc",
        "pending", "unknown", "unbekannt", "inconnu", "desconocido", "0", "0000-00-00", "00/00/0000", "00.00.0000",
        "(none)", "#n/a",
    }
)  # fmt: skip
_NO_DATE = "what software writes when it has no date"
_EMPTY_CELL = "what a spreadsheet shows for an empty cell"
_PLACEHOLDERS = {
    date(1970, 1, 1): _NO_DATE, date(1969, 12, 31): _NO_DATE, date(9999, 12, 31): "what software writes for “never”",
    date(1900, 1, 1): _EMPTY_CELL, date(1899, 12, 30): _EMPTY_CELL, date(1899, 12, 31): _EMPTY_CELL,
    date(1904, 1, 1): _EMPTY_CELL,
}  # fmt: skip
_EXCEL_EPOCH = date(1899, 12, 30)
_DAY_NUMBERS = range(18264, 73051)  # 1950 to 2099


def is_blank(text: str) -> bool:
    """Whether a cell says that there is no date: empty, or `n/a`, `–`, `TBA` and their like."""
    return not text or text.lower() in _NOTHING


def several(text: str) -> list[str]:
    """The dates of a cell that may hold more than one: `2019-03-02; 2019-06-11`."""
    if ";" not in text and "|" not in text and "\n" not in text and "," not in text:
        return [text]
    return [part for part in _SEVERAL.split(text) if part]


@dataclass
class Evidence:
    """What the cells of one column show about their dates; `see` each, then ask.

    `latest_year` is the present one: a year of two digits beyond it is none.
    """

    latest_year: int = 2099
    dates: int = 0
    others: int = 0
    day_numbers: int = 0
    orders: set[Order] = field(default_factory=lambda: set(ORDERS))
    shown: dict[Order, str] = field(default_factory=dict)
    open_cell: str = ""
    odd_cell: str = ""

    def see(self, text: str) -> None:
        """Take one cell into account."""
        for part in several(text):
            if not is_blank(part):
                self._see(part)

    def _see(self, text: str) -> None:
        if _ISO.fullmatch(text):
            self.dates += 1
        elif (match := _NUMBERS.fullmatch(_without_time(text))) is not None:
            self.dates += 1
            if len(match[1]) <= 2:
                self._weigh(text, possible_orders(match[1], match[3], match[4], self.latest_year))
        elif _DAY_NUMBER.fullmatch(text) and int(text) in _DAY_NUMBERS:
            self.day_numbers += 1
        elif _reads(text):
            self.dates += 1
        else:
            self.others += 1
            self.odd_cell = self.odd_cell or text

    def _weigh(self, text: str, possible: frozenset[Order]) -> None:
        if not possible:
            return
        if len(possible) > 1:
            self.open_cell = self.open_cell or text
        else:
            self.shown.setdefault(next(iter(possible)), text)
        self.orders &= possible

    @property
    def share(self) -> float:
        """How much of what the column holds are dates, from 0 to 1."""
        total = self.dates + self.others + self.day_numbers
        return (self.dates + self.day_numbers) / total if total else 0.0

    @property
    def order(self) -> Order | None:
        """The order that the cells settle; None where none is needed, or where they leave it open."""
        if self.day_numbers and not self.dates:
            return "days"
        return next(iter(self.orders)) if len(self.orders) == 1 else None

    @property
    def is_open(self) -> bool:
        """Whether a person has to say which order the column has."""
        return bool(self.open_cell) and self.order is None

    @property
    def words(self) -> str:
        """Why, for the preview: `day, month, year: 25/03/2019 can be nothing else`."""
        if self.order == "days":
            return "day numbers of a spreadsheet"
        if self.order is not None and self.order in self.shown:
            return f"{ORDER_WORDS[self.order]}: {self.shown[self.order]} can be nothing else"
        if self.order is not None:
            return f"{ORDER_WORDS[self.order]}: no other order fits every cell"
        if not self.is_open:
            return ""
        if len(self.shown) > 1:
            cells = " and ".join(self.shown.values())
            return f"the cells contradict each other: {cells}; so {self.open_cell} may be either"
        return f"{self.open_cell} may be {' or '.join(_readings(self.open_cell))}, and no cell settles it"


@lru_cache(maxsize=16384)
def possible_orders(first: str, second: str, third: str, latest_year: int = 2099) -> frozenset[Order]:
    """The orders in which three numbers are a day of the calendar, and years of two digits none to come."""
    days = {order: _day(first, second, third, order) for order in ORDERS}
    is_short = len(third) == 2
    return frozenset(order for order, day in days.items() if day and not (is_short and day.year > latest_year))


def _day(first: str, second: str, third: str, order: Order) -> date | None:
    year, month, day = {
        "dmy": (third, second, first), "mdy": (third, first, second), "ymd": (first, second, third)
    }[order]  # fmt: skip
    if len(day) > 2 or len(month) > 2 or len(year) not in (2, 4):
        return None
    number = int(year) + (0 if len(year) == 4 else 1900 if int(year) >= 50 else 2000)
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _readings(text: str) -> list[str]:
    match = _NUMBERS.fullmatch(_without_time(text))
    assert match is not None, "only cells of three numbers are open"
    days = {_day(match[1], match[3], match[4], order) for order in ORDERS}
    return [day_in_words(day) for day in sorted(day for day in days if day)]


def _without_time(text: str) -> str:
    return _TIME.sub("", text) if ":" in text else text


@lru_cache(maxsize=65536)
def _reads(text: str) -> bool:
    try:
        read_cell_date(text, None)
    except BadInput as error:
        return " may be " in str(error) or "cannot be right" in str(error) or "on no calendar" in str(error)
    return True


def read_cell_date(text: str, order: Order | None) -> PartialDate:
    """The date of a cell, in the order decided for its column.

    Raises BadInput for what is no date, on no calendar, a placeholder such as 1970-01-01, or ambiguous.
    """
    if len(text) > 60:
        raise BadInput(f"“{text[:40]}…” is not a date.")
    on = _read(text, order)
    if (why := _PLACEHOLDERS.get(on.first)) is not None and on.precision == "day":
        raise BadInput(f"“{text}” is no real date but {why}.")
    return on


@lru_cache(maxsize=65536)
def _read(text: str, order: Order | None) -> PartialDate:
    if _ISO.fullmatch(text):
        try:
            return PartialDate(_sane(date.fromisoformat(text), text))
        except ValueError:
            raise BadInput(f"“{text}” is on no calendar.") from None
    bare = _without_time(text)
    if (match := _NUMBERS.fullmatch(bare)) is not None and len(match[1]) <= 2:
        return PartialDate(_sane(_in_order(bare, match, order), text))
    if order == "days" and _DAY_NUMBER.fullmatch(bare):
        return PartialDate(_EXCEL_EPOCH + timedelta(days=int(bare)))
    if (match := _COMPACT.fullmatch(bare)) is not None:
        bare = "-".join(match.groups())
    return read_printed_date(bare)


def _in_order(text: str, match: re.Match[str], order: Order | None) -> date:
    numbers = match[1], match[3], match[4]
    possible = possible_orders(*numbers)
    if not possible:
        raise BadInput(f"“{text}” is on no calendar.")
    if (order is None or order == "days") and len(possible) > 1:
        raise BadInput(f"“{text}” may be {' or '.join(_readings(text))}: say in which order its column is.")
    chosen: Order = next(iter(possible)) if order is None or order == "days" else order
    day = _day(*numbers, chosen)
    if day is None:
        raise BadInput(f"“{text}” is on no calendar as {ORDER_WORDS[chosen]}, the order of its column.")
    return day


def _sane(day: date, text: str) -> date:
    if not 1600 <= day.year <= 2199 and day not in _PLACEHOLDERS:
        raise BadInput(f"“{text}” cannot be right: no journal has the year {day.year}.")
    return day
