"""`tracker doctor`: every line says how one thing stands, and the status says whether something is wrong."""

from __future__ import annotations

import os
import socket
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.cli.running import Terminal
from tracker import clock
from tracker.app import bare_app
from tracker.db import db, transaction
from tracker.services.schedule import note_run


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], database_url: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url.replace("+psycopg", ""))
    return Terminal(capsys)


def grades(terminal: Terminal) -> dict[str, str]:
    checks = terminal.run("doctor", "--json").document["checks"]
    return {check["subject"]: check["grade"] for check in checks}


def ran_at(jobs: tuple[str, ...] = ("plan", "deliver"), **ago: float) -> None:
    with bare_app().app_context():
        with transaction():
            for job in jobs:
                note_run(job, now=clock.now() - timedelta(**ago), outcome="")
        db.engine.dispose()


def test_a_new_installation_is_well_and_told_what_is_missing(terminal: Terminal) -> None:
    assert terminal.run("doctor").status == 0
    assert grades(terminal) == {
        "instance folder": "ok", "secret key": "ok", "permissions": "ok", "disk space": "ok", "clock": "ok",
        "time zones": "ok", "database": "ok", "migrations": "ok", "append-only": "ok", "scheduler": "warn",
        "backups": "warn", "mail": "warn",
    }  # fmt: skip


def test_the_database_is_named_with_its_version(terminal: Terminal, database_url: str) -> None:
    name = "PostgreSQL" if database_url.startswith("postgresql") else "SQLite 3."
    assert f"database: {name}" in terminal.run("doctor").out


def test_a_database_behind_its_migrations_is_wrong(terminal: Terminal) -> None:
    terminal.run("db", "downgrade")
    ran = terminal.run("doctor")
    assert ran.status == 1
    assert "WRONG  migrations: The database is at migration" in ran.out


def test_a_secret_that_others_can_read_is_wrong(terminal: Terminal, own_instance: Path) -> None:
    terminal.run("doctor")
    (own_instance / "secret_key").chmod(0o644)
    assert grades(terminal)["secret key"] == "wrong"


def test_a_scheduler_seen_long_ago_is_wrong(terminal: Terminal) -> None:
    ran_at(hours=3)
    assert grades(terminal)["scheduler"] == "wrong"


def test_a_scheduler_that_keeps_backups_and_sends_no_letters_is_wrong(terminal: Terminal) -> None:
    ran_at(("backup",), minutes=1)
    assert "has never got to planning and sending letters" in terminal.run("doctor").out
    ran_at(("plan",), minutes=1)
    ran_at(("deliver",), hours=3)
    assert "WRONG  scheduler: no letter is planned or sent since " in terminal.run("doctor").out


def test_a_scheduler_seen_a_minute_ago_is_well(terminal: Terminal) -> None:
    ran_at(minutes=1)
    assert "ok     scheduler: last seen " in terminal.run("doctor").out


def test_a_mail_server_that_does_not_answer_is_wrong(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("TRACKER_SMTP_URL", f"smtp://127.0.0.1:{unused.getsockname()[1]}")
    assert grades(terminal)["mail"] == "wrong"


def test_a_mail_address_that_cannot_be_read_is_wrong_and_its_password_is_not_shown(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_SMTP_URL", "http://me:secret@mail.example.org")
    ran = terminal.run("doctor")
    assert "WRONG  mail: TRACKER_SMTP_URL is written smtp://host:25" in ran.out
    assert "secret@" not in ran.out + ran.err


def test_a_fixed_day_is_said(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_TODAY", "2026-03-02")
    assert "“today” is fixed at 2026-03-02" in terminal.run("doctor").out


def test_a_database_that_cannot_be_opened_is_wrong(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", "sqlite:////nowhere/at/all.sqlite")
    assert grades(terminal)["database"] == "wrong"


def test_a_backup_of_three_days_ago_is_wrong(terminal: Terminal, own_instance: Path) -> None:
    (own_instance / "backups").mkdir(parents=True)
    old = own_instance / "backups" / "nightly-2026-01-01.sqlite"
    old.touch(mode=0o600)
    os.utime(old, (time.time() - 3 * 86_400,) * 2)
    assert grades(terminal)["backups"] == "wrong"
    os.utime(old)
    assert grades(terminal)["backups"] == "ok"


def test_a_database_that_everybody_can_read_is_wrong(terminal: Terminal, own_instance: Path) -> None:
    terminal.run("doctor")
    (own_instance / "tracker.sqlite").touch(mode=0o644)
    assert grades(terminal)["permissions"] == "ok"
    own_instance.chmod(0o755)
    assert grades(terminal)["permissions"] == "wrong"


def test_a_record_from_the_future_shows_a_wrong_clock(terminal: Terminal) -> None:
    ran_at(hours=-2)
    assert grades(terminal)["clock of the records"] == "wrong"


def test_triggers_that_are_gone_or_not_ours_are_wrong(terminal: Terminal, database_url: str) -> None:
    assert grades(terminal)["append-only"] == "ok"
    name = "audit_no_change ON audit_entries" if database_url.startswith("postgresql") else "audit_no_delete"
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {name}"))
    engine.dispose()
    assert "WRONG  append-only: Triggers that forbid" in terminal.run("doctor").out
    assert f"are gone: {name.split()[0]}." in terminal.refused("db", "check")
