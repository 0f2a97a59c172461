"""Authors as people type them: one a line, `Ada Lovelace <ada@example.org>` or `Lovelace, Ada`; a star at the end of
the line marks the corresponding author.
"""

from __future__ import annotations

from tracker.domain.errors import BadInput
from tracker.formats.article_record import LONGEST, AuthorRecord, tidy
from tracker.formats.named_addresses import name_and_address

MARK = "*"
HINT = "One a line, in the order of the byline: Ada Lovelace <ada@example.org>."
WHO_GETS_LETTERS = (
    "A * at the end marks the corresponding author, who gets the letters; else the first with an address."
)


def read_author_lines(text: str) -> tuple[AuthorRecord, ...]:
    """The authors in order. The last word of a name is the family name, unless a comma says otherwise.

    Raises BadInput, naming the line, where an address cannot be read or there is no name.
    """
    return tuple(read_author_line(line) for line in lines_of(text))


def lines_of(text: str) -> list[str]:
    """The lines that say something, tidied."""
    return [line for typed in text.splitlines() if (line := tidy(typed))]


def read_author_line(line: str) -> AuthorRecord:
    """One author. Raises BadInput as `read_author_lines` does."""
    name, email = name_and_address(line.replace(MARK, " ")) or ("", "")
    if not name or (email and "." not in email.partition("@")[2]):
        raise BadInput(f"The author “{line}” could not be read. Write: Ada Lovelace <ada@example.org>.")
    given, family = _split(name)
    if max(len(given), len(family)) > LONGEST["family"] or len(email) > LONGEST["email"]:
        raise BadInput(f"The author “{line[:60]}…” is too long: a line is one author, Ada Lovelace <ada@example.org>.")
    return AuthorRecord(given=given, family=family, email=email, is_corresponding=MARK in line)


def author_line(given: str, family: str, email: str, *, is_corresponding: bool) -> str:
    """The author as `read_author_line` reads them back, whatever the name: `van Beethoven, Ludwig <l@b.org> *`."""
    name = f"{given} {family}".strip()
    if _split(name) != (given, family):
        name = f"{family}, {given}".strip()
    return " ".join(part for part in (name, f"<{email}>" if email else "", MARK if is_corresponding else "") if part)


def _split(name: str) -> tuple[str, str]:
    name = name.replace("،", ",")  # Arabic has a comma of its own
    if "," in name:
        family, given = name.split(",", 1)
        return given.strip(), family.strip()
    given, _, family = name.rpartition(" ")
    return given, family
