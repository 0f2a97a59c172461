"""One letter to come, as an editor decides about it: its task, its step, and what was decided so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain.errors import Refused
from tracker.domain.reminders import Step, steps_of
from tracker.formats.calendars import working_days
from tracker.mail.letters import Composed, Occasion, compose
from tracker.models import Journal, Manuscript, ReminderStep, StepWish, Task
from tracker.queries.conflicts import not_among
from tracker.queries.owing import Owing, Recipient, armed_tasks, is_answered, manuscripts_of_person, owing
from tracker.queries.reminders import HELD_BECAUSE, Parts, PlannedLetter, occasion, planned, planned_letters, played
from tracker.queries.senders import Sender, sender_of

PUT_OFF = timedelta(days=30)  # as long as other letters to the same person can put one off, and longer
LOOK_AHEAD = timedelta(days=120)


class NothingToCome(Refused):
    """There is no such letter to come."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no such letter to come about {reference}: it was done, moved or decided.")


@dataclass(frozen=True)
class Upcoming:
    """A step of an open task, with the wish there may be about it."""

    task: Owing
    step: Step

    @property
    def wish(self) -> StepWish | None:
        return self.task.wishes.get(self.step.days)

    @property
    def is_held(self) -> bool:
        return self.wish is not None and self.wish.is_held

    def is_among(self, parts: Parts) -> bool:
        """Whether this is one of the steps that a letter is about."""
        return any((task.row.id, step.days) == (self.task.row.id, self.step.days) for task, step in parts)


def upcoming(manuscript: Manuscript, task_key: str, days: int) -> Upcoming:
    """The step of an open task of the manuscript. Raises Refused when it is no longer owed, or was decided."""
    wanted = select(Task).where(Task.manuscript_id == manuscript.id, Task.key == task_key)
    found = owing(wanted)
    step = next((step for step in _steps(found[0]) if step.days == days), None) if found else None
    if step is None or _is_decided(found[0].row, days):
        raise NothingToCome(manuscript.reference)
    return Upcoming(found[0], step)


def _steps(task: Owing) -> list[Step]:
    journal = task.row.manuscript.journal
    is_working_day = working_days(journal.country)
    return steps_of(task.topic.task, journal.policy, is_working_day)


def _is_decided(row: Task, days: int) -> bool:
    decided = select(ReminderStep.id).where(
        ReminderStep.manuscript_id == row.manuscript_id, ReminderStep.task_key == row.key,
        ReminderStep.step == days, ReminderStep.task_due_on == row.due_on,
    )  # fmt: skip
    return db.session.scalar(decided) is not None


@dataclass(frozen=True)
class WholeLetter:
    """A letter to come as its reader will have it, but that the links only they have are place-holders still.

    `planned` is what a list shows of it, with the day and why it does not go out, if so.
    """

    planned: PlannedLetter
    to: Recipient
    sender: Sender
    occasion: Occasion

    @property
    def words(self) -> Composed:
        return compose(self.occasion)


def whole_letter(letter: Upcoming, today: date, *, now: datetime) -> WholeLetter:
    """The letter that this step goes out in, with all else that it is about, if nothing else happens.

    Where none will go, the letter that it would be.
    """
    day, parts, held = _as_it_goes(letter, today, now)
    shown = planned(day, parts)
    return WholeLetter(
        replace(shown, held=held or shown.held), letter.task.to, sender_of([task.row.manuscript for task, _ in parts]),
        occasion([(task, step.days) for task, step in parts], day),
    )  # fmt: skip


def _as_it_goes(letter: Upcoming, today: date, now: datetime) -> tuple[date, Parts, str]:
    """The day, what the letter is about, and why it does not go out where that is this letter's own matter."""
    alone, day = [(letter.task, letter.step)], max(today, letter.step.send_on)
    if letter.is_held:
        return letter.step.send_on, alone, "by_editor"
    for on, parts in _played_with([letter.task], today, day + PUT_OFF, now):
        if letter.is_among(parts):
            return on, parts, ""
    return day, alone, _why_none(letter.task)


def _played_with(tasks: Sequence[Owing], first: date, last: date, now: datetime) -> Iterator[tuple[date, Parts]]:
    """The letters to those who owe these tasks of one journal, about all that they owe in it."""
    journal, people = tasks[0].row.manuscript.journal, {task.person for task in tasks}
    works = {task.row.manuscript_id for task in tasks}
    for address in sorted({task.to.email for task in tasks if not task.to.held}):
        works |= manuscripts_of_person(journal.id, address)
    theirs = owing(armed_tasks(journal.id, last + timedelta(days=1)).where(Task.manuscript_id.in_(works)))
    return played(journal, [task for task in theirs if task.person in people], first, last, now=now)


@dataclass(frozen=True)
class NextLetter:
    """What goes out next about an open task; without a letter, `why_none` says why."""

    task: Owing
    letter: PlannedLetter | None
    why_none: str = ""

    @property
    def is_held_back(self) -> bool:
        """Whether an editor holds back one that would have gone before."""
        return any(wish.is_held for wish in self.task.wishes.values())


def next_letters(manuscript: Manuscript, today: date, *, now: datetime) -> list[NextLetter]:
    """What goes out next about each task of the manuscript about which letters are left, the soonest due first."""
    wanted = select(Task).where(Task.manuscript_id == manuscript.id, Task.next_letter_on.is_not(None))
    tasks = owing(wanted.order_by(Task.due_on, Task.id))
    found: dict[int, PlannedLetter] = {}
    for day, parts in _played_with(tasks, today, today + LOOK_AHEAD, now) if tasks else ():
        for task, _ in parts:
            if task.row.id not in found:
                found[task.row.id] = planned(day, parts)
    return [
        NextLetter(task, letter, "" if letter else HELD_BECAUSE[_why_none(task)])
        for task in tasks
        for letter in [found.get(task.row.id)]
    ]


def _why_none(task: Owing) -> str:
    """Why the engine plans no letter about a task, or not the one that is asked for: a key of HELD_BECAUSE."""
    if not task.row.manuscript.is_armed:
        return "muted"
    answered = select(Task.id).where(Task.id == task.row.id, is_answered())
    return "answered" if db.session.scalar(answered) is not None else "overtaken"


def held_letters(journal_ids: Sequence[int], until: date) -> list[PlannedLetter]:
    """The letters that editors hold back and that would go out by `until`, the first first."""
    held = (
        select(Task)
        .join(StepWish, (StepWish.manuscript_id == Task.manuscript_id) & (StepWish.task_key == Task.key))
        .where(StepWish.is_held, StepWish.task_due_on == Task.due_on, Task.journal_id.in_(journal_ids))
        .distinct()
    )
    letters = [
        replace(planned(step.send_on, [(task, step)]), held="by_editor")
        for task in owing(held)
        for step in _steps(task)
        if step.send_on <= until and (wish := task.wishes.get(step.days)) and wish.is_held
        if not _is_decided(task.row, step.days)
    ]
    return sorted(letters, key=lambda letter: (letter.on, letter.to, letter.reference))


def muted_manuscripts(journals: Sequence[Journal], *, hidden: Sequence[int] = ()) -> int:
    """How many open manuscripts of these journals have no automatic letters."""
    muted = select(Manuscript.id).where(
        Manuscript.journal_id.in_([journal.id for journal in journals]),
        Manuscript.is_armed.is_(False), Manuscript.waiting_on != "nobody", *not_among(hidden),
    )  # fmt: skip
    return len(list(db.session.scalars(muted)))


def letters_to_come(
    journal_ids: Sequence[int], first: date, last: date, *, now: datetime | None = None
) -> list[PlannedLetter]:
    """What goes out from `first` to `last`, and what would if no editor held it back, by day."""
    letters = [*planned_letters(journal_ids, first, last, now=now), *held_letters(journal_ids, last)]
    return sorted(letters, key=lambda letter: (letter.on, letter.to, letter.reference, letter.task))


@dataclass(frozen=True)
class Preview:
    """The letters that go out in some days, both included."""

    first: date
    last: date
    letters: list[PlannedLetter]

    def without(self, references: Collection[str]) -> Preview:
        """The same without the letters that mention these manuscripts."""
        return replace(self, letters=[letter for letter in self.letters if not letter.mentions(references)])

    def as_document(self) -> dict[str, Any]:
        """The preview as the command line and other systems see it."""
        return {
            "from": self.first.isoformat(), "to": self.last.isoformat(),
            "letters": [letter.as_document() for letter in self.letters],
        }  # fmt: skip


def preview_of(journals: Sequence[Journal], days: int, *, now: datetime, today_of: Callable[[str], date]) -> Preview:
    """What goes out from today on for so many days; 0: what is owed today, whether its hour has passed or not.

    Each journal's days are its own: somewhere it is tomorrow already.
    """
    spans, letters = list[tuple[date, date]](), list[PlannedLetter]()
    for journal in journals:
        first = today_of(journal.timezone)
        spans.append((first, first + timedelta(days=days)))
        letters += letters_to_come([journal.id], *spans[-1], now=now if days else None)
    letters.sort(key=lambda letter: (letter.on, letter.to, letter.reference, letter.task))
    today = today_of("UTC")
    earliest = min((first for first, _ in spans), default=today)
    return Preview(earliest, max((last for _, last in spans), default=today + timedelta(days=days)), letters)
