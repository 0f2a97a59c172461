"""What each event changes in the standing: the second half of the table in `transitions`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.spells import BeforeClosing, Reviewing
from tracker.domain.transitions import transition_from
from tracker.domain.words import CLOSED_STATES, OPEN_STATES, Action, State

if TYPE_CHECKING:
    from tracker.domain.events import Event
    from tracker.domain.standing import Fold

A = Action

# Printed histories leave events out. An imported event may leap from these states; what lay between is unknown.
_LEAPS: dict[str, frozenset[State | None]] = {
    A.RECEIVED: frozenset({None}),
    A.SENT_TO_REVIEW: frozenset({None}),
    A.REVISION_REQUESTED: frozenset({None, State.REVISION_REQUESTED}),
    A.RESUBMITTED: frozenset({None, State.RECEIVED, State.UNDER_REVIEW, State.RESUBMITTED}),
    A.ACCEPTED: frozenset({None}),
    A.REJECTED: frozenset({None}),
    A.WITHDRAWN: frozenset({None}),
    A.PUBLISHED: frozenset({None, *OPEN_STATES}),
}
# The decision that such a leap takes for granted: whoever imports the one where it is missing has told the other too.
TAKEN_FOR_GRANTED = {A.RESUBMITTED: A.REVISION_REQUESTED, A.PUBLISHED: A.ACCEPTED}
# The table allows these pairs, but an import that has them has left out a revision or does not know of one.
UNTOLD_BETWEEN = frozenset({(State.RECEIVED, A.ACCEPTED), (State.REVISION_REQUESTED, A.ACCEPTED)})
_TARGETS = {
    A.RECEIVED: State.RECEIVED, A.SENT_TO_REVIEW: State.UNDER_REVIEW, A.ACCEPTED: State.ACCEPTED,
    A.REVISION_REQUESTED: State.REVISION_REQUESTED, A.RESUBMITTED: State.RESUBMITTED,
    A.REJECTED: State.REJECTED, A.WITHDRAWN: State.WITHDRAWN, A.PUBLISHED: State.PUBLISHED,
}  # fmt: skip

REVIEWER_ACTIONS = frozenset({A.INVITED, A.AGREED, A.DECLINED, A.REVIEWED, A.NO_REPLY, A.RELEASED})
_DECISIONS = frozenset({A.REVISION_REQUESTED, A.ACCEPTED, A.REJECTED})
_MILESTONES = frozenset(
    {
        A.RECEIVED, A.SENT_TO_REVIEW, A.REVISION_REQUESTED, A.RESUBMITTED, A.ACCEPTED, A.PUBLISHED, A.REJECTED,
        A.WITHDRAWN, A.LAPSED, A.TRANSFERRED,
    }
)  # fmt: skip


def may_leap(state: State | None, action: str) -> bool:
    """Whether an imported event may follow this state although live work could not go so."""
    return state in _LEAPS.get(action, ())


def apply(fold: Fold, event: Event) -> None:
    """Change the fold by an event that has been found possible."""
    action, on = Action(event.action), event.occurred_on
    row = transition_from(fold.state, event.action)
    target = row.target if row is not None else _TARGETS[action]
    before = fold.state
    if target is not None:
        _enter(fold, target, event)
    if action in _MILESTONES:
        fold.milestones.setdefault(action, []).append(event.on)
    if action in _DECISIONS:
        fold.decisions.append((event, fold.round))
    if action in REVIEWER_ACTIONS:
        _review(fold, event)
        return
    effect = _EFFECTS.get(action)
    if effect is not None:
        effect(fold, event)
    if fold.state is not before:
        fold.state_since = on


def _enter(fold: Fold, target: State, event: Event) -> None:
    if target in CLOSED_STATES:
        if fold.state is not None and fold.state in OPEN_STATES:
            fold.closed_from = BeforeClosing(
                fold.state, fold.kind, fold.stage, fold.due_on, fold.on_hold, fold.returned_incomplete,
                let_go=tuple(part for step, part in fold.let_go if step == event.step),
            )  # fmt: skip
        fold.on_hold = fold.returned_incomplete = fold.appeal_open = False
    fold.state, fold.kind, fold.due_on = target, event.kind, None
    fold.stage = "queue" if target is State.ACCEPTED else None


def _review(fold: Fold, event: Event) -> None:
    number, on = event.details["reviewer"], event.occurred_on
    key = (fold.round, number)
    due_on = _due(event)
    if event.action == A.INVITED:
        if key in fold.reviewing:  # declined before, and asked once more: both invitations count
            fold.ended_reviewing.append(fold.reviewing[key])
        fold.reviewing[key] = _as_known(Reviewing(fold.round, number, "invited", on, due_on, on), event, "invited")
        return
    if event.details.get("with_decision"):
        ended = fold.reviewing.get(key)
        if ended is None or not ended.is_active:
            return
        fold.let_go.append((event.step, ended))
    part = fold.reviewing[key]._replace(status=str(event.action), since_on=on, due_on=due_on)
    is_answer = event.action in (A.AGREED, A.DECLINED) and part.answered_on is None  # who pulls out has answered before
    if is_answer:
        part = part._replace(answered_on=on)
    if event.action == A.AGREED:
        part = part._replace(first_due_on=due_on)
    if event.action == A.REVIEWED:
        fold.has_completed_review = True
        part = part._replace(
            reviewed_on=on, reviewed_by_entry=event.position, recommendation=event.details.get("recommendation")
        )
    fold.reviewing[key] = _as_known(part, event, "answered" if is_answer else str(event.action))


def _as_known(part: Reviewing, event: Event, action: str) -> Reviewing:
    """The part, which remembers that a date of it is known only to the month or year."""
    if event.precision == "day":
        return part
    return part._replace(inexact={**part.inexact, action: event.on})


def _due(event: Event) -> date | None:
    due_on = event.details.get("due_on")
    return date.fromisoformat(due_on) if due_on else None


def _received(fold: Fold, event: Event) -> None:
    fold.round = 1


def _sent_to_review(fold: Fold, event: Event) -> None:
    fold.round = max(fold.round, 1)
    fold.round_sent = fold.round
    fold.required_reviews = int(event.details.get("required_reviews", 1))


def _revision_requested(fold: Fold, event: Event) -> None:
    fold.due_on = _due(event)


def _resubmitted(fold: Fold, event: Event) -> None:
    fold.round = max(fold.round, 1) + 1


def _stage_changed(fold: Fold, event: Event) -> None:
    fold.stage, fold.due_on = event.kind, _due(event)


def _published(fold: Fold, event: Event) -> None:
    fold.doi = event.details.get("doi") or fold.doi


def _notice_added(fold: Fold, event: Event) -> None:
    fold.notices.append((event.kind or "correction", event.on))


def _returned(fold: Fold, event: Event) -> None:
    fold.returned_incomplete = event.action == A.RETURNED
    fold.due_on = _due(event)


def _held(fold: Fold, event: Event) -> None:
    fold.on_hold = event.action == A.HELD


def _withdrawn(fold: Fold, event: Event) -> None:
    fold.kind = "lapsed" if event.action == A.LAPSED else event.kind or "by_author"
    fold.withdrawal_position = event.position


def _rejected(fold: Fold, event: Event) -> None:
    fold.appealed = False


def _appealed(fold: Fold, event: Event) -> None:
    fold.appeal_open = fold.appealed = True


def _appeal_dismissed(fold: Fold, event: Event) -> None:
    fold.appeal_open = False


def _appeal_granted(fold: Fold, event: Event) -> None:
    fold.appeal_open = False
    fold.state, fold.kind = State(event.kind or State.UNDER_REVIEW), None
    fold.milestones.pop(A.REJECTED, None)


def _reinstated(fold: Fold, event: Event) -> None:
    assert fold.closed_from is not None, "the guard was_open has seen to that"
    before = fold.closed_from
    fold.state, fold.kind, fold.stage, fold.due_on = before.state, before.kind, before.stage, before.due_on
    fold.on_hold, fold.returned_incomplete = before.on_hold, before.returned_incomplete
    fold.reviewing.update({(part.round, part.reviewer): part for part in before.let_go})
    fold.milestones.pop(A.WITHDRAWN, None)
    fold.milestones.pop(A.LAPSED, None)


def _acceptance_rescinded(fold: Fold, event: Event) -> None:
    fold.milestones.pop(A.ACCEPTED, None)


def _publication_undone(fold: Fold, event: Event) -> None:
    fold.milestones.pop(A.PUBLISHED, None)


def _extended(fold: Fold, event: Event) -> None:
    fold.extensions[event.details["task"]] = date.fromisoformat(event.details["due_on"])


_EFFECTS = {
    A.RECEIVED: _received, A.SENT_TO_REVIEW: _sent_to_review, A.REVISION_REQUESTED: _revision_requested,
    A.RESUBMITTED: _resubmitted, A.STAGE_CHANGED: _stage_changed, A.PUBLISHED: _published,
    A.NOTICE_ADDED: _notice_added,
    A.RETURNED: _returned, A.COMPLETED: _returned, A.HELD: _held, A.RESUMED: _held, A.WITHDRAWN: _withdrawn,
    A.LAPSED: _withdrawn, A.REJECTED: _rejected, A.APPEALED: _appealed, A.APPEAL_DISMISSED: _appeal_dismissed,
    A.APPEAL_GRANTED: _appeal_granted, A.REINSTATED: _reinstated, A.EXTENDED: _extended,
    A.ACCEPTANCE_RESCINDED: _acceptance_rescinded, A.PUBLICATION_UNDONE: _publication_undone,
}  # fmt: skip
