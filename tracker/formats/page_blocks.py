"""What each line of an article page is: by the word that it opens with, wherever it stands on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from tracker.formats.folding import fold
from tracker.formats.history_labels import begins_a_label, is_label
from tracker.formats.history_lines import parse_history
from tracker.formats.printed_dates import find_dates

Part = Literal["volume", "citation", "history", "keywords", "abstract", "doi", "people", "title", "noise", "prose"]

_OPENINGS: tuple[tuple[Part, str], ...] = (
    ("volume", r"(?=vol(?:ume|\.)\s*\w+\s*(?:[,;:(|–-]|$))(?=.{0,60}$)"),
    ("citation", r"(?:citation|cite\s+as|(?:how\s+)?(?:to\s+)?cite\s+this(?:\s+(?:article|paper))?(?:\s+as)?|"
                 r"(?:how\s+)?to\s+cite|(?:suggested|recommended)\s+citation|reference)\s*(?::\s*|$)"),
    ("history", r"(?:(?:processing|article|publication|manuscript|submission|key)\s+(?:dates?|history)|history|"
                r"dates|article\s+info(?:rmation)?)\s*(?::\s*|$)"),
    ("keywords", r"key\s*-?\s*words?(?:\s+and\s+phrases)?\s*(?:[:—–.-]\s*|$)|(?-i:KEY\s?WORDS)\s+"),
    ("abstract", r"(?:abstract|summary)\s*(?:[:—–.]\s*|$)|(?-i:ABSTRACT)\s+"),
    ("doi", r"(?=(?:https?://(?:dx\.)?doi\.org/|doi\s*:?\s*(?:https?://\S*?)?)10\.\d{4,9}/\S)"),
    ("people", r"(?:about\s+the\s+authors?|(?:author\s+)?biograph(?:y|ies)(?:\s+of\s+the\s+authors?)?|"
               r"(?:the\s+)?authors?\s+(?:biograph(?:y|ies)|notes?|information|details)|biographical\s+notes?|"
               r"notes?\s+on\s+(?:the\s+)?(?:authors?|contributors?))\s*(?::\s*|$)"),
    ("title", r"title\s*:\s*"),
    ("noise", r"(?=(?:pdf\b.{0,60}|(?:download|view|read|get)\s+(?:the\s+)?(?:pdf|article|full|online|more|abstract)"
              r".{0,30}|"
              r"full\s+text.{0,20}|share(?:\s+this.{0,30})?|print|home|menu|(?:skip|back)\s+to\s.{0,30}|open\s+access|"
              r"e?-?issn\b.{0,60}|(?:©|\(c\)|copyright\s*(?:©|\(c\)|\d|:)|all\s+rights\s+reserved).{0,120}|"
              r"(?:research|original|short|review)?\s*(?:article|paper)|published\s+by\b.{0,60}|"
              r"available\s+(?:on|at|from)\b.{0,60})[.]?$)"),
)  # fmt: skip
"""What opens a part of the page other than plain prose. The opening itself is cut off, unless it is a lookahead."""

_COMPILED = tuple((part, re.compile(pattern, re.I)) for part, pattern in _OPENINGS)
_ENDED = re.compile(r"(?:[.!?]|\d)[\s’”\"')]*$")
_MOST_KEYWORDS = 20
_LONGEST_LABEL, _LONGEST_DATE = 60, 40  # characters
_LISTS_ON = re.compile(r"[,;:]$")


@dataclass
class Block:
    """Lines that belong together. `joined` is their text; a blank line parts blocks, and so does a new part."""

    part: Part
    lines: list[str] = field(default_factory=list)
    is_under_heading: bool = False
    """The opening word stood on a line of its own."""

    @property
    def joined(self) -> str:
        """The lines as one."""
        return " ".join(line for line in self.lines if line)


def blocks_of(lines: list[str]) -> list[Block]:
    """The blocks of a page in printed order. Each prose line after a blank line, or after another part, is a block."""
    blocks: list[Block] = []
    is_open = False
    for line in _with_their_labels(lines):
        if not line:
            is_open = bool(blocks) and not blocks[-1].joined
            continue
        part, rest = part_of(line)
        goes_on = part == "prose" and is_open and _goes_on(blocks[-1])
        if goes_on or (part == "history" and blocks and blocks[-1].part == "history"):
            blocks[-1].lines.append(rest)
        else:
            blocks.append(Block(part, [rest] if rest else [], is_under_heading=not rest))
        is_open = True
    return blocks


def _with_their_labels(lines: list[str]) -> list[str]:
    """The lines, where a label and its date, or several dates, stand on lines of their own made one."""
    joined: list[str] = []
    last: int | None = None  # the line that a date alone belongs to
    for line in lines:
        if last is not None and _is_date(line):
            joined[last:] = [f"{joined[last]}, {line}" if _tells_dates(joined[last]) else f"{joined[last]} {line}"]
            continue
        joined.append(line)
        if line:
            last = len(joined) - 1 if len(line) <= _LONGEST_LABEL and is_label(fold(line)) else None
    return joined


def _is_date(line: str) -> bool:
    """Whether a date is all that the line says."""
    text = fold(line).strip(" .,;")
    dates = find_dates(text) if 4 <= len(text) <= _LONGEST_DATE else []
    return len(dates) == 1 and dates[0].start == 0 and dates[0].end >= len(text)


def part_of(line: str) -> tuple[Part, str]:
    """What a line is, and its text without the opening word that says so."""
    for part, opening in _COMPILED:
        match = opening.match(line)
        if match:
            return part, line[match.end() :]
    if len(line) < 400 and begins_a_label(fold(line[:40]).split(" ")[0]) and _tells_dates(line):
        return "history", line
    return "prose", line


def _tells_dates(line: str) -> bool:
    history = parse_history(line)
    return bool(history.events or history.problems)


def _goes_on(block: Block) -> bool:
    """Whether a plain line under the block continues it, where the page has no blank line between."""
    text = block.lines[-1] if block.lines else ""
    match block.part:
        case "prose" | "abstract":
            return True
        case "citation" | "title":
            return not text or not _ENDED.search(text)
        case "keywords" if block.is_under_heading:
            return len(block.lines) < _MOST_KEYWORDS
        case "keywords" | "history":
            return not text or _LISTS_ON.search(text) is not None
        case _:
            return False
