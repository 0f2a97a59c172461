"""People as they are typed or copied out of a mail program: `Ada Lovelace <ada@example.org>`, the brackets or not."""

from __future__ import annotations

import re

_IN_ADDRESSES = r"[^\s<>@,;:\"\\()\[\]]"
_ADDRESS = rf"(?<!{_IN_ADDRESSES}){_IN_ADDRESSES}+@{_IN_ADDRESSES}+"
_PERSON = re.compile(rf"(?P<name>[^<>@]*?) ?(?:[<(] ?(?:mailto:)?(?P<email>{_ADDRESS}) ?[>)]|(?P<bare>{_ADDRESS}))?")
_ENDS_A_PERSON = re.compile(rf"({_ADDRESS}\s*[>)]?)\s*,")


def people_in(line: str) -> list[str]:
    """The people of a line, one text each: `;` stands between them, and a comma that follows an address.

    Any other comma stands between a family name and a given one: `Lovelace, Ada <ada@example.org>`.
    """
    return [person for text in _ENDS_A_PERSON.sub(r"\1;", line).split(";") if (person := text.strip())]


def name_and_address(text: str) -> tuple[str, str] | None:
    """Name and address of one person, either of them empty where it is not given; quotes around the name are dropped.

    None for what cannot be read: the name would have `<`, `>` or `@` in it.
    """
    match = _PERSON.fullmatch(" ".join(text.split()))
    return (match["name"].strip('" '), match["email"] or match["bare"] or "") if match else None
