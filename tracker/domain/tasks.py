"""Open tasks, derived from a standing: who owes what, since when and by when. Days are calendar days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.due_days import due_after
from tracker.domain.policy import Policy
from tracker.domain.spells import Reviewing
from tracker.domain.standing import Fold
from tracker.domain.words import Holder, State


@dataclass(frozen=True)
class Task:
    """One thing that somebody owes. `key` names it within its manuscript, and changes with the round.

    `kind` is a key of `Policy.days_due`, but for revisions, which are due by their kind. `is_told` says that the
    ledger holds the due date, which the journal's numbers gave otherwise.
    """

    key: str
    kind: str
    holder: Holder
    round: int
    started_on: date
    due_on: date
    reviewer: int | None = None
    is_told: bool = False


def open_tasks(standing: Fold, policy: Policy) -> list[Task]:
    """What is owed now. Nothing while on hold or closed; reviewers' tasks stay open beside the editor's."""
    if standing.on_hold or not (standing.is_open or standing.appeal_open):
        return []
    tasks = [_of_reviewer(part, policy) for part in standing.current_reviewing if _is_owed(standing, part)]
    if standing.holder is not Holder.REVIEWERS:
        tasks.append(_of_holder(standing, policy))
    return [_extended(task, standing) for task in tasks]


def _is_owed(standing: Fold, part: Reviewing) -> bool:
    return standing.state is State.UNDER_REVIEW and part.is_active


def _of_reviewer(part: Reviewing, policy: Policy) -> Task:
    kind = "invitation" if part.status == "invited" else "review"
    due_on = part.due_on or part.since_on + timedelta(days=policy.days_due[kind])
    key = f"{kind}:{part.round}:{part.reviewer}"
    return Task(key, kind, Holder.REVIEWERS, part.round, part.since_on, due_on, part.reviewer, part.due_on is not None)


def _of_holder(standing: Fold, policy: Policy) -> Task:
    kind, rule = _kind_and_rule(standing)
    since = standing.holder_since
    assert since is not None, "whoever holds the ball has held it since some day"
    due_on = standing.due_on or due_after(rule, since, policy)
    key, is_told = f"{kind}:{standing.round}", standing.due_on is not None
    return Task(key, kind, standing.holder, standing.round, since, due_on, is_told=is_told)


def _kind_and_rule(standing: Fold) -> tuple[str, str]:
    if standing.appeal_open:
        return "appeal", "appeal"
    if standing.returned_incomplete:
        return "completion", "completion"
    match standing.state:
        case State.RECEIVED:
            return "screening", "screening"
        case State.RESUBMITTED:
            return "resubmission", "resubmission"
        case State.UNDER_REVIEW:
            return "decision", "decision"
        case State.REVISION_REQUESTED:
            return "revision", f"revision_{standing.kind or 'minor'}"
        case _:
            return ("proofs", "proofs") if standing.holder is Holder.AUTHOR else ("production", "production")


def _extended(task: Task, standing: Fold) -> Task:
    later = standing.extensions.get(task.key)
    if later is None:
        return task
    return replace(task, due_on=later, is_told=True)


def next_due(tasks: list[Task], standing: Fold) -> date | None:
    """The date by which the holder of the ball has to act: the earliest of the holder's tasks."""
    return min((task.due_on for task in tasks if task.holder is standing.holder), default=None)
