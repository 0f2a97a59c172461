"""Words that people write themselves: names in double braces are replaced, and nothing else happens.

`{{ facts }}`, alone in its paragraph, says where the facts of the letter stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from tracker.domain.errors import BadInput

# name → what it stands for, in words for the page that explains it
NAMES = {
    "to_name": "who the letter goes to",
    "journal": "the journal's title",
    "title": "the manuscript's title",
    "reference": "its number; in a letter about several, all numbers",
    "due": "the day, with its weekday",
    "day": "the day",
    "editor": "the handling editor",
    "days_here": "days since it was received",
    "facts": "the box with title, number and day, alone in its paragraph",
}
NAME = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
LONGEST_SUBJECT, LONGEST_WORDS = 300, 10_000


class OwnWords(NamedTuple):
    """A subject and words, with names in them."""

    subject: str
    words: str


class Parts(NamedTuple):
    """The same with the names replaced: the paragraphs before and after the facts."""

    subject: str
    before: list[str]
    after: list[str]


def checked(subject: str, words: str) -> OwnWords:
    """The words with their white space put right. Raises BadInput for a name that does not exist, and for emptiness."""
    own = OwnWords(" ".join(subject.split()), "\n".join(line.rstrip() for line in words.strip().splitlines()))
    if not own.subject or not own.words:
        raise BadInput("A letter needs a subject and words.")
    if len(own.subject) > LONGEST_SUBJECT or len(own.words) > LONGEST_WORDS:
        raise BadInput(f"A subject may have {LONGEST_SUBJECT} characters, the words {LONGEST_WORDS:,}.")
    for text in own:
        _check_names(text)
    if NAME.search(own.subject) and "facts" in NAME.findall(own.subject):
        raise BadInput("“{{ facts }}” belongs into the words, not into the subject.")
    return own


def _check_names(text: str) -> None:
    unknown = [name for name in NAME.findall(text) if name not in NAMES]
    if unknown:
        raise BadInput(f"There is no name “{unknown[0]}”. The names are: {', '.join(NAMES)}.")
    if left := BRACES.search(NAME.sub("", text)):
        raise BadInput(
            f"“{left[0]}” stands alone. Names are written {{{{ title }}}}; nothing else goes between braces."
        )


def parts_of(own: OwnWords, values: Mapping[str, Any]) -> Parts:
    """The letter's words for these values; a name without a value is left out."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", own.words) if part.strip()]
    place = next((at for at, part in enumerate(paragraphs) if _is_facts(part)), len(paragraphs))
    known = {**values, "editor": values.get("signed_by", ""), "facts": ""}
    before = [_filled(part, known) for part in paragraphs[:place]]
    after = [_filled(part, known) for part in paragraphs[place + 1 :]]
    return Parts(_filled(own.subject, known), before, after)


def _is_facts(paragraph: str) -> bool:
    found = NAME.fullmatch(paragraph)
    return found is not None and found[1] == "facts"


def _filled(text: str, values: Mapping[str, Any]) -> str:
    """The words with their names filled in; the spaces around one that is left out close up, line by line."""
    filled = NAME.sub(lambda found: str(values.get(found[1], "")), text)
    return "\n".join(" ".join(line.split()) for line in filled.strip().splitlines())
