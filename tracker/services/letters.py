"""A letter's row in the outbox: the one place where it is made, whatever the letter is about."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.mail.letters import Composed
from tracker.mail.messages import message_id, thread_id
from tracker.models import Letter, Manuscript


def queue_letter(
    words: Composed, *, role: str, reason: str, to_name: str, to_email: str, from_name: str, reply_to: str = "",
    now: datetime, base_url: str, not_before_at: datetime | None = None, journal_id: int | None = None,
    account_id: int | None = None, manuscript: Manuscript | None = None, task_key: str | None = None,
    task_due_on: date | None = None, step: int | None = None,
) -> Letter:  # fmt: skip
    """Queue one letter to one person; it leaves no sooner than `not_before_at`, or than now.

    It belongs to a journal or is about an account, never both. One about a manuscript is part of the person's thread
    about it; a reminder has the task and the step that it is sent for, too. It is not flushed, and so has no id yet:
    whoever queues many writes them together.
    """
    uid = uuid.uuid4().hex
    letter = Letter(
        uid=uid, journal_id=journal_id, account_id=account_id, manuscript_id=manuscript.id if manuscript else None,
        task_key=task_key, task_due_on=task_due_on, step=step, role=role, reason=reason, to_name=to_name,
        to_email=to_email, to_key=address_key(to_email), from_name=from_name, reply_to=reply_to, subject=words.subject,
        text_body=words.text, html_body=words.html, message_id=message_id(uid, base_url),
        thread_id=thread_id(manuscript.uid, to_email, role, base_url) if manuscript else "", queued_at=now,
        not_before_at=not_before_at or now,
    )  # fmt: skip
    db.session.add(letter)
    return letter
