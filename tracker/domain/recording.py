"""Planning what goes into the ledger: an action, an undo or a correction, checked against the whole timeline.

Nothing is written here. `plan_*` take the ledger as it is and give the entries to append and the standing after
them, or raise Refused with the sentence that says which two dates clash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from tracker.domain.clashes import refusal_sentence
from tracker.domain.dates import PartialDate, day_in_words
from tracker.domain.errors import NeedsConfirmation, Refused
from tracker.domain.events import LIVE, SEQUENCE_STEP, Event, standing_events, undone_positions
from tracker.domain.standing import Fold, Impossible, fold_events
from tracker.domain.transitions import done_words, transition_from
from tracker.domain.words import DATE_CORRECTED, UNDONE, Action, State

LONG_GAP_DAYS = 730


@dataclass(frozen=True)
class Entry:
    """An action that somebody wants in the ledger."""

    action: str
    on: PartialDate
    details: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Authority:
    """Who records, when, on which day of the journal, and from where: told, never looked up."""

    actor: str
    now: datetime
    today: date
    source: str = LIVE


@dataclass(frozen=True)
class Plan:
    """The entries to append, in order, and the standing of the manuscript once they are there."""

    entries: tuple[Event, ...]
    standing: Fold


def plan_step(ledger: Sequence[Event], entries: Sequence[Entry], by: Authority, *, confirmed: bool = False) -> Plan:
    """Plan one step: one action, or several that belong together and are undone together.

    Each is inserted by its date, at the last place within its day that the lifecycle allows. Raises Refused for a
    future date or an impossible timeline, and NeedsConfirmation for what is unusual (until `confirmed`).
    """
    ledger = list(ledger)
    first = len(ledger) + 1
    for entry in entries:
        _not_in_the_future(entry.on, by.today, done_words(entry.action))
        ledger.append(_placed(ledger, _event(entry, len(ledger) + 1, first, by)))
    standing = _standing(ledger, new=ledger[first - 1 :])
    if by.source == LIVE and not confirmed:
        _ask_about_oddities(standing_events(ledger), set(range(first, len(ledger) + 1)))
    return Plan(tuple(ledger[first - 1 :]), standing)


def plan_undo(ledger: Sequence[Event], by: Authority, *, reason: str = "") -> Plan:
    """Plan taking back the last step that stands. Raises Refused if there is none, or if later dates rest on it."""
    last = last_step(ledger)
    if not last:
        raise Refused("There is nothing to undo: no action stands in this history.")
    position = len(ledger) + 1
    undo = Event(
        position=position, action=UNDONE, occurred_on=by.today, sequence=0, recorded_at=by.now, actor=by.actor,
        details={"positions": [event.position for event in last]}, note=reason, source=by.source, step=position,
    )  # fmt: skip
    return Plan((undo,), _standing([*ledger, undo], new=[undo]))


def last_step(ledger: Sequence[Event]) -> list[Event]:
    """The entries that the next undo takes back: the last step recorded that still stands."""
    undone = undone_positions(ledger)
    open_entries = [entry for entry in ledger if entry.action != UNDONE and entry.position not in undone]
    return [entry for entry in open_entries if entry.step == open_entries[-1].step] if open_entries else []


def chosen_of(step: Sequence[Event]) -> Event:
    """What the person chose to record: beside it one step may let reviewers go (T8), or re-submit (T9)."""
    return next(event for event in step if not event.details.get("with_decision") and not _is_of_acceptance(event))


def _is_of_acceptance(event: Event) -> bool:
    """Whether it is the re-submission that an acceptance of conditions met stands for."""
    return event.action == Action.RESUBMITTED and bool(event.details.get("conditions_met"))


def plan_correction(
    ledger: Sequence[Event], position: int, on: PartialDate, by: Authority, *, reason: str, confirmed: bool = False
) -> Plan:
    """Plan moving the event at `position` to another date. The old date stays in the ledger, with the reason.

    Raises Refused for an impossible timeline, and NeedsConfirmation for what is unusual (until `confirmed`).
    """
    standing = {event.position: event for event in standing_events(ledger)}
    event = standing.get(position)
    if event is None:
        raise Refused(f"There is no event {position} that stands in this history; its date cannot be corrected.")
    if not reason.strip():
        raise Refused("Give the reason for the correction: it stays in the manuscript's history.")
    if event.on == on:
        raise Refused(f"{done_words(event.action)} is dated {on.words} already.")
    _not_in_the_future(on, by.today, done_words(event.action))
    moved = replace(event, occurred_on=on.first, precision=on.precision)
    others = [entry for entry in standing.values() if entry.position != position]
    place = _place(others, moved)
    new = len(ledger) + 1
    correction = Event(
        position=new, action=DATE_CORRECTED, occurred_on=place.occurred_on, sequence=place.sequence,
        precision=on.precision, recorded_at=by.now, actor=by.actor, details={"position": position}, note=reason,
        source=by.source, step=new,
    )  # fmt: skip
    standing_then = _standing([*ledger, correction], new=[place])
    if not confirmed:
        _ask_about_oddities(standing_events([*ledger, correction]), {position})
    return Plan((correction,), standing_then)


def standing_before(ledger: Sequence[Event], on: date) -> Fold:
    """The standing at the end of a day, by the events dated up to it: what an action on that day finds."""
    return fold_events(event for event in standing_events(ledger) if event.occurred_on <= on)


def written_out(standing: Fold, entry: Entry) -> list[Entry]:
    """The entries that one action stands for: T9 re-submits and accepts; a decision releases open reviewers (T8)."""
    row = transition_from(standing.state, entry.action)
    if row is None:
        return [entry]
    if row.number == "T9":
        asked = _event(entry, 0, 0, Authority("", datetime.min.replace(tzinfo=UTC), entry.on.first))
        resubmitted = Entry(Action.RESUBMITTED, entry.on, {"conditions_met": True})
        return [resubmitted, entry] if standing.allows(asked) else [entry]  # refused with the whole timeline in view
    if not row.releases_reviewers:
        return [entry]
    active = [part for part in standing.current_reviewing if part.is_active and standing.state is State.UNDER_REVIEW]
    return [
        *(Entry(Action.RELEASED, entry.on, {"reviewer": part.reviewer, "with_decision": True}) for part in active),
        entry,
    ]


def _event(entry: Entry, position: int, step: int, by: Authority) -> Event:
    return Event(
        position=position, action=entry.action, occurred_on=entry.on.first, sequence=0, recorded_at=by.now,
        actor=by.actor, precision=entry.on.precision, details=dict(entry.details), note=entry.note,
        source=by.source, step=step,
    )  # fmt: skip


def _placed(ledger: Sequence[Event], event: Event) -> Event:
    return _place(standing_events(ledger), event)


def _place(others: Sequence[Event], event: Event) -> Event:
    """Give the event its order within its day: last, or the latest place before that makes a possible timeline."""
    event = _clamped(others, event)
    day = [other for other in others if other.occurred_on == event.occurred_on]
    last = replace(event, sequence=(day[-1].sequence if day else 0) + SEQUENCE_STEP)
    for slot in range(len(day), -1, -1):
        low = day[slot - 1].sequence if slot else 0
        high = day[slot].sequence if slot < len(day) else low + 2 * SEQUENCE_STEP
        candidate = replace(event, sequence=(low + high) // 2)
        if low < candidate.sequence < high and _is_possible([*others, candidate]):
            return candidate
    return last


def _clamped(others: Sequence[Event], event: Event) -> Event:
    """A date known only to the month or year goes after the events of the same period that are in the ledger."""
    if event.precision == "day":
        return event
    period = event.on
    days = [other.occurred_on for other in others if period.first <= other.occurred_on <= period.last]
    for day in sorted({*days, period.first}, reverse=True):
        candidate = replace(event, occurred_on=day, sequence=10**9)
        if _is_possible([*others, candidate]):
            return replace(event, occurred_on=day)
    return event


def _is_possible(events: Sequence[Event]) -> bool:
    try:
        fold_events(sorted(events, key=lambda event: event.order))
    except Impossible:
        return False
    return True


def _standing(ledger: Sequence[Event], *, new: Sequence[Event]) -> Fold:
    events = standing_events(ledger)
    try:
        return fold_events(events)
    except Impossible as clash:
        sentence = refusal_sentence(clash, events, {event.position for event in new})
        raise (NeedsConfirmation if clash.confirmable else Refused)(sentence) from None


def _not_in_the_future(on: PartialDate, today: date, what: str) -> None:
    if on.first > today:
        raise Refused(f"{what} on {on.words} lies in the future: today is {day_in_words(today)} for this journal.")


def _ask_about_oddities(events: Sequence[Event], new: set[int]) -> None:
    """Unusual, and now and then true: a person confirms."""
    for before, after in pairwise(events):
        if not new & {before.position, after.position} or before.action in (Action.PUBLISHED,):
            continue
        if after.occurred_on - before.occurred_on > timedelta(days=LONG_GAP_DAYS):
            raise NeedsConfirmation(
                f"{(after.occurred_on - before.occurred_on).days} days lie between {done_words(before.action)} on "
                f"{before.on.words} and {done_words(after.action)} on {after.on.words}. Confirm that this is right."
            )
    received = next((event for event in events if event.action == Action.RECEIVED), None)
    for event in events:
        if event.position in new and event.action == Action.ACCEPTED and received and event.on == received.on:
            raise NeedsConfirmation(f"Received and accepted on one day, {event.on.words}. Confirm that this is right.")
