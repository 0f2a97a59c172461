"""The weekly digest: queued in the first open hours of the week, by each journal's own calendar. Safe to run twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import select

from tracker.config import Settings
from tracker.db import db, transaction
from tracker.domain.sending_window import is_open
from tracker.formats.calendars import working_days
from tracker.models import JobRun, Journal
from tracker.services.digests import JOB, queue_digests
from tracker.services.schedule import forget_slots

KEPT_DAYS = 60


def weekly(*, now_of: Callable[[], datetime], today_of: Callable[[str], date], settings: Settings) -> int:
    """Queue the digests that this week still owes, in journals whose reminders are live; gives how many."""
    now, queued = now_of(), 0
    for journal_id in _owed(now, today_of):
        with transaction() as session:
            journal = session.scalars(select(Journal).where(Journal.id == journal_id)).one()
            today = today_of(journal.timezone)
            queued += queue_digests(journal, now=now, today=today, base_url=settings.base_url)
            forget_slots(JOB, before=now - timedelta(days=KEPT_DAYS))
    return queued


def _owed(now: datetime, today_of: Callable[[str], date]) -> list[int]:
    """Live journals in their sending window that have had no digest this week."""
    done = set(db.session.scalars(select(JobRun.slot).where(JobRun.job == JOB)))
    owed = []
    for journal in db.session.scalars(select(Journal).order_by(Journal.id)):
        today = today_of(journal.timezone)
        year, week, _ = today.isocalendar()
        is_working_day = working_days(journal.country)
        in_window = is_open(now, journal.timezone, today, is_working_day)
        wants = journal.policy.reminders_live and journal.policy.weekly_digest
        if wants and in_window and f"{journal.id} {year}-W{week:02}" not in done:
            owed.append(journal.id)
    return owed
