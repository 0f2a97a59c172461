"""What will go out in the days to come, played through the engine that sends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tracker.db import db
from tracker.domain.letters import StepFate
from tracker.domain.reminders import PersonDay, Step, Topic, letter_of_day, reason_in_words
from tracker.domain.sending_window import CLOSES
from tracker.formats.calendars import working_days
from tracker.mail.languages import language_of
from tracker.mail.letters import About, Occasion, subject_of
from tracker.mail.links import answer_place
from tracker.mail.own_words import OwnWords
from tracker.models import Journal, Task
from tracker.queries.last_letters import last_letter_days
from tracker.queries.owing import Owing, armed_tasks, by_person, owing
from tracker.queries.senders import sender_of

HELD_BECAUSE = {
    "no_address": "no mail address is known",
    "refused_address": "a mail server has refused this address",
    "opted_out": "they have asked for no reminders",
    "by_editor": "an editor holds it back",
    "dry_run": "the journal's reminders are in dry-run",
    "muted": "the manuscript's reminders are muted",
    "answered": "they have answered, and nobody has looked at the answer yet",
    "overtaken": "its day is past, or another letter takes its place",
}
NO_LETTER = "; no letter goes out: "

Parts = Sequence[tuple[Owing, Step]]  # what one letter is about: tasks, the most urgent first, with the step of each


@dataclass(frozen=True)
class PlannedLetter:
    """A letter that will go out, or would: `held` says why not. `also` are further tasks in the same letter.

    `is_edited` says that an editor has put it into other words.
    """

    on: date
    to: str
    role: str
    reference: str
    task: str
    step: int
    reason: str
    subject: str
    held: str = ""
    also: tuple[Mapping[str, Any], ...] = ()
    reviewer: int | None = None  # the number, where it goes to one
    is_edited: bool = False

    def mentions(self, references: Collection[str]) -> bool:
        """Whether the letter is about one of these manuscripts, alone or beside others."""
        return self.reference in references or any(part["reference"] in references for part in self.also)

    @property
    def goes_out(self) -> bool:
        return not self.held

    @property
    def why(self) -> str:
        """Why it is written, whether it goes out or not."""
        return self.reason.partition(NO_LETTER)[0]

    @property
    def why_not(self) -> str:
        """Why it does not go out, in words; empty where it does."""
        return HELD_BECAUSE.get(self.held, "")

    def as_document(self) -> dict[str, Any]:
        """The letter as the command line and other systems see it."""
        return {
            "on": self.on.isoformat(), "to": self.to, "role": self.role, "reference": self.reference, "task": self.task,
            "step": self.step, "reason": self.reason, "subject": self.subject, "held": self.held or None,
            "also": [dict(part) for part in self.also],
        }  # fmt: skip


def occasion(parts: Sequence[tuple[Owing, int]], today: date) -> Occasion:
    """What a letter about these tasks is composed from; `parts` are tasks with the step that is written."""
    first, step = parts[0]
    journal = first.row.manuscript.journal
    steps, wish = journal.policy.letter_steps.get(first.row.kind, ()), first.wishes.get(step)
    return Occasion(
        to_name=first.to.name, journal=journal.title,
        signed_by=sender_of([part.row.manuscript for part, _ in parts]).signed_by, today=today,
        about=[_about(part.row, today) for part, _ in parts],
        is_last=bool(steps) and step == max(steps), language=journal.language, texts=own_texts(journal),
        edited=OwnWords(wish.subject, wish.words) if wish and wish.words else None,
    )  # fmt: skip


def _about(row: Task, today: date) -> About:
    manuscript = row.manuscript
    return About(
        row.kind, manuscript.title, manuscript.reference, row.due_on, link=answer_place(row.manuscript_id, row.key),
        days_here=(today - manuscript.received_on).days if manuscript.received_on else 0,
    )  # fmt: skip


def own_texts(journal: Journal) -> dict[str, OwnWords]:
    """The journal's own words in its language, by kind of letter."""
    code = language_of(journal.language).code
    return {row.kind: OwnWords(row.subject, row.words) for row in journal.letter_texts if row.language == code}


def planned_letters(
    journal_ids: Sequence[int], first: date, last: date, *, now: datetime | None = None
) -> list[PlannedLetter]:
    """The letters that go out from `first` to `last`, both included, if nothing else happens; by day and address.

    The days are played through the engine that sends. Journals in dry-run are shown as if they were live, marked so.
    With `now`, a first day whose sending window has closed already is left out.
    """
    journals = db.session.scalars(select(Journal).where(Journal.id.in_(journal_ids)).order_by(Journal.id))
    letters = [letter for journal in journals for letter in _planned_for(journal, first, last, now)]
    return sorted(letters, key=lambda letter: (letter.on, letter.to, letter.reference, letter.task))


def _planned_for(journal: Journal, first: date, last: date, now: datetime | None) -> list[PlannedLetter]:
    # A letter that is held is looked at again tomorrow, and still owed today.
    tasks = owing(armed_tasks(journal.id, last + timedelta(days=1)))
    return [planned(day, parts) for day, parts in played(journal, tasks, first, last, now=now)]


def played(
    journal: Journal, tasks: Sequence[Owing], first: date, last: date, *, now: datetime | None = None
) -> Iterator[tuple[date, Parts]]:
    """The letters about these tasks of the journal, person by person, each with its day: what the engine does from
    `first` to `last`. Of a person all tasks must be there, since one letter tells of them all.
    """
    local = now.astimezone(ZoneInfo(journal.timezone)) if now else None
    if local is not None and local.date() == first and local.time() >= CLOSES:
        first += timedelta(days=1)
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    people = by_person(tasks)
    last_days = last_letter_days(journal, people)
    for person, theirs in people.items():
        yield from _played(journal, theirs, days, last_days.get(person))


def _played(
    journal: Journal, tasks: Sequence[Owing], days: Sequence[date], last_letter_on: date | None
) -> Iterator[tuple[date, Parts]]:
    rows = {task.topic.key: task for task in tasks}
    topics = {task.topic.key: task.topic for task in tasks}
    is_working_day, policy = working_days(journal.country), journal.policy
    for day in days:
        done = letter_of_day(list(topics.values()), policy, day, is_working_day, last_letter_on=last_letter_on)
        topics = {key: _after(topic, done) for key, topic in topics.items()}
        if done.parts:
            last_letter_on = day
            yield day, [(rows[topic.key], step) for topic, step in done.parts]


def _after(topic: Topic, done: PersonDay) -> Topic:
    decided = done.decided[topic.key]
    written = sum(fate is StepFate.WRITTEN for _, fate in decided)
    taken = topic.taken | {step.days for step, _ in decided}
    return replace(topic, taken=taken, letters=topic.letters + written)


def planned(day: date, parts: Parts) -> PlannedLetter:
    """The letter about these tasks as a list of letters shows it."""
    first, step = parts[0]
    journal = first.row.manuscript.journal
    held = first.to.held or ("" if journal.policy.reminders_live else "dry_run")
    why_not = NO_LETTER + HELD_BECAUSE[held] if held else ""
    return PlannedLetter(
        on=day, to=first.to.email, role=first.to.role, reference=first.row.manuscript.reference, task=first.row.key,
        step=step.days, reason=reason_in_words(first.topic.task, step.days) + why_not,
        subject=subject_of(occasion([(part, taken.days) for part, taken in parts], day)), held=held,
        also=tuple(
            {"reference": part.row.manuscript.reference, "task": part.row.key, "step": taken.days}
            for part, taken in parts[1:]
        ),
        reviewer=first.row.reviewer_number,
        is_edited=bool((wish := first.wishes.get(step.days)) and wish.words),
    )  # fmt: skip
