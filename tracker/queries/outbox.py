"""Letters in the outbox: waiting, sent, and those that wait for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.errors import NotFound
from tracker.domain.letters import LetterState
from tracker.models import Answer, Letter
from tracker.queries.answers import waits
from tracker.queries.conflicts import silent_about

WAITING = (LetterState.QUEUED, LetterState.FAILED)
FOR_A_PERSON = (LetterState.PARKED, LetterState.UNCERTAIN)


def letters_in_outbox(
    journal_ids: Sequence[int], *, states: Sequence[str] = (), limit: int | None = 200, offset: int = 0,
    hidden: Sequence[int] = (), about_accounts: bool = False,
) -> list[Letter]:  # fmt: skip
    """The letters of these journals, the newest first, each with its manuscript; of some states only if given.

    Letters that mention a manuscript that is `hidden` are left out. Those about people's accounts are for the operator,
    who sees that there are such and what became of them.
    """
    letters = (
        select(Letter)
        .where(*_of(journal_ids, states, hidden, about_accounts))
        .options(joinedload(Letter.manuscript))
        .order_by(Letter.queued_at.desc(), Letter.id.desc())
    )
    return list(db.session.scalars(letters.limit(limit).offset(offset)))


def letter_counts(journal_ids: Sequence[int], *, hidden: Sequence[int] = ()) -> dict[str, int]:
    """How many letters of these journals are in each state; states without one are left out."""
    counts = select(Letter.state, func.count()).where(*_of(journal_ids, (), hidden)).group_by(Letter.state)
    return {state: count for state, count in db.session.execute(counts)}  # noqa: C416  mypy wants the pair taken apart


def letter_by_id(
    letter_id: int, journal_ids: Sequence[int] | None = None, *, hidden: Sequence[int] = ()
) -> Letter:  # fmt: skip
    """The letter, if it is of one of these journals (None: any) and about nothing `hidden`. Raises NotFound."""
    letter = db.session.scalar(select(Letter).where(Letter.id == letter_id, *silent_about(hidden)))
    if letter is None or (journal_ids is not None and letter.journal_id not in journal_ids):
        raise NotFound(f"There is no letter {letter_id}. “tracker outbox list” shows the letters there are.")
    return letter


def mail_to_decide(journal_ids: Sequence[int], *, hidden: Sequence[int] = ()) -> dict[str, int]:
    """How many letters and answers to letters wait for a person: `parked`, `uncertain`, `answers`."""
    about = (Letter.journal_id.in_(journal_ids), *silent_about(hidden))
    asked = (Answer.journal_id.in_(journal_ids), waits(), Answer.manuscript_id.not_in(hidden))
    counts: dict[str, Select[int]] = {"answers": select(func.count(Answer.id)).where(*asked)}
    for state in FOR_A_PERSON:
        counts[state] = select(func.count(Letter.id)).where(Letter.state == state, *about)
    found = db.session.execute(select(*(count.scalar_subquery() for count in counts.values()))).one()
    return dict(zip(counts, found, strict=True))


def is_anything_due(now: datetime) -> bool:
    """Whether a letter waits whose time has come; one indexed read."""
    due = select(Letter.id).where(is_due(now)).limit(1)
    return db.session.scalar(due) is not None


def is_due(now: datetime) -> ColumnElement[bool]:
    """The condition that a letter is waiting and its time has come."""
    return Letter.state.in_(WAITING) & (Letter.not_before_at <= now)


def refers_to(letter: Letter) -> str:
    """The reference of the letter's manuscript, or empty for a letter about none."""
    return letter.manuscript.reference if letter.manuscript else ""


def as_document(letter: Letter) -> dict[str, Any]:
    """The letter as the command line and other systems see it."""
    return {
        "id": letter.id, "to": letter.to_email, "subject": letter.subject, "reference": refers_to(letter) or None,
        "state": letter.state, "attempts": letter.attempts, "message_id": letter.message_id,
        "last_error": letter.last_error or None, "queued_at": letter.queued_at.isoformat(),
        "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
    }  # fmt: skip


def _of(
    journal_ids: Sequence[int], states: Sequence[str], hidden: Sequence[int], about_accounts: bool = False
) -> list[ColumnElement[bool]]:
    theirs: ColumnElement[bool] = Letter.journal_id.in_(journal_ids)
    about = theirs | Letter.account_id.is_not(None) if about_accounts else theirs
    conditions: list[ColumnElement[bool]] = [about, *silent_about(hidden)]
    if states:
        conditions.append(Letter.state.in_(states))
    return conditions


class OtherLetters:
    """The letters that people get beside these: nobody gets two on one day, where it is not a person who wants it."""

    def __init__(self, letters: Sequence[Letter], now: datetime) -> None:
        """`letters` are those of one claim, in the order in which they leave; what becomes of them counts at once."""
        self.own = {letter.id: letter for letter in letters}
        waits_or_left = or_(Letter.state.in_((*WAITING, LetterState.SENDING)), Letter.sent_at > now - timedelta(days=2))
        columns = (Letter.id, Letter.journal_id, Letter.to_key, Letter.state, Letter.not_before_at, Letter.sent_at)
        people = Letter.to_key.in_({letter.to_key for letter in letters}), Letter.role.in_(("author", "reviewer"))
        journals = Letter.journal_id.in_({letter.journal_id for letter in letters if letter.journal_id})
        self.others: dict[tuple[int | None, str], list[Any]] = defaultdict(list)
        for row in db.session.execute(select(*columns).where(journals, *people, waits_or_left)):
            self.others[row.journal_id, row.to_key].append(self.own.get(row.id, row))

    def is_before(self, letter: Letter, midnight: datetime) -> bool:
        """Whether its reader had another letter on the day after this midnight, is having one, or waits for an earlier.

        Where the day was fixed from outside, letters leave at instants of other days, and hinder none of it.
        """
        return any(
            (other.sent_at is not None and midnight <= other.sent_at < midnight + timedelta(days=1))
            or other.state == LetterState.SENDING
            or (other.state in WAITING and (other.not_before_at, other.id) < (letter.not_before_at, letter.id))
            for other in self.others[letter.journal_id, letter.to_key] if other.id != letter.id
        )  # fmt: skip
