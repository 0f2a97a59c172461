"""Where a text mentions a person: by an address or a full name as a whole, and not by a part of another's."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

INSIDE_AN_ADDRESS = r"\w.+-"


def mention_of(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of these addresses and full names in a text, letter case apart.

    `ann@b.org` is not found in `joann@b.org`, nor `Ann Li` in `Ann Lindgren`. A name in a script without letter case,
    such as Chinese or Arabic, is found wherever it stands: no spaces are around names there, or words are joined to it.
    Any white space may stand between the words of a name, and HTML's way of writing it is found too.
    """
    written = [
        way
        for word in words
        for way in dict.fromkeys((word, html.escape(word), html.escape(word).replace("&#x27;", "&#39;")))
    ]
    return re.compile("|".join(map(_as_a_whole, written)) or r"(?!)", re.IGNORECASE)


def is_mentioned(mention: re.Pattern[str], value: Any) -> bool:
    """Whether the value mentions them, however deep in lists and objects."""
    if isinstance(value, str):
        return mention.search(value) is not None
    if isinstance(value, Mapping):
        return any(is_mentioned(mention, item) for item in value.values())
    return isinstance(value, list) and any(is_mentioned(mention, item) for item in value)


def redacted(mention: re.Pattern[str], value: Any, blank: str) -> Any:
    """The value with `blank` for every mention, however deep it stands in lists and objects."""
    if isinstance(value, str):
        return mention.sub(blank, value)
    if isinstance(value, list):
        return [redacted(mention, item, blank) for item in value]
    if isinstance(value, dict):
        return {key: redacted(mention, item, blank) for key, item in value.items()}
    return value


def _as_a_whole(word: str) -> str:
    if "@" in word:
        return rf"(?<![{INSIDE_AN_ADDRESS}]){re.escape(word)}(?![\w-]|\.\w)"
    whole = r"\s+".join(map(re.escape, word.split()))
    before, after = (r"(?<!\w)(?<!\w-)" if _has_case(word[0]) else ""), (r"(?!-?\w)" if _has_case(word[-1]) else "")
    return f"{before}{whole}{after}"


def _has_case(letter: str) -> bool:
    return letter.lower() != letter.upper()
