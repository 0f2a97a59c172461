"""Queueing the letters that are owed: the row of the letter and the rows of its steps, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from tracker.db import db
from tracker.domain.letters import StepFate
from tracker.domain.reminders import PersonDay, Step, first_letter_on, letter_of_day, reason_in_words
from tracker.formats.calendars import working_days
from tracker.mail.letters import compose
from tracker.models import Journal, Letter, Manuscript, ReminderStep, Task
from tracker.queries.last_letters import last_letter_days
from tracker.queries.owing import (
    Owing,
    by_person,
    is_answered,
    manuscripts_of_person,
    open_task,
    owing,
)
from tracker.queries.reminders import occasion
from tracker.queries.senders import Sender, sender_of
from tracker.services.letters import queue_letter
from tracker.services.schedule import insert_all_once


@dataclass(frozen=True)
class Planned:
    """What a planning pass did: tasks looked at, letters queued, steps given up."""

    looked_at: int = 0
    queued: int = 0
    given_up: int = 0

    def __add__(self, other: Planned) -> Planned:
        return Planned(self.looked_at + other.looked_at, self.queued + other.queued, self.given_up + other.given_up)


def queue_due_letters(
    journal: Journal, task_ids: Sequence[int], *, now: datetime, today: date, base_url: str
) -> Planned:
    """Queue what is owed today about these tasks, and set for each the day to look at it again.

    All open tasks of a person that are due for a look must come together, so that they make one letter. The tasks
    are locked and looked at afresh: what another process has planned, or a person completed, is left alone.
    """
    found = _locked(task_ids, today)
    people = by_person(found)
    last_days = last_letter_days(journal, people)
    is_working_day = working_days(journal.country)
    writing = _Writing(now, today, base_url)
    for person, tasks in people.items():
        topics = [task.topic for task in tasks]
        day = letter_of_day(topics, journal.policy, today, is_working_day, last_letter_on=last_days.get(person))
        held = bool(tasks[0].to.held)
        writing.add(day, tasks, held=held)
        _set_next(day, tasks, today, held=held)
    queued, given_up = writing.carry_out()
    return Planned(len(found), queued, given_up)


def _locked(task_ids: Sequence[int], today: date) -> list[Owing]:
    session = db.session()
    theirs = select(Task.manuscript_id).where(Task.id.in_(task_ids))
    # Manuscripts first, as recording a step does: two transactions must not wait for each other's rows.
    session.execute(
        select(Manuscript.id).where(Manuscript.id.in_(theirs)).order_by(Manuscript.id)
        .with_for_update(read=True, key_share=True)
    )  # fmt: skip
    due = select(Task.id).where(Task.id.in_(task_ids), Task.next_letter_on <= today).order_by(Task.id)
    ids = list(session.scalars(due.with_for_update()))
    armed = select(Task).join(Task.manuscript).where(Task.id.in_(ids), Manuscript.is_armed, ~is_answered())
    return owing(armed.order_by(Task.id))


Taken = tuple[Owing, Step]
StepKey = tuple[Any, ...]


class _Writing:
    """The letters and decided steps of many people, written together: four statements, however many there are."""

    def __init__(self, now: datetime, today: date, base_url: str) -> None:
        self.now, self.today, self.base_url = now, today, base_url
        self.letters: list[list[Taken]] = []
        self.given_up: list[tuple[Owing, Step, StepFate]] = []

    def add(self, day: PersonDay, tasks: Sequence[Owing], *, held: bool) -> None:
        """Note what is owed to one person. While letters are held, only what has become too old is given up."""
        fates = {StepFate.STALE, StepFate.CAPPED} if held else {StepFate.STALE, StepFate.CAPPED, StepFate.COLLAPSED}
        for task in tasks:
            decided = day.decided[task.topic.key]
            self.given_up += [(task, step, fate) for step, fate in decided if fate in fates]
        if day.parts and not held:
            rows = {task.topic.key: task for task in tasks}
            self.letters.append([(rows[topic.key], step) for topic, step in day.parts])

    def carry_out(self) -> tuple[int, int]:
        """Write it all; gives how many letters were written and how many steps given up.

        A step that has its row already is left out: whoever wrote that row has written the letter.
        """
        written = [(task, step, StepFate.WRITTEN) for parts in self.letters for task, step in parts]
        ours = self._logged(written)
        mine = [[part for part in parts if _key(*part) in ours] for parts in self.letters]
        with db.session.no_autoflush:  # what is read in composing must not write each letter by itself
            letters = [(_queue(parts, self.now, self.today, self.base_url), parts) for parts in mine if parts]
        db.session.flush()
        about = [{"id": ours[_key(*part)], "letter_id": letter.id} for letter, parts in letters for part in parts]
        if about:
            db.session.execute(update(ReminderStep), about)
        return len(letters), len(self._logged(self.given_up))

    def _logged(self, steps: Sequence[tuple[Owing, Step, StepFate]]) -> dict[StepKey, int]:
        """Insert a row a step; gives the ids of those that are new."""
        rows = [
            dict(zip(STEP_KEY, _key(task, step), strict=True), fate=str(fate), decided_on=self.today)
            for task, step, fate in steps
        ]
        columns = (ReminderStep.id, *(getattr(ReminderStep, name) for name in STEP_KEY))
        new = insert_all_once(ReminderStep, rows, columns)
        return {tuple(row[1:]): row[0] for row in new}


STEP_KEY = ("manuscript_id", "task_key", "step", "task_due_on")


def _key(task: Owing, step: Step) -> StepKey:
    return task.row.manuscript_id, task.row.key, step.days, task.row.due_on


def _queue(parts: Sequence[Taken], now: datetime, today: date, base_url: str) -> Letter:
    first, step = parts[0]
    sender = _sender(task for task, _ in parts)
    return queue_letter(
        compose(occasion([(task, taken.days) for task, taken in parts], today)), journal_id=first.row.journal_id,
        manuscript=first.row.manuscript, task_key=first.row.key, task_due_on=first.row.due_on, step=step.days,
        reason=reason_in_words(first.topic.task, step.days), role=first.to.role, to_name=first.to.name,
        to_email=first.to.email, from_name=sender.from_name, reply_to=sender.reply_to, now=now, base_url=base_url,
    )  # fmt: skip


def _sender(tasks: Iterable[Owing]) -> Sender:
    return sender_of([task.row.manuscript for task in tasks])


def _set_next(day: PersonDay, tasks: Sequence[Owing], today: date, *, held: bool) -> None:
    """Set the day to look again. It always lies ahead, so that a pass comes to its end."""
    written = {topic.key for topic, _ in day.parts}
    for task in tasks:
        next_on = day.next_on[task.topic.key]
        if held and task.topic.key in written:
            next_on = today + timedelta(days=1)
        assert next_on is None or next_on > today, "the next look lies ahead"
        task.row.next_letter_on = next_on
    db.session.flush()


def rewrite(letter: Letter, tasks: Mapping[int, Task], today: date) -> None:
    """Compose the letter anew about those of its steps whose tasks (by step id) are still open, on another day.

    The key, the wording and the sender follow; uid, Message-ID, thread and recipient stay.
    """
    steps = [step for step in letter.steps if step.id in tasks]
    found = {item.row.id: item for item in owing(select(Task).where(Task.id.in_([task.id for task in tasks.values()])))}
    parts = [(found[tasks[step.id].id], step.step) for step in steps]
    parts.sort(key=lambda part: (part[0].row.due_on, part[0].topic.key))
    first, days = parts[0]
    words, sender = compose(occasion(parts, today)), _sender(task for task, _ in parts)
    letter.manuscript_id, letter.task_key, letter.task_due_on = first.row.manuscript_id, first.row.key, first.row.due_on
    letter.step, letter.reason = days, reason_in_words(first.topic.task, days)
    letter.from_name, letter.reply_to = sender.from_name, sender.reply_to
    letter.subject, letter.text_body, letter.html_body = words.subject, words.text, words.html
    for step in steps:
        step.decided_on = today


def replan(journal: Journal) -> None:
    """Look at every open task of the journal again: after its reminder steps, country or due days were changed."""
    for row in db.session.scalars(select(Task).where(Task.journal_id == journal.id)):
        row.next_letter_on = first_letter_on(open_task(row), journal.policy)


def look_again(manuscript_ids: Iterable[int]) -> None:
    """Look at every open task of these manuscripts again: after an address was changed, since the days between
    letters count for each person.
    """
    found = select(Task).join(Task.manuscript).where(Task.manuscript_id.in_(list(manuscript_ids)))
    for row in db.session.scalars(found):
        row.next_letter_on = first_letter_on(open_task(row), row.manuscript.journal.policy)


def look_again_at_person(letter: Letter) -> None:
    """Look again at every open task of whom the letter was for: it will not leave, and was counted to the days between
    their letters.
    """
    if letter.journal_id is not None:
        look_again(manuscripts_of_person(letter.journal_id, letter.to_key))


def write_now(parts: Sequence[Taken], *, now: datetime, today: date, base_url: str) -> int:
    """Write the letter about these steps at once, before their day; gives 0 where somebody has written it already."""
    writing = _Writing(now, today, base_url)
    writing.letters.append(list(parts))
    return writing.carry_out()[0]


def skip_step(task: Owing, step: Step, *, today: date) -> bool:
    """Leave the step out for good; False where it was decided already."""
    writing = _Writing(datetime.min, today, "")  # noqa: DTZ901  no letter is written
    writing.given_up.append((task, step, StepFate.SKIPPED))
    return writing.carry_out()[1] == 1
