"""A letter's heads, written by us to the last character.

The email package reads what it is given: it decodes RFC 2047's `=?…?=` in a title, and writes as lines of their own
what line breaks it finds there; it splits a long name at its commas, and what follows is a recipient. So it is given
nothing to read. What people typed stands in a head as it is only where no program could take it for anything but text;
all else is encoded words, in which there are no marks but their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.headerregistry import Address
from email.policy import EmailPolicy, Policy
from typing import NamedTuple

from tracker.domain.errors import BadInput
from tracker.mail.addresses import checked_address

FORBIDDEN = re.compile(r"[\r\n\x00]")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
HALVES = re.compile(r"[\ud800-\udfff]")  # of a character, which no mail can carry
PLAIN_NAME = re.compile(r"[\w !#$%&'*+/^`{|}~.-]*", re.ASCII)  # no comma, bracket, quote, “@” or “=?” (RFC 5322, 3.2.3)
LEFT_BY_Q = re.compile(r"[A-Za-z0-9!*+/-]")  # in a name, too (RFC 2047, 5)
LONGEST_LINE = 76  # of those with encoded words (RFC 2047, 2)
LONGEST_PIECE = LONGEST_LINE - len("Subject: ")
ENCODED_WORD = "=?utf-8?q?{}?="
ROOM = LONGEST_PIECE - len(ENCODED_WORD.format(""))


class Head(str):
    """A head as people read it, with the lines by which it stands on the wire, and the addresses in it."""

    name: str
    lines: Sequence[str]
    addresses: Sequence[Address]

    def __new__(cls, name: str, read: str, lines: Sequence[str], addresses: Sequence[Address] = ()) -> Head:
        head = super().__new__(cls, read)
        head.name, head.lines, head.addresses = name, lines, addresses
        return head

    def fold(self, *, policy: Policy) -> str:
        """What the email package writes; it asks for no more of what has a name."""
        return "".join(line + policy.linesep for line in self.lines)


class _Letter(EmailPolicy):
    """Every head stands in a letter once."""

    def header_max_count(self, name: str) -> int:
        return 1


LETTER = _Letter(linesep="\r\n")


class Person(NamedTuple):
    """Somebody's address, and the name, if it is known."""

    address: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def text_head(name: str, text: str) -> Head:
    """A head for people to read. Raises BadInput for a line break or NUL."""
    read = one_line(text)
    return Head(name, read, _lines(name, _pieces(read, read.split(" ")) if _is_plain(read) else _encoded(read)))


def people_head(name: str, people: Iterable[Person]) -> Head:
    """A head with names and addresses. Raises BadInput for what is no address, and for a line break or NUL."""
    known = [Person(checked_address(person.address), one_line(person.name)) for person in people]
    *before, last = (piece for person in known for piece in _mailbox(person))
    lines = _lines(name, [*before, last.removesuffix(",")])
    return Head(name, ", ".join(map(str, known)), lines, [_address(person) for person in known])


def verbatim_head(name: str, value: str) -> Head:
    """A head for programs: one line, as it is. Raises BadInput for what is not printable ASCII.

    Identifiers and links have no place to fold at, and mail programs know them only so: encoded, a thread falls apart
    and no click unsubscribes (RFC 2047, 5; RFC 8058, 3.1).
    """
    if not (value.isascii() and value.isprintable()):
        raise BadInput(f"“{' '.join(value.split())[:80]}” cannot stand in a letter's head: it may be of ASCII alone.")
    return Head(name, value, [f"{name}: {value}"])


def one_line(text: str) -> str:
    """The text as a head can say it: one space for all white space and control characters that stand together, and
    “\N{REPLACEMENT CHARACTER}” for half a character. Raises BadInput for CR, LF and NUL.
    """
    if FORBIDDEN.search(text):
        raise BadInput(f"“{FORBIDDEN.sub(' ', text)[:80]}” has a line break in it and cannot stand in a letter's head.")
    return " ".join(HALVES.sub("\N{REPLACEMENT CHARACTER}", CONTROLS.sub(" ", text)).split())


def _is_plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _mailbox(person: Person) -> list[str]:
    """A person in a list of people."""
    return [*_phrase(person.name), f"<{person.address}>," if person.name else f"{person.address},"]


def _phrase(name: str) -> list[str]:
    if not PLAIN_NAME.fullmatch(name):
        return _encoded(name)
    if "." in name:  # to be quoted, and a quotation that goes on in the next line ends with the first for some programs
        return _pieces(name, [f'"{name}"'])
    return _pieces(name, name.split(" ")) if name else []


def _pieces(text: str, words: list[str]) -> list[str]:
    """What may stand on a line each: the text in these words, or in encoded words if one has no room on a line."""
    return words if max(map(len, words)) <= LONGEST_PIECE else _encoded(text)


def _encoded(text: str) -> list[str]:
    """RFC 2047's encoded words; none ends inside a character."""
    words = [""]
    for character in text:
        written = _in_q(character)
        if len(words[-1]) + len(written) > ROOM:
            words.append("")
        words[-1] += written
    return [ENCODED_WORD.format(word) for word in words]


def _in_q(character: str) -> str:
    if character == " ":
        return "_"
    return character if LEFT_BY_Q.match(character) else "".join(f"={byte:02X}" for byte in character.encode())


def _lines(name: str, pieces: Iterable[str]) -> list[str]:
    """The pieces with a space between them, on as many lines as they need; the first stands beside the head's name."""
    first, *others = pieces
    lines = [f"{name}: {first}"]
    for piece in others:
        if len(lines[-1]) + 1 + len(piece) > LONGEST_LINE:
            lines.append("")
        lines[-1] += f" {piece}"
    return lines


def _address(person: Person) -> Address:
    local, _, domain = person.address.rpartition("@")
    return Address(person.name, local, domain)
