"""The table of the security standard names files and tests that there are, and each requirement once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:tests|tracker|docs|templates)/[^`]*)`", PAGE)))
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if re.match(r"\| \d", line)]


def test_every_file_and_test_that_is_named_is_there() -> None:
    missing = []
    for name in NAMED:
        path, _, test = name.partition("::")
        there = (ROOT / path).exists()
        has_test = not test or (there and f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"))
        missing += [] if there and has_test else [name]
    assert len(NAMED) > 40
    assert missing == []


def test_what_is_met_is_shown_by_a_test_and_every_row_has_a_grade() -> None:
    assert len(ROWS) > 50
    assert {row[1] for row in ROWS} == {"met", "built", "partly", "not met", "yours"}
    unshown = [row[0] for row in ROWS if row[1] == "met" and not ("tests/" in row[3] or "the same" in row[3])]
    assert unshown == ["5.1.1 what may be uploaded is written down"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].split(" ")[0])
def test_a_requirement_is_a_number_of_the_standard(row: list[str]) -> None:
    numbers = re.findall(r"\b(\d+)\.(\d+)\.(\d+)\b", row[0])
    assert numbers
    assert all(1 <= int(chapter) <= 17 for chapter, _, _ in numbers)
