"""Courtesy letters to authors: drafted by the tracker, released or left out by an editor."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.errors import Refused
from tracker.domain.letters import StepFate
from tracker.domain.sending_window import opening_from
from tracker.formats.calendars import working_days
from tracker.mail.letters import compose
from tracker.models import Journal, Letter, Manuscript, ReminderStep
from tracker.queries.courtesy import TASK_KEY, courtesy_drafts, courtesy_occasion
from tracker.queries.last_letters import last_letter_days
from tracker.queries.reminders import HELD_BECAUSE
from tracker.queries.senders import sender_of
from tracker.services.actors import Actor
from tracker.services.letters import queue_letter
from tracker.services.schedule import insert_all_once


def release_courtesy(manuscript: Manuscript, *, by: Actor, now: datetime, today: date, base_url: str) -> Letter:
    """Queue the courtesy letter; it leaves within the sending window, if there is still no decision by then. Somebody
    who is written to today already, or to whom a letter waits, gets it on the next working day after that.

    Raises Refused where none is drafted, somebody was quicker, or the journal is in dry-run.
    """
    if not manuscript.journal.policy.reminders_live:
        raise Refused(f"It cannot be sent: {HELD_BECAUSE['dry_run']}.")
    step_id = _decide(manuscript, StepFate.WRITTEN, by, today)
    author, sender = manuscript.corresponding_author, sender_of([manuscript])
    assert author is not None, "a draft has a recipient"
    step = db.session.get_one(ReminderStep, step_id)
    letter = queue_letter(
        compose(courtesy_occasion(manuscript, today)), journal_id=manuscript.journal_id, manuscript=manuscript,
        task_key=TASK_KEY, task_due_on=step.task_due_on, step=step.step, role="author", reason="no first decision yet",
        to_name=author.full_name, to_email=author.email, from_name=sender.from_name, reply_to=sender.reply_to, now=now,
        base_url=base_url, not_before_at=_first_instant(manuscript.journal, author.email, now, today),
    )  # fmt: skip
    letter.steps = [step]
    db.session.flush()
    return letter


def _first_instant(journal: Journal, email: str, now: datetime, today: date) -> datetime:
    person = address_key(email)
    last_on = last_letter_days(journal, [person]).get(person)
    if last_on is None or last_on < today:
        return now
    return opening_from(last_on + timedelta(days=1), journal.timezone, working_days(journal.country))


def leave_out_courtesy(manuscript: Manuscript, *, by: Actor, today: date) -> None:
    """Write no courtesy letter this time; it is drafted again in 30 days if there is still no decision."""
    _decide(manuscript, StepFate.SKIPPED, by, today)


def _decide(manuscript: Manuscript, fate: StepFate, by: Actor, today: date) -> int:
    by.must_write("Letters are decided about")
    drafts = {draft.manuscript.id: draft for draft in courtesy_drafts(manuscript.journal, today)}
    draft = drafts.get(manuscript.id)
    row = {
        "manuscript_id": manuscript.id, "task_key": TASK_KEY, "task_due_on": manuscript.received_on,
        "step": draft.days_here if draft else 0, "fate": str(fate), "decided_on": today, "letter_id": None,
    }  # fmt: skip
    new = insert_all_once(ReminderStep, [row] if draft else [], (ReminderStep.id,))
    if not new:
        raise Refused(f"No courtesy letter about {manuscript.reference} waits to be released.")
    return int(new[0][0])
