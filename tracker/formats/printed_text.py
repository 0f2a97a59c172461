"""The text that a reader sees in what was copied from a page or out of a PDF: no markup, no invisible characters."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_UNSEEN = re.compile("\u00ad\\s*|[\u200b-\u200f\u2060\ufeff]")
_LETTERSPACED = re.compile(r"(?<![A-Za-z])(?:[A-Za-z] ){4,}[A-Za-z](?![A-Za-z])")
_SPACED_CHARACTERS = re.compile("(?<![\u3400-\u9fff])(?:[\u3400-\u9fff] ){2,}[\u3400-\u9fff](?![\u3400-\u9fff])")
_SPACED_DATE = re.compile(r"(?<!\d)\d(?: \d){3} ?[-/.－–年] ?\d(?: \d)? ?[-/.－–月] ?\d(?: \d)?(?!\d)")


def printed_text(text: str) -> str:
    """`text` as it is seen: tags gone, entities as letters. Takes time in proportion to its length."""
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return text if text.isascii() else _UNSEEN.sub("", text)


def closed_up(text: str) -> str:
    """`text` without the spaces of wide setting: “R E C E I V E D” as a word, “2 0 1 9 - 0 5 - 0 3” as a date."""
    for spaced in (_LETTERSPACED, _SPACED_CHARACTERS, _SPACED_DATE):
        text = spaced.sub(_closed, text)
    return text


def _closed(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")
