"""Authors as people type them: one a line, `Ada Lovelace <ada@example.org>` or `Lovelace, Ada`."""

from __future__ import annotations

import re

from tracker.domain.errors import BadInput
from tracker.formats.article_record import AuthorRecord

_ADDRESSED = re.compile(r"(?P<name>[^<>]*?)\s*<\s*(?P<email>[^<>\s@]+@[^<>\s@]+\.[^<>\s@]+)\s*>")


def authors_of(text: str) -> list[AuthorRecord]:
    """The authors in order. The last word of a name is the family name, unless a comma says otherwise.

    Raises BadInput, naming the line, where an address cannot be read or there is no name.
    """
    return [author_of(line.strip()) for line in text.splitlines() if line.strip()]


def author_of(line: str) -> AuthorRecord:
    match = _ADDRESSED.fullmatch(line)
    name, email = (match["name"], match["email"]) if match else (line, "")
    if not name.strip() or (not match and re.search(r"[<>@]", line)):
        raise BadInput(f"The author “{line}” could not be read. Write: Ada Lovelace <ada@example.org>.")
    given, family = _split(" ".join(name.split()))
    return AuthorRecord(given=given, family=family, email=email)


def _split(name: str) -> tuple[str, str]:
    if "," in name:
        family, given = name.split(",", 1)
        return given.strip(), family.strip()
    given, _, family = name.rpartition(" ")
    return given, family
