"""The words that are stored: states, kinds, stages, holders, actions. Stable words, never numbers."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a manuscript is."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    REVISION_REQUESTED = "revision_requested"
    RESUBMITTED = "resubmitted"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"


OPEN_STATES = frozenset(
    {State.RECEIVED, State.UNDER_REVIEW, State.REVISION_REQUESTED, State.RESUBMITTED, State.ACCEPTED}
)
CLOSED_STATES = frozenset(State) - OPEN_STATES


class Holder(StrEnum):
    """Who has to act next: who holds the ball."""

    EDITOR = "editor"
    REVIEWERS = "reviewers"
    AUTHOR = "author"
    PRODUCTION = "production"
    HOLD = "hold"
    NOBODY = "nobody"
    UNKNOWN = "unknown"  # days of an imported history whose missing events would have told


class Action(StrEnum):
    """What may be done. The same word names the event that it leaves in the ledger."""

    RECEIVED = "received"
    RETURNED = "returned"
    COMPLETED = "completed"
    SENT_TO_REVIEW = "sent_to_review"
    INVITED = "invited"
    AGREED = "agreed"
    DECLINED = "declined"
    REVIEWED = "reviewed"
    NO_REPLY = "no_reply"
    RELEASED = "released"
    REVISION_REQUESTED = "revision_requested"
    RESUBMITTED = "resubmitted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    STAGE_CHANGED = "stage_changed"
    PUBLISHED = "published"
    ISSUE_ASSIGNED = "issue_assigned"
    NOTICE_ADDED = "notice_added"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    TRANSFERRED = "transferred"
    HELD = "held"
    RESUMED = "resumed"
    APPEALED = "appealed"
    APPEAL_GRANTED = "appeal_granted"
    APPEAL_DISMISSED = "appeal_dismissed"
    REINSTATED = "reinstated"
    ACCEPTANCE_RESCINDED = "acceptance_rescinded"
    PUBLICATION_UNDONE = "publication_undone"
    EXTENDED = "extended"


_ACTIONS = {str(action): action for action in Action}


def as_action(word: str) -> Action | None:
    """The action of exactly this stored word, or None."""
    return _ACTIONS.get(word)


# Entries about other entries: they stand in the ledger, and are not steps of the manuscript.
UNDONE = "undone"
DATE_CORRECTED = "date_corrected"

REVISION_KINDS = ("minor", "major", "conditional")
WITHDRAWAL_KINDS = ("by_author", "administrative")
PRODUCTION_STAGES = ("queue", "copyedit", "proofs_with_author", "proofs_back", "scheduled")
NOTICE_KINDS = ("correction", "expression_of_concern", "retraction", "removal")
RECOMMENDATIONS = ("accept", "minor_revision", "major_revision", "reject")

_SPOKEN = {
    "received": "received",
    "under_review": "under review",
    "revision_requested": "revision requested",
    "resubmitted": "re-submitted",
    "by_author": "by the author",
    "after_review": "after review",
    "resubmit_invited": "re-submission invited",
    "proofs_with_author": "proofs with the author",
    "proofs_back": "proofs back",
    "no_reply": "no reply",
    "desk": "at the desk",
    "resubmission": "decision on the re-submission",
    "appeal": "decision on the appeal",
    "completion": "completed submission",
}


def spoken(word: str | None) -> str:
    """A stored word as people say it: `under_review` → `under review`, `resubmitted` → `re-submitted`."""
    return _SPOKEN.get(word, word.replace("_", " ")) if word else ""
