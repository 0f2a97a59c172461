"""The columns that a list of manuscripts can have: their heads, what they are sorted by, and their text in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.words import Holder, spoken
from tracker.queries.listed import ListedManuscript


@dataclass(frozen=True)
class ListColumn:
    """`kind` is `num` for figures and dates; `text` is what an exported file says."""

    label: str
    sort: str
    text: Callable[[ListedManuscript], str]
    kind: str = ""


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _number(count: int | None) -> str:
    return "" if count is None else str(count)


def _state(row: ListedManuscript) -> str:
    return f"{spoken(row.state)} ({spoken(row.kind)})" if row.kind else spoken(row.state)


def _holder(row: ListedManuscript) -> str:
    return "" if row.waiting_on == Holder.NOBODY else spoken(row.waiting_on)


COLUMNS: dict[str, ListColumn] = {
    "state": ListColumn("State", "state", _state),
    "round": ListColumn("Round", "round", lambda row: _number(row.round), "num"),
    "holder": ListColumn("With", "holder", _holder),
    "held": ListColumn("For", "held", lambda row: _number(row.days_held), "num"),
    "due": ListColumn("Due", "due", lambda row: _day(row.due_on), "num"),
    "received": ListColumn("Received", "received", lambda row: _day(row.received_on), "num"),
    "open": ListColumn("Days open", "open", lambda row: _number(row.days_open), "num"),
    "editor": ListColumn("Editor", "editor", lambda row: row.editor),
    "section": ListColumn("Section", "section", lambda row: row.section),
    "tags": ListColumn("Tags", "", lambda row: ", ".join(row.tags)),
    "note": ListColumn("Note", "", lambda row: row.status_note),
}
USUAL = ("state", "holder", "held", "due", "received")


def columns_chosen(words: Iterable[str]) -> tuple[str, ...]:
    """The columns asked for, in their usual order; the usual ones where none was."""
    asked = {word for text in words for word in text.split(",")}
    return tuple(name for name in COLUMNS if name in asked) or USUAL


def file_header(columns: Iterable[str]) -> list[str]:
    """The first row of an exported list."""
    return ["Reference", "Title", "First author", *(COLUMNS[name].label for name in columns)]


def file_row(row: ListedManuscript, columns: Iterable[str]) -> list[str]:
    """A manuscript's row of an exported list: dates as 2020-11-30, days as numbers."""
    return [row.reference, row.title, row.first_author, *(COLUMNS[name].text(row) for name in columns)]
