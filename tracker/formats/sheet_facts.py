"""The dated facts that a row of a sheet tells: in columns of their own, as a line of history, or as word and date."""

from __future__ import annotations

from tracker.domain.errors import BadInput
from tracker.formats.article_record import DatedFact, FactKind
from tracker.formats.history_lines import parse_history
from tracker.formats.sheet_columns import Column, Layout
from tracker.formats.sheet_dates import is_blank, read_cell_date, several
from tracker.formats.sheet_words import DATE_FIELDS, FIELDS, MAY_REPEAT, worded

LONGEST_HISTORY_YEARS = 40
_HISTORY_KINDS: dict[str, FactKind] = {
    "received": "received", "revision_requested": "revision_requested", "resubmitted": "resubmitted",
    "accepted": "accepted", "published": "published", "published_in_issue": "published_in_issue",
    "corrected": "corrected", "retracted": "retracted",
}  # fmt: skip


class FactReader:
    """Reads the facts of rows by a layout. What cannot be read is added to `problems`, a sentence each."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.places = {column.field: column.index for column in reversed(layout.columns)}
        self.dated = [(kind, column) for column in layout.columns for kind in DATE_FIELDS if kind == column.field]

    def _cell(self, cells: list[str], name: str) -> str:
        place = self.places.get(name)
        return cells[place] if place is not None else ""

    def read(self, cells: list[str], notes: dict[str, str], problems: list[str]) -> tuple[DatedFact, ...]:
        """The facts of the row; a decision without a date is added to `notes`."""
        facts: list[DatedFact] = []
        for kind, column in self.dated:
            if cell := cells[column.index]:
                facts += _read_dates(column, kind, "", cell, column.name, problems)
        if "history" in self.places:
            facts += _history(self._cell(cells, "history"), problems)
        if "event" in self.places or "decision" in self.places:
            facts += self._worded_facts(cells, facts, notes, problems)
        if len(facts) > 1 and not problems:
            _check_span(facts, problems)
        return tuple(facts)

    def _worded_facts(
        self, cells: list[str], facts: list[DatedFact], notes: dict[str, str], problems: list[str]
    ) -> list[DatedFact]:
        """What happened in one column, and when in another: an event, or the decision."""
        found: list[DatedFact] = []
        for what, when in (("event", "event_on"), ("decision", "decided_on")):
            words, on = self._cell(cells, what), self._cell(cells, when)
            if what not in self.places or not (words or on):
                continue
            meaning = worded(words)
            if when not in self.places or is_blank(on):
                if what == "event":
                    problems.append(f"“{words[:60]}” has no date.")
                notes[self.layout.columns[self.places[what]].name] = words
            elif meaning is None:
                problems.append(f"“{words[:60]}” is not an event that is known here: received, accepted, …")
            elif what == "event" or meaning[0] not in {fact.kind for fact in facts}:
                column = self.layout.columns[self.places[when]]
                found += _read_dates(column, meaning[0], meaning[1], on, words[:60], problems)
        return found


def _read_dates(
    column: Column, kind: FactKind, detail: str, cell: str, word: str, problems: list[str]
) -> list[DatedFact]:
    parts = [part for part in several(cell) if not is_blank(part)]
    if len(parts) > 1 and kind not in MAY_REPEAT:
        problems.append(f"“{column.name}” holds {len(parts)} dates; it can have one.")
        return []
    facts = []
    for part in parts:
        try:
            facts.append(DatedFact(kind, read_cell_date(part, column.order), word, detail))
        except BadInput as error:
            problems.append(f"{column.name}: {error}")
    return facts


def _history(cell: str, problems: list[str]) -> list[DatedFact]:
    if is_blank(cell):
        return []
    history = parse_history(cell)
    problems += [f"{problem.reason}." for problem in history.problems]
    if not history.events and not history.problems:
        problems.append(f"“{cell[:60]}” tells no dates.")
    return [DatedFact(_HISTORY_KINDS[event.kind], event.on, event.label) for event in history.events]


def _check_span(facts: list[DatedFact], problems: list[str]) -> None:
    first = min(facts, key=lambda fact: fact.on.first)
    last = max(facts, key=lambda fact: fact.on.first)
    years = last.on.first.year - first.on.first.year
    if years > LONGEST_HISTORY_YEARS:
        problems.append(
            f"{years} years lie between {FIELDS[first.kind]} {first.on.words} and {FIELDS[last.kind]} {last.on.words}: "
            "check the years."
        )
