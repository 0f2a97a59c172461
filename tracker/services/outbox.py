"""The outbox: what a person decides about a letter. What the mail server makes of it is in `services.delivery`."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select

from tracker.db import db
from tracker.domain.addresses import address_key, key_of_one_named
from tracker.domain.audit import Change
from tracker.domain.errors import Refused
from tracker.domain.letters import LetterState
from tracker.mail.addresses import checked_address
from tracker.models import Author, Journal, Letter, Manuscript, RefusedAddress, Reviewer
from tracker.queries.outbox import FOR_A_PERSON, WAITING
from tracker.services.actors import Actor
from tracker.services.audit import note_change
from tracker.services.claims import owe_again
from tracker.services.reminders import look_again, look_again_at_person


def retry_letter(letter: Letter, *, by: Actor, now: datetime, today: date) -> None:
    """Try a letter again now that failed or was parked. Raises Refused for any other, and for a reader."""
    _decide(letter, (LetterState.FAILED, LetterState.PARKED), "tried again", by, now)
    _queue_again(letter, now, today)


def release_letter(letter: Letter, *, by: Actor, now: datetime, today: date) -> None:
    """Send a letter that is parked or uncertain after all: a person has decided that it should leave (again)."""
    _decide(letter, FOR_A_PERSON, "released", by, now)
    _queue_again(letter, now, today)


def cancel_letter(letter: Letter, *, by: Actor, now: datetime) -> None:
    """Do not send the letter. The step stays decided: it is not planned again. Raises Refused if it has left."""
    _decide(letter, (*WAITING, *FOR_A_PERSON), "cancelled", by, now)
    letter.state, letter.last_error = LetterState.CANCELLED, "Cancelled by a person."
    look_again_at_person(letter)


def correct_address(letter: Letter, email: str, *, by: Actor, now: datetime, today: date) -> None:
    """Put the right address on record for whom the letter did not reach, and have it written anew to there.

    Raises BadInput for what is no address, and Refused for a letter that has arrived, or is about nobody on record.
    """
    _decide(letter, (*WAITING, *FOR_A_PERSON), "sent elsewhere", by, now)
    new = checked_address(email.strip())
    people = _people_at(letter)
    if not people:
        raise Refused("Nobody on record has this address any more: it was corrected already.")
    for person in people:
        if isinstance(person, Reviewer):
            must_be_free(person, new)
            person.email_key = address_key(new)
        person.email = new
    _write_anew(letter, today)
    look_again({person.manuscript_id for person in people})


def write_anew(manuscript: Manuscript, role: str, email: str, *, today: date) -> None:
    """Have the letters about the manuscript that have not reached this address, which is on record no more, written
    anew to whom they are for now. One that a process is claiming just now is asked about there.
    """
    theirs = (Letter.manuscript_id == manuscript.id, Letter.role == role, Letter.to_key == address_key(email))
    waiting = select(Letter).where(*theirs, Letter.state.in_((*WAITING, *FOR_A_PERSON))).order_by(Letter.id)
    for letter in db.session.scalars(waiting.with_for_update(of=Letter, skip_locked=True)).all():
        if letter.steps:  # what belongs to no step is not planned again
            _write_anew(letter, today)


def _write_anew(letter: Letter, today: date) -> None:
    letter.state, letter.last_error = LetterState.CANCELLED, "The address was corrected, and it is written anew."
    owe_again(letter.steps, today)
    look_again_at_person(letter)
    db.session.expire(letter, ["steps"])


def _people_at(letter: Letter) -> list[Author | Reviewer]:
    """Whom the letter was meant for, on the record of each manuscript that it is about."""
    ids = {letter.manuscript_id, *(step.manuscript_id for step in letter.steps)}
    rows: list[Author | Reviewer] = []
    if letter.role == "author":
        rows += db.session.scalars(select(Author).where(Author.manuscript_id.in_(ids)).order_by(Author.id))
    if letter.role == "reviewer":
        rows += db.session.scalars(select(Reviewer).where(Reviewer.manuscript_id.in_(ids)).order_by(Reviewer.id))
    return [row for row in rows if address_key(row.email) == letter.to_key]


def must_be_free(reviewer: Reviewer, email: str) -> None:
    """Raise Refused where another reviewer of the manuscript has the address, or goes by this name alone."""
    same = (Reviewer.manuscript_id == reviewer.manuscript_id, Reviewer.email_key == key_of_one_named(email))
    if db.session.scalar(select(Reviewer.id).where(*same, Reviewer.id != reviewer.id)) is not None:
        what = "address" if "@" in email else "name"
        raise Refused(f"Another reviewer of the manuscript has the {what} {email}.")


def _decide(letter: Letter, states: tuple[LetterState, ...], what: str, by: Actor, now: datetime) -> None:
    """Take the letter for a decision, and note it in the audit trail."""
    by.must_write("Letters are decided about")
    db.session.refresh(letter, with_for_update={"of": Letter})
    if letter.state not in states:
        raise Refused(f"Letter {letter.id} is {letter.state}; it cannot be {what}.")
    journal = db.session.get(Journal, letter.journal_id) if letter.journal_id is not None else None
    about = {"letter": letter.id, "decided": what}
    about |= {"manuscript": letter.manuscript.reference} if letter.manuscript else {}
    note_change(Change.LETTER_DECIDED, by=by, now=now, journal=journal, after=about)


def _queue_again(letter: Letter, now: datetime, today: date) -> None:
    letter.state, letter.attempts, letter.not_before_at = LetterState.QUEUED, 0, now
    for step in letter.steps:
        step.decided_on = today
    db.session.execute(delete(RefusedAddress).where(RefusedAddress.address == letter.to_key))
    db.session.flush()
