"""Where the column names of a sheet stand: below a title, and in two rows where groups of columns have a name too."""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.formats.sheets.cells import column_letters

_WITHIN = 12  # rows: a title and remarks may stand above the header
_MAY_BE_A_NAME = re.compile(r"(?=.*[^\W\d_])(?!.*\d{4}).{1,60}", re.DOTALL)


class Header(NamedTuple):
    """The column names, the row they begin in and the last row they take, counted from 1."""

    names: tuple[str, ...]
    first_row: int
    last_row: int


def find_header(top: list[list[str]]) -> Header | None:
    """The header among the first rows of a sheet; None where all of them are blank.

    It is the first row that fills as many cells as the widest of the rows below it do, or nearly so. A row of groups
    (“Dates” over “Received” and “Accepted”, from merged cells) and the row of names below it are read as one.
    """
    place = _place(top)
    if place is None:
        return None
    if place + 2 < len(top) and _are_groups(top[place], top[place + 1]):
        return Header(_distinct(_together(top[place], top[place + 1])), place + 1, place + 2)
    if place and _are_groups(top[place - 1], top[place]):
        return Header(_distinct(_together(top[place - 1], top[place])), place, place + 1)
    return Header(_distinct(_trimmed(top[place])), place + 1, place + 1)


def _place(top: list[list[str]]) -> int | None:
    filled = [sum(map(bool, record)) for record in top]
    first = next((index for index, count in enumerate(filled) if count), None)
    if first is None:
        return None
    widest = max(filled[first : first + 40])
    candidates = range(first, min(first + _WITHIN, len(top)))
    return next((index for index in candidates if filled[index] >= 0.6 * widest and filled[index] > 1), first)


def _are_groups(upper: list[str], lower: list[str]) -> bool:
    """Whether the two rows share the names: what both have is a group's name over the first of its columns."""
    width = max(len(upper), len(lower))
    above, below = _filled_up(upper, width + 1), _filled_up(lower, width + 1)
    both = [index for index in range(width) if above[index] and below[index]]
    starts = all(not above[index + 1] and below[index + 1] for index in both)
    only_above = any(above[index] and not below[index] for index in range(width))
    only_below = any(below[index] and not above[index] for index in range(width))
    named = all(_MAY_BE_A_NAME.fullmatch(cell) for cell in (*filter(None, upper), *filter(None, lower)))
    return bool(both) and starts and only_above and only_below and named


def _together(upper: list[str], lower: list[str]) -> list[str]:
    width = max(len(upper), len(lower))
    above, below = _filled_up(upper, width), _filled_up(lower, width)
    names, group = [], ""
    for index in range(width):
        group = above[index] or group
        is_repeated = bool(below[index]) and below.count(below[index]) > 1
        names.append(f"{group} {below[index]}" if is_repeated else below[index] or above[index])
    return _trimmed(names)


def _filled_up(record: list[str], width: int) -> list[str]:
    return [*record, *[""] * (width - len(record))]


def _trimmed(record: list[str]) -> list[str]:
    width = max((index + 1 for index, cell in enumerate(record) if cell), default=0)
    return record[:width]


def _distinct(header: list[str]) -> tuple[str, ...]:
    """Column names, each once: a second “Date” is “Date (2)”, and a nameless column is called by its letter."""
    names: dict[str, None] = {}
    for index, cell in enumerate(header):
        wanted = " ".join(cell.split())[:120] or f"Column {column_letters(index)}"
        name, count = wanted, 1
        while name in names:
            count += 1
            name = f"{wanted} ({count})"
        names[name] = None
    return tuple(names)
