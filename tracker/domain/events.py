"""One line of a manuscript's ledger, which lines stand, and the chain of hashes that holds them together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.words import DATE_CORRECTED, UNDONE

LIVE = "live"
_encode = json.JSONEncoder(ensure_ascii=False).encode
# One encoder for all: json.dumps makes a new one for every event.
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
_SEALED = json.JSONEncoder(ensure_ascii=False)
SEQUENCE_STEP = 1000  # room between two events of one day, so that a later entry can go between them


@dataclass(frozen=True, slots=True)
class Event:
    """What was done, on which calendar date, and how we came to know.

    `position` is its place in the ledger (1, 2, …), `sequence` its order within the day, `step` the position
    of the first event recorded with it. `actor` is an account's uid or a word such as `command line`.
    `source` is `live`, or says where an import had it from.
    """

    position: int
    action: str
    occurred_on: date
    sequence: int
    recorded_at: datetime
    actor: str
    precision: Precision = "day"
    details: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    source: str = LIVE
    step: int = 0

    @property
    def kind(self) -> str | None:
        return self.details.get("kind")

    @property
    def is_live(self) -> bool:
        return self.source == LIVE

    @property
    def on(self) -> PartialDate:
        """The date as far as it is known: the day, the month or the year."""
        if self.precision == "day":
            return PartialDate(self.occurred_on)
        month = self.occurred_on.month if self.precision == "month" else 1
        return PartialDate(date(self.occurred_on.year, month, 1), self.precision)

    @property
    def order(self) -> tuple[date, int, int]:
        return (self.occurred_on, self.sequence, self.position)


def standing_events(ledger: Sequence[Event]) -> list[Event]:
    """The events that stand, in the order in which they happened: undone ones left out, corrected ones moved."""
    undone = undone_positions(ledger)
    moved = {
        entry.details["position"]: entry
        for entry in ledger
        if entry.action == DATE_CORRECTED and entry.position not in undone
    }
    events = [
        _moved(event, moved.get(event.position))
        for event in ledger
        if event.action not in (UNDONE, DATE_CORRECTED) and event.position not in undone
    ]
    return sorted(events, key=lambda event: event.order)


def undone_positions(ledger: Iterable[Event]) -> set[int]:
    """Positions of the entries that an undo has taken back."""
    return {taken for entry in ledger if entry.action == UNDONE for taken in entry.details["positions"]}


def _moved(event: Event, correction: Event | None) -> Event:
    if correction is None:
        return event
    return replace(
        event,
        occurred_on=correction.occurred_on,
        sequence=correction.sequence,
        precision=correction.precision,
    )


def details_as_text(details: Mapping[str, Any]) -> str:
    """The details in one spelling only, so that a hash over them is stable on every database."""
    return _CANONICAL.encode(details) if details else "{}"


@lru_cache(maxsize=1024)
def instant_as_text(instant: datetime) -> str:
    """A UTC instant to the microsecond, spelled alike whichever database it was read from."""
    aware = instant if instant.tzinfo in (UTC, None) else instant.astimezone(UTC)
    return aware.isoformat(timespec="microseconds")[:26] + "Z"


def genesis(manuscript_uid: str) -> str:
    """The hash before the first event: it ties a chain to its manuscript."""
    return hashlib.sha256(f"manuscript {manuscript_uid}".encode()).hexdigest()


def sealed(previous_hash: str, event: Event, *, details_text: str | None = None) -> str:
    """SHA-256 over the hash before and every field of the event; hexadecimal."""
    text = details_as_text(event.details) if details_text is None else details_text
    fields = (
        previous_hash, event.position, event.action, event.occurred_on.isoformat(), event.sequence,
        event.precision, text, instant_as_text(event.recorded_at), event.actor, event.note, event.source,
        event.step,
    )  # fmt: skip
    return hashlib.sha256(_encode(fields).encode()).hexdigest()
