"""What an editor's weekly digest says: what waits on them and for how long, and what has been let lie too long."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.dates import day_in
from tracker.domain.letters import OptOutKind
from tracker.domain.policy import Policy
from tracker.domain.roles import Role
from tracker.domain.words import Holder
from tracker.mail.digests import Line, Section, Topic
from tracker.models import Account, Answer, Journal, Letter, Manuscript, Membership, Task
from tracker.queries.answers import waits
from tracker.queries.conflicts import authored_by
from tracker.queries.outbox import FOR_A_PERSON
from tracker.queries.owing import opted_out_of
from tracker.queries.stuck import what_to_do


@dataclass(frozen=True)
class Digest:
    """What one editor of a journal is told in one week."""

    journal: Journal
    account: Account
    sections: tuple[Section, ...]


def digests_of(journal: Journal, today: date) -> list[Digest]:
    """The digests of the journal's editors; none for those about whom nothing is to be said, or who want none.

    Nobody is told of what they are an author of.
    """
    whole = _Concerns(_tasks(journal), _answers(journal), _undecided_letters(journal))
    closed = {address for _, address in opted_out_of(OptOutKind.DIGESTS, [journal.id])}
    found = []
    for member in _editors(journal):
        is_chief = member.role == Role.CHIEF_EDITOR
        concerns = whole.without(authored_by(member.account, [journal.id]))
        is_theirs = _is_theirs(member.account_id, is_chief)
        sections = _sections(concerns, is_theirs, journal.policy, today, is_chief=is_chief)
        if sections and address_key(member.account.email) not in closed:
            found.append(Digest(journal, member.account, sections))
    return found


@dataclass(frozen=True)
class _Concerns:
    """What there is to tell of a journal."""

    tasks: Sequence[Task]
    answers: Sequence[Answer]
    letters: Sequence[Letter]

    def without(self, manuscript_ids: Collection[int]) -> _Concerns:
        """The same without these manuscripts, and without letters that mention one beside others."""
        return _Concerns(
            [task for task in self.tasks if task.manuscript_id not in manuscript_ids],
            [answer for answer in self.answers if answer.manuscript_id not in manuscript_ids],
            [one for one in self.letters if manuscripts_of(one).isdisjoint(manuscript_ids)],
        )


def manuscripts_of(letter: Letter) -> set[int | None]:
    return {letter.manuscript_id, *(step.manuscript_id for step in letter.steps)}


def _editors(journal: Journal) -> list[Membership]:
    editors = (
        select(Membership)
        .join(Membership.account)
        .options(contains_eager(Membership.account))
        .where(
            Membership.journal_id == journal.id, Membership.role.in_((Role.CHIEF_EDITOR, Role.EDITOR)), Account.active
        )
        .order_by(Membership.account_id)
    )  # fmt: skip
    return list(db.session.scalars(editors))


def _tasks(journal: Journal) -> list[Task]:
    rows = (
        select(Task)
        .join(Task.manuscript)
        .options(contains_eager(Task.manuscript))
        .where(Task.journal_id == journal.id, Manuscript.is_armed)
        .order_by(Task.due_on, Task.id)
    )
    return list(db.session.scalars(rows))


def _answers(journal: Journal) -> list[Answer]:
    rows = (
        select(Answer)
        .join(Answer.manuscript)
        .options(contains_eager(Answer.manuscript))
        .where(Answer.journal_id == journal.id, waits())
        .order_by(Answer.answered_at, Answer.id)
    )
    return list(db.session.scalars(rows))


def _undecided_letters(journal: Journal) -> list[Letter]:
    rows = (
        select(Letter)
        .join(Letter.manuscript)
        .options(contains_eager(Letter.manuscript), selectinload(Letter.steps))
        .where(Letter.journal_id == journal.id, Letter.state.in_(FOR_A_PERSON))
        .order_by(Letter.queued_at, Letter.id)
    )
    return list(db.session.scalars(rows))


def _is_theirs(account_id: int, is_chief: bool) -> Callable[[Manuscript], bool]:
    """Whether a manuscript is looked after by this person; what nobody handles is the chief editor's."""
    return lambda one: one.handling_editor_id == account_id or (is_chief and one.handling_editor_id is None)


def _sections(
    concerns: _Concerns, is_theirs: Callable[[Manuscript], bool], policy: Policy, today: date, *, is_chief: bool
) -> tuple[Section, ...]:
    mine = [task for task in concerns.tasks if is_theirs(task.manuscript)]
    waiting = [_line(task, today) for task in mine if task.holder in _EDITORIAL]
    told = [_answered(answer, today) for answer in concerns.answers if is_theirs(answer.manuscript)]
    letters = [_undecided(one, today) for one in concerns.letters if one.manuscript and is_theirs(one.manuscript)]
    stuck = [_line(task, today) for task in mine if what_to_do(task, policy, today)]
    found = [
        Section(Topic.WAITING, tuple(waiting)), Section(Topic.ANSWERS, tuple(told)),
        Section(Topic.RETURNED, tuple(letters)), Section(Topic.STUCK, tuple(stuck)),
    ]  # fmt: skip
    if is_chief:
        bounds = sorted(policy.escalation_days, reverse=True)
        found += [
            Section(Topic.ESCALATED, _escalated(concerns.tasks, mine, today, days, below), days)
            for days, below in zip(bounds, [None, *bounds], strict=False)
        ]
    return tuple(section for section in found if section.lines)


_EDITORIAL = (Holder.EDITOR, Holder.PRODUCTION)


def _escalated(
    tasks: Sequence[Task], mine: Sequence[Task], today: date, days: int, below: int | None
) -> tuple[Line, ...]:
    """Other editors' tasks that are late by more than `days`, and by no more than `below`."""
    others = [task for task in tasks if task.holder in _EDITORIAL and task not in mine]
    late = [task for task in others if (today - task.due_on).days > days]
    return tuple(_line(task, today) for task in late if below is None or (today - task.due_on).days <= below)


def _line(task: Task, today: date) -> Line:
    late, held = (today - task.due_on).days, (today - task.started_on).days
    return Line(task.manuscript.reference, task.manuscript.title, task.kind, held, late=late)


def _answered(answer: Answer, today: date) -> Line:
    manuscript, days = answer.manuscript, (today - day_in(answer.answered_at, answer.manuscript.journal.timezone)).days
    return Line(manuscript.reference, manuscript.title, answer.kind, days, name=answer.name)


def _undecided(letter: Letter, today: date) -> Line:
    manuscript = letter.manuscript
    assert manuscript is not None, "they were joined"
    days = (today - day_in(letter.queued_at, manuscript.journal.timezone)).days
    return Line(manuscript.reference, manuscript.title, letter.state, days, name=letter.to_name or letter.to_email)
