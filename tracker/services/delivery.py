"""What became of letters that the mail server was given: sent, tried again later, or left to a person.

`services.claims` says which letters a process takes, and what a crash leaves behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from tracker.db import db
from tracker.domain.letters import LetterState
from tracker.mail.smtp_answers import NotDelivered, RefusedForGood, Uncertain
from tracker.models import Letter, RefusedAddress
from tracker.services.schedule import insert_once

RETRY_DELAYS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 360, 1440))
CLAIM_IS_LOST_AFTER = timedelta(minutes=15)  # far longer than a claim can take with the timeouts of mail.smtp


@dataclass(frozen=True)
class Fate:
    """What became of a claimed letter: the server's error, or none if it took it; `tried` False if it never saw it."""

    letter_id: int
    error: NotDelivered | RefusedForGood | Uncertain | None = None
    tried: bool = True


def note_fates(fates: Sequence[Fate], *, now: datetime) -> None:
    """Note what became of claimed letters: sent, tried again later, left to a person, or put back as if untried."""
    taken = [fate.letter_id for fate in fates if fate.tried and fate.error is None]
    # They may have been called lost meanwhile by another process: the server's word is better than a clock's.
    _move(taken, (LetterState.SENDING, LetterState.UNCERTAIN), state=LetterState.SENT, sent_at=now, last_error="")
    untried = [fate.letter_id for fate in fates if not fate.tried]
    _move(untried, state=LetterState.QUEUED, attempts=Letter.attempts - 1, claimed_at=None)
    for fate in fates:
        if fate.tried and fate.error is not None:
            _note_failure(fate.letter_id, fate.error, now)


def _note_failure(letter_id: int, error: NotDelivered | RefusedForGood | Uncertain, now: datetime) -> None:
    match error:
        case RefusedForGood():
            _note_refusal(letter_id, error, now)
        case Uncertain():  # handed over, and no answer came: never sent again unless a person says so
            _move([letter_id], state=LetterState.UNCERTAIN, last_error=str(error))
        case _:
            _note_delay(letter_id, str(error), now)


def _note_refusal(letter_id: int, error: RefusedForGood, now: datetime) -> None:
    """A person decides about the letter. Letters to an address that the server does not know stop."""
    _move([letter_id], state=LetterState.PARKED, last_error=str(error))
    if error.address_at_fault:
        address = db.session.get_one(Letter, letter_id).to_key
        insert_once(RefusedAddress, address=address, refused_at=now, answer=str(error))


def _note_delay(letter_id: int, reason: str, now: datetime) -> None:
    """Tried again later, with growing delays, then left to a person."""
    attempts = db.session.get_one(Letter, letter_id).attempts
    if attempts > len(RETRY_DELAYS):
        _move([letter_id], state=LetterState.PARKED, last_error=reason)
    else:
        again = now + RETRY_DELAYS[attempts - 1]
        _move([letter_id], state=LetterState.FAILED, last_error=reason, not_before_at=again)


def _move(ids: Sequence[int], from_states: tuple[LetterState, ...] = (LetterState.SENDING,), **values: Any) -> None:
    if ids:
        there = (Letter.id.in_(ids), Letter.state.in_(from_states))
        db.session.execute(update(Letter).where(*there).values(**values))


def set_aside_lost_claims(*, now: datetime, older_than: timedelta = CLAIM_IS_LOST_AFTER) -> int:
    """Letters whose sender died on them become uncertain; gives how many."""
    lost = (Letter.state == LetterState.SENDING, Letter.claimed_at < now - older_than)
    why = "The program stopped while this letter was being sent. It may have left."
    moved: Any = db.session.execute(update(Letter).where(*lost).values(state=LetterState.UNCERTAIN, last_error=why))
    return int(moved.rowcount)
