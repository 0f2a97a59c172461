"""From the labelled dates of a line to events: what a label can mean, only the whole line decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.domain.dates import PartialDate
from tracker.formats.history_vocabulary import Kind, Meaning


@dataclass(frozen=True)
class PrintedEvent:
    """One dated event of the line. `label` is what the journal printed for it."""

    kind: Kind
    on: PartialDate
    label: str


class Entry(NamedTuple):
    """A date of the line, what its label can mean, and the label as printed."""

    meaning: Meaning
    on: PartialDate
    label: str


_RATHER_THAN: dict[str, frozenset[Meaning]] = {
    "early": frozenset(("published", "appeared", "record")),
    "record": frozenset(("published", "appeared")),
}


def events_of(entries: list[Entry]) -> tuple[PrintedEvent, ...]:
    """The entries as events, those placed that only the whole line can place; no event twice."""
    latest: dict[Meaning, date] = {}
    for entry in entries:
        first = entry.on.first
        if entry.meaning not in latest or first > latest[entry.meaning]:
            latest[entry.meaning] = first
    events: dict[tuple[Kind, date, str], PrintedEvent] = {}
    for entry in entries:
        kind = _kind(entry, latest)
        if kind:
            key = (kind, entry.on.first, entry.on.precision)
            events.setdefault(key, PrintedEvent(kind, entry.on, entry.label))
    if all(event.on.precision == "day" for event in events.values()):
        return tuple(events.values())
    return tuple(event for event in events.values() if not _is_told_better(event, events.values()))


def _is_told_better(event: PrintedEvent, events: Iterable[PrintedEvent]) -> bool:
    """Whether the line also gives the day within the month or year of `event`."""
    return event.on.precision != "day" and any(
        other.kind == event.kind and other.on != event.on and other.on.lies_within(event.on) for other in events
    )


def _kind(entry: Entry, latest: dict[Meaning, date]) -> Kind | None:
    """The kind of an entry, by the last day in the line of each meaning."""
    first = entry.on.first
    match entry.meaning:
        case "received":
            return "resubmitted" if "original" in latest else "received"
        case "original":
            return "received"
        case "early" | "record":
            return None if latest.keys() & _RATHER_THAN[entry.meaning] else "published"
        case "appeared":
            return "published_in_issue" if latest.get("published", date.max) < first else "published"
        case "decision":
            return "revision_requested" if latest.get("resubmitted", date.min) >= first else None
        case "corrected":
            # Nothing can be corrected in print before it is accepted: the authors corrected their manuscript.
            return "resubmitted" if latest.get("accepted", date.min) >= first else "corrected"
        case "other" | "limit":
            return None
        case kind:
            return kind
