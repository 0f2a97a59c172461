"""A journal's numbers: when things are due, and when letters go out. Read from what was typed, tried, and saved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tracker.db import db
from tracker.domain.errors import BadInput
from tracker.domain.policy import DAYS_DUE, EDITOR_STEPS, LETTER_STEPS, Policy
from tracker.domain.reminders import MOST_LETTERS_A_TASK
from tracker.models import Journal
from tracker.queries.conflicts import references_of
from tracker.queries.consequences import letters_in_the_past
from tracker.queries.reminders import planned_letters
from tracker.services.actors import Actor
from tracker.services.journals import change_journal
from tracker.services.reminders import replan

LONGEST_DUE, FARTHEST_STEP = 730, 365
NUMBER = re.compile(r"[-−+]?\d{1,3}")
RULE_WORDS = {
    "screening": "Screening", "decision": "Decision, once the reviews are in",
    "resubmission": "Look at a re-submission",
    "appeal": "Appeal", "invitation": "Answer to an invitation", "review": "Review", "revision_minor": "Minor revision",
    "revision_major": "Major revision", "revision_conditional": "Conditional revision",
    "completion": "Completing a submission", "proofs": "Proofs, working days", "production": "Production",
}  # fmt: skip
STEP_WORDS = {
    "invitation": "Invitation, days from sending", "review": "Review, days from due",
    "revision": "Revision, days from due", "proofs": "Proofs, days from due",
    "completion": "Completing a submission, days from due",
}  # fmt: skip
EDITOR_WORDS = {
    "invitation": "Invitation without an answer", "review": "Review", "revision": "Revision", "proofs": "Proofs",
    "completion": "Completing a submission",
}  # fmt: skip


@dataclass(frozen=True)
class Consequences:
    """How many letters: in the last 30 days and in the next 7, by the numbers of now and by the new ones."""

    past: int
    past_before: int
    ahead: int
    ahead_before: int


def typed_policy(typed: Mapping[str, str]) -> dict[str, Any]:
    """`due.review` = 28 and `steps.review` = -7, 1, 7 as settings. Raises BadInput naming the field."""
    return {
        "days_due": {rule: _days(typed.get(f"due.{rule}", ""), RULE_WORDS[rule]) for rule in DAYS_DUE},
        "letter_steps": {kind: _steps(typed.get(f"steps.{kind}", ""), STEP_WORDS[kind]) for kind in LETTER_STEPS},
        **_typed_for_editors(typed),
    }


def _typed_for_editors(typed: Mapping[str, str]) -> dict[str, Any]:
    """What concerns the editors themselves; what was not asked for stays as it is."""
    if "escalation" not in typed:
        return {}
    steps = {kind: typed.get(f"editor.{kind}", "").strip() for kind in EDITOR_STEPS}
    courtesy = typed.get("courtesy.first", "").strip()
    return {
        "editor_steps": {kind: _days(text, EDITOR_WORDS[kind]) if text else None for kind, text in steps.items()},
        "escalation_days": _steps(typed["escalation"], "Escalation", fewest=1),
        "weekly_digest": "digest" in typed,
        "courtesy_days": _days(courtesy, "Courtesy letter") if courtesy else None,
        "courtesy_again_days": _days(typed.get("courtesy.again", ""), "Courtesy letter, again"),
    }


def as_typed(policy: Policy) -> dict[str, str]:
    """The journal's numbers as the form shows them."""
    due = {f"due.{rule}": str(policy.days_due[rule]) for rule in DAYS_DUE}
    steps = {f"steps.{kind}": ", ".join(map(str, policy.letter_steps[kind])) for kind in LETTER_STEPS}
    editor = {f"editor.{kind}": _text(policy.editor_steps[kind]) for kind in EDITOR_STEPS}
    return {
        **due, **steps, **editor, "escalation": ", ".join(map(str, policy.escalation_days)),
        "courtesy.first": _text(policy.courtesy_days), "courtesy.again": str(policy.courtesy_again_days),
        **({"digest": "y"} if policy.weekly_digest else {}),
    }  # fmt: skip


def _text(days: int | None) -> str:
    return "" if days is None else str(days)


def _days(text: str, what: str) -> int:
    days = _number(text)
    if days is None or not 1 <= days <= LONGEST_DUE:
        raise BadInput(f"{what}: “{text}” is no number of days from 1 to {LONGEST_DUE}.")
    return days


def _number(text: str) -> int | None:
    """What was typed as a whole number, with a hyphen or the minus of a typesetter; None if it is none."""
    return int(text.strip().replace("−", "-")) if NUMBER.fullmatch(text.strip()) else None


def _steps(text: str, what: str, *, fewest: int = -FARTHEST_STEP) -> list[int]:
    parts = {part: _number(part) for part in text.replace(";", ",").split(",") if part.strip()}
    days = sorted({day for day in parts.values() if day is not None and fewest <= day <= FARTHEST_STEP})
    wrong = next((part.strip() for part, day in parts.items() if day not in days), None)
    if wrong is not None:
        usual = "−7, 1, 7; leave it empty for no letters" if fewest < 0 else "14, 28; leave it empty for none"
        raise BadInput(f"{what}: “{wrong}” is no day. Write them like {usual}.")
    if len(days) > MOST_LETTERS_A_TASK:
        most = f"at most {MOST_LETTERS_A_TASK} "
        raise BadInput(f"{what}: {most}{'letters go out about one thing' if fewest < 0 else 'days'}.")
    return days


def consequences_of(
    journal: Journal, settings: Mapping[str, Any], *, now: datetime, today: date, hidden: Sequence[int] = ()
) -> Consequences:
    """What these numbers would do, but for letters about what is `hidden`.

    Call it in a rehearsal: it writes the numbers to see what follows.
    """
    first, yesterday, week = today - timedelta(days=30), today - timedelta(days=1), today + timedelta(days=7)
    policy = Policy.from_settings({**journal.settings, **settings})
    past_before = letters_in_the_past(journal, journal.policy, first, yesterday, hidden=hidden)
    past = letters_in_the_past(journal, policy, first, yesterday, hidden=hidden)
    own = references_of(hidden)

    def ahead() -> int:
        letters = planned_letters([journal.id], today, week, now=now)
        return sum(not letter.mentions(own) for letter in letters)

    ahead_before = ahead()
    journal.settings = {**journal.settings, **settings}
    replan(journal)
    db.session.flush()
    return Consequences(past, past_before, ahead(), ahead_before)


def save_policy(journal: Journal, settings: Mapping[str, Any], *, by: Actor, now: datetime) -> bool:
    """Save the numbers and plan every letter anew; False where nothing was different."""
    return bool(change_journal(journal, by=by, now=now, settings=settings))


def default_numbers() -> dict[str, str]:
    """The numbers that a new journal begins with."""
    return as_typed(Policy())
