"""The lifecycle as a page for people: the diagram, who may do what, who holds the ball. Drawn from the tables."""

from __future__ import annotations

from tracker.domain.roles import Role, may_record
from tracker.domain.transitions import TRANSITIONS
from tracker.domain.words import State, spoken
from tracker.formats.mermaid import lifecycle_diagram

INTRODUCTION = """# The lifecycle

Made by `tracker lifecycle` from the table in `tracker/domain/transitions.py`; a test compares. Do not edit.

"""


def lifecycle_page() -> str:
    """The Markdown of docs/lifecycle.md."""
    parts = [INTRODUCTION, "```mermaid\n", lifecycle_diagram(), "```\n\n## Who may record what\n\n"]
    roles = list(Role)
    parts.append("| | action | from | " + " | ".join(spoken(role) for role in roles) + " |\n")
    parts.append("|---|---|---|" + "---|" * len(roles) + "\n")
    for row in TRANSITIONS:
        sources = ", ".join(spoken(state) for state in State if state in row.sources) or "–"
        allowed = " | ".join("yes" if may_record(role, row.action) else "" for role in roles)
        parts.append(f"| {row.number} | `{row.action}` {row.done} | {sources} | {allowed} |\n")
    return "".join(parts)
