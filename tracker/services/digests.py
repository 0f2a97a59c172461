"""Queueing the weekly digests of a journal's editors: once a week, whichever process comes first."""

from __future__ import annotations

from datetime import date, datetime

from tracker.db import db
from tracker.mail.digests import digest_letter
from tracker.models import JobRun, Journal
from tracker.queries.digests import Digest, digests_of
from tracker.services.letters import queue_letter
from tracker.services.schedule import FINISHED, insert_once

JOB = "digest"


def queue_digests(journal: Journal, *, now: datetime, today: date, base_url: str) -> int:
    """Queue this week's digests of the journal; gives how many, 0 where they were queued already."""
    year, week, _ = today.isocalendar()
    slot = f"{journal.id} {year}-W{week:02}"
    if not insert_once(JobRun, job=JOB, slot=slot, ran_at=now, outcome=FINISHED):
        return 0
    digests = digests_of(journal, today)
    for digest in digests:
        _queue(digest, now, base_url)
    db.session.flush()
    return len(digests)


def _queue(digest: Digest, now: datetime, base_url: str) -> None:
    journal, name = digest.journal, digest.account.name
    words = digest_letter(
        digest.sections, journal=journal.title, language=journal.language, to_name=name, base_url=base_url
    )
    queue_letter(
        words, journal_id=journal.id, role="editor", reason="weekly digest", to_name=name,
        to_email=digest.account.email, from_name=journal.title, now=now, base_url=base_url,
    )  # fmt: skip
