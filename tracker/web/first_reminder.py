"""No step of the lifecycle writes to anybody. Its form says so, and when the first reminder would go out."""

from __future__ import annotations

from datetime import date

from tracker.domain.due_days import due_after
from tracker.domain.policy import Policy
from tracker.domain.reminders import Topic, outlook
from tracker.domain.sending_window import IsWorkingDay
from tracker.domain.tasks import Task
from tracker.domain.transitions import Transition
from tracker.domain.words import Action, Holder
from tracker.formats.calendars import working_days
from tracker.models import Manuscript
from tracker.web.days import day_in_view

# action → who would expect a letter
CONCERNS = {
    **dict.fromkeys((Action.SENT_TO_REVIEW,), "the reviewers"),
    **dict.fromkeys((Action.INVITED, Action.AGREED, Action.RELEASED), "the reviewer"),
    **dict.fromkeys(
        (
            Action.RETURNED, Action.REVISION_REQUESTED, Action.ACCEPTED, Action.REJECTED, Action.LAPSED,
            Action.APPEAL_GRANTED, Action.APPEAL_DISMISSED, Action.ACCEPTANCE_RESCINDED, Action.TRANSFERRED,
        ),
        "the author",
    ),
    **dict.fromkeys((Action.STAGE_CHANGED,), "the author if proofs go to them"),
}  # fmt: skip
# action → the kind of task that begins with it
BEGINS = {
    Action.SENT_TO_REVIEW: "invitation", Action.INVITED: "invitation", Action.AGREED: "review",
    Action.REVISION_REQUESTED: "revision", Action.RETURNED: "completion",
}  # fmt: skip


def no_letter_goes_out(manuscript: Manuscript, row: Transition, on: date, today: date) -> str:
    """The sentence for the form of a step that is dated `on`; empty where nobody would expect a letter."""
    whom = CONCERNS.get(row.action)
    return (
        f"No letter is sent by this step: write to {whom} yourself{_then(manuscript, row, on, today)}." if whom else ""
    )


def _then(manuscript: Manuscript, row: Transition, on: date, today: date) -> str:
    policy = manuscript.journal.policy
    if row.action not in BEGINS:
        return ""
    if not manuscript.is_armed:
        return "; the manuscript's reminders are muted"
    if not policy.reminders_live:
        return "; the journal's reminders are in dry-run"
    is_working_day = working_days(manuscript.journal.country)
    days = {first_reminder_on(task, policy, today, is_working_day) for task in _tasks(row, on, policy)} - {None}
    if not days:
        return "; no reminder follows"
    first = min(day for day in days if day)
    return f"; the first reminder goes out on {day_in_view(first)}{' at the earliest' if len(days) > 1 else ''}"


def _tasks(row: Transition, on: date, policy: Policy) -> list[Task]:
    """The task that begins on this day, once for each of its kinds: they are due after different times."""
    kind = BEGINS[row.action]
    rules = [f"revision_{one}" for one in row.kinds] if kind == "revision" else [kind]
    return [Task(kind, kind, Holder.NOBODY, 0, on, due_after(rule, on, policy)) for rule in rules]


def first_reminder_on(task: Task, policy: Policy, today: date, is_working_day: IsWorkingDay) -> date | None:
    """The day of the first letter about a task that has just begun, other letters to the person left aside."""
    seen = outlook(Topic(task.key, task, "", known_since=task.started_on), policy, today, is_working_day)
    return today if seen.owed else seen.next_on
