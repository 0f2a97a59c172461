"""`tracker export` and its way back: the same ledgers, reports and bytes, from either database to either."""

from __future__ import annotations

import csv
import filecmp
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.cli.running import Terminal
from tests.databases import PostgresDatabases, SqliteFiles
from tests.formats.articles import ARTICLE, JOURNAL
from tests.people import People, manuscript_in, people, step
from tracker.db import db
from tracker.formats.jats_writing import write_jats
from tracker.formats.safe_cells import guarded, unguarded
from tracker.models import Account
from tracker.queries.exports import sheets


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.fixture
def who(app: Flask, terminal: Terminal, tmp_path: Path) -> People:
    """Two journals with live work, an undone step, a corrected date, and an imported article."""
    who = people()
    first = manuscript_in(who.journal, title="=1+1 is a title", editor=who.editor)
    step(first, "sent_to_review", date(2026, 3, 9), reviewers=["Grace Hopper <grace@example.org>"])
    step(first, "reviewed", date(2026, 3, 20), reviewer=1, to_author="- good", details={"recommendation": "accept"})
    step(first, "revision_requested", date(2026, 3, 30), kind="minor")
    step(first, "resubmitted", date(2026, 4, 12), note="späte „Fassung“\nzweite Zeile")
    second = manuscript_in(who.other_journal, title="Elsewhere")
    step(second, "rejected", date(2026, 4, 1))
    (tmp_path / "a.xml").write_text(write_jats(ARTICLE, JOURNAL), encoding="utf-8")
    terminal.run("import", "jats", str(tmp_path / "a.xml"), "--journal", "ijcp")
    terminal.run("undo", first.reference)
    terminal.run("correct", first.reference, "1", "--on", "2026-03-01", "--reason", "misread")
    return who


@pytest.fixture(params=["sqlite", "postgresql"])
def emptied(
    request: pytest.FixtureRequest, sqlite_files: SqliteFiles, postgres_databases: PostgresDatabases
) -> Iterator[str]:
    """Another empty database, of each kind."""
    kinds: dict[str, SqliteFiles | PostgresDatabases] = {"sqlite": sqlite_files, "postgresql": postgres_databases}
    with kinds[request.param].fresh() as url:
        yield url.replace("+psycopg", "")


def same_files(one: Path, two: Path) -> bool:
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in two.iterdir())
    return filecmp.cmpfiles(one, two, names, shallow=False) == (names, [], [])


def test_an_export_taken_over_gives_the_same_bytes_ledgers_and_reports(
    who: People, terminal: Terminal, tmp_path: Path, emptied: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_TODAY", "2026-06-01")
    report = ("report", "turnaround", "--journal", "ijcp", "--format", "json")
    assert terminal.run("export", str(tmp_path / "one")).status == 0
    before = [terminal.run(*command).out for command in (report, ("list", "--json"), ("verify", "--json"))]
    monkeypatch.setenv("TRACKER_DATABASE_URL", emptied)
    assert terminal.run("import", "export", str(tmp_path / "one")).status == 0
    if emptied.startswith("postgresql"):  # with statistics it plans anew, and gives groups in another order
        with create_engine(
            emptied.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool
        ).begin() as connection:
            connection.execute(text("ANALYZE"))
    after = [terminal.run(*command).out for command in (report, ("list", "--json"), ("verify", "--json"))]
    assert after == before
    terminal.run("export", str(tmp_path / "two"))
    assert same_files(tmp_path / "one", tmp_path / "two")


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_tables_of_people_and_programs_say_the_same(who: People, terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("export", str(tmp_path / "x"))
    with (tmp_path / "x" / "manuscripts.csv").open(encoding="utf-8-sig", newline="") as table:
        cells = [{name: unguarded(cell) for name, cell in row.items()} for row in csv.DictReader(table)]
    assert [row["title"] for row in cells] == [row["title"] for row in rows(tmp_path / "x", "manuscripts")]
    assert "'=1+1 is a title" in (tmp_path / "x" / "manuscripts.csv").read_text(encoding="utf-8")
    hashes = [row["hash"] for row in rows(tmp_path / "x", "ledger")]
    assert len(hashes) == len(set(hashes))


def test_no_password_leaves_the_house(who: People, terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("export", str(tmp_path / "x"))
    everything = b"".join(path.read_bytes() for path in (tmp_path / "x").iterdir())
    for account in db.session.query(Account):
        assert account.password is not None
        assert account.password.encode() not in everything
        assert account.fs_uniquifier.encode() not in everything


def test_one_journal_is_exported_with_its_own_people(who: People, terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("export", str(tmp_path / "x"), "--journal", "other")
    assert [row["slug"] for row in rows(tmp_path / "x", "journals")] == ["other"]
    assert [row["title"] for row in rows(tmp_path / "x", "manuscripts")] == ["Elsewhere"]
    assert [row["email"] for row in rows(tmp_path / "x", "accounts")] == ["other_editor@example.org"]
    assert {row["manuscript"] for row in rows(tmp_path / "x", "ledger")} == {"OTHER-2026-001"}


def test_one_journal_can_be_taken_over(
    who: People, terminal: Terminal, tmp_path: Path, emptied: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.run("export", str(tmp_path / "x"), "--journal", "ijcp")
    monkeypatch.setenv("TRACKER_DATABASE_URL", emptied)
    assert terminal.run("import", "export", str(tmp_path / "x")).status == 0
    assert terminal.run("verify").status == 0


def test_an_export_is_taken_into_an_empty_installation_only(who: People, terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("export", str(tmp_path / "x"))
    assert terminal.refused("import", "export", str(tmp_path / "x")).startswith("This installation is not empty.")


def edited(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("ledger.jsonl", '"2026-03-30"', '"2026-03-29"', "The export does not verify, and nothing was taken over: "),
        ("manuscripts.jsonl", '"waiting_on": "', '"waiting_on": "no', "manuscripts.jsonl: the database refuses a row"),
        ("manuscripts.jsonl", '"ijcp"', '"elsewhere"', "manuscripts.jsonl, row 1, journal: “elsewhere” is not in "),
        ("ledger.jsonl", '"position": 1', '"position": "1"', "ledger.jsonl, row 1, position: “1” is not what this"),
        ("ledger.jsonl", '{"manuscript"', '{"surprise": 1, "manuscript"', "ledger.jsonl, row 1: there is no column “s"),
        ("authors.jsonl", "{", "", "authors.jsonl, row 1: this is no JSON."),
        ("export.json", '"ledger": ', '"ledger": 1', "ledger.jsonl has "),
        ("export.json", '"format": 1', '"format": 9', "export.json: this export is of another version"),
    ],
)  # fmt: skip
def test_an_export_that_was_changed_is_refused_whole(
    who: People, terminal: Terminal, tmp_path: Path, sqlite_files: SqliteFiles, monkeypatch: pytest.MonkeyPatch,
    name: str, old: str, new: str, sentence: str,
) -> None:  # fmt: skip
    terminal.run("export", str(tmp_path / "x"))
    edited(tmp_path / "x", name, old, new)
    with sqlite_files.fresh() as url:
        monkeypatch.setenv("TRACKER_DATABASE_URL", url)
        assert sentence in terminal.refused("import", "export", str(tmp_path / "x"))
        assert terminal.run("list", "--json").document["total"] == 0


def test_what_is_no_export_is_refused(terminal: Terminal, tmp_path: Path, app: Flask) -> None:
    assert "is no export of the tracker" in terminal.refused("import", "export", str(tmp_path))


def test_a_folder_with_something_in_it_is_not_written_over(terminal: Terminal, tmp_path: Path, app: Flask) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.txt").write_text("mine")
    assert "is there already and not empty" in terminal.refused("export", str(tmp_path / "x"))


def test_an_export_that_fails_leaves_no_half_behind(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path}/nothing.sqlite")
    folder = tmp_path / "out"
    assert "There is no tracker database yet" in terminal.refused("export", str(folder))
    assert not folder.exists()


def test_every_column_is_told_in_words(terminal: Terminal, tmp_path: Path, app: Flask) -> None:
    terminal.run("export", str(tmp_path / "x"))
    readme = (tmp_path / "x" / "README.md").read_text(encoding="utf-8")
    for sheet in sheets():
        section = readme.split(f"\n## {sheet.name}\n")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [
            sheet.heading(column) for column in sheet.columns
        ]


@pytest.mark.parametrize("text", ["=1", "'=1", "''-x", "'plain", "plain", "", "@", "\tx", "’=", "'"])
def test_a_guarded_cell_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
