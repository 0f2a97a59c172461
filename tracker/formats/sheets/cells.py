"""The text of single cells: what no database keeps is taken out, what a spreadsheet would run is made harmless."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
_RUNS_AS_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_PLAIN = re.compile(r"[\x20-\x7e]*")


def clean_cell(text: str) -> str:
    """The cell without control characters and without white space around it; line breaks inside it stay."""
    if _PLAIN.fullmatch(text):
        return text.strip()
    return _UNPRINTABLE.sub("", text).replace("\r\n", "\n").replace("\xa0", " ").strip()


def clean_row(cells: list[str]) -> list[str]:
    """All cells of a row cleaned; most rows are plain, and are seen to be so at one look."""
    text = "".join(cells)
    if text.isascii() and text.isprintable():
        return [cell.strip() for cell in cells]
    return [clean_cell(cell) for cell in cells]


def guarded(text: str) -> str:
    """The cell as text that no spreadsheet program takes for a formula: `=1+1` becomes `'=1+1`."""
    return f"'{text}" if _RUNS_AS_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The cell without the mark that `guarded` put before it, so that a round trip is exact."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text


def column_letters(index: int) -> str:
    """The name of a column as spreadsheets have it, counted from 0: A, B, … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
