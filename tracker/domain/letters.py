"""The fates of a letter, and of the steps of a reminder."""

from __future__ import annotations

from enum import StrEnum


class LetterState(StrEnum):
    """queued → sending → sent; or failed (tried again later), parked (a person decides), uncertain (it may have left:
    a person decides), cancelled (what it was about was done before it left).
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    PARKED = "parked"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


class StepFate(StrEnum):
    """What became of a step: a letter was written; a later step took its place; it was overtaken by more than five
    days before anybody could act on it; the task had had its letters already; or an editor left it out.
    """

    WRITTEN = "written"
    COLLAPSED = "collapsed"
    STALE = "stale"
    CAPPED = "capped"
    SKIPPED = "skipped"


class AboutAccount(StrEnum):
    """What a letter about somebody's account is for. None of a journal sees it."""

    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105  a word, no password
    ADDRESS = "address"
    NEWS = "news"


class News(StrEnum):
    """What a person is told was changed about their account."""

    ROLE = "role"
    PASSWORD = "password"  # noqa: S105  a word, no password
    ADDRESS = "address"
    SIGNED_OUT = "signed_out"
    CODES = "codes"
    NO_CODES = "no_codes"
    RECOVERY_CODES = "recovery_codes"
    PASSKEY = "passkey"
    NO_PASSKEY = "no_passkey"
    ORCID = "orcid"
    NO_ORCID = "no_orcid"


class StillOpen(StrEnum):
    """What goes on working for whoever has it when somebody has set a new password by a link."""

    TOKENS = "tokens"
    CALENDAR = "calendar"


class AnswerKind(StrEnum):
    """What a reader of a letter answers: done; later, by a day they name; cannot; agreed, to an invitation; or no
    more reminders, please.
    """

    DONE = "done"
    LATER = "later"
    CANNOT = "cannot"
    AGREED = "agreed"
    OPTED_OUT = "opted_out"


class OptOutKind(StrEnum):
    """What somebody does not want to get."""

    REMINDERS = "reminders"
    DIGESTS = "digests"
