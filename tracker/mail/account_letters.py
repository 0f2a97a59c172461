"""The words of letters about an account: an invitation, a new password, a new address, and news of what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.domain.letters import AboutAccount
from tracker.mail.languages import language_of
from tracker.mail.letters import Composed, compose_plain
from tracker.mail.links import ADDRESS, PASSWORD

DOORS = {
    AboutAccount.INVITATION: (PASSWORD, {"en": "Choose a password", "de": "Passwort wählen"}),
    AboutAccount.PASSWORD: (PASSWORD, {"en": "Choose a new password", "de": "Neues Passwort wählen"}),
    AboutAccount.ADDRESS: (ADDRESS, {"en": "Confirm the address", "de": "Adresse bestätigen"}),
}


def compose_about_account(kind: AboutAccount, language: str, words: Mapping[str, Any]) -> Composed:
    """Write the letter. `words`: to_name, from_name, and what the kind's template names. The link is a place-holder."""
    spoken = language_of(language)
    place, labels = DOORS.get(kind, ("", {}))
    door = {"href": place, "label": labels[spoken.code]} if place else None
    framed = {
        "journal": words["from_name"], "signed_by": "", "things": [], "language": spoken.code, "frame": spoken.frame,
        "door": door, **words,
    }  # fmt: skip
    return compose_plain(f"letters/account/{spoken.code}/{kind}.txt", framed)
