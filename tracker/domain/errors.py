"""One tree of errors. Each carries a sentence for an editor: what happened, why, and what to do."""

from __future__ import annotations


class TrackerError(Exception):
    """Anything that the product refuses. `str(error)` is the sentence to show; nothing was changed."""


class BadInput(TrackerError):
    """A text, file or field from outside could not be understood. The sentence names it."""


class Refused(TrackerError):
    """The rules of the journal do not allow the action: a guard, an order of dates, a role."""


class NotAllowed(Refused):
    """It is possible, but not for a person of this role: the sentence says whom to ask."""


class OwnWork(NotAllowed):
    """A conflict of interest: the person is an author of the manuscript, and sees and does what its authors do."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(
            f"You are an author of {reference}: you see what its authors see, and its other editors look after it."
        )


class NeedsConfirmation(Refused):
    """Unusual but possible: the action is recorded once a person confirms it."""


class Conflict(TrackerError):
    """Somebody else changed the same since this page was loaded, or at the same moment. What was typed is kept."""


class NotFound(TrackerError):
    """No such thing, or none that this person may know of."""
