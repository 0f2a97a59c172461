"""The page of the docs that draws the lifecycle is the table, and nothing but the table."""

from pathlib import Path

from tracker.domain.transitions import TRANSITIONS
from tracker.domain.words import State
from tracker.formats.lifecycle_page import lifecycle_page
from tracker.formats.mermaid import lifecycle_diagram

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"


def test_the_page_in_the_docs_is_what_the_command_prints() -> None:
    assert PAGE.read_text(encoding="utf-8") == lifecycle_page(), "run: tracker lifecycle > docs/lifecycle.md"


def test_the_diagram_draws_every_state_and_every_row() -> None:
    diagram = lifecycle_diagram()
    assert all(f" as {state}\n" in diagram for state in State)
    assert all(f"{row.number} " in diagram for row in TRANSITIONS)
