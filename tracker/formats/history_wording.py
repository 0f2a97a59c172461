"""What the words around a date say together: one label or two, of the article or not, of this date or not."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from tracker.formats.history_vocabulary import Meaning
from tracker.formats.history_vocabulary.small_words import (
    AFTER,
    AUTHORITIES,
    AUXILIARIES,
    BY,
    CONNECTORS,
    COPULAS,
    LATER_THAN,
    LEADS_TO_ACTION,
    LEADS_TO_NAME,
    PENDING,
    SUBJECTS,
)
from tracker.formats.history_vocabulary.spelling import MISSPELT

Link = Literal["direct", "by name", "none"]
"""How a date follows its label: at once, after a name (“Submitted to Appl. Phys. June 30”), or not at all."""


class Label(NamedTuple):
    """A phrase of the vocabulary, and where it stands in the words that were searched."""

    meaning: Meaning
    languages: frozenset[str]
    start: int
    end: int


class Token(NamedTuple):
    """A word or a dividing mark, and where it stands."""

    text: str
    start: int
    end: int


_CJK = r"\u3400-\u9fff"
TOKEN = re.compile(rf"[a-z]+|[{_CJK}]+|[;|:/.]")
BREAKS = frozenset(";|:/.")
CJK_FILLER = re.compile(r"[日期时间時間于於为為是在稿了的至和、]+")
_CONDITIONS: tuple[Meaning, ...] = ("resubmitted", "other", "corrected")


def tokens_of(words: str, start: int = 0) -> list[Token]:
    """The words and dividing marks of a folded text, from `start` on, the usual misspellings put right."""
    return [
        Token(MISSPELT.get(match[0], match[0]), match.start(), match.end()) for match in TOKEN.finditer(words, start)
    ]


def composed(labels: list[Label], tokens: list[Token]) -> list[Label]:
    """The labels, those made one that say one thing: “revised copy received”, “accepted after minor changes”."""
    joined: list[Label] = []
    for label in labels:
        if joined and (meaning := _meaning_together(joined[-1], label, tokens)):
            before = joined.pop()
            languages = before.languages & label.languages or before.languages
            joined.append(Label(meaning, languages, before.start, label.end))
        else:
            joined.append(label)
    return joined


def _meaning_together(one: Label, other: Label, tokens: list[Token]) -> Meaning | None:
    """What two labels that follow each other mean as one; None if they are two."""
    between = [token.text for token in tokens if one.end <= token.start and token.end <= other.start]
    if one.meaning == "limit" and LEADS_TO_ACTION.issuperset(between):
        return "limit"
    if other.meaning == "limit" and not between:
        return "limit"
    if not between and one.meaning == other.meaning:
        return one.meaning
    if (one.meaning, other.meaning) == ("resubmitted", "received") and COPULAS.issuperset(between):
        return "resubmitted"
    if (one.meaning, other.meaning) == ("resubmitted", "accepted") and between and COPULAS.issuperset(between):
        return "accepted"  # “the revised version was accepted”; “revised, accepted” are two labels
    if one.meaning != "accepted" or other.meaning not in _CONDITIONS:
        return None
    if between and between[0] in PENDING:
        return "other"
    first = next((token.text for token in tokens if token.start >= other.start), "")
    is_condition = AFTER.issuperset(between) and (bool(between) or first in AFTER)
    return "accepted" if is_condition else None


def is_of_another(tokens: list[Token], index: int) -> bool:
    """Whether the phrase is said of something that is no article: “the award was received”, “must be received”."""
    if index < 2 or tokens[index - 1].text not in COPULAS:
        return False
    before = (token.text for token in reversed(tokens[: index - 1]))
    subject = next((text for text in before if text not in COPULAS and text not in AUXILIARIES), "it")
    return subject not in SUBJECTS and subject not in BREAKS


def link_of(gap: list[Token], text: str) -> Link:
    """How a date follows its label, by the words between: `gap`, which are those of `text`."""
    words = [token for token in gap if token.text not in BREAKS]
    unknown = [token for token in words if token.text not in CONNECTORS and not CJK_FILLER.fullmatch(token.text)]
    if words and words[-1].text == "by":  # “papers submitted by 3 May”
        return "none"
    if not unknown:
        return "direct"
    if words[-1].text in LATER_THAN or _names_an_authority([word.text for word in words]):
        return "none"
    if words[0].text in BY:  # “Accepted by J. Roe: 19 July”
        text = text.rstrip(": ")
    parted = any(mark in text for mark in ";|:")
    if words[0].text in LEADS_TO_NAME and not parted and len(text) <= 80:
        return "by name"
    return "none"


def _names_an_authority(words: list[str]) -> bool:
    return "editorial" not in words and not AUTHORITIES.isdisjoint(words)
