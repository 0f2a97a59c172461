"""Guessing what a column is: by its name, by what its cells look like, and by what is still missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from tracker.domain.errors import BadInput
from tracker.formats.article_record import DOI, ORCID
from tracker.formats.history_lines import parse_history
from tracker.formats.sheet_dates import Evidence
from tracker.formats.sheet_words import FIELDS, MAY_REPEAT, WITH_DATES, field_named, is_plain_date, plain_name, worded

MOSTLY = 0.6
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_CODE = re.compile(r"(?=.*\d)[\w./ -]{1,40}")
_CODED_NAME = re.compile(r"\b(id|no|nr|num|number|code|ref|key|ms)\b")
_WORDS = re.compile(r"[^\W\d_]+ [^\W\d_]+ ")

# What the tracker itself calls the columns when it writes a sheet; such a name says more than a sheet of last year.
_CANONICAL = {plain_name(words): field for field, words in FIELDS.items() if field not in ("note", "ignore")}

Guess = tuple[str, str]


class Seen:
    """What the cells of one column look like; each question is answered once."""

    def __init__(self, name: str, cells: Sequence[str], latest_year: int) -> None:
        self.name, self.cells, self.latest_year = name, cells, latest_year

    @cached_property
    def dates(self) -> Evidence:
        evidence = Evidence(self.latest_year)
        for cell in self.cells:
            evidence.see(cell)
        return evidence

    def share(self, pattern: re.Pattern[str]) -> float:
        return sum(pattern.search(cell) is not None for cell in self.cells) / max(1, len(self.cells))

    @cached_property
    def events(self) -> float:
        short = [cell for cell in self.cells[:200] if len(cell) < 60]
        return sum(worded(cell) is not None for cell in short) / max(1, min(200, len(self.cells)))

    @cached_property
    def histories(self) -> float:
        few = self.cells[:50]
        return sum(len(parse_history(cell[:2000]).events) > 1 for cell in few) / max(1, len(few))

    @property
    def is_distinct(self) -> bool:
        return len(set(self.cells)) == len(self.cells)

    @property
    def length(self) -> float:
        return sum(map(len, self.cells)) / max(1, len(self.cells))


def guesses_of(seen: Sequence[Seen], said: Mapping[int, str], saved: Mapping[str, str]) -> list[Guess]:
    """A field and the reason for it, for every column: what was said, else what is told by names, then by contents."""
    guesses: list[Guess | None] = [None] * len(seen)
    taken: set[str] = set()
    own = {
        _CANONICAL[name]: index for index, column in enumerate(seen) if (name := plain_name(column.name)) in _CANONICAL
    }
    for index, column in enumerate(seen):
        if index in said:
            guesses[index] = (known_field(said[index]), "as you said")
        elif (kept := saved.get(plain_name(column.name))) in FIELDS and own.get(str(kept), index) == index:
            guesses[index] = (str(kept), "as for the last sheet of this journal")
    taken |= {guess[0] for guess in guesses if guess}
    for attempt in (_by_name, _by_contents):
        for index, column in enumerate(seen):
            guess = attempt(column) if guesses[index] is None else None
            if guess and (guess[0] not in taken or guess[0] in MAY_REPEAT):
                guesses[index] = guess
                taken.add(guess[0])
    _see_events(seen, guesses, taken)
    _see_title(seen, guesses, taken)
    return [guess or _left_over(column, taken) for guess, column in zip(guesses, seen, strict=True)]


def known_field(field: str) -> str:
    """The field of this word. Raises BadInput for a word that is none."""
    wanted = field.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted not in FIELDS:
        raise BadInput(f"There is no field “{field[:40]}”. There are: {', '.join(FIELDS)}.")
    return wanted


def _by_name(column: Seen) -> Guess | None:
    name = field_named(column.name)
    if name is None:
        return None
    if name in WITH_DATES and column.dates.others and column.dates.share < MOSTLY:
        return None
    if name in ("event", "decision") and column.cells and column.events < MOSTLY:
        return None
    if name == "history" and column.cells and not column.histories:
        return None
    return name, "by its name"


def _by_contents(column: Seen) -> Guess | None:
    if not column.cells:
        return None
    for name, pattern, words in (
        ("doi", DOI, "its cells are DOIs"),
        ("orcid", ORCID, "its cells are ORCIDs"),
        ("email", _EMAIL, "its cells are e-mail addresses"),
    ):
        if column.share(pattern) > 0.8:
            return name, words
    if column.histories > MOSTLY:
        return "history", "its cells are lines of several dates"
    has_codes = all(_CODE.fullmatch(cell) for cell in column.cells) and column.dates.share < 0.1
    if column.is_distinct and has_codes and _CODED_NAME.search(plain_name(column.name)):
        return "reference", "its cells are short codes, each different"
    return None


def _see_events(seen: Sequence[Seen], guesses: list[Guess | None], taken: set[str]) -> None:
    """One row an event: a column says what happened, and a single column of dates says when."""
    free = [index for index, guess in enumerate(guesses) if guess is None]
    dates = [index for index in free if seen[index].cells and seen[index].dates.share >= 0.8]
    plain = [index for index in dates if is_plain_date(seen[index].name)] or dates
    has_milestones = taken & (WITH_DATES - {"event_on", "decided_on"})
    if "event" not in taken and not has_milestones and len(dates) == 1:
        words = [index for index in free if index not in dates and len(seen[index].cells) > 1]
        found = next((index for index in words if seen[index].events > 0.8), None)
        if found is not None:
            guesses[found] = ("event", "its cells say what happened")
            taken.add("event")
    if "event" in taken and "event_on" not in taken and plain and not has_milestones:
        guesses[plain[0]] = ("event_on", "the dates beside what happened")
        taken.add("event_on")


def _see_title(seen: Sequence[Seen], guesses: list[Guess | None], taken: set[str]) -> None:
    if "title" in taken:
        return
    long = [
        index
        for index, column in enumerate(seen)
        if guesses[index] is None and 25 <= column.length <= 400 and len(set(column.cells)) > 0.8 * len(column.cells)
        and column.share(_WORDS) > 0.8 and column.dates.share < 0.2
    ]  # fmt: skip
    if long:
        best = max(long, key=lambda index: seen[index].length)
        guesses[best] = ("title", "its cells are the longest texts, and each is different")


def _left_over(column: Seen, taken: set[str]) -> Guess:
    name = field_named(column.name)
    if not column.cells:
        return "note", "it is empty, at least at first"
    if name in WITH_DATES and name not in taken:
        return "note", f"it is called “{column.name}”, but “{column.dates.odd_cell[:30]}” is not a date"
    if name in taken and name in FIELDS and name not in MAY_REPEAT:
        return "note", f"another column is the {FIELDS[name].lower()} already"
    if column.dates.share > 0.8:
        return "note", "it holds dates, but its name does not say of what"
    return "note", "its name says nothing that is known here"
