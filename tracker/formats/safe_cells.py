"""Cells of a CSV that no spreadsheet takes for a formula, and back again without loss.

A cell that begins with =, +, -, @, TAB or CR gets an apostrophe in front (OWASP, “CSV Injection”); one that has it
already gets another, so that taking one off always gives the original.
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text as it may stand in a cell."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell
