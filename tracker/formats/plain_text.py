"""Text out of the markup that other systems put into fields: HTML in OJS, JATS in Crossref's abstracts."""

from __future__ import annotations

import re
from html import unescape

from tracker.formats.article_record import tidy

_NAMES = "a|abbr|b|bold|br|cite|div|em|font|h[1-6]|i|italic|li|ol|p|q|s|sc|scp|small|span|strong|sub|sup|tt|u|ul"
_TAG = re.compile(rf"</?(?:(?:jats|mml|m):[a-z-]+|{_NAMES})(?:\s[^<>]{{0,1000}})?/?>", re.I)
_PARAGRAPH = re.compile(r"<(?:/(?:jats:)?(?:p|div|sec|title|li|h[1-6])|br\s*/?)\s*>", re.I)
_ABSTRACT_HEADING = re.compile(r"^\s*<jats:title>\s*(?:Abstract|Summary)\s*</jats:title>", re.I)


def plain_text(markup: str) -> str:
    """The text with its paragraphs parted by blank lines, tags gone and entities as letters. Linear in its length.

    Only the tags that texts are marked up with count: “<Tides>” in a title is a word.
    """
    markup = _ABSTRACT_HEADING.sub("", markup)
    parted = _TAG.sub("", _PARAGRAPH.sub("\n\n", markup))
    return "\n\n".join(text for part in parted.split("\n\n") if (text := tidy(unescape(part))))


def plain_line(markup: str) -> str:
    """The text on one line."""
    return tidy(plain_text(markup))
