"""The audit trail as a table that a spreadsheet may open."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from tracker.domain.words import spoken
from tracker.formats.safe_cells import guarded

HEADINGS = ("at", "by", "what", "journal", "whom", "before", "after")


def audit_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV with a row for each of the rows' HEADINGS; what a spreadsheet would take for a formula is a text."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEADINGS)
    for row in rows:
        table.writerow([guarded(_cell(row[name])) for name in HEADINGS])
    return out.getvalue()


def changes_in_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """`timezone: UTC → Europe/Lisbon`, a line for each thing that changed."""
    names = list({**before, **after})
    return [f"{spoken(name)}: {_value(before.get(name))} → {_value(after.get(name))}" for name in names]


def _value(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
