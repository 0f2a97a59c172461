"""Recording an action of the lifecycle as people ask for it: reviewers by name, due dates from the journal's policy.

What the ledger must know to be judged again later (how many reviews were required, by when an answer was due, how
often the author had been reminded) is put into the event's details here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.clashes import cannot
from tracker.domain.dates import PartialDate
from tracker.domain.due_days import due_after
from tracker.domain.effects import REVIEWER_ACTIONS
from tracker.domain.errors import BadInput, Refused
from tracker.domain.facts import checked_due, checked_facts
from tracker.domain.letters import LetterState
from tracker.domain.recording import Entry
from tracker.domain.standing import Fold
from tracker.domain.tasks import open_tasks
from tracker.domain.transitions import action_named, transition_from
from tracker.domain.words import Action, spoken
from tracker.formats.calendars import working_days
from tracker.models import Letter, Manuscript, ReminderStep, Task
from tracker.queries.histories import standing_of
from tracker.services.actors import Actor
from tracker.services.history import ledger_for_update, record_step
from tracker.services.review_texts import keep_texts
from tracker.services.reviewers import must_not_be_authors, reviewer_meant, reviewer_named, reviewers_named


@dataclass(frozen=True)
class Wish:
    """An action as somebody asks for it. `reviewers` are texts such as `Ada Lovelace <ada@example.org>`."""

    action: str
    on: PartialDate
    kind: str = ""
    note: str = ""
    due_on: date | None = None
    reviewers: Sequence[str] = ()
    reviewer: int | None = None
    to_author: str = ""
    to_editor: str = ""
    confirmed: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)


def record_action(
    manuscript: Manuscript,
    wish: Wish,
    *,
    by: Actor,
    now: datetime,
    today: date,
    expected_version: int | None = None,
) -> Fold:
    """Record one action and give the standing after it.

    Raises BadInput for a word or name that is not understood, Refused or NeedsConfirmation by the lifecycle's rules,
    and Conflict when the manuscript is not at `expected_version` any more.
    """
    ledger_for_update(manuscript, expected_version)
    action = _known_action(manuscript, wish.action)
    by.must_be_allowed(action, manuscript)
    facts = checked_facts(action, wish.details)
    if action in REVIEWER_ACTIONS - {Action.INVITED}:
        wish = replace(wish, reviewer=reviewer_meant(manuscript, wish.reviewer, wish.reviewers))
    details = {**facts, **_details(manuscript, action, wish)}
    invitations = _invitations(manuscript, action, wish, details)
    first, followed_by = Entry(action, wish.on, details, wish.note.strip()), invitations
    if action == Action.INVITED:
        if not invitations:
            raise Refused("Name the reviewer.")
        first, followed_by = invitations[0], invitations[1:]
    standing = record_step(
        manuscript, first, by=by, now=now, today=today, confirmed=wish.confirmed,
        expected_version=expected_version, followed_by=followed_by,
    )  # fmt: skip
    if action == Action.REVIEWED:
        keep_texts(manuscript, standing, to_author=wish.to_author, to_editor=wish.to_editor, now=now)
    _keep_publication_facts(manuscript, action, details)
    return standing


def _known_action(manuscript: Manuscript, text: str) -> Action:
    action = action_named(text)
    if action is None:
        ways = ", ".join(sorted(str(row.action) for row in standing_of(manuscript).available()))
        raise BadInput(f"There is no action “{text}”. What can be done with {manuscript.reference} now: {ways}.")
    return action


def _details(manuscript: Manuscript, action: Action, wish: Wish) -> dict[str, Any]:
    policy = manuscript.journal.policy
    details: dict[str, Any] = {}
    kind = _kind(manuscript, action, wish)
    if kind:
        details["kind"] = kind
    due_rule = {
        Action.AGREED: "review",
        Action.REVISION_REQUESTED: f"revision_{kind}",
        Action.RETURNED: "completion",
    }.get(action)
    if kind == "proofs_with_author":
        due_rule = "proofs"
    if wish.due_on is not None:
        details["due_on"] = checked_due(wish.due_on, wish.on).isoformat()
    elif due_rule is not None and due_rule in policy.days_due:
        is_working_day = working_days(manuscript.journal.country)
        details["due_on"] = due_after(due_rule, wish.on.first, policy, is_working_day).isoformat()
    if action == Action.SENT_TO_REVIEW:
        details["required_reviews"] = policy.required_reviews
    if action == Action.LAPSED:
        details.update(_lapse_facts(manuscript))
    if action == Action.EXTENDED:
        _must_be_owed(manuscript, wish)
    if wish.reviewer is not None:
        details["reviewer"] = wish.reviewer
    return details


def _must_be_owed(manuscript: Manuscript, wish: Wish) -> None:
    """Raise BadInput, with the tasks there are, where a task is extended that nobody owes on that day."""
    keys = [task.key for task in open_tasks(standing_of(manuscript, on=wish.on.last), manuscript.journal.policy)]
    task = str(wish.details.get("task") or "")
    if task and task not in keys:
        owed = f"What is owed: {', '.join(keys)}" if keys else "Nothing is owed"
        raise BadInput(f"There is no task “{task}” to extend. {owed}.")


def _kind(manuscript: Manuscript, action: Action, wish: Wish) -> str:
    """The kind asked for, or the only one there is; a sentence with the choices otherwise."""
    row = transition_from(standing_of(manuscript, on=wish.on.last).state, action)
    kinds = row.kinds if row is not None else ()
    wanted = "_".join(wish.kind.lower().replace("-", " ").split())
    if not kinds:
        return ""
    if wanted in kinds:
        return wanted
    if not wanted and (len(kinds) == 1 or action == Action.WITHDRAWN):
        return kinds[0]
    choices = ", ".join(spoken(kind) for kind in kinds)
    given = f"“{wish.kind}” is not one of them" if wanted else "none was given"
    raise BadInput(f"“{row.button if row else action}” needs a kind ({choices}); {given}.")


def _lapse_facts(manuscript: Manuscript) -> dict[str, Any]:
    task = db.session.scalar(select(Task).where(Task.manuscript_id == manuscript.id, Task.kind == "revision"))
    if task is None:
        return {}
    about = (
        ReminderStep.manuscript_id == manuscript.id,
        ReminderStep.task_key == task.key,
    )  # a letter may be about more
    sent = select(func.count(ReminderStep.letter_id.distinct())).join(ReminderStep.letter)
    sent = sent.where(*about, Letter.state == LetterState.SENT)
    return {"due_on": task.due_on.isoformat(), "reminders": db.session.scalar(sent) or 0}


def _invitations(manuscript: Manuscript, action: Action, wish: Wish, details: dict[str, Any]) -> list[Entry]:
    """Entries that invite the named reviewers; their numbers go into the sending's details."""
    if action not in (Action.SENT_TO_REVIEW, Action.INVITED):
        return []
    reviewers = reviewers_named(manuscript, wish.reviewers)
    if action == Action.INVITED and wish.reviewer is not None:
        reviewers = [reviewer_named(manuscript, str(wish.reviewer))]
    if not wish.confirmed:
        must_not_be_authors(manuscript, reviewers)
    numbers = list(dict.fromkeys(reviewer.number for reviewer in reviewers))
    if action == Action.SENT_TO_REVIEW and numbers:
        details["reviewers"] = numbers
    days = timedelta(days=manuscript.journal.policy.days_due["invitation"])
    due_on = wish.due_on if action == Action.INVITED and wish.due_on else wish.on.first + days
    return [Entry(Action.INVITED, wish.on, {"reviewer": number, "due_on": due_on.isoformat()}) for number in numbers]


def _keep_publication_facts(manuscript: Manuscript, action: Action, details: Mapping[str, Any]) -> None:
    if action in (Action.PUBLISHED, Action.ISSUE_ASSIGNED):
        for name in ("volume", "issue", "article_number", "pages", "doi"):
            if details.get(name):
                setattr(manuscript, name, str(details[name]))


def refusal_for(manuscript: Manuscript, action: str) -> str:
    """The sentence that says why an action is not on offer now."""
    return cannot(standing_of(manuscript), action)
