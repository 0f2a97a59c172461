"""Authors in one cell, in whatever way a journal lists them; and written so that they are read back exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.formats.article_record import ORCID, AuthorRecord

_EMAIL = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+\.[A-Za-z]{2,}")
_AROUND_EMAIL = re.compile(r"[<(\[]\s*(?:mailto:)?\s*[>)\]]")
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|&)\s+|\s*&\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r"[;\n|；、]|(?<=[\u3400-\u9fff])[，,]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}\.?")
_PARTICLES = frozenset(
    {
        "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "la", "le", "ter", "ten", "van",
        "von", "zu", "zum", "zur", "el", "al", "bin", "ibn",
    }
)  # fmt: skip
_MOST_AUTHORS = 6000  # the longest byline of physics has 5,154


def read_authors(text: str) -> tuple[AuthorRecord, ...]:
    """`Family, Given; …`, `Family, Given & Family, Given`, `Given Family, Given Family and …`, `Family GM, …`; with
    addresses and ORCIDs among them. Arabic has a comma of its own.
    """
    parts = _parts(text.replace("،", ","))[:_MOST_AUTHORS]
    return tuple(author for part in parts if (author := _author(part)) is not None)


def read_name(given: str, family: str) -> AuthorRecord:
    """An author whose names stand in cells of their own; or both in the cell of the family name: “Roe, Jane”."""
    if not given and "," in family:
        given, family = _given_and_family(family)
    return AuthorRecord(given=given[:200], family=family[:200])


def authors_cell(authors: Sequence[AuthorRecord]) -> str:
    """The authors as `read_authors` reads them back: `Family, Given <address> [ORCID]*; …`."""
    return "; ".join(_author_cell(author) for author in authors)


def _author_cell(author: AuthorRecord) -> str:
    parts = [f"{author.family}, {author.given}" if author.given else f"{author.family},"]
    if author.email:
        parts.append(f"<{author.email}>")
    if author.orcid:
        parts.append(f"[{author.orcid}]")
    return " ".join(parts) + ("*" if author.is_corresponding else "")


def _parts(text: str) -> list[str]:
    if _SEPARATOR.search(text):
        return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    ands = [part.strip(" ,") for part in _AND.split(text)]
    if len(ands) > 1 and all(map(_is_inverted, ands)):
        return ands
    listed = [part.strip() for part in _AND.sub(", ", text).split(",") if part.strip()]
    joined = _AND.search(text) is not None
    if len(listed) == 1 or (len(listed) == 2 and not joined and not all(" " in part for part in listed)):
        return [text]
    if len(listed) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in listed[1::2]):
        return [f"{family}, {given}" for family, given in zip(listed[::2], listed[1::2], strict=True)]
    return listed


def _is_inverted(part: str) -> bool:
    """Whether it is one `Family, Given`: two whole names with a comma between them would have two words each."""
    before, comma, after = part.partition(",")
    return bool(comma) and "," not in after and not (" " in before.strip() and " " in after.strip())


def _author(part: str) -> AuthorRecord | None:
    email = _EMAIL.search(part) if "@" in part else None
    orcid = ORCID.search(part)
    marked = "*" in part
    name = part.replace("*", " ")
    for found in (email, orcid):
        name = name.replace(found[0], "") if found else name
    name = _AROUND_EMAIL.sub(" ", name).replace("https://orcid.org/", "")
    given, family = _given_and_family(" ".join(name.split()))
    if not (given or family):
        if email is None:
            return None
        family = email[0].split("@")[0]
    return AuthorRecord(
        given=given[:200], family=family[:200], email=email[0][:254] if email else "",
        orcid=orcid[0].upper() if orcid else "", is_corresponding=marked,
    )  # fmt: skip


def _given_and_family(name: str) -> tuple[str, str]:
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip(" ,"), family.strip()
    words = name.split()
    if len(words) < 2:
        return "", name
    if (
        len(words) > 1
        and words[-1].replace(".", "").isupper()
        and len(words[-1].replace(".", "")) <= 3
        and not (words[0].replace(".", "").isupper() and len(words[0].replace(".", "")) <= 3)
    ):
        return words[-1], " ".join(words[:-1])
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])
