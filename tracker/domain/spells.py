"""Small values that the standing is made of: spells with a holder, reviewers' parts in a round, closings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from tracker.domain.dates import PartialDate
from tracker.domain.words import Holder, State


class Span(NamedTuple):
    """Days with one holder: from the first date, up to and not counting the second."""

    holder: Holder
    started_on: date
    ended_on: date

    @property
    def days(self) -> int:
        return (self.ended_on - self.started_on).days


class Reviewing(NamedTuple):
    """One reviewer's part in one round. `status`: invited, agreed, declined, reviewed, no_reply or released.

    `reviewed_by_entry` is the position of the ledger's entry that records the review; 0 while there is none.
    """

    round: int
    reviewer: int
    status: str
    since_on: date
    due_on: date | None
    invited_on: date
    answered_on: date | None = None
    reviewed_on: date | None = None
    reviewed_by_entry: int = 0
    first_due_on: date | None = None
    recommendation: str | None = None
    inexact: Mapping[str, PartialDate] = MappingProxyType({})  # action → its date, where not known to the day

    def known(self, action: str, on: date | None) -> PartialDate | None:
        """The date of an action of this part as far as it is known: to the day, or only to the month or year."""
        return None if on is None else self.inexact.get(action, PartialDate(on))

    @property
    def is_active(self) -> bool:
        return self.status in ("invited", "agreed")


class BeforeClosing(NamedTuple):
    """What a withdrawal closed, so that reinstating can restore it; `let_go` are the reviewers' parts it ended."""

    state: State
    kind: str | None
    stage: str | None
    due_on: date | None
    on_hold: bool
    returned_incomplete: bool
    let_go: tuple[Reviewing, ...] = ()


class Closing(NamedTuple):
    """One closing of the manuscript: in which state, on which date, and when it was opened again, if it was."""

    state: State
    closed_on: date
    reopened_on: date | None = None
