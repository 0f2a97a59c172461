"""One line that makes a manuscript: “11 Nov 2020, Henderson & Palmer, Desperately seeking…”.

A day, the authors and the title, in this order, with commas, tabs or semicolons between. Whatever is not understood
stays in the title: a person looks at all of it before anything is saved. So a day may stand without its year here.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput
from tracker.formats.date_readings import read_printed_date
from tracker.formats.folding import fold, tidy
from tracker.formats.page_people import PageAuthor, read_byline
from tracker.formats.printed_dates import find_dates

_BETWEEN = re.compile(r"\s*[,;\t|]\s*|\s+[–—]\s+|:\s+")
_INVERTED = re.compile(r"([^,;&]+),\s*([^,;&]+?)\s*;\s*")  # “Grant, Anthony;”
_YEAR = re.compile(r"\d{4}")
_AND = re.compile(r"\s*(?:&|\band\b|\bund\b|\bet al\.?)\s*", re.I)
_PARTICLES = frozenset(("van", "von", "de", "der", "den", "du", "la", "le", "di", "da", "ter", "ten", "al", "el"))
_FAMILY_WORD = re.compile(r"[^\W\d_][\w'’‐-]*")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s‐-]*){1,4}")


@dataclass(frozen=True)
class QuickLine:
    """What a line was understood to say. `problem` says why its day could not be read.

    `lacks_year` where the day stood without one, and was taken for the last such day.
    """

    received_on: PartialDate | None
    authors: tuple[PageAuthor, ...]
    title: str
    problem: str = ""
    lacks_year: bool = False


def read_quick_line(text: str, *, today: date) -> QuickLine:
    """Read one line on this day. Raises BadInput where there is nothing in it."""
    line = tidy(text.replace("\t", " ; "))
    if not line:
        raise BadInput("The line is empty. Write the day, the authors and the title, with commas between.")
    day, rest = _day_first(line)
    authors, title = _people_first(rest)
    read = QuickLine(None, authors, title.strip(" ,;–—").removeprefix("“").removesuffix("”"))
    if not day:
        return read
    try:
        return replace(read, received_on=read_printed_date(day))
    except BadInput as error:
        on = _last_such_day(day, today)
        return replace(read, received_on=on, lacks_year=True) if on else replace(read, problem=str(error))


def _last_such_day(day: str, today: date) -> PartialDate | None:
    """The last day of this name that is not in the future, for a day without a year."""
    if _YEAR.search(day):
        return None
    for year in (today.year, today.year - 1):
        with suppress(BadInput):
            on = read_printed_date(f"{day.strip(' ,.')} {year}")
            if on.first <= today and on.precision == "day":
                return on
    return None


def _day_first(line: str) -> tuple[str, str]:
    """The words of the date that the line begins or ends with, and the line without them."""
    found = find_dates(fold(line))
    at = next((date for date in found if date.start == 0 or not line[: date.start].strip("( ")), None)
    at = at or next((date for date in found if not line[date.end :].strip(" ).")), None)
    if at is None:
        return "", line
    return line[at.start : at.end], (line[: at.start].rstrip(" (,;") + line[at.end :].lstrip(" ).,;–—:")).strip()


def _people_first(text: str) -> tuple[tuple[PageAuthor, ...], str]:
    """The names that the text begins with; at least one part is left for the title."""
    people: list[PageAuthor] = []
    while (found := _INVERTED.match(text)) and _is_family(found[1]) and _is_family(found[2]):
        people.append(PageAuthor(found[2], found[1], f"{found[2]} {found[1]}"))
        text = text[found.end() :]
    while (mark := _BETWEEN.search(text)) is not None:
        part, rest = text[: mark.start()], text[mark.end() :]
        if people and not people[-1].given and _INITIALS.fullmatch(part):
            people[-1] = PageAuthor(part.strip(), people[-1].family, f"{part.strip()} {people[-1].family}")
        elif names := _names(part, is_first=not people):
            people += names
        else:
            break
        text = rest
    return tuple(people), text


def _names(part: str, *, is_first: bool) -> list[PageAuthor]:
    """The names of one part: whole names, or family names alone. Empty where it reads as something else."""
    names = [name.strip() for name in _AND.split(part) if name.strip()]
    if not names or len(names) > 12:
        return []
    whole = [read_byline(name) for name in names]
    found = [
        author[0] if author else PageAuthor("", name, name)
        for name, author in zip(names, whole, strict=True)
        if author or _is_family(name)
    ]
    goes_on = is_first or len(names) > 1 or bool(whole[0]) or _AND.match(part) is not None
    return found if len(found) == len(names) and goes_on else []


def _is_family(name: str) -> bool:
    """Whether this can be a family name alone: “Henderson”, “de Wit”, “Garcia Lorca”."""
    words = [word for word in name.split() if word.lower() not in _PARTICLES]
    return 0 < len(words) <= 2 and all(_FAMILY_WORD.fullmatch(word) and word[0].isupper() for word in words)
