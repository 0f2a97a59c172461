"""The words of the log of sign-ins, and how long it is kept."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=180)
HELD_UP_AGAIN_AFTER = timedelta(minutes=15)  # between two entries that somebody has to wait: they may knock for days


class Happening(StrEnum):
    """What happened at the door, or to its keys."""

    SIGNED_IN = "signed_in"
    FAILED = "failed"
    HELD_UP = "held_up"
    SIGNED_OUT = "signed_out"
    PASSWORD_SET = "password_set"  # noqa: S105  a word, no password
    CODES_SET_UP = "codes_set_up"
    CODES_GIVEN_UP = "codes_given_up"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    ORCID_LINKED = "orcid_linked"
    ORCID_UNLINKED = "orcid_unlinked"


class Way(StrEnum):
    """By what it was: of two things that were asked for one after the other, the last."""

    PASSWORD = "password"  # noqa: S105  a word, no password
    CODE = "code"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    ORCID = "orcid"
    LINK = "link"


SPOKEN = {
    Happening.SIGNED_IN: "Signed in",
    Happening.FAILED: "Failed to sign in",
    Happening.HELD_UP: "Tried too often",
    Happening.SIGNED_OUT: "Signed out",
    Happening.PASSWORD_SET: "Password set",
    Happening.CODES_SET_UP: "Codes of an app set up",
    Happening.CODES_GIVEN_UP: "Codes of an app given up",
    Happening.RECOVERY_CODES_MADE: "Recovery codes made",
    Happening.PASSKEY_ADDED: "Passkey added",
    Happening.PASSKEY_REMOVED: "Passkey removed",
    Happening.ORCID_LINKED: "ORCID iD linked",
    Happening.ORCID_UNLINKED: "ORCID iD unlinked",
}
BY = {
    Way.PASSWORD: "by password",
    Way.CODE: "with a code",
    Way.RECOVERY_CODE: "with a recovery code",
    Way.PASSKEY: "by passkey",
    Way.ORCID: "by ORCID",
    Way.LINK: "by a link in a letter",
}


def in_words(what: str, way: str | None) -> str:
    """`Signed in by password`."""
    return f"{SPOKEN[Happening(what)]} {BY[Way(way)]}" if way else SPOKEN[Happening(what)]
