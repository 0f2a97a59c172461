"""Why a timeline is impossible, in one sentence that names the two dates that clash."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.events import Event
from tracker.domain.standing import Fold, Impossible
from tracker.domain.transitions import MILESTONE_ORDER, done_words
from tracker.domain.words import spoken


def refusal_sentence(clash: Impossible, events: Sequence[Event], new: set[int]) -> str:
    """Say what clashes. `events` is the whole timeline that was tried, `new` the positions just put in."""
    event = clash.event
    if not event.is_live and (overtaken := _out_of_order(event, events)) is not None:
        return f"{_dated(overtaken)} lies before {_dated(event)}, which it has to follow."
    if event.position in new:
        later = None if clash.confirmable else _enabling(event, events)
        if later is not None:
            return f"{_dated(event)} lies before {_dated(later)}, which it has to follow."
        return clash.reason or cannot(clash.standing, event.action)
    cause = next((other for other in reversed(events) if other.position in new), None)
    if cause is None:
        return f"This would leave {_dated(event)} without the step that it rests on: undo that one first."
    if cause.order > event.order:
        return f"{_dated(event)} lies before {_dated(cause)}, which it has to follow."
    return f"{_dated(cause)} cannot stand before {_dated(event)}: {_why(clash, event)}"


def cannot(standing: Fold, action: str) -> str:
    """`“Published online” cannot be recorded for a manuscript that is received. What can be done now: …`"""
    if standing.state is None:
        return "The manuscript has no received date yet: record “received” first."
    choices = [row.button.lower() for row in standing.available()]
    ways = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else "".join(choices) or "nothing more"
    return (
        f"“{done_words(action)}” cannot be recorded for a manuscript that is {spoken(standing.state)}. "
        f"What can be done now: {ways}."
    )


def _out_of_order(event: Event, events: Sequence[Event]) -> Event | None:
    """The earlier event that the usual order of milestones puts after this imported one."""
    rank = MILESTONE_ORDER.get(event.action, 0)
    before = [other for other in events if other.order < event.order]
    return next((other for other in before if MILESTONE_ORDER.get(other.action, 0) > rank), None)


def _enabling(event: Event, events: Sequence[Event]) -> Event | None:
    """The later event after which this one would have been possible, if its date had been another."""
    others = Fold()
    for other in events:
        if other.position == event.position:
            continue
        try:
            others.take(other)
        except Impossible:
            return None
        if other.order > event.order and others.allows(event):
            return other
    return None


def _why(clash: Impossible, event: Event) -> str:
    if clash.reason:
        return clash.reason
    state = spoken(clash.standing.state) or "not received"
    return f"a manuscript that is {state} by then cannot be “{done_words(event.action).lower()}” next."


def _dated(event: Event) -> str:
    return f"{done_words(event.action)} on {event.on.words}"
