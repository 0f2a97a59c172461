"""An older version's database: what it meant by its figures is written anew, by an upgrade and by a restore."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.cli.running import Terminal
from tests.people import manuscript_in, people, step
from tracker.db import db
from tracker.queries.verification import verify_all

DAY = date(2026, 3, 2)


@pytest.fixture
def terminal(app: Flask, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A database as the version before left it: at its migration, with what it meant by a reviewer who pulled out."""
    manuscript = manuscript_in(people().journal)
    step(manuscript, "sent_to_review", DAY, reviewers=["Bo Li <bo@example.org>"])
    step(manuscript, "agreed", DAY + timedelta(1), reviewer=1, due_on=DAY + timedelta(29))
    step(manuscript, "declined", DAY + timedelta(40), reviewer=1)
    db.session.remove()
    found = Terminal(capsys)
    assert found.run("db", "downgrade", "0010").err == ""
    answered = (DAY + timedelta(40)).isoformat()
    with db.engine.begin() as connection:
        connection.execute(text(f"UPDATE assignments SET answered_on = '{answered}', first_due_on = NULL"))  # noqa: S608
        for table in ("intervals", "turnaround_counts"):
            connection.execute(text(f"UPDATE {table} SET days = 40 WHERE metric = 'reviewer_response'"))  # noqa: S608
    db.engine.dispose()
    return found


def problems() -> list[str]:
    found = [problem.problem for problem in verify_all().problems]
    db.session.remove()
    db.engine.dispose()
    return found


def test_an_upgrade_writes_anew_what_is_copied_from_the_histories(terminal: Terminal) -> None:
    assert "histories of 1 manuscripts was written anew" in terminal.run("db", "upgrade").out
    assert problems() == []
    assert "written anew" not in terminal.run("db", "upgrade").out


def test_a_backup_of_an_older_version_is_restored_and_verifies(terminal: Terminal, tmp_path: Path) -> None:
    file = str(tmp_path / "saved.sqlite")
    assert terminal.run("backup", file).status == 0
    terminal.run("db", "upgrade")
    restored = terminal.run("restore", file)
    assert (restored.status, restored.err) == (0, "")
    assert problems() == []
