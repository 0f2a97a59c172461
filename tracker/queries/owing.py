"""Open tasks as the reminder engine sees them, and whom letters about them go to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.events import Event, standing_events
from tracker.domain.letters import OptOutKind, StepFate
from tracker.domain.reminders import Topic
from tracker.domain.tasks import Task as OpenTask
from tracker.domain.words import DATE_CORRECTED, UNDONE, Action, Holder
from tracker.models import (
    Answer,
    Author,
    Journal,
    LedgerEntry,
    Manuscript,
    OptOut,
    RefusedAddress,
    ReminderStep,
    Reviewer,
    StepWish,
    Task,
)
from tracker.queries.conflicts import is_written_to_at


@dataclass(frozen=True)
class Recipient:
    """Whom a letter goes to. `held` is why none can: `no_address`, `refused_address`, `opted_out`, or empty."""

    role: str
    name: str
    email: str
    held: str = ""


@dataclass(frozen=True)
class Owing:
    """A task's row with the engine's view of it, the person who owes it, and what an editor wishes of its steps."""

    row: Task
    topic: Topic
    to: Recipient
    wishes: Mapping[int, StepWish] = field(default_factory=dict)

    @property
    def person(self) -> str:
        """What one person's tasks in a journal have in common; a task whose letters are held stands alone."""
        return f"task {self.row.id}" if self.to.held else address_key(self.to.email)


def armed_tasks(journal_id: int, until: date) -> Select[Task]:
    """Tasks of the journal about which a letter may be owed by `until`.

    Left aside: muted manuscripts, and what its reader has answered and the editor not yet looked at.
    """
    return (
        select(Task)
        .join(Task.manuscript)
        .where(Task.journal_id == journal_id, Task.next_letter_on <= until, Manuscript.is_armed, ~is_answered())
        .order_by(Task.id)
    )


def is_answered() -> ColumnElement[bool]:
    """The condition that a task has an answer that stops its letters until the editor has looked at it."""
    return exists().where(
        Answer.manuscript_id == Task.manuscript_id, Answer.task_key == Task.key,
        Answer.stops_letters, Answer.handled_at.is_(None),
    )  # fmt: skip


def journals_with_letters_due(until: date) -> list[Journal]:
    """Journals that have any task to look at; one read of an index, a glance a journal."""
    due = exists().where(Task.journal_id == Journal.id, Task.next_letter_on <= until)
    return list(db.session.scalars(select(Journal).where(due).order_by(Journal.id)))


def owing(tasks: Select[Task]) -> list[Owing]:
    """The tasks with all that the engine must know of them, in nine reads, however many there are."""
    whole = (
        joinedload(Task.manuscript).joinedload(Manuscript.journal),
        joinedload(Task.manuscript).joinedload(Manuscript.handling_editor),
        joinedload(Task.manuscript).selectinload(Manuscript.authors),
    )
    rows = list(db.session.scalars(tasks.options(*whole)))
    ids = sorted({row.manuscript_id for row in rows})
    steps, known, wishes = _steps(ids), _known_since(ids), _wishes(ids)
    recipients = recipients_of(rows)
    refused = refused_among(to.email for to in recipients.values())
    opted_out = opted_out_of(OptOutKind.REMINDERS, {row.journal_id for row in rows})
    found = []
    for row in rows:
        own = wishes.get((row.manuscript_id, row.key, row.due_on), {})
        to = _held_if_refused(recipients[row.id], refused)
        to = replace(to, held="opted_out") if (row.journal_id, address_key(to.email)) in opted_out else to
        found.append(Owing(row, _topic(row, steps, known, own), to, own))
    return found


def _topic(
    row: Task, steps: Mapping[tuple[int, str], list[ReminderStep]], known: Mapping[Any, date],
    wishes: Mapping[int, StepWish],
) -> Topic:  # fmt: skip
    past = steps.get((row.manuscript_id, row.key), [])
    granted_on = known.get((row.manuscript_id, row.key, row.due_on), row.started_on)
    resumed_on = known.get(row.manuscript_id, row.started_on)
    held = {step for step, wish in wishes.items() if wish.is_held}
    return Topic(
        key=f"{row.manuscript.reference} {row.key}",
        task=open_task(row),
        role=_role(row),
        known_since=max(row.started_on, granted_on, resumed_on),
        taken=frozenset(step.step for step in past if step.task_due_on == row.due_on) | held,
        letters=sum(step.fate == StepFate.WRITTEN for step in past),
    )


def open_task(row: Task) -> OpenTask:
    """The row as the domain's value."""
    return OpenTask(row.key, row.kind, Holder(row.holder), row.round, row.started_on, row.due_on, row.reviewer_number)


def _role(row: Task) -> str:
    return "reviewer" if row.reviewer_number is not None else "author"


def _steps(manuscript_ids: Sequence[int]) -> Mapping[tuple[int, str], list[ReminderStep]]:
    found: dict[tuple[int, str], list[ReminderStep]] = defaultdict(list)
    for part in _slices(manuscript_ids):
        for step in db.session.scalars(select(ReminderStep).where(ReminderStep.manuscript_id.in_(part))):
            found[step.manuscript_id, step.task_key].append(step)
    return found


# After which a task waits anew: what fell on the days before is owed no more.
_SINCE = (Action.EXTENDED, Action.RESUMED, Action.REINSTATED)


def _known_since(manuscript_ids: Sequence[int]) -> dict[Any, date]:
    """By (manuscript, task, due date) the day on which an extended date was granted: a letter before it would have been
    about another date. By manuscript the day on which work on it was taken up again: nobody owed anything till then.
    """
    wanted = (LedgerEntry.action.in_([*map(str, _SINCE), UNDONE, DATE_CORRECTED]),)
    ledgers: dict[int, list[Event]] = defaultdict(list)
    for part in _slices(manuscript_ids):
        entries = select(LedgerEntry).where(LedgerEntry.manuscript_id.in_(part), *wanted)
        for entry in db.session.scalars(entries.order_by(LedgerEntry.position)):
            ledgers[entry.manuscript_id].append(entry.event)
    found: dict[Any, date] = {}
    for manuscript_id, entries_of in ledgers.items():
        for event in standing_events(entries_of):
            details = event.details
            is_extension = event.action == Action.EXTENDED
            key = (manuscript_id, details["task"], date.fromisoformat(details["due_on"])) if is_extension else None
            found[key or manuscript_id] = event.occurred_on
    return found


def _reviewers(manuscript_ids: Sequence[int]) -> dict[tuple[int, int], Reviewer]:
    found = {}
    for part in _slices(manuscript_ids):
        for reviewer in db.session.scalars(select(Reviewer).where(Reviewer.manuscript_id.in_(part))):
            found[reviewer.manuscript_id, reviewer.number] = reviewer
    return found


def _wishes(manuscript_ids: Sequence[int]) -> dict[tuple[int, str, date], dict[int, StepWish]]:
    found: dict[tuple[int, str, date], dict[int, StepWish]] = defaultdict(dict)
    for part in _slices(manuscript_ids):
        for wish in db.session.scalars(select(StepWish).where(StepWish.manuscript_id.in_(part))):
            found[wish.manuscript_id, wish.task_key, wish.task_due_on][wish.step] = wish
    return found


def opted_out_of(kind: OptOutKind, journal_ids: Iterable[int]) -> frozenset[tuple[int, str]]:
    """Journal and address, in small letters, of those who do not want this kind of letter."""
    rows = select(OptOut.journal_id, OptOut.address).where(OptOut.kind == kind, OptOut.journal_id.in_(journal_ids))
    return frozenset((journal_id, address) for journal_id, address in db.session.execute(rows))


def _slices(ids: Sequence[int], size: int = 500) -> list[Sequence[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def recipients_of(rows: Sequence[Task]) -> dict[int, Recipient]:
    """Whom letters about these tasks go to now, by the task's id; their manuscripts come with their authors."""
    reviewers = _reviewers(sorted({row.manuscript_id for row in rows if row.reviewer_number is not None}))
    return {row.id: _recipient(row, reviewers) for row in rows}


def _recipient(row: Task, reviewers: Mapping[tuple[int, int], Reviewer]) -> Recipient:
    if row.reviewer_number is not None:
        reviewer = reviewers.get((row.manuscript_id, row.reviewer_number))
        name, email = (reviewer.name, reviewer.email) if reviewer else ("", "")
    else:
        author = row.manuscript.corresponding_author
        name, email = (author.full_name, author.email) if author else ("", "")
    return Recipient(_role(row), name, email, held="" if email else "no_address")


def _held_if_refused(to: Recipient, refused: frozenset[str]) -> Recipient:
    return replace(to, held="refused_address") if address_key(to.email) in refused else to


def refused_among(emails: Iterable[str]) -> frozenset[str]:
    """Those of the addresses, in small letters, that a mail server has refused for good."""
    wanted = sorted({address_key(email) for email in emails if email})
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found.update(db.session.scalars(select(RefusedAddress.address).where(RefusedAddress.address.in_(part))))
    return frozenset(found)


def manuscripts_of_person(journal_id: int, address: str) -> set[int]:
    """The journal's manuscripts that letters to this address may be about: as an author's, or as a reviewer's."""
    authored = select(Author.manuscript_id).where(is_written_to_at(address))
    reviewed = select(Reviewer.manuscript_id).where(Reviewer.email_key == address_key(address))
    theirs = or_(Manuscript.id.in_(authored), Manuscript.id.in_(reviewed))
    return set(db.session.scalars(select(Manuscript.id).where(theirs, Manuscript.journal_id == journal_id)))


def by_person(found: Iterable[Owing]) -> dict[str, list[Owing]]:
    """Open tasks by the person who owes them, in a fixed order."""
    people: dict[str, list[Owing]] = defaultdict(list)
    for item in found:
        people[item.person].append(item)
    return dict(sorted(people.items()))
