"""What other systems ask of a journal beside its title: publisher, ISSN, address, who deposits its DOIs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.errors import BadInput

ISSN = re.compile(r"\d{4}-\d{3}[\dX]")
_LONGEST = 300
# What a journal may set; the title, language and short name are its own columns.
FIELDS = (
    "abbreviation", "publisher", "issn_print", "issn_online", "address", "depositor_name", "depositor_email",
    "registrant", "crossmark_policy",
)  # fmt: skip


@dataclass(frozen=True)
class Imprint:
    """A journal as its articles name it. `address` is the journal's own page, without a slash at the end."""

    title: str
    slug: str = ""
    language: str = "en"
    abbreviation: str = ""
    publisher: str = ""
    issn_print: str = ""
    issn_online: str = ""
    address: str = ""
    depositor_name: str = ""
    depositor_email: str = ""
    registrant: str = ""
    crossmark_policy: str = ""

    @property
    def issns(self) -> tuple[str, ...]:
        return tuple(issn for issn in (self.issn_online, self.issn_print) if issn)


def checked_imprint(settings: Mapping[str, Any]) -> dict[str, str]:
    """The settings as they are stored. Raises BadInput, naming the field, for what cannot be."""
    for name, value in settings.items():
        if name not in FIELDS:
            raise BadInput(f"A journal has no “{name}” in its imprint; there is {', '.join(FIELDS)}.")
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise BadInput(f"The {name.replace('_', ' ')} of a journal is a text of {_LONGEST} characters at most.")
    for name in ("issn_print", "issn_online"):
        if settings.get(name):
            checked_issn(settings[name])
    if settings.get("address") and not re.match(r"https?://[^\s\"<>]+$", settings["address"]):
        raise BadInput(f"The address “{settings['address']}” is no web address: write it as https://example.org.")
    return {name: value.strip().rstrip("/") for name, value in settings.items()}


def checked_issn(text: str) -> str:
    """An ISSN with the right check digit (ISO 3297, modulus 11). Raises BadInput."""
    issn = text.strip().upper()
    if ISSN.fullmatch(issn):
        digits = [int(digit) for digit in issn.replace("-", "")[:7]]
        check = -sum(weight * digit for weight, digit in zip(range(8, 1, -1), digits, strict=True)) % 11
        if issn[-1] == ("X" if check == 10 else str(check)):
            return issn
    raise BadInput(f"“{text}” is no ISSN: write it as 2049-3630, with its own check digit.")
