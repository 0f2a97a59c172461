"""The periodic passes: planning here, delivery in `jobs.delivery`. Each may run twice, late, and in many processes.

Planning first looks at thousands of tasks in a transaction by their dates alone; only those about which something is
owed are looked at whole, with their people. It is made exclusive by locks on the tasks and by the unique key of a step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select

from tracker.config import Settings
from tracker.db import db, transaction
from tracker.domain.sending_window import is_open
from tracker.formats.calendars import working_days
from tracker.jobs.delivery import Delivered, deliver
from tracker.models import Journal, Task
from tracker.queries.looks import tasks_to_look_at
from tracker.queries.owing import journals_with_letters_due, owing
from tracker.services.looks import look_quickly
from tracker.services.reminders import Planned, queue_due_letters

__all__ = ["Delivered", "Planned", "deliver", "plan"]

TASKS_AT_A_GLANCE = 5000
PEOPLE_A_TRANSACTION = 100
TASKS_A_READ = 1000
TodayOf = Callable[[str], date]
NowOf = Callable[[], datetime]
Item = TypeVar("Item")


def plan(
    *, now_of: NowOf, today_of: TodayOf, settings: Settings, journal_ids: Sequence[int] | None = None,
    at_any_hour: bool = False,
) -> Planned:  # fmt: skip
    """Queue every letter that is owed now, in journals whose reminders are live and whose sending window is open."""
    now = now_of()
    total = Planned()
    # A day ahead: somewhere it is tomorrow already.
    for journal in journals_with_letters_due(_latest_day(now, today_of)):
        if journal_ids is not None and journal.id not in journal_ids:
            continue
        today = today_of(journal.timezone)
        if _sends_now(journal, now, today, at_any_hour):
            total += _plan_journal(journal.id, now_of, today, settings)
    return total


def _latest_day(now: datetime, today_of: TodayOf) -> date:
    return max(today_of("UTC"), now.date()) + timedelta(days=1)


def _sends_now(journal: Journal, now: datetime, today: date, at_any_hour: bool) -> bool:
    is_working_day = working_days(journal.country)
    in_window = is_working_day(today) if at_any_hour else is_open(now, journal.timezone, today, is_working_day)
    return journal.policy.reminders_live and in_window


def _plan_journal(journal_id: int, now_of: NowOf, today: date, settings: Settings) -> Planned:
    total, left = Planned(), list[int]()
    for ids in _parts(tasks_to_look_at(journal_id, today), TASKS_AT_A_GLANCE):
        with transaction():
            count, owed = look_quickly(_journal(journal_id), ids, today=today)
        total += Planned(looked_at=count - len(owed))
        left += owed
    for people in _parts(_by_person(left), PEOPLE_A_TRANSACTION):
        ids = [task_id for person in people for task_id in person]
        with transaction():
            journal = _journal(journal_id)
            total += queue_due_letters(journal, ids, now=now_of(), today=today, base_url=settings.base_url)
    return total


def _journal(journal_id: int) -> Journal:
    return db.session.scalars(select(Journal).where(Journal.id == journal_id)).one()


def _by_person(task_ids: Sequence[int]) -> list[list[int]]:
    """The tasks of each person together: they make one letter."""
    people = defaultdict[str, list[int]](list)
    for ids in _parts(task_ids, TASKS_A_READ):
        for item in owing(select(Task).where(Task.id.in_(ids)).order_by(Task.id)):
            people[item.person].append(item.row.id)
    return [ids for _, ids in sorted(people.items())]


def _parts(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
