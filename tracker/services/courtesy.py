"""Courtesy letters to authors: drafted by the tracker, released or left out by an editor."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from tracker.db import db
from tracker.domain.errors import Refused
from tracker.domain.letters import StepFate
from tracker.domain.roles import WRITERS
from tracker.mail.letters import compose
from tracker.mail.messages import message_id, thread_id
from tracker.models import Letter, Manuscript, ReminderStep
from tracker.queries.courtesy import TASK_KEY, courtesy_drafts, courtesy_occasion
from tracker.services.history import Actor
from tracker.services.schedule import insert_once


def release_courtesy(manuscript: Manuscript, *, by: Actor, now: datetime, today: date, base_url: str) -> Letter:
    """Queue the courtesy letter. Raises Refused where none is drafted, or somebody was quicker."""
    _decide(manuscript, StepFate.WRITTEN, by, today)
    author, words, uid = (
        manuscript.corresponding_author,
        compose(courtesy_occasion(manuscript, today)),
        uuid.uuid4().hex,
    )
    assert author is not None, "a draft has a recipient"
    editor, journal = manuscript.handling_editor, manuscript.journal
    letter = Letter(
        uid=uid, journal_id=journal.id, manuscript_id=manuscript.id, reason="no first decision yet", role="author",
        to_name=author.full_name, to_email=author.email, to_key=author.email.casefold(),
        from_name=f"{editor.name} via {journal.title}" if editor and editor.name else journal.title,
        reply_to=editor.email if editor else "", subject=words.subject, text_body=words.text, html_body=words.html,
        message_id=message_id(uid, base_url), queued_at=now, not_before_at=now,
        thread_id=thread_id(manuscript.uid, author.email, "author", base_url),
    )  # fmt: skip
    db.session.add(letter)
    db.session.flush()
    return letter


def leave_out_courtesy(manuscript: Manuscript, *, by: Actor, today: date) -> None:
    """Write no courtesy letter this time; it is drafted again in 30 days if there is still no decision."""
    _decide(manuscript, StepFate.SKIPPED, by, today)


def _decide(manuscript: Manuscript, fate: StepFate, by: Actor, today: date) -> None:
    if by.role not in WRITERS:
        raise Refused("Letters are decided about by an editor or an assistant. Ask one of them.")
    drafts = {draft.manuscript.id: draft for draft in courtesy_drafts(manuscript.journal, today)}
    draft = drafts.get(manuscript.id)
    key = {"manuscript_id": manuscript.id, "task_key": TASK_KEY, "task_due_on": manuscript.received_on}
    if draft is None or not insert_once(
        ReminderStep, **key, step=draft.days_here, fate=str(fate), decided_on=today, letter_id=None
    ):
        raise Refused(f"No courtesy letter about {manuscript.reference} waits to be released.")
