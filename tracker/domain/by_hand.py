"""Which entries of a ledger a person made and which an import, and what either says of the other's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.domain.dates import PartialDate
from tracker.domain.effects import TAKEN_FOR_GRANTED
from tracker.domain.events import Event, standing_events, undone_positions
from tracker.domain.standing import Fold
from tracker.domain.transitions import transition_from
from tracker.domain.words import DATE_CORRECTED, UNDONE, Action

IMPORTER = "import"  # the actor of what is imported where nobody is signed in


def is_by_hand(entry: Event) -> bool:
    """Whether a person recorded it. A correction that an import made has not always said where it came from."""
    return entry.is_live and entry.actor != IMPORTER


def has_live_history(ledger: Iterable[Event]) -> bool:
    """Whether a person has recorded, corrected or undone anything of the manuscript."""
    return any(is_by_hand(entry) for entry in ledger)


def actions_told(ledger: Sequence[Event], facts: Sequence[Event]) -> list[str]:
    """The actions that imported facts add to a ledger, with the decisions that they leap over."""
    new, standing, told = {fact.position for fact in facts}, Fold(), list[str]()
    for event in standing_events([*ledger, *facts]):
        if event.position in new:
            told.append(event.action)
            if transition_from(standing.state, event.action) is None and event.action in TAKEN_FOR_GRANTED:
                told.append(TAKEN_FOR_GRANTED[Action(event.action)])
        standing.take(event)
    return told


def is_dated_by_hand(ledger: Sequence[Event], position: int) -> bool:
    """Whether the date that the event at `position` has now is a person's: they recorded or corrected it."""
    undone = undone_positions(ledger)
    standing = [entry for entry in _dates_of(ledger, position) if entry.position not in undone]
    return bool(standing) and is_by_hand(standing[-1])


def imported_dates(ledger: Sequence[Event], position: int) -> set[PartialDate]:
    """Every date that an import ever gave the event at `position`."""
    return {entry.on for entry in _dates_of(ledger, position) if not is_by_hand(entry)}


def dates_taken_back(ledger: Sequence[Event], position: int) -> set[PartialDate]:
    """The dates that imports gave the event at `position` and that a person has undone."""
    undone = undone_positions(filter(is_by_hand, ledger))
    return {
        entry.on for entry in _dates_of(ledger, position) if entry.position in undone and not is_by_hand(entry)
    }  # fmt: skip


def events_taken_back(ledger: Sequence[Event]) -> list[Event]:
    """The imported events that a person has undone, as they were imported."""
    undone = undone_positions(filter(is_by_hand, ledger))
    return [
        entry for entry in ledger
        if entry.position in undone and entry.action != DATE_CORRECTED and not is_by_hand(entry)
    ]  # fmt: skip


def _dates_of(ledger: Sequence[Event], position: int) -> list[Event]:
    """The event and its corrections, in the order of recording: each gives it a date."""
    return [
        entry for entry in ledger
        if entry.action != UNDONE and (
            entry.position == position
            or (entry.action == DATE_CORRECTED and entry.details["position"] == position)
        )
    ]  # fmt: skip
