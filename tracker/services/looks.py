"""The quick look at open tasks: most owe nothing today, and their dates alone tell which; thousands at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from sqlalchemy import select, update

from tracker.db import db
from tracker.domain.policy import Policy
from tracker.domain.reminders import Outlook, Topic, outlook
from tracker.domain.sending_window import IsWorkingDay
from tracker.domain.tasks import Task as OpenTask
from tracker.domain.words import Holder
from tracker.formats.calendars import working_days
from tracker.models import Journal, Task
from tracker.queries.looks import Glance, among, glances


def look_quickly(journal: Journal, task_ids: Sequence[int], *, today: date) -> tuple[int, list[int]]:
    """Set the next day to look for those of the tasks about which nothing is owed or given up today.

    Gives how many were looked at, and the ids of the others, which `services.reminders` must look at whole. What a
    quick look does not know (when a due date was granted) could only take steps away; so what it finds idle, is.
    The tasks are not locked: a task that was moved meanwhile has another row, one that another process looked at lies
    ahead already, and the journal's own row, locked for reading, keeps its settings from changing under the look.
    """
    db.session.execute(select(Journal.id).where(Journal.id == journal.id).with_for_update(read=True))
    db.session.refresh(journal)
    outlook_of = _outlooks(journal.policy, today, working_days(journal.country))
    idle, others, count = defaultdict[date | None, list[int]](list), [], 0
    for count, task in enumerate(glances(task_ids, today), start=1):  # noqa: B007  the count of all is wanted
        seen = outlook_of(task)
        if seen.owed is None and not seen.given_up:
            idle[seen.next_on].append(task.task_id)
        else:
            others.append(task.task_id)
    for next_on, ids in idle.items():
        assert next_on is None or next_on > today, "the next look lies ahead, so that a pass comes to its end"
        still_due = (among(Task.id, ids), Task.next_letter_on <= today)
        quietly = {"synchronize_session": False}  # no task of these is loaded
        db.session.execute(update(Task).where(*still_due).values(next_letter_on=next_on), execution_options=quietly)
    return count, others


def _outlooks(policy: Policy, today: date, is_working_day: IsWorkingDay) -> Callable[[Glance], Outlook]:
    """The outlook of a task, worked out once for all tasks of the same kind and days."""

    @cache
    def of(kind: str, started_on: date, due_on: date, taken: frozenset[int], letters: int) -> Outlook:
        task = OpenTask("", kind, Holder.AUTHOR, 0, started_on, due_on)  # its holder makes no difference to its days
        topic = Topic("", task, "", known_since=started_on, taken=taken, letters=letters)
        return outlook(topic, policy, today, is_working_day)

    return lambda task: of(*task[1:])
