"""kill -9 at random moments, on both databases: after each the ledger verifies and the application starts.

A few kills each; 200 for each kind of work on each database with TRACKER_TEST_LONG=1.
"""

from __future__ import annotations

import csv
import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.chaos.nursery import Nursery, nursery
from tests.mail.servers import Mailbox, smtp_server
from tests.people import NOW
from tracker import clock
from tracker.db import db, transaction
from tracker.domain.letters import LetterState
from tracker.migrations import state
from tracker.models import Journal, Letter
from tracker.queries.verification import verify_all
from tracker.services.actors import OPERATOR
from tracker.services.backup_files import must_be_whole, read_facts
from tracker.services.delivery import set_aside_lost_claims
from tracker.services.journals import add_journal

pytestmark = pytest.mark.slow

KILLS = 200 if os.environ.get("TRACKER_TEST_LONG") else 2
SHEETS_OF = 100
LETTERS = 1600 if os.environ.get("TRACKER_TEST_LONG") else 30  # eight and more a kill


@pytest.fixture
def children(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nursery]:
    with transaction():
        add_journal(slug="ijcp", title="Careful Practice", by=OPERATOR, now=NOW)
    _let_go()
    with nursery() as ready:
        yield ready


def moments(seconds: float) -> Iterator[float]:
    """So many moments within the work, and a little after it; the same ones for the same seed."""
    rng = random.Random(int(os.environ.get("TRACKER_TEST_SEED", "8")))  # noqa: S311  no secret
    return (rng.uniform(0, seconds * 1.05) for _ in range(KILLS))


def must_be_well(app: Flask) -> int:
    """The histories verify and the pages are served; gives the number of manuscripts. No connection stays open."""
    _let_go()
    result = verify_all()
    assert result.problems == ()
    assert app.test_client().get("/healthz").status_code == 200
    _let_go()
    return result.manuscripts


def _let_go() -> None:
    db.session.remove()
    db.engine.dispose()


def a_sheet(folder: Path, number: int) -> Path:
    path = folder / f"sheet-{number}.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Reference", "Title", "Author", "Received", "Accepted"])
        for row in range(SHEETS_OF):
            rows.writerow([f"X-{number}-{row}", f"On {number} and {row}", "Ada Lovelace", "2026-01-05", "2026-02-03"])
    return path


def import_of(sheet: Path) -> tuple[str, ...]:
    return ("import", "sheet", str(sheet), "--journal", "ijcp", "--dates", "ymd")


def test_killed_during_an_import_the_whole_sheet_is_there_or_nothing(
    app: Flask, children: Nursery, tmp_path: Path
) -> None:
    seconds = children.run(*import_of(a_sheet(tmp_path, 0)))
    assert must_be_well(app) == SHEETS_OF
    for number, moment in enumerate(moments(seconds), start=1):
        children.run(*import_of(a_sheet(tmp_path, number)), kill_after=moment)
        assert must_be_well(app) % SHEETS_OF == 0
    children.run(*import_of(a_sheet(tmp_path, KILLS)))
    assert must_be_well(app) >= 2 * SHEETS_OF


def test_killed_during_a_migration_it_is_at_one_migration_or_the_other(
    app: Flask, children: Nursery, tmp_path: Path
) -> None:
    children.run(*import_of(a_sheet(tmp_path, 0)))
    seconds = children.run("db", "downgrade", "0001") + children.run("db", "upgrade")
    for moment in moments(seconds):
        children.run("db", "downgrade", "0001", kill_after=moment)
        children.run("db", "upgrade", kill_after=moment)
        _let_go()
        assert state.present_revision() in ("0001", state.newest_revision())
        state.upgrade()
        state.must_match_models()
        _let_go()
        assert must_be_well(app) == SHEETS_OF


def test_killed_while_the_tables_are_made_they_are_all_there_or_none(app: Flask, children: Nursery) -> None:
    children.run("db", "downgrade", "base")
    seconds = children.run("db", "upgrade")
    for moment in moments(seconds):
        children.run("db", "downgrade", "base")
        children.run("db", "upgrade", kill_after=moment)
        _let_go()
        assert state.present_revision() in (None, state.newest_revision())
        state.upgrade()
        state.must_match_models()
        _let_go()
        must_be_well(app)


def test_killed_during_a_backup_there_is_a_whole_one_or_none(app: Flask, children: Nursery, tmp_path: Path) -> None:
    children.run(*import_of(a_sheet(tmp_path, 0)))
    seconds = children.run("backup", str(tmp_path / "saved.sqlite"))
    for number, moment in enumerate(moments(seconds)):
        file = tmp_path / f"saved-{number}.sqlite"
        children.run("backup", str(file), kill_after=moment)
        if file.exists():
            must_be_whole(file, read_facts(file))
        assert must_be_well(app) == SHEETS_OF


def test_killed_during_a_restore_it_is_the_old_database_or_the_new(
    app: Flask, children: Nursery, tmp_path: Path
) -> None:
    children.run(*import_of(a_sheet(tmp_path, 0)))
    children.run("backup", str(tmp_path / "one.sqlite"))
    children.run(*import_of(a_sheet(tmp_path, 1)))
    children.run("backup", str(tmp_path / "two.sqlite"))
    seconds = children.run("restore", str(tmp_path / "one.sqlite"))
    assert must_be_well(app) == SHEETS_OF
    for number, moment in enumerate(moments(seconds)):
        children.run("restore", str(tmp_path / ("two", "one")[number % 2]) + ".sqlite", kill_after=moment)
        assert must_be_well(app) in (SHEETS_OF, 2 * SHEETS_OF)


def test_killed_during_delivery_no_letter_is_lost_and_none_sent_twice(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox(delay=0.002)
    with smtp_server(mailbox) as url:
        monkeypatch.setenv("TRACKER_SMTP_URL", url)
        many_letters()
        with nursery() as children:
            for moment in moments(LETTERS / KILLS * 0.012):
                children.run("outbox", "deliver", kill_after=moment)
                must_be_well(app)
                with transaction():
                    set_aside_lost_claims(now=clock.now() + timedelta(hours=1))
            children.run("outbox", "deliver")
        must_be_well(app)
        states = Counter(db.session.scalars(select(Letter.state)))
        db.session.remove()
        sent = Counter(mailbox.recipients)
    assert set(states) <= {LetterState.SENT, LetterState.UNCERTAIN}
    assert states[LetterState.UNCERTAIN] <= KILLS
    assert max(sent.values()) == 1
    assert LETTERS - states[LetterState.UNCERTAIN] <= len(sent) <= LETTERS


def many_letters() -> None:
    with transaction() as session:
        journal: Journal = add_journal(slug="ijcp", title="Careful Practice", by=OPERATOR, now=NOW)
        session.add_all(
            Letter(
                journal_id=journal.id, to_email=f"p{number}@example.org", to_key=f"p{number}@example.org",
                from_name="Careful Practice", subject=f"Letter {number}", text_body="Dear colleague,\n\nthank you.\n",
                message_id=f"<chaos-{number}@example.org>", queued_at=NOW, not_before_at=NOW, role="test",
            )
            for number in range(LETTERS)
        )  # fmt: skip
    db.session.remove()
    db.engine.dispose()
