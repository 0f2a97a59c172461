"""The citation of an article page, in the style of the American Psychological Association and its relatives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.formats.page_people import CitedAuthor, cited_authors


@dataclass(frozen=True)
class Citation:
    """What a printed citation says; empty or None for what it does not say or does not say clearly."""

    text: str = ""
    authors: tuple[CitedAuthor, ...] = ()
    year: int | None = None
    title: str = ""
    volume: str = ""
    issue: str = ""
    article_number: str = ""
    pages: str = ""


_YEAR = re.compile(r"\(\s*((?:1[6-9]|20)\d\d)[a-z]?(?:,[^()]{0,30})?\s*\)\s*[.:,]?\s*")
_QUOTED = re.compile(r"[‘'“\"«„]\s*(.{3,400}?)\s*[.,]?\s*[’'”\"»‘“]\s*[.,]?\s+(?=[A-Z])")
_SENTENCE = re.compile(r"(.{3,400}?[^\s.]{2}[.?!])\s+(?=[A-Z])")
_NUMBERS = re.compile(
    r",?\s+(?:vol(?:ume|\.)?\s*)?(?P<volume>\d{1,4})(?:\s*\(\s*(?P<issue>[\w–-]{1,12})\s*\))?"
    r"(?:\s*,\s*(?:issue|no\.?)\s*(?P<issue2>\w{1,8}))?"
    r"(?:\s*[,:]\s*(?:article\s*(?:no\.?\s*)?)?(?P<article>[A-Za-z]?\d{1,9})(?![\d–-]|\s*[–-]\s*\d))?"
    r"(?:\s*[,:]\s*(?:pp?\.\s*)?(?P<pages>[A-Za-z]?\d{1,6}\s*[–-]\s*[A-Za-z]?\d{1,6}))?"
    r"\s*\.?\s*(?=$|https?:|doi|DOI|Available|Retrieved)",
    re.I,
)


def read_citation(text: str) -> Citation:
    """Read a citation such as “Vogel, A. (2021). Walking. Journal of Paths, 2, 3, 1-5.”; never raises."""
    year = _YEAR.search(text)
    if year is None:
        return Citation(text, authors=cited_authors(text.split(".")[0]))
    rest = text[year.end() :]
    title, after = _title(rest)
    numbers = _NUMBERS.search(after)
    parts = {key: value or "" for key, value in numbers.groupdict().items()} if numbers else {}
    return Citation(
        text,
        cited_authors(text[: year.start()]),
        int(year[1]),
        title,
        parts.get("volume", ""),
        parts.get("issue") or parts.get("issue2", ""),
        parts.get("article", ""),
        re.sub(r"\s", "", parts.get("pages", "")),
    )


def _title(rest: str) -> tuple[str, str]:
    """The title, without its quotes and full stop, and what follows it."""
    match = _QUOTED.match(rest) or _SENTENCE.match(rest)
    if match is None:
        return "", rest
    return match[1].rstrip(" .,"), rest[match.end() - 1 :]
