"""Answers to letters that wait for an editor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, select

from tracker.db import db
from tracker.domain.due_days import due_after
from tracker.formats.calendars import working_days
from tracker.models import Answer, Manuscript, Task


def waits() -> ColumnElement[bool]:
    """The condition that an answer waits: nobody has looked at it, and what it stopped is not settled otherwise.

    A letter was about something owed: as soon as that is done, an answer about it has nothing more to say. Should it be
    owed again, since the step was undone, the answer is there again.
    """
    is_owed = exists().where(Task.manuscript_id == Answer.manuscript_id, Task.key == Answer.task_key).correlate(Answer)
    return Answer.handled_at.is_(None) & (~Answer.stops_letters | is_owed)


def open_answers(journal_ids: Sequence[int]) -> list[Answer]:
    """Answers to letters that wait for an editor, the oldest first."""
    waiting = select(Answer).where(Answer.journal_id.in_(journal_ids), waits())
    return list(db.session.scalars(waiting.order_by(Answer.answered_at, Answer.id)).unique())


def tasks_and_answers_of(manuscript: Manuscript) -> tuple[list[Task], list[Answer]]:
    """What is owed on this manuscript, the soonest due first, and the answers about it that wait: in one query."""
    pairs = (
        select(Task, Answer)
        .select_from(Manuscript)
        .outerjoin(Task, Task.manuscript_id == Manuscript.id)
        .outerjoin(Answer, and_(Answer.manuscript_id == Manuscript.id, waits()))
        .where(Manuscript.id == manuscript.id)
        .order_by(Task.due_on, Task.id, Answer.answered_at, Answer.id)
    )
    found = db.session.execute(pairs).all()
    tasks, answers = dict.fromkeys(task for task, _ in found if task), dict.fromkeys(one for _, one in found if one)
    return list(tasks), list(answers)


def review_due_on(manuscript_id: int, reviewer_number: int | None) -> date | None:
    """The day on which this reviewer's review is due; None where they owe none."""
    theirs = (Task.manuscript_id == manuscript_id, Task.reviewer_number == reviewer_number, Task.kind == "review")
    return db.session.scalar(select(Task.due_on).where(*theirs))


def review_would_be_due(manuscript: Manuscript, today: date) -> date:
    """By when the review is due of whoever agrees today to an invitation."""
    journal = manuscript.journal
    return due_after("review", today, journal.policy, working_days(journal.country))
