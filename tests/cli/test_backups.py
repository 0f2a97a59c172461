"""`tracker backup` and `tracker restore`, on both databases: what is saved, what is refused, and what stays."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.cli.running import Terminal
from tests.people import manuscript_in, step
from tracker.app import bare_app
from tracker.db import db
from tracker.domain.words import Action
from tracker.queries.manuscripts import journal_by_slug


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], database_url: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url.replace("+psycopg", ""))
    return Terminal(capsys)


@contextmanager
def in_app() -> Iterator[None]:
    with bare_app().app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def a_journal_with_one_manuscript(terminal: Terminal) -> None:
    terminal.run("journal", "add", "ijcp", "--title", "A Journal")
    with in_app():
        manuscript = manuscript_in(journal_by_slug("ijcp"))
        step(manuscript, Action.SENT_TO_REVIEW, date(2026, 3, 9), reviewers=["Grace Hopper <grace@example.org>"])


def one_more() -> None:
    with in_app():
        manuscript_in(journal_by_slug("ijcp"), title="Another one")


def titles(terminal: Terminal) -> list[str]:
    return sorted(row["title"] for row in terminal.run("list", "--json").document["manuscripts"])


def shown(terminal: Terminal) -> dict[str, object]:
    document: dict[str, object] = terminal.run("show", "IJCP-2026-001", "--json").document
    return document


def test_a_backup_brings_back_what_was_there_and_keeps_what_was_there_since(terminal: Terminal, tmp_path: Path) -> None:
    a_journal_with_one_manuscript(terminal)
    before, file = shown(terminal), tmp_path / "saved.sqlite"
    made = terminal.run("backup", str(file), "--json").document
    assert (made["manuscripts"], made["events"]) == (1, 3)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    one_more()

    restored = terminal.run("restore", str(file), "--json").document

    assert (restored["manuscripts"], restored["events"], restored["passwords_work"]) == (1, 3, True)
    assert restored["kept"]
    assert shown(terminal) == before
    assert len(titles(terminal)) == 1
    assert terminal.run("verify").status == 0
    assert terminal.run("db", "check").status == 0
    assert [path.name for path in tmp_path.glob(".*partial*")] == []


def test_work_goes_on_after_a_restore(terminal: Terminal, tmp_path: Path) -> None:
    a_journal_with_one_manuscript(terminal)
    terminal.run("backup", str(tmp_path / "saved.sqlite"))
    terminal.run("restore", str(tmp_path / "saved.sqlite"))
    one_more()
    assert titles(terminal) == ["Another one", "On the Keeping of True Dates"]
    assert terminal.run("verify").status == 0


def test_the_same_database_is_saved_twice_with_the_same_digest(terminal: Terminal, tmp_path: Path) -> None:
    a_journal_with_one_manuscript(terminal)
    terminal.run("backup", str(tmp_path / "one.sqlite"))
    terminal.run("restore", str(tmp_path / "one.sqlite"))
    terminal.run("backup", str(tmp_path / "two.sqlite"))
    assert digest(tmp_path / "one.sqlite") == digest(tmp_path / "two.sqlite")


def digest(file: Path) -> str:
    connection = sqlite3.connect(file)
    (value,) = connection.execute("SELECT value FROM backup_facts WHERE name = 'digest'").fetchone()
    connection.close()
    return str(value)


def test_a_backup_of_one_database_is_restored_on_the_other(
    terminal: Terminal, tmp_path: Path, own_instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_journal_with_one_manuscript(terminal)
    before = shown(terminal)
    terminal.run("backup", str(tmp_path / "saved.sqlite"))
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite'}")

    restored = terminal.run("restore", str(tmp_path / "saved.sqlite"), "--json").document

    assert restored["kept"] == ""
    assert shown(terminal) == before
    assert stat.S_IMODE((tmp_path / "new.sqlite").stat().st_mode) == 0o600


def test_a_backup_while_others_write_is_one_moment(terminal: Terminal, tmp_path: Path) -> None:
    a_journal_with_one_manuscript(terminal)
    stop = threading.Event()
    errors: list[BaseException] = []

    def write() -> None:
        try:
            while not stop.is_set():
                one_more()
        except BaseException as error:
            errors.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [terminal.run("backup", str(tmp_path / f"{n}.sqlite"), "--json").document for n in range(3)]
    finally:
        stop.set()
        writer.join()
    assert errors == []
    assert all(backup["manuscripts"] is not None for backup in made)
    assert terminal.run("restore", str(tmp_path / "1.sqlite"), "--json").document["events"] == made[1]["events"]


def test_a_backup_never_replaces_a_file(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert "never replaces a file" in terminal.refused("backup", str(tmp_path / "letter.txt"))
    assert (tmp_path / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda raw: b"PK\x03\x04 some other file", "no backup of the tracker"),
        (lambda raw: raw[: len(raw) // 2], "damaged"),
        (
            lambda raw: raw.replace(b"On the Keeping of True Dates", b"On the Keeping of Trve Dates"),
            "not those that were",
        ),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_replaced(
    terminal: Terminal, tmp_path: Path, damage: object, sentence: str
) -> None:
    a_journal_with_one_manuscript(terminal)
    file = tmp_path / "saved.sqlite"
    terminal.run("backup", str(file))
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]

    assert sentence in terminal.refused("restore", str(file))
    assert titles(terminal) == ["On the Keeping of True Dates"]


def test_a_backup_whose_ledger_was_changed_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    """Even one whose digest was made anew: the chain of hashes tells."""
    from tracker.services.backup_files import digest_of

    a_journal_with_one_manuscript(terminal)
    file = tmp_path / "saved.sqlite"
    terminal.run("backup", str(file))
    connection = sqlite3.connect(file)
    (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_no_update'").fetchone()
    connection.execute("DROP TRIGGER ledger_no_update")
    connection.execute("UPDATE ledger SET occurred_on = '2026-03-03' WHERE position = 1")
    connection.execute(trigger)
    connection.execute("UPDATE backup_facts SET value = ? WHERE name = 'digest'", (digest_of(connection),))
    connection.commit()
    connection.close()

    assert "does not verify: IJCP-2026-001" in terminal.refused("restore", str(file))


@pytest.mark.parametrize(
    "change", ["DROP TRIGGER audit_no_delete", "CREATE TRIGGER evil AFTER INSERT ON accounts BEGIN SELECT 1; END"]
)
def test_a_backup_with_other_triggers_than_ours_is_refused(terminal: Terminal, tmp_path: Path, change: str) -> None:
    file = tmp_path / "saved.sqlite"
    terminal.run("backup", str(file))
    with sqlite3.connect(file) as connection:
        connection.execute(change)
    connection.close()
    assert "riggers that" in terminal.refused("restore", str(file))


def test_a_backup_of_a_newer_version_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "saved.sqlite"
    terminal.run("backup", str(file))
    connection = sqlite3.connect(file)
    connection.execute("UPDATE backup_facts SET value = '9999' WHERE name = 'revision'")
    connection.commit()
    connection.close()
    assert "migration 9999, which this version of the tracker does not know" in terminal.refused("restore", str(file))


def test_a_backup_from_before_a_migration_is_brought_up_when_it_is_restored(terminal: Terminal, tmp_path: Path) -> None:
    a_journal_with_one_manuscript(terminal)
    terminal.run("db", "downgrade")
    made = terminal.run("backup", str(tmp_path / "old.sqlite"), "--json").document
    assert made["events"] is None

    assert terminal.run("restore", str(tmp_path / "old.sqlite"), "--json").document["events"] == 3
    assert terminal.run("db", "check").status == 0


def test_another_secret_key_is_said(terminal: Terminal, tmp_path: Path, own_instance: Path) -> None:
    terminal.run("backup", str(tmp_path / "saved.sqlite"))
    (own_instance / "secret_key").write_text("another")
    assert "no password works here" in terminal.run("restore", str(tmp_path / "saved.sqlite")).out


def test_a_damaged_database_is_kept_aside_and_replaced(
    terminal: Terminal, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL's files are its own business")
    terminal.run("backup", str(tmp_path / "saved.sqlite"))
    Path(database_url.removeprefix("sqlite:///")).write_bytes(b"this was a database" * 1000)
    restored = terminal.run("restore", str(tmp_path / "saved.sqlite"), "--json").document
    assert Path(restored["kept"]).read_bytes().startswith(b"this was a database")
    assert terminal.run("verify").status == 0
