"""The outbox: what a person decides about a letter. What the mail server makes of it is in `services.delivery`."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete

from tracker.db import db
from tracker.domain.errors import Refused
from tracker.domain.letters import LetterState
from tracker.domain.roles import WRITERS
from tracker.models import Letter, RefusedAddress
from tracker.queries.outbox import FOR_A_PERSON, WAITING
from tracker.services.history import Actor


def retry_letter(letter: Letter, *, by: Actor, now: datetime, today: date) -> None:
    """Try a letter again now that failed or was parked. Raises Refused for any other, and for a reader."""
    _decide(letter, by, (LetterState.FAILED, LetterState.PARKED), "tried again")
    _queue_again(letter, now, today)


def release_letter(letter: Letter, *, by: Actor, now: datetime, today: date) -> None:
    """Send a letter that is parked or uncertain after all: a person has decided that it should leave (again)."""
    _decide(letter, by, FOR_A_PERSON, "released")
    _queue_again(letter, now, today)


def cancel_letter(letter: Letter, *, by: Actor) -> None:
    """Do not send the letter. The step stays decided: it is not planned again. Raises Refused if it has left."""
    _decide(letter, by, (*WAITING, *FOR_A_PERSON), "cancelled")
    letter.state, letter.last_error = LetterState.CANCELLED, "Cancelled by a person."


def _decide(letter: Letter, by: Actor, states: tuple[LetterState, ...], what: str) -> None:
    if by.role not in WRITERS:
        raise Refused("Letters are decided about by an editor or an assistant. Ask one of them.")
    db.session.refresh(letter, with_for_update={"of": Letter})
    if letter.state not in states:
        raise Refused(f"Letter {letter.id} is {letter.state}; it cannot be {what}.")


def _queue_again(letter: Letter, now: datetime, today: date) -> None:
    letter.state, letter.attempts, letter.not_before_at = LetterState.QUEUED, 0, now
    for step in letter.steps:
        step.decided_on = today
    db.session.execute(delete(RefusedAddress).where(RefusedAddress.address == letter.to_key))
    db.session.flush()
