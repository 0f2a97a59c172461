"""A date that a file gives in parts or as text: day, month and year, each as far as it is told."""

from __future__ import annotations

import re
from datetime import date

from tracker.domain.dates import EARLIEST_YEAR, PartialDate
from tracker.domain.errors import BadInput
from tracker.formats.folding import fold
from tracker.formats.history_lines import parse_history
from tracker.formats.month_names import month_number

_ISO = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?\s*")


def date_of_parts(year: str, month: str = "", day: str = "", *, what: str) -> PartialDate | None:
    """The date of its parts, a month also by its name; None where there is no year.

    A part that is no number at all (a season, a range of days) leaves the date less exact. Raises BadInput, naming
    `what`, for a day that no calendar has.
    """
    if not (year.isdecimal() and year.isascii()):
        return None
    numbers = int(year), _month(month), _number(day)
    try:
        return _checked(*numbers)
    except (ValueError, OverflowError):
        raise BadInput(
            f"The date of “{what}”, {'-'.join(part for part in (year, month, day) if part)}, is on no calendar."
        ) from None


def _checked(year: int, month: int | None, day: int | None) -> PartialDate:
    if not EARLIEST_YEAR <= year <= 9999:
        raise ValueError
    if month is None:
        return PartialDate(date(year, 1, 1), "year")
    if day is None:
        return PartialDate(date(year, month, 1), "month")
    return PartialDate(date(year, month, day))


def _month(text: str) -> int | None:
    return _number(text) if text.isdecimal() else month_number(fold(text).strip(" ."))


def _number(text: str) -> int | None:
    return (int(text) or None) if text.isdecimal() and text.isascii() and len(text) <= 4 else None


def date_of_iso(text: str, *, what: str) -> PartialDate | None:
    """The date of `2020-11-30`, `2020-11`, `2020` or an instant that begins so; None for anything else."""
    match = _ISO.fullmatch(text)
    return date_of_parts(match[1], match[2] or "", match[3] or "", what=what) if match else None


def date_of_text(text: str, *, what: str) -> PartialDate | None:
    """The date of a printed text such as `11 November 2020`. Raises BadInput where it could be two days."""
    if found := date_of_iso(text, what=what):
        return found
    history = parse_history(f"Received: {text[:80]}")
    if history.problems:
        raise BadInput(f"The date of “{what}”, “{text[:40]}”, cannot be used: {history.problems[0].reason}.")
    return history.events[0].on if len(history.events) == 1 else None
