"""What an action may be told beside its date, kind and note: which facts, and what each can be.

Whatever else came with them would be sealed into the ledger for good, or stand in for what the tracker itself knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tracker.domain.dates import PartialDate, day_in_words
from tracker.domain.errors import BadInput
from tracker.domain.transitions import TRANSITIONS, done_words
from tracker.domain.words import RECOMMENDATIONS, Action, spoken

# Texts with the longest that they can be, and ticks. A row of the table names in `asks` those that its action takes.
TEXTS = {
    "doi": 200, "volume": 20, "issue": 20, "article_number": 20, "pages": 40, "link": 2000, "transferred_to": 300,
    "task": 60, "recommendation": 40,
}  # fmt: skip
TICKS = frozenset({"internal", "author_consents", "conditions_met", "confirmed"})
LONGEST_DUE = timedelta(days=3660)

Fact = str | bool


def facts_asked(action: Action) -> frozenset[str]:
    """The facts that an action takes. A confirmation is taken by all: any date may be unusual."""
    asked = {name for row in TRANSITIONS if row.action == action for name in row.asks}
    return frozenset(asked & (TEXTS.keys() | TICKS)) | {"confirmed"}


def checked_facts(action: Action, given: Mapping[str, object]) -> dict[str, Fact]:
    """The facts that were given, as the ledger keeps them; what is empty or not ticked is left out.

    Raises BadInput, naming the fact, for one that the action does not take and for a value that it cannot have.
    """
    asked = facts_asked(action)
    facts: dict[str, Fact] = {}
    for name, value in given.items():
        if value is None or value is False or not str(value).strip():
            continue
        if name not in asked:
            takes = ", ".join(sorted(asked - {"confirmed"})) or "none"
            raise BadInput(f"“{done_words(action)}” takes no fact “{name}”; it takes: {takes}.")
        facts[name] = _ticked(name, value) if name in TICKS else _text(name, value)
    return {name: value for name, value in facts.items() if value is not False}


def _ticked(name: str, value: object) -> bool:
    """Yes or no, and no other word: “maybe” is no consent."""
    word = str(value).strip().lower()
    if word not in ("yes", "true", "no", "false"):
        raise BadInput(f"The {name.replace('_', ' ')} “{value}” is neither yes nor no.")
    return word in ("yes", "true")


def _text(name: str, value: object) -> str:
    text, what = str(value).strip(), name.replace("_", " ")
    if len(text) > TEXTS[name]:
        raise BadInput(f"The {what} is longer than {TEXTS[name]} characters: write it shorter.")
    if name == "recommendation" and text not in RECOMMENDATIONS:
        choices = ", ".join(spoken(known) for known in RECOMMENDATIONS)
        raise BadInput(f"The recommendation “{text}” is not one of: {choices}.")
    if name == "link" and not text.startswith(("https://", "http://")):
        raise BadInput(f"The link “{text}” is no web address: it begins with https://.")
    return text


def checked_due(due_on: date, on: PartialDate) -> date:
    """The due date of what was done on a date. Raises BadInput if it lies before, or so late that it is a slip."""
    if due_on < on.first:
        raise BadInput(f"Due on {day_in_words(due_on)} lies before {on.words}, when it began.")
    if due_on - on.last > LONGEST_DUE:
        raise BadInput(f"Due on {day_in_words(due_on)} is more than ten years after {on.words}: check the year.")
    return due_on
