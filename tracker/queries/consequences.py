"""What other numbers would do: the letters that would have gone out, and those that would go out now.

The past is played again from the ledgers, day by day, through the engine that sends. Due dates that were given by the
journal's old numbers are counted anew with the new ones; those that a person typed stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.due_days import due_after
from tracker.domain.events import Event, standing_events
from tracker.domain.letters import StepFate
from tracker.domain.policy import Policy
from tracker.domain.reminders import MOST_LETTERS_A_TASK, Topic, letter_of_day, steps_of
from tracker.domain.sending_window import IsWorkingDay
from tracker.domain.standing import fold_events
from tracker.domain.tasks import Task, open_tasks
from tracker.domain.words import Action
from tracker.formats.calendars import working_days
from tracker.models import Journal, LedgerEntry, Manuscript, Reviewer
from tracker.queries.conflicts import not_among

WARM_UP_DAYS = 10
MOST_MANUSCRIPTS = 2_000
DUE_RULES = {Action.AGREED: "review", Action.INVITED: "invitation", Action.RETURNED: "completion"}


@dataclass
class _Played:
    """What has been written so far: by topic the steps taken and the letters, by person the day of the last one."""

    taken: dict[str, frozenset[int]] = field(default_factory=dict)
    letters: dict[str, int] = field(default_factory=dict)
    last_on: dict[str, date] = field(default_factory=dict)


def letters_in_the_past(
    journal: Journal, policy: Policy, first: date, last: date, *, hidden: Sequence[int] = ()
) -> int:
    """How many letters would have gone out from `first` to `last` with these numbers, both days included.

    Those about what is `hidden` are not counted.
    """
    histories = list(_histories(journal, policy, first, hidden))
    is_working_day, played, count = working_days(journal.country), _Played(), 0
    start = first - timedelta(days=WARM_UP_DAYS)
    for offset in range((last - start).days + 1):
        day = start + timedelta(days=offset)
        written = _play_day(histories, policy, day, is_working_day, played)
        count += written if day >= first else 0
    return count


@dataclass
class _History:
    """One manuscript: its events in force, whom its tasks are owed by, and the tasks as they were last asked for."""

    reference: str
    events: list[Event]
    people: Mapping[int, str]
    seen: int = -1
    tasks: list[Task] = field(default_factory=list)

    def tasks_on(self, day: date, policy: Policy) -> list[Task]:
        """What was owed at the end of the day, folded anew only where something had happened."""
        events = [event for event in self.events if event.occurred_on <= day]
        if len(events) != self.seen:
            self.seen, self.tasks = len(events), open_tasks(fold_events(events), policy) if events else []
        return self.tasks


def _histories(journal: Journal, policy: Policy, first: date, hidden: Sequence[int]) -> Iterator[_History]:
    concerned = (
        select(Manuscript)
        .where(
            Manuscript.journal_id == journal.id, Manuscript.is_armed, Manuscript.state.is_not(None),
            or_(Manuscript.closed_on.is_(None), Manuscript.closed_on >= first), *not_among(hidden),
        )
        .options(selectinload(Manuscript.authors))
        .order_by(Manuscript.id.desc())
        .limit(MOST_MANUSCRIPTS)
    )  # fmt: skip
    rows = list(db.session.scalars(concerned))
    ids = [row.id for row in rows]
    ledgers, people = _ledgers(ids), _people(rows)
    for row in rows:
        events = [_counted_anew(event, journal, policy) for event in standing_events(ledgers[row.id])]
        yield _History(row.reference, events, people[row.id])


def _ledgers(ids: Sequence[int]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    entries = select(LedgerEntry).where(LedgerEntry.manuscript_id.in_(ids)).order_by(LedgerEntry.position)
    for entry in db.session.scalars(entries):
        found[entry.manuscript_id].append(entry.event)
    return found


def _people(rows: Sequence[Manuscript]) -> dict[int, dict[int, str]]:
    """By manuscript: the addresses of its reviewers by number, and of its author under 0."""
    found: dict[int, dict[int, str]] = {
        row.id: {0: address_key(author.email)} if (author := row.corresponding_author) else {} for row in rows
    }
    reviewers = select(Reviewer).where(Reviewer.manuscript_id.in_(found), Reviewer.email != "")
    for reviewer in db.session.scalars(reviewers):
        found[reviewer.manuscript_id][reviewer.number] = address_key(reviewer.email)
    return found


def _counted_anew(event: Event, journal: Journal, new: Policy) -> Event:
    """The event with the due date that the new numbers give, where the journal's own numbers gave it."""
    details, is_working_day = event.details, working_days(journal.country)
    rule = DUE_RULES.get(Action(event.action)) if event.action in DUE_RULES else None
    if event.action == Action.REVISION_REQUESTED:
        rule = f"revision_{details.get('kind') or 'minor'}"
    if details.get("kind") == "proofs_with_author":
        rule = "proofs"
    if rule is None:
        return event
    given = due_after(rule, event.occurred_on, journal.policy, is_working_day)
    if details.get("due_on") != given.isoformat():
        return event
    due_on = due_after(rule, event.occurred_on, new, is_working_day)
    return replace(event, details={**details, "due_on": due_on.isoformat()})


def _play_day(
    histories: Sequence[_History], policy: Policy, day: date, is_working_day: IsWorkingDay, played: _Played
) -> int:
    """Write the letters of one day; gives how many."""
    if not is_working_day(day):
        return 0
    people: dict[str, list[Topic]] = defaultdict(list)
    for history in histories:
        for task in history.tasks_on(day, policy):
            person = history.people.get(task.reviewer or 0)
            if person and task.kind in policy.letter_steps:
                people[person].append(_topic(history, task, policy, day, is_working_day, played))
    return sum(_letter(person, topics, policy, day, is_working_day, played) for person, topics in people.items())


def _topic(
    history: _History, task: Task, policy: Policy, day: date, is_working_day: IsWorkingDay, played: _Played
) -> Topic:
    key = f"{history.reference} {task.key} {task.due_on}"
    if key not in played.taken:
        past = [step for step in steps_of(task, policy, is_working_day) if step.send_on < day]
        before = [step for step in past if step.send_on > task.started_on]
        played.taken[key] = frozenset(step.days for step in past)
        played.letters[key] = min(len(before), MOST_LETTERS_A_TASK)
    role = "author" if task.reviewer is None else "reviewer"
    return Topic(key, task, role, task.started_on, played.taken[key], played.letters[key])


def _letter(
    person: str, topics: Sequence[Topic], policy: Policy, day: date, is_working_day: IsWorkingDay, played: _Played
) -> int:
    done = letter_of_day(topics, policy, day, is_working_day, last_letter_on=played.last_on.get(person))
    for topic in topics:
        decided = done.decided[topic.key]
        played.taken[topic.key] |= {step.days for step, _ in decided}
        played.letters[topic.key] += sum(fate is StepFate.WRITTEN for _, fate in decided)
    if done.parts:
        played.last_on[person] = day
    return 1 if done.parts else 0
