"""Which open tasks are due for a look, and as much of each as tells whether anything is owed about it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ARRAY, BigInteger, ColumnElement, and_, any_, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import db
from tracker.domain.letters import StepFate
from tracker.models import Manuscript, ReminderStep, Task
from tracker.queries.owing import is_answered


class Glance(NamedTuple):
    """An open task without its people: what it is, its days, its decided steps and the letters it has had."""

    task_id: int
    kind: str
    started_on: date
    due_on: date
    taken: frozenset[int]
    letters: int


def tasks_to_look_at(journal_id: int, until: date) -> list[int]:
    """The ids of the journal's tasks about which a letter may be owed by `until`: no muted ones, no answered ones."""
    due = (
        select(Task.id)
        .join(Manuscript, Manuscript.id == Task.manuscript_id)
        .where(Task.journal_id == journal_id, Task.next_letter_on <= until, Manuscript.is_armed, ~is_answered())
    )
    return sorted(db.session.scalars(due))


def glances(task_ids: Sequence[int], until: date) -> Iterator[Glance]:
    """Those of the tasks that are still due for a look, in two reads."""
    columns = (Task.id, Task.kind, Task.started_on, Task.due_on)
    due = select(*columns).where(among(Task.id, task_ids), Task.next_letter_on <= until)
    rows = db.session.execute(due).all()
    steps = _steps(task_ids)
    for task_id, kind, started_on, due_on in rows:
        past = steps.get(task_id, ())
        taken = frozenset(step for step, under, _ in past if under == due_on)
        letters = sum(fate == StepFate.WRITTEN for _, _, fate in past)
        yield Glance(task_id, kind, started_on, due_on, taken, letters)


def among(column: InstrumentedAttribute[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """The condition that a column is one of many numbers, which travel as one parameter."""
    if db.session().get_bind().dialect.name == "postgresql":
        return column == any_(literal(list(ids), ARRAY(BigInteger)))
    return column.in_(select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value))


def _steps(task_ids: Sequence[int]) -> dict[int, list[tuple[int, date, str]]]:
    about = and_(ReminderStep.manuscript_id == Task.manuscript_id, ReminderStep.task_key == Task.key)
    columns = (Task.id, ReminderStep.step, ReminderStep.task_due_on, ReminderStep.fate)
    found: dict[int, list[tuple[int, date, str]]] = defaultdict(list)
    rows = db.session.execute(select(*columns).join(ReminderStep, about).where(among(Task.id, task_ids)))
    for task_id, step, due_on, fate in rows:
        found[task_id].append((step, due_on, fate))
    return found
