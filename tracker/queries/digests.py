"""What an editor's weekly digest says: what waits on them and for how long, and what has been let lie too long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tracker.db import db
from tracker.domain.letters import OptOutKind
from tracker.domain.policy import Policy
from tracker.domain.roles import Role
from tracker.domain.words import Holder, spoken
from tracker.models import Account, Answer, Journal, Manuscript, Membership, Task
from tracker.queries.conflicts import authored_by
from tracker.queries.owing import opted_out_of
from tracker.queries.stuck import what_to_do


@dataclass(frozen=True)
class Line:
    """One manuscript: what is to be done, and how late it is."""

    reference: str
    title: str
    what: str
    days: str


@dataclass(frozen=True)
class Section:
    """A heading and its manuscripts."""

    heading: str
    lines: tuple[Line, ...]


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
    tasks, answers, members = _tasks(journal), _answers(journal), _editors(journal)
    closed = {address for _, address in opted_out_of(OptOutKind.DIGESTS, [journal.id])}
    found = []
    for member in members:
        is_chief = member.role == Role.CHIEF_EDITOR
        own = authored_by(member.account, [journal.id])
        seen = [task for task in tasks if task.manuscript_id not in own]
        told = [answer for answer in answers if answer.manuscript_id not in own]
        is_theirs = _is_theirs(member.account_id, is_chief)
        sections = _sections(seen, told, is_theirs, journal.policy, today, is_chief=is_chief)
        if sections and member.account.email.casefold() not in closed:
            found.append(Digest(journal, member.account, sections))
    return found


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
        .where(Answer.journal_id == journal.id, Answer.handled_at.is_(None))
        .order_by(Answer.answered_at, Answer.id)
    )
    return list(db.session.scalars(rows))


def _is_theirs(account_id: int, is_chief: bool) -> Callable[[Manuscript], bool]:
    """Whether a manuscript is looked after by this person; what nobody handles is the chief editor's."""
    return lambda one: one.handling_editor_id == account_id or (is_chief and one.handling_editor_id is None)


def _sections(
    tasks: Sequence[Task], answers: Sequence[Answer], is_theirs: Callable[[Manuscript], bool], policy: Policy,
    today: date, *, is_chief: bool,
) -> tuple[Section, ...]:  # fmt: skip
    mine = [task for task in tasks if is_theirs(task.manuscript)]
    waiting = tuple(_line(task, spoken(task.kind), today) for task in mine if task.holder in _EDITORIAL)
    stuck = tuple(
        _line(task, f"{spoken(task.kind)}: {words}", today)
        for task in mine
        if (words := what_to_do(task, policy, today))
    )
    told = tuple(_answered(answer, today) for answer in answers if is_theirs(answer.manuscript))
    found = [Section("Waiting on you", waiting), Section("Answers to look at", told), Section("To be unstuck", stuck)]
    if is_chief:
        bounds = sorted(policy.escalation_days, reverse=True)
        found += [
            Section(f"Escalated: more than {days} days late", _escalated(tasks, mine, today, days, below))
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
    return tuple(
        _line(task, spoken(task.kind), today) for task in late if below is None or (today - task.due_on).days <= below
    )


def _line(task: Task, what: str, today: date) -> Line:
    late, held = (today - task.due_on).days, (today - task.started_on).days
    since = f"for {held} day{'' if held == 1 else 's'}"
    word = f", {late} day{'' if late == 1 else 's'} late" if late > 0 else ""
    return Line(task.manuscript.reference, task.manuscript.title, what, since + word)


def _answered(answer: Answer, today: date) -> Line:
    days = (today - answer.answered_at.date()).days
    what = f"{answer.name}: {spoken(answer.kind)}"
    return Line(
        answer.manuscript.reference, answer.manuscript.title, what, f"{days} days ago" if days > 1 else "just now"
    )
