"""One step of the lifecycle as every edge records it, with the one that opens a new record (T23)."""

from __future__ import annotations

from datetime import date, datetime

from tracker.domain.transitions import action_named
from tracker.domain.words import Action, State
from tracker.models import Manuscript
from tracker.services.actions import Wish, record_action
from tracker.services.actors import Actor
from tracker.services.history import ledger_for_update
from tracker.services.manuscripts import receive_return


def record_wish(
    manuscript: Manuscript, wish: Wish, *, by: Actor, now: datetime, today: date, expected_version: int | None = None
) -> Manuscript:
    """Record the step, and give the manuscript that it stands on: a new one for what was invited back.

    Raises BadInput, Refused, NeedsConfirmation and Conflict as `record_action` does.
    """
    if action_named(wish.action) == Action.RECEIVED and manuscript.state == State.REJECTED:
        ledger_for_update(manuscript, expected_version)
        return receive_return(manuscript, wish.on, by=by, now=now, today=today, note=wish.note)
    record_action(manuscript, wish, by=by, now=now, today=today, expected_version=expected_version)
    return manuscript
