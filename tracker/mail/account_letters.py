"""The words of letters about an account: an invitation, a new password, a new address, and news of what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.domain.letters import AboutAccount, News, StillOpen
from tracker.domain.words import spoken
from tracker.mail.languages import language_of
from tracker.mail.letters import Composed, compose_plain
from tracker.mail.links import ADDRESS, PASSWORD

DOORS = {
    AboutAccount.INVITATION: (PASSWORD, {"en": "Choose a password", "de": "Passwort wählen"}),
    AboutAccount.PASSWORD: (PASSWORD, {"en": "Choose a new password", "de": "Neues Passwort wählen"}),
    AboutAccount.ADDRESS: (ADDRESS, {"en": "Confirm the address", "de": "Adresse bestätigen"}),
}

NEWS = {
    "en": {
        News.ROLE: "you are {role} of {journal} now", News.PASSWORD: "the password was set",
        News.ADDRESS: "its address is {address} now, instead of this one",
        News.SIGNED_OUT: "all other browsers were signed out",
        News.CODES: "signing in by password asks for a code of an app now",
        News.NO_CODES: "signing in by password asks for no code any more",
        News.RECOVERY_CODES: "new recovery codes were made; older ones work no more",
        News.PASSKEY: "a passkey was added", News.NO_PASSKEY: "a passkey was removed",
        News.ORCID: "it opens by the ORCID iD {orcid} now", News.NO_ORCID: "it opens by no ORCID iD any more",
    },
    "de": {
        News.ROLE: "Ihre Rolle bei {journal} ist jetzt {role}", News.PASSWORD: "das Passwort wurde gesetzt",
        News.ADDRESS: "seine Adresse ist jetzt {address} statt dieser",
        News.SIGNED_OUT: "alle anderen Browser wurden abgemeldet",
        News.CODES: "die Anmeldung mit Passwort fragt jetzt nach einem Code einer App",
        News.NO_CODES: "die Anmeldung mit Passwort fragt nicht mehr nach einem Code",
        News.RECOVERY_CODES: "neue Wiederherstellungscodes wurden erzeugt; ältere gelten nicht mehr",
        News.PASSKEY: "ein Passkey kam hinzu", News.NO_PASSKEY: "ein Passkey wurde entfernt",
        News.ORCID: "er öffnet sich jetzt mit der ORCID iD {orcid}",
        News.NO_ORCID: "er öffnet sich nicht mehr mit einer ORCID iD",
    },
}  # fmt: skip
STILL_OPEN = {
    "en": {
        StillOpen.TOKENS: "Your tokens for the API still work. If others may have them, revoke them at {address}.",
        StillOpen.CALENDAR: "Your calendar's address still works. If others may have it, revoke it at {address}.",
    },
    "de": {
        StillOpen.TOKENS: "Ihre Tokens für die API gelten weiter. Falls andere sie haben könnten, widerrufen Sie sie "
        "unter {address}.",
        StillOpen.CALENDAR: "Die Adresse Ihres Kalenders gilt weiter. Falls andere sie haben könnten, widerrufen Sie "
        "sie unter {address}.",
    },
}
ROLES = {
    "de": {
        "chief_editor": "Chefredaktion", "editor": "Redaktion", "assistant": "Redaktionsassistenz",
        "reader": "Lesezugang",
    },
}  # fmt: skip


def compose_about_account(kind: AboutAccount, language: str, words: Mapping[str, Any]) -> Composed:
    """Write the letter. `words`: to_name, from_name, and what the kind's template names; for news, `news` says which,
    `still_open` what still works, with the address where it ends, and the rest are its facts. The link is a
    place-holder.
    """
    tongue = language_of(language)
    code = tongue.code
    place, labels = DOORS.get(kind, ("", {}))
    told = dict(words)
    if "role" in told:
        told["role"] = ROLES.get(code, {}).get(told["role"], spoken(told["role"]))
    if kind is AboutAccount.NEWS:
        told["what"] = NEWS[code][told["news"]].format(**told)
        still_open = told.get("still_open", {}).items()
        told["still_open"] = [STILL_OPEN[code][kind].format(address=address) for kind, address in still_open]
    framed = {
        "journal": words["from_name"], "signed_by": "", "things": [], "language": code, "frame": tongue.frame,
        "door": {"href": place, "label": labels[code]} if place else None, **told,
    }  # fmt: skip
    return compose_plain(f"letters/account/{code}/{kind}.txt", framed)
