"""The daily pass of retention: for journals that have armed their rules, and for the notes of looks and sign-ins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select

from tracker.db import db, transaction
from tracker.models import JobRun, Journal
from tracker.queries.schedule import slot_outcome
from tracker.services.actors import Actor
from tracker.services.retention import forget_old_looks, forget_what_is_due
from tracker.services.schedule import FINISHED, insert_once
from tracker.services.sign_in_log import forget_old_sign_ins

JOB = "retention"
RULES = Actor("retention rules", "chief_editor")


def daily(*, now_of: Callable[[], datetime], today_of: Callable[[str], date]) -> str:
    """Forget what is due, once a day (UTC), in one transaction with the note that it was done."""
    now = now_of()
    slot = now.date().isoformat()
    if slot_outcome(JOB, slot) is not None:
        return ""
    with transaction():
        if insert_once(JobRun, job=JOB, slot=slot, ran_at=now, outcome=FINISHED):
            forget_old_looks(now=now)
            forget_old_sign_ins(now=now)
            for journal in db.session.scalars(select(Journal).order_by(Journal.id)).all():
                if journal.policy.retention_armed:
                    forget_what_is_due(journal, by=RULES, now=now, today=today_of(journal.timezone))
    return ""
