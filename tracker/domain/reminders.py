"""The reminder engine: which letter, if any, is owed today about an open task, and what goes into one letter.

Everything is worked out from the task, its due date and what became of its earlier steps. A step is owed from its
day on (`send_on <= today`), so a pass that runs late catches up; nothing here knows a clock, a database or mail.
The preview plays the days to come through `letter_of_day`, and the planning pass calls it for today: what is shown
is what is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tracker.domain.letters import StepFate
from tracker.domain.policy import Policy
from tracker.domain.sending_window import LONGEST_BREAK_DAYS, IsWorkingDay, rolled_back, rolled_forward
from tracker.domain.tasks import Task

MOST_LETTERS_A_TASK = 3
DAYS_BETWEEN_LETTERS = 3
STALE_AFTER_DAYS = 5


class Step(NamedTuple):
    """One letter of a task's plan: `days` as the policy counts them, and the working day on which it is sent."""

    days: int
    send_on: date


@dataclass(frozen=True)
class Topic:
    """A task as the engine sees it: with what has been written about it.

    `taken` are the steps of this due date that were decided; `letters` counts the automatic letters about the task
    under any due date; `known_since` is the later of its start and the day its present due date was granted;
    `role` is what the person is to the manuscript. `key` is whatever tells topics apart.
    """

    key: str
    task: Task
    role: str
    known_since: date
    taken: frozenset[int] = frozenset()
    letters: int = 0


@dataclass(frozen=True)
class Outlook:
    """What a topic wants on a day: the letter owed, the steps to log as decided, and the next day to look again."""

    owed: Step | None
    given_up: tuple[tuple[Step, StepFate], ...]
    next_on: date | None


@dataclass(frozen=True)
class PersonDay:
    """What is done for one person on one day: one letter about all `parts` (the most urgent first), or none.

    `decided` are the steps to log per topic key; `next_on` says for every topic when to look again, None for never.
    """

    parts: tuple[tuple[Topic, Step], ...]
    decided: Mapping[str, tuple[tuple[Step, StepFate], ...]]
    next_on: Mapping[str, date | None]


def steps_of(task: Task, policy: Policy, is_working_day: IsWorkingDay) -> list[Step]:
    """The steps of a task in the order of sending.

    Steps before the due date move back to a working day, all others forward. An invitation's count from its sending.
    """
    steps = []
    for days in policy.letter_steps.get(task.kind, ()):
        day = _anchor(task) + timedelta(days=days)
        roll = rolled_back if day < task.due_on else rolled_forward
        steps.append(Step(days, roll(day, is_working_day)))
    return sorted(steps, key=lambda step: (step.send_on, step.days))


def first_letter_on(task: Task, policy: Policy) -> date | None:
    """The first day on which a letter about this task could be owed; None for tasks that only a digest shows.

    It is early by as much as a long holiday could move the letter; the planning pass, which knows the holidays,
    then sets the exact day.
    """
    days = [_anchor(task) + timedelta(days=days) for days in policy.letter_steps.get(task.kind, ())]
    earliest = [day - timedelta(days=LONGEST_BREAK_DAYS) if day < task.due_on else day for day in days]
    return min(earliest, default=None)


def _anchor(task: Task) -> date:
    return task.started_on if task.kind == "invitation" else task.due_on


def outlook(topic: Topic, policy: Policy, today: date, is_working_day: IsWorkingDay) -> Outlook:
    """What this topic wants today, other letters to the person left aside.

    Missed steps collapse into the latest; what is more than five days stale is given up, and said to be. A step
    whose day was not after the task's beginning is no reminder, and does not exist.
    """
    steps = [step for step in steps_of(topic.task, policy, is_working_day) if step.send_on > topic.known_since]
    open_steps = [step for step in steps if step.days not in topic.taken]
    if topic.letters >= MOST_LETTERS_A_TASK:
        return Outlook(None, tuple((step, StepFate.CAPPED) for step in open_steps), None)
    passed = [step for step in open_steps if step.send_on <= today]
    fresh = [step for step in passed if (today - step.send_on).days <= STALE_AFTER_DAYS]
    stale = [(step, StepFate.STALE) for step in passed if step not in fresh]
    owed = fresh[-1] if fresh else None
    overtaken = [(step, StepFate.COLLAPSED) for step in fresh[:-1]]
    ahead = [step.send_on for step in open_steps if step.send_on > today]
    return Outlook(owed, (*stale, *overtaken), min(ahead, default=None))


def letter_of_day(
    topics: Sequence[Topic],
    policy: Policy,
    today: date,
    is_working_day: IsWorkingDay,
    *,
    last_letter_on: date | None = None,
) -> PersonDay:
    """The one letter, if any, that a person is owed today about all their topics in one journal.

    Letters to one person are at least three days apart, whatever they are about. What a person owes as an author and
    as a reviewer never stands in one letter: the less urgent waits for its own day.
    """
    outlooks = {topic.key: outlook(topic, policy, today, is_working_day) for topic in topics}
    next_on = {key: seen.next_on for key, seen in outlooks.items()}
    parts = _parts(topics, outlooks) if _may_write(today, last_letter_on, is_working_day) else ()
    written = {topic.key for topic, _ in parts}
    decided = {}
    for key, seen in outlooks.items():
        waits = seen.owed is not None and key not in written
        if waits:
            next_on[key] = _next_chance(today, today if written else last_letter_on, is_working_day)
        given_up = [(step, fate) for step, fate in seen.given_up if not waits or fate is not StepFate.COLLAPSED]
        own = [(seen.owed, StepFate.WRITTEN)] if seen.owed and key in written else []
        decided[key] = (*given_up, *own)
    return PersonDay(parts, decided, next_on)


def _may_write(today: date, last_letter_on: date | None, is_working_day: IsWorkingDay) -> bool:
    return is_working_day(today) and (last_letter_on is None or (today - last_letter_on).days >= DAYS_BETWEEN_LETTERS)


def _parts(topics: Sequence[Topic], outlooks: Mapping[str, Outlook]) -> tuple[tuple[Topic, Step], ...]:
    owed = [(topic, step) for topic in topics if (step := outlooks[topic.key].owed) is not None]
    owed.sort(key=lambda part: (part[0].task.due_on, part[0].key))
    return tuple(part for part in owed if part[0].role == owed[0][0].role)


def _next_chance(today: date, last_letter_on: date | None, is_working_day: IsWorkingDay) -> date:
    earliest = today + timedelta(days=1)
    if last_letter_on is not None:
        earliest = max(earliest, last_letter_on + timedelta(days=DAYS_BETWEEN_LETTERS))
    return rolled_forward(earliest, is_working_day)


def reason_in_words(task: Task, step: int) -> str:
    """Why a letter goes out, for the preview: `7 days before the review is due`, `4 days after the invitation`."""
    days = f"{abs(step)} day{'' if abs(step) == 1 else 's'}"
    what = TASK_WORDS.get(task.kind, task.kind)
    if task.kind == "invitation":
        return f"{days} after the invitation"
    if step == 0:
        return f"on the day {what} is due"
    return f"{days} before {what} is due" if step < 0 else f"{days} after {what} was due"


TASK_WORDS = {
    "invitation": "an answer to the invitation", "review": "the review", "revision": "the revised manuscript",
    "proofs": "the answer to the proofs", "completion": "the completed submission",
}  # fmt: skip
