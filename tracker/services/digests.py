"""Queueing the weekly digests of a journal's editors: once a week, whichever process comes first."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from tracker.db import db
from tracker.mail.digests import digest_letter
from tracker.mail.messages import message_id
from tracker.models import JobRun, Journal, Letter
from tracker.queries.digests import Digest, digests_of
from tracker.services.schedule import FINISHED, insert_once

JOB = "digest"


def queue_digests(journal: Journal, *, now: datetime, today: date, base_url: str) -> int:
    """Queue this week's digests of the journal; gives how many, 0 where they were queued already."""
    year, week, _ = today.isocalendar()
    slot = f"{journal.id} {year}-W{week:02}"
    if not insert_once(JobRun, job=JOB, slot=slot, ran_at=now, outcome=FINISHED):
        return 0
    digests = digests_of(journal, today)
    db.session.add_all(_letter(digest, now, base_url) for digest in digests)
    db.session.flush()
    return len(digests)


def _letter(digest: Digest, now: datetime, base_url: str) -> Letter:
    journal, name = digest.journal, digest.account.name
    words = digest_letter(
        digest.sections, journal=journal.title, language=journal.language, to_name=name, base_url=base_url
    )
    uid, email = uuid.uuid4().hex, digest.account.email
    return Letter(
        uid=uid, journal_id=journal.id, role="editor", reason="weekly digest", to_name=name,
        to_email=email, to_key=email.casefold(), from_name=journal.title, subject=words.subject,
        text_body=words.text, html_body=words.html, message_id=message_id(uid, base_url), queued_at=now,
        not_before_at=now,
    )  # fmt: skip
