"""One line that makes a manuscript: “11 Nov 2020, Henderson & Palmer, Desperately seeking…”.

A day, the authors and the title, in this order, with commas, tabs or semicolons between. Whatever is not understood
stays in the title: a person looks at all of it before anything is saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput
from tracker.formats.date_readings import read_printed_date
from tracker.formats.folding import fold, tidy
from tracker.formats.page_people import PageAuthor, read_byline
from tracker.formats.printed_dates import find_dates

_BETWEEN = re.compile(r"\s*[,;\t|]\s*|\s+[–—]\s+|:\s+")
_AND = re.compile(r"\s*(?:&|\band\b|\bund\b|\bet al\.?)\s*", re.I)
_PARTICLES = frozenset(("van", "von", "de", "der", "den", "du", "la", "le", "di", "da", "ter", "ten", "al", "el"))
_FAMILY_WORD = re.compile(r"[^\W\d_][\w'’‐-]*")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s‐-]*){1,4}")


@dataclass(frozen=True)
class QuickLine:
    """What a line was understood to say. `problem` says why its day could not be read."""

    received_on: PartialDate | None
    authors: tuple[PageAuthor, ...]
    title: str
    problem: str = ""


def read_quick_line(text: str) -> QuickLine:
    """Read one line. Raises BadInput where there is nothing in it."""
    line = tidy(text.replace("\t", " ; "))
    if not line:
        raise BadInput("The line is empty. Write the day, the authors and the title, with commas between.")
    on, rest, problem = _day_first(line)
    authors, title = _people_first(rest)
    return QuickLine(on, authors, title.strip(" ,;–—").removeprefix("“").removesuffix("”"), problem)


def _day_first(line: str) -> tuple[PartialDate | None, str, str]:
    """The date that the line begins or ends with, and the line without it."""
    found = find_dates(fold(line))
    at = next((date for date in found if date.start == 0 or not line[: date.start].strip("( ")), None)
    at = at or next((date for date in found if not line[date.end :].strip(" ).")), None)
    if at is None:
        return None, line, ""
    rest = (line[: at.start].rstrip(" (,;") + line[at.end :].lstrip(" ).,;–—:")).strip()
    try:
        return read_printed_date(line[at.start : at.end]), rest, ""
    except BadInput as error:
        return None, rest, str(error)


def _people_first(text: str) -> tuple[tuple[PageAuthor, ...], str]:
    """The names that the text begins with; at least one part is left for the title."""
    people: list[PageAuthor] = []
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
