"""A disk that is full, at its limit or write-protected: a sentence, and a database that is as it was."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from tests.chaos.test_kills import a_sheet, import_of
from tests.people import Browser, People, people, post, signed_in
from tracker.db import db

pytestmark = pytest.mark.slow


def tracker(instance: Path, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own, on the SQLite file of this folder."""
    environment = {**os.environ, "TRACKER_INSTANCE": str(instance)}
    environment.pop("TRACKER_DATABASE_URL", None)
    command = [sys.executable, "-m", "tracker", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An installation with a journal and a few manuscripts."""
    folder = tmp_path / "installation"
    assert tracker(folder, "db", "upgrade").returncode == 0
    assert tracker(folder, "journal", "add", "ijcp", "--title", "Careful Practice").returncode == 0
    return folder


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk of so many bytes mounted at this folder; skipped where this user may not mount."""
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this user may not mount a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def must_be_as_it_was(instance: Path) -> None:
    assert tracker(instance, "verify").stdout.startswith("0 manuscripts, 0 events, 0 problems")
    assert tracker(instance, "journal", "list").stdout.count("\n") == 1


def one_line(ran: subprocess.CompletedProcess[str]) -> str:
    assert (ran.returncode, ran.stdout) == (1, ""), ran
    assert ran.stderr.count("\n") == 1, ran.stderr
    return ran.stderr


def test_a_full_disk_is_said_and_nothing_is_changed(instance: Path, tmp_path: Path) -> None:
    size = (instance / "tracker.sqlite").stat().st_size + 80_000
    with small_disk(tmp_path / "disk", size) as disk:
        shutil.copytree(instance, disk / "instance")
        said = one_line(tracker(disk / "instance", *import_of(a_sheet(tmp_path, 0))))
        assert "disk is full, and nothing was changed" in said
        must_be_as_it_was(disk / "instance")
        assert "disk is full" in one_line(tracker(disk / "instance", "backup", str(disk / "saved.sqlite")))
        assert sorted(path.name for path in disk.iterdir()) == ["instance"]


def test_a_write_protected_disk_is_said(instance: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 20_000_000) as disk:
        shutil.copytree(instance, disk / "instance")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        said = one_line(tracker(disk / "instance", *import_of(a_sheet(tmp_path, 0))))
        assert "can only be read" in said
        must_be_as_it_was(disk / "instance")
        assert "write-protected" in one_line(tracker(disk / "instance", "backup", str(disk / "saved.sqlite")))
        assert tracker(instance, "backup", str(tmp_path / "elsewhere.sqlite")).returncode == 0


def test_a_file_that_may_not_grow_is_said(instance: Path, tmp_path: Path) -> None:
    limit = (instance / "tracker.sqlite").stat().st_size + 40_000

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    said = one_line(tracker(instance, *import_of(a_sheet(tmp_path, 0)), preexec_fn=limited))
    assert "Nothing was changed" in said
    must_be_as_it_was(instance)


def full(connection: object, record: object) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
    connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (full, "The disk is full, and nothing was changed."),
        (lambda connection, record: connection.execute("PRAGMA query_only = ON"), "The database can only be read"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_pages_say_it_too(app: Flask, trouble: Callable[[object, object], None], words: str) -> None:
    app.test_client_class = Browser
    who: People = people()
    chief = signed_in(app.test_client(), who.chief)
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", trouble)
    answer = post(chief, "/settings/ijcp", title="T" * 300, timezone="Europe/Lisbon", country="PT",
                  required_reviews="2", anonymity="single_anonymized")  # fmt: skip
    for _ in range(30):
        if answer.status_code == 503:
            break
        answer = post(chief, "/manuscripts/new", journal="ijcp", title="A title " * 400, authors="Ada Lovelace",
                      received_on="2026-01-05", confirmed="y")  # fmt: skip
    event.remove(db.engine, "connect", trouble)
    assert answer.status_code == 503
    assert words in answer.text
