"""Migrations go up and down on both databases, and what the last ones promise is held by the database itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from tracker.app import bare_app
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput
from tracker.migrations import state
from tracker.models import LedgerEntry
from tracker.services.actors import OPERATOR
from tracker.services.journals import add_journal
from tracker.services.manuscripts import enter_manuscript

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SAYS = "append-only"


@pytest.fixture
def pageless(database_url: str) -> Iterator[Flask]:
    """The application without pages on a migrated database."""
    app = bare_app(SQLALCHEMY_DATABASE_URI=database_url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def plain(database_url: str, pageless: Flask) -> Iterator[Engine]:
    """A way to the database past the application, with one manuscript and one ledger entry in it."""
    _one_manuscript()
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def _one_manuscript() -> None:
    with transaction():
        journal = add_journal(slug="ijcp", title="A Journal", by=OPERATOR, now=NOW)
        enter_manuscript(
            journal, title="A title", authors=(), received_on=PartialDate(TODAY), by=OPERATOR, now=NOW, today=TODAY
        )


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_up_down_and_up_again_gives_the_same_tables(pageless: Flask) -> None:
    at_head = _tables(db.engine)

    state.downgrade("base")
    assert _tables(db.engine) == {"alembic_version"}
    assert state.present_revision() is None

    state.upgrade()
    assert _tables(db.engine) == at_head
    assert state.is_up_to_date()
    state.must_match_models()


def test_every_migration_goes_down_and_up_alone(pageless: Flask) -> None:
    while state.present_revision() is not None:
        before = state.present_revision()
        state.downgrade("-1")
        state.upgrade("+1")
        assert state.present_revision() == before
        state.downgrade("-1")


def test_rows_survive_the_last_migration_going_down_and_up(plain: Engine) -> None:
    def facts() -> list[object]:
        with plain.connect() as connection:
            query = "SELECT m.title, l.action, l.hash FROM manuscripts m JOIN ledger l ON l.manuscript_id = m.id"
            return [tuple(row) for row in connection.execute(text(query))]

    before = facts()
    state.downgrade("-1")
    state.upgrade()

    assert before
    assert facts() == before


def test_a_revision_that_does_not_exist_is_a_sentence(pageless: Flask) -> None:
    with pytest.raises(BadInput, match="no migration “9999”"):
        state.upgrade("9999")


@pytest.mark.parametrize("statement", ["UPDATE ledger SET note = 'x'", "DELETE FROM ledger"])
def test_the_ledger_refuses_changes_in_plain_sql(plain: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match=SAYS), plain.begin() as connection:
        connection.execute(text(statement))
    assert len(list(db.session.query(LedgerEntry))) == 1


def test_the_ledger_refuses_to_be_replaced_or_emptied(plain: Engine) -> None:
    statement = "TRUNCATE ledger" if plain.dialect.name == "postgresql" else "REPLACE INTO ledger SELECT * FROM ledger"
    with pytest.raises(DBAPIError, match=SAYS), plain.begin() as connection:
        connection.execute(text(statement))
    assert len(list(db.session.query(LedgerEntry))) == 1


def test_a_second_entry_at_one_position_cannot_overwrite_the_first(plain: Engine) -> None:
    copies = "INSERT INTO ledger SELECT * FROM ledger"
    overwrites = {
        "postgresql": f"{copies} ON CONFLICT (manuscript_id, position) DO UPDATE SET note = 'x'",
        "sqlite": "INSERT OR REPLACE INTO ledger SELECT * FROM ledger",
    }
    with pytest.raises(DBAPIError, match=SAYS), plain.begin() as connection:
        connection.execute(text(overwrites[plain.dialect.name]))


def test_two_upgrades_at_once_both_succeed(pageless: Flask, database_url: str) -> None:
    state.downgrade("base")
    db.engine.dispose()
    command = [sys.executable, "-m", "tracker", "db", "upgrade"]
    environment = {**os.environ, "TRACKER_DATABASE_URL": database_url.replace("+psycopg", "")}
    upgrades = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60)[0] for process in upgrades]

    assert [process.returncode for process in upgrades] == [0, 0], said
    assert state.is_up_to_date()
