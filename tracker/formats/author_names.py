"""An author's name in its parts, as the formats ask for them: a group, one name only, a suffix, an order of its own.

An author without a given name is a group where the name has several words (or is a long one in Chinese letters), and
a person who has but one name otherwise.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.formats.article_record import AuthorRecord

_SUFFIX = re.compile(r",? +(Jr\.?|Sr\.?|I{2,3}|IV)$")
_EAST_ASIAN = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff\uf900-\ufaff]+")
_LONGEST_NAME = 4  # letters of a person's whole name in Chinese; “欧阳娜娜” has that many


class NameParts(NamedTuple):
    """`Sammy`, `Davis`, `Jr.`; a person of one name has it in `family`."""

    given: str
    family: str
    suffix: str


def is_group(author: AuthorRecord) -> bool:
    """Whether the author is a collaboration, a committee or an institution."""
    if author.given or not author.family:
        return False
    if _EAST_ASIAN.fullmatch(author.family):
        return len(author.family) > _LONGEST_NAME
    return " " in author.family


def parts_of(author: AuthorRecord) -> NameParts:
    """The parts of a person's name; the suffix stands after the given or the family name in the record."""
    if is_group(author):
        return NameParts("", author.family, "")
    given, family = (author.given, author.family) if author.family else ("", author.given)
    found = _SUFFIX.search(family) or _SUFFIX.search(given)
    suffix = found[1] if found else ""
    return NameParts(_SUFFIX.sub("", given), _SUFFIX.sub("", family), suffix)


def is_east_asian(author: AuthorRecord) -> bool:
    """Whether the name is written in Chinese, Japanese or Korean letters: the family name comes first then."""
    return bool(_EAST_ASIAN.fullmatch(author.family) and _EAST_ASIAN.fullmatch(author.given))


def in_order(author: AuthorRecord) -> str:
    """The name as it is read: `Ada Lovelace`, `王小明`."""
    if is_east_asian(author):
        return author.family + author.given
    return author.full_name
