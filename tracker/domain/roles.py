"""Who may do what: one table, role × action of the lifecycle, beside the table of transitions."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.words import Action


class Role(StrEnum):
    """What a person is in one journal."""

    CHIEF_EDITOR = "chief_editor"
    EDITOR = "editor"
    ASSISTANT = "assistant"
    READER = "reader"


_CHIEF_ONLY = frozenset({Action.ACCEPTANCE_RESCINDED, Action.PUBLICATION_UNDONE})
_EDITORS_ONLY = _CHIEF_ONLY | {
    Action.REVISION_REQUESTED, Action.ACCEPTED, Action.REJECTED, Action.LAPSED, Action.APPEAL_GRANTED,
    Action.APPEAL_DISMISSED, Action.REINSTATED,
}  # fmt: skip

MAY_RECORD: dict[Role, frozenset[Action]] = {
    Role.CHIEF_EDITOR: frozenset(Action),
    Role.EDITOR: frozenset(Action) - _CHIEF_ONLY,
    Role.ASSISTANT: frozenset(Action) - _EDITORS_ONLY,
    Role.READER: frozenset(),
}
MAY_SET_UP = frozenset({Role.CHIEF_EDITOR})
WRITERS = frozenset({Role.CHIEF_EDITOR, Role.EDITOR, Role.ASSISTANT})


def may_record(role: str, action: str) -> bool:
    """Whether the lifecycle's action may be recorded by a person of this role."""
    return action in MAY_RECORD[Role(role)]


def who_may_record(action: str) -> str:
    """The roles in words, for a refusal: `the chief editor or an editor`."""
    names = {"chief_editor": "the chief editor", "editor": "an editor", "assistant": "an assistant"}
    allowed = [names[role] for role in Role if role in names and may_record(role, action)]
    return f"{', '.join(allowed[:-1])} or {allowed[-1]}" if len(allowed) > 1 else allowed[0]
