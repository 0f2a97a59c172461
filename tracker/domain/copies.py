"""What is copied from a standing for fast reading: the columns of the manuscript's row, and the rows beside it.

Written after each step by both doors of history, and compared by `tracker verify`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.policy import Policy
from tracker.domain.reminders import first_letter_on
from tracker.domain.standing import Fold
from tracker.domain.tasks import Task
from tracker.domain.turnaround import FROM_RECEIVED, Turnaround, closed_on, days_by_holder

Values = Mapping[str, Any]  # one row, {column: value}, without the numbers of its manuscript and journal


def copies_of(standing: Fold) -> dict[str, str | int | bool | date | None]:
    """{column: value} of everything that the row copies; dates known only to a month or year as their first day."""
    return {
        "state": standing.state and str(standing.state),
        "kind": standing.kind,
        "stage": standing.stage,
        "round": standing.round,
        "waiting_on": str(standing.holder),
        "waiting_since_on": standing.holder_since,
        "state_since_on": standing.state_since,
        "on_hold": standing.on_hold,
        "returned_incomplete": standing.returned_incomplete,
        "appeal_open": standing.appeal_open,
        "received_on": _day(standing.first("received")),
        "first_decision_on": standing.decisions[0][0].occurred_on if standing.decisions else None,
        "first_resubmitted_on": _day(standing.first("resubmitted")),
        "last_resubmitted_on": _day(standing.latest("resubmitted")),
        "accepted_on": _day(standing.latest("accepted")),
        "published_on": _day(standing.latest("published")),
        "closed_on": closed_on(standing),
        "is_imported": standing.is_imported,
    }


def _day(on: PartialDate | None) -> date | None:
    return on.first if on else None


def task_values(task: Task, policy: Policy) -> Values:
    """The row of an open task, with the day to look at it for a letter."""
    return {
        "key": task.key, "kind": task.kind, "holder": str(task.holder), "round": task.round,
        "reviewer_number": task.reviewer, "started_on": task.started_on, "due_on": task.due_on,
        "next_letter_on": first_letter_on(task, policy),
    }  # fmt: skip


def interval_values(result: Turnaround, received_on: date | None, ahead: int = 0) -> Iterator[Values]:
    """The rows of the intervals; `ahead` are the days from the paper's first receipt to this record's own."""
    for item in result.intervals:
        yield {
            "metric": item.metric, "number": item.number, "round": item.round, "days": item.days,
            "paper_days": item.days + (ahead if item.metric in FROM_RECEIVED else 0),
            "started_on": item.started_on, "ended_on": item.ended_on, "received_on": received_on,
        }  # fmt: skip


def exclusion_values(result: Turnaround) -> Iterator[Values]:
    """The rows of what reports must leave the manuscript out of."""
    for metric, reason in result.exclusions.items():
        yield {"metric": metric, "reason": reason}


def closing_values(standing: Fold) -> Iterator[Values]:
    """The rows of the closings, numbered from 1."""
    for number, closing in enumerate(standing.closings, start=1):
        yield {
            "number": number, "outcome": str(closing.state), "closed_on": closing.closed_on,
            "reopened_on": closing.reopened_on,
        }  # fmt: skip


def holder_values(standing: Fold, result: Turnaround) -> Iterator[Values]:
    """The rows of the days by holder of a manuscript that has a journal time: the same days, told apart."""
    whole = next((item for item in result.intervals if item.metric == "journal_time"), None)
    if whole is None:
        return
    for holder, days in days_by_holder(standing, whole.ended_on).items():
        yield {"holder": str(holder), "days": days, "ended_on": whole.ended_on, "received_on": whole.started_on}


def assignment_values(standing: Fold, policy: Policy) -> Iterator[Values]:
    """The rows of the reviewers' parts, one for each invitation; those of a person in a round are numbered from 1.

    A review whose first due date the ledger does not hold is due by the policy. Who was let go by that date, or pulled
    out by it, owed nothing on it: there is none.
    """
    usual = timedelta(days=policy.days_due["review"])
    invitations: Counter[tuple[int, int]] = Counter()
    for part in standing.all_reviewing:
        invitations[part.round, part.reviewer] += 1
        agreed_on = part.answered_on if part.status != "declined" else None
        first_due_on = part.first_due_on or (agreed_on + usual if agreed_on else None)
        is_let_go = (
            first_due_on is not None and part.status in ("declined", "released") and part.since_on <= first_due_on
        )
        yield {
            "round": part.round, "reviewer_number": part.reviewer,
            "invitation": invitations[part.round, part.reviewer], "status": part.status,
            "invited_on": part.invited_on, "answered_on": part.answered_on, "reviewed_on": part.reviewed_on,
            "first_due_on": None if is_let_go else first_due_on,
        }  # fmt: skip
