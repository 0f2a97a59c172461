"""Where a manuscript stands: the fold over the events that stand.

State, round, milestones, overlays, reviewers, who holds the ball and whose days have passed are all read off the
ledger here, and nowhere else. What is stored on the manuscript's row is a copy of this.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tracker.domain import effects
from tracker.domain.dates import PartialDate
from tracker.domain.events import Event
from tracker.domain.guards import CONFIRMATIONS
from tracker.domain.spells import BeforeClosing, Closing, Reviewing, Span
from tracker.domain.transitions import Transition, transition_from, transitions_of
from tracker.domain.words import CLOSED_STATES, OPEN_STATES, Action, Holder, State


class Impossible(Exception):
    """An event cannot follow the events before it. `reason` is a guard's sentence, or empty where the table says no;
    `confirmable` says that a person's confirmation would make it possible.
    """

    def __init__(self, event: Event, standing: Fold, reason: str = "", *, confirmable: bool = False) -> None:
        super().__init__(reason or f"{event.action} cannot follow {standing.state}")
        self.event, self.standing, self.reason, self.confirmable = event, standing, reason, confirmable


@dataclass
class Fold:
    """The standing after the events so far; `take` moves it one event on. Read it, never assign to it.

    `round_sent` is the last round that went to review. `closed_from` is what the last closing closed;
    `let_go` are the reviewers' parts that decisions ended, as they were, by the step that ended them. `spans` are the
    finished spells of holders; the last one runs on from `holder_since`. `moot` are events that a
    backdated withdrawal has overtaken.
    """

    state: State | None = None
    kind: str | None = None
    stage: str | None = None
    round: int = 0
    round_sent: int | None = None
    required_reviews: int = 0
    on_hold: bool = False
    returned_incomplete: bool = False
    appeal_open: bool = False
    appealed: bool = False
    has_completed_review: bool = False
    is_imported: bool = False
    doi: str = ""
    holder: Holder = Holder.NOBODY
    holder_since: date | None = None
    state_since: date | None = None
    due_on: date | None = None
    last: Event | None = None
    closed_from: BeforeClosing | None = None
    withdrawal_position: int = 0
    reviewing: dict[tuple[int, int], Reviewing] = field(default_factory=dict)
    ended_reviewing: list[Reviewing] = field(default_factory=list)
    let_go: list[tuple[int, Reviewing]] = field(default_factory=list)
    extensions: dict[str, date] = field(default_factory=dict)
    milestones: dict[str, list[PartialDate]] = field(default_factory=dict)
    notices: list[tuple[str, PartialDate]] = field(default_factory=list)
    decisions: list[tuple[Event, int]] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    inexact: list[Event] = field(default_factory=list)
    moot: list[Event] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Move on by one event; raises Impossible, and stays as it was, where the lifecycle does not allow it."""
        if self._is_overtaken(event):
            self.moot.append(event)
            return
        gap = self._check(event)
        if event.precision != "day":
            self.inexact.append(event)
        self.is_imported |= not event.is_live
        before, rested = self.state, self.holder is Holder.NOBODY
        effects.apply(self, event)
        if not self._stays_closed(before):
            self._pass_ball(event.occurred_on, spent=Holder.UNKNOWN if gap else _charged(self.holder, before))
        self._note_closing(before, event.occurred_on, rested=rested)
        self.last = event

    def ask_guards(self, event: Event) -> None:
        """Raise Impossible with the sentence of the first guard that refuses this event here. The table comes first."""
        row = transition_from(self.state, event.action)
        assert row is not None, "ask transition_from before asking the guards"
        for guard in (*row.when, *row.guards):
            if refusal := guard(self, event):
                raise Impossible(event, self, refusal, confirmable=guard in CONFIRMATIONS)

    def allows(self, event: Event) -> bool:
        """Whether live work may do this here: the table has it, and no guard refuses."""
        row = transition_from(self.state, event.action)
        return row is not None and not any(guard(self, event) for guard in (*row.when, *row.guards))

    def available(self) -> list[Transition]:
        """The rows of the table that may be done from here: what the buttons are, and no others."""
        blank = Event(0, "", self.holder_since or date.min, 0, datetime.min.replace(tzinfo=UTC), "")
        return [row for row in transitions_of(self.state) if not any(guard(self, blank) for guard in row.when)]

    def _is_overtaken(self, event: Event) -> bool:
        """A withdrawal is never refused: what was recorded before it and dated after it no longer moves anything."""
        return (
            self.state is State.WITHDRAWN
            and event.position < self.withdrawal_position
            and event.action not in (Action.PUBLISHED, Action.RECEIVED)
        )

    def _check(self, event: Event) -> bool:
        """Whether an imported event leaps over events that nobody printed. Raises Impossible."""
        row = transition_from(self.state, event.action)
        if row is None:
            if not event.is_live and effects.may_leap(self.state, event.action):
                return True
            raise Impossible(event, self)
        if event.is_live or event.action in effects.REVIEWER_ACTIONS:
            self.ask_guards(event)
            return False
        return (self.state, event.action) in effects.UNTOLD_BETWEEN

    def _note_closing(self, before: State | None, on: date, *, rested: bool) -> None:
        """`rested`: nobody had it before, as somebody has while an appeal is open."""
        if self.state is before:
            return
        if rested and before in CLOSED_STATES and self.state in CLOSED_STATES:  # transferred after it was rejected
            last = self.closings[-1]
            self.closings[-1] = last._replace(state=self.state, closed_on=self.holder_since or last.closed_on)
            return
        if before in CLOSED_STATES:
            self.closings[-1] = self.closings[-1]._replace(reopened_on=on)
        if self.state is not None and self.state in CLOSED_STATES:
            self.closings.append(Closing(self.state, on))

    def _stays_closed(self, before: State | None) -> bool:
        """A notice or an issue after the publication is on nobody's days: the manuscript ended when it was closed."""
        return self.state is before and self.holder is holder_of(self) is Holder.NOBODY

    def _pass_ball(self, on: date, *, spent: Holder) -> None:
        holder = holder_of(self)
        if self.holder_since is not None:
            if holder is self.holder is spent:
                return
            self.spans.append(Span(spent, self.holder_since, on))
        self.holder, self.holder_since = holder, on

    # What guards and tasks ask.

    def reviewer_status(self, reviewer: int | None) -> str | None:
        """The reviewer's status in the current round; None if they were not invited to it."""
        found = self.reviewing.get((self.round, reviewer)) if reviewer is not None else None
        return found.status if found else None

    @property
    def all_reviewing(self) -> list[Reviewing]:
        """Every reviewer's part in every round, one for each invitation, the latest of a person last."""
        return [*self.ended_reviewing, *self.reviewing.values()]

    @property
    def current_reviewing(self) -> list[Reviewing]:
        return [part for part in self.reviewing.values() if part.round == self.round]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def first(self, milestone: str) -> PartialDate | None:
        """The first date of a milestone such as `received` or `resubmitted`."""
        dates = self.milestones.get(milestone)
        return dates[0] if dates else None

    def latest(self, milestone: str) -> PartialDate | None:
        """The last date of a milestone that stands."""
        dates = self.milestones.get(milestone)
        return dates[-1] if dates else None

    def spans_until(self, as_of: date) -> list[Span]:
        """All spells of holders, with the one that is still running counted up to `as_of`."""
        if self.holder_since is None or self.holder is Holder.NOBODY or as_of < self.holder_since:
            return list(self.spans)
        return [*self.spans, Span(self.holder, self.holder_since, as_of)]


# The quiet jewel: who has to act next. The first row that fits answers; it decides who is reminded, where the
# dashboard shows the manuscript, and whose days the report charges.
BALL = (
    (Holder.HOLD, lambda f: f.on_hold),
    (Holder.EDITOR, lambda f: f.appeal_open),
    (Holder.NOBODY, lambda f: not f.is_open),
    (Holder.AUTHOR, lambda f: f.returned_incomplete),
    (Holder.AUTHOR, lambda f: f.state is State.REVISION_REQUESTED),
    (Holder.AUTHOR, lambda f: f.state is State.ACCEPTED and f.stage == "proofs_with_author"),
    (Holder.PRODUCTION, lambda f: f.state is State.ACCEPTED),
    (Holder.REVIEWERS, lambda f: f.state is State.UNDER_REVIEW and _waits_for_reviews(f)),
    (Holder.EDITOR, lambda f: True),
)


def holder_of(fold: Fold) -> Holder:
    """Who holds the ball, by the table above."""
    return next(holder for holder, fits in BALL if fits(fold))


def _waits_for_reviews(fold: Fold) -> bool:
    parts = fold.current_reviewing
    reviewed = sum(part.status == "reviewed" for part in parts)
    return any(part.is_active for part in parts) and reviewed < fold.required_reviews


def _charged(holder: Holder, state: State | None) -> Holder:
    """Whose days a finished spell was. A closed spell that was reopened is charged too, so that the days always add
    up: to the author after a rejection or withdrawal, to production after a publication that was undone.
    """
    if holder is not Holder.NOBODY:
        return holder
    return Holder.PRODUCTION if state is State.PUBLISHED else Holder.AUTHOR


def fold_events(events: Iterable[Event]) -> Fold:
    """The standing after these events, which must be in order. Raises Impossible at the first that cannot be."""
    fold = Fold()
    for event in events:
        fold.take(event)
    return fold
