"""Who may do what: one table, role × deed × whose manuscript, beside the table of transitions.

An author of a manuscript does nothing to it as an editor and sees of it what authors see, whatever their role is.
"""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.words import Action


class Role(StrEnum):
    """What a person is in one journal."""

    CHIEF_EDITOR = "chief_editor"
    EDITOR = "editor"
    ASSISTANT = "assistant"
    READER = "reader"


class Scope(StrEnum):
    """What a person's token for the API may do of what the person may."""

    READ = "read"
    WRITE = "write"


class Whose(StrEnum):
    """Whose a manuscript is, to the person who asks: who handles it, or that they are an author of it."""

    MINE = "mine"
    NOBODYS = "nobodys"
    ANOTHERS = "anothers"
    AUTHORED = "authored"


class Deed(StrEnum):
    """What people do with manuscripts and journals. What happens to a journal as a whole is `NOBODYS`."""

    LOOK = "look"  # lists, pages, letters, reports, files
    RECORD = "record"  # what happened: sent to review, re-submitted, published; and taking it back
    DECIDE = "decide"  # accept, reject, request a revision, close as lapsed, answer an appeal, reinstate
    RESCIND = "rescind"  # an acceptance, or a publication
    WRITE = "write"  # enter and import, change the record, notes, tags; letters: hold, skip, send, settle
    ASSIGN = "assign"  # say who handles it
    NAME = "name"  # a member of the journal as an author of what is under way, whom that shuts out of it as an editor
    SET_UP = "set_up"  # settings, reminder numbers, the words of letters, shared views; read audit trail and looks


_ALL = frozenset((Whose.MINE, Whose.NOBODYS, Whose.ANOTHERS))
_NOT_ANOTHERS = frozenset((Whose.MINE, Whose.NOBODYS))
_NONE: frozenset[Whose] = frozenset()

# Nobody's row has AUTHORED: that is the rule on conflicts of interest.
#                chief editor  editor          assistant  reader from the board
_TABLE: dict[Deed, tuple[frozenset[Whose], frozenset[Whose], frozenset[Whose], frozenset[Whose]]] = {
    Deed.LOOK:    (_ALL,        _ALL,           _ALL,      _ALL),
    Deed.RECORD:  (_ALL,        _ALL,           _ALL,      _NONE),
    Deed.DECIDE:  (_ALL,        _NOT_ANOTHERS,  _NONE,     _NONE),
    Deed.RESCIND: (_ALL,        _NONE,          _NONE,     _NONE),
    Deed.WRITE:   (_ALL,        _ALL,           _ALL,      _NONE),
    Deed.ASSIGN:  (_ALL,        _NOT_ANOTHERS,  _ALL,      _NONE),
    Deed.NAME:    (_ALL,        _NONE,          _NONE,     _NONE),
    Deed.SET_UP:  (_ALL,        _NONE,          _NONE,     _NONE),
}  # fmt: skip

_RESCINDS = frozenset((Action.ACCEPTANCE_RESCINDED, Action.PUBLICATION_UNDONE))
_DECISIONS = frozenset((
    Action.REVISION_REQUESTED, Action.ACCEPTED, Action.REJECTED, Action.LAPSED, Action.APPEAL_GRANTED,
    Action.APPEAL_DISMISSED, Action.REINSTATED,
))  # fmt: skip


def may(role: str, deed: Deed, whose: Whose = Whose.NOBODYS) -> bool:
    """Whether a person of this role may do this to a manuscript that is theirs, nobody's, another's or authored."""
    return whose in _TABLE[deed][list(Role).index(Role(role))]


def deed_of(action: str) -> Deed:
    """What the recording of an action of the lifecycle is: a record, a decision, or taking one back."""
    return Deed.RESCIND if action in _RESCINDS else Deed.DECIDE if action in _DECISIONS else Deed.RECORD


def may_record(role: str, action: str, whose: Whose = Whose.MINE) -> bool:
    """Whether the lifecycle's action may be recorded by a person of this role."""
    return action in list(Action) and may(role, deed_of(action), whose)


MAY_SET_UP = frozenset(role for role in Role if may(role, Deed.SET_UP))
WRITERS = frozenset(role for role in Role if may(role, Deed.WRITE))


def who_may_record(action: str, whose: Whose = Whose.MINE) -> str:
    """The roles in words, for a refusal: `the chief editor or an editor`; of another's, `… or its handling editor`."""
    names = {"chief_editor": "the chief editor", "editor": "an editor", "assistant": "an assistant"}
    if whose is Whose.ANOTHERS and not may_record(Role.EDITOR, action, whose):
        names["editor"] = "its handling editor"
    allowed = [names[role] for role in Role if role in names and may_record(role, action)]
    return f"{', '.join(allowed[:-1])} or {allowed[-1]}" if len(allowed) > 1 else allowed[0]
