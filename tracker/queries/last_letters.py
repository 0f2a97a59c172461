"""When people were last written to: the days between letters, and one letter a person and day, are counted from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.dates import day_in
from tracker.domain.letters import LetterState
from tracker.models import Journal, Letter, ReminderStep
from tracker.queries.outbox import WAITING


def last_letter_days(journal: Journal, people: Iterable[str]) -> dict[str, date]:
    """The journal's day of the last letter to each of these people (addresses in small letters).

    A letter that waits counts to the day on which it may leave, which can lie in the future.
    Courtesy letters and those sent by hand count; an editor's own digest and tests do not: no preview could tell of
    them, and nobody is asked for anything in them.
    """
    wanted = sorted(set(people))
    address, days = Letter.to_key, dict[str, date]()
    is_letter = (Letter.role.not_in(("editor", "test")),)
    of_journal = (Letter.journal_id == journal.id, Letter.state != LetterState.CANCELLED)
    for start in range(0, len(wanted), 500):
        about = (*of_journal, address.in_(wanted[start : start + 500]))
        reminders = select(address, func.max(ReminderStep.decided_on)).join(ReminderStep.letter).where(*about)
        for email, day in db.session.execute(reminders.group_by(address)):
            days[email] = day
        left_at = func.max(func.coalesce(Letter.sent_at, Letter.queued_at))
        others = select(address, left_at).where(*about, Letter.task_key.is_(None), *is_letter)
        for email, instant in db.session.execute(others.group_by(address)):
            days[email] = max(day_in(instant, journal.timezone), days.get(email, date.min))
        waiting = select(address, func.max(Letter.not_before_at)).where(*about, Letter.state.in_(WAITING), *is_letter)
        for email, instant in db.session.execute(waiting.group_by(address)):
            days[email] = max(day_in(instant, journal.timezone), days.get(email, date.min))
    return days
