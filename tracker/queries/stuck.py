"""What has got stuck: tasks of authors and reviewers about which no letter goes out any more, and an editor acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tracker.db import db
from tracker.domain.policy import Policy
from tracker.mail.digests import WHAT_TO_DO
from tracker.models import Journal, Manuscript, Reviewer, Task

MOST = 200


@dataclass(frozen=True)
class Stuck:
    """A task that an editor has to unstick: whose it is, for how many days it is late, and what can be done."""

    task: Task
    who: str
    days_late: int
    what: str

    @property
    def reference(self) -> str:
        return self.task.manuscript.reference


def what_to_do(task: Task, policy: Policy, today: date) -> str:
    """What the editor is asked to do about the task by now; empty while letters are left to do it."""
    after = policy.editor_steps.get(task.kind)
    return WHAT_TO_DO.get(task.kind, "") if after is not None and (today - task.due_on).days >= after else ""


def stuck_tasks(journal: Journal, today: date) -> list[Stuck]:
    """The journal's tasks that wait for an editor to unstick them, the latest first."""
    rows = (
        select(Task)
        .join(Task.manuscript)
        .options(contains_eager(Task.manuscript).selectinload(Manuscript.authors))
        .where(Task.journal_id == journal.id, Task.due_on < today, Task.kind.in_(WHAT_TO_DO), Manuscript.is_armed)
        .order_by(Task.due_on, Task.id)
        .limit(MOST)
    )
    tasks = [(task, what) for task in db.session.scalars(rows) if (what := what_to_do(task, journal.policy, today))]
    names = _reviewers(sorted({task.manuscript_id for task, _ in tasks}))
    return [Stuck(task, _who(task, names), (today - task.due_on).days, what) for task, what in tasks]


def _reviewers(manuscript_ids: Sequence[int]) -> dict[tuple[int, int], str]:
    rows = db.session.scalars(select(Reviewer).where(Reviewer.manuscript_id.in_(manuscript_ids)))
    return {(row.manuscript_id, row.number): row.name or row.email for row in rows}


def _who(task: Task, names: dict[tuple[int, int], str]) -> str:
    if task.reviewer_number is not None:
        return names.get((task.manuscript_id, task.reviewer_number), f"Reviewer {task.reviewer_number}")
    author = task.manuscript.corresponding_author
    return author.full_name if author else "The author"
