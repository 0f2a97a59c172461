"""Nightly backups: once a night among many, made up for when late, thinned out, and said when they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.services.reminding import settings
from tracker.db import transaction
from tracker.domain.backups import kept_days
from tracker.jobs import backups
from tracker.services.backups import nightly_backups
from tracker.services.schedule import claim_slot

NIGHT = datetime(2026, 6, 2, 2, 30, tzinfo=UTC)


def run(folder: Path, now: datetime = NIGHT) -> str:
    return backups.nightly(folder, now_of=lambda: now, settings=settings())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_night_has_one_backup_however_often_it_is_asked_for(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    assert [run(folder), run(folder), run(folder, NIGHT + timedelta(hours=20))] == ["", "", ""]
    assert names(folder) == ["nightly-2026-06-02.sqlite"]


def test_before_two_the_night_is_the_day_before(app: Flask, tmp_path: Path) -> None:
    run(tmp_path / "backups", NIGHT - timedelta(hours=1))
    assert names(tmp_path / "backups") == ["nightly-2026-06-01.sqlite"]


def test_a_claim_of_a_process_that_died_is_free_after_an_hour(app: Flask, tmp_path: Path) -> None:
    with transaction():
        assert claim_slot("backup", "2026-06-02", now=NIGHT, again_after=backups.CLAIM_IS_LOST_AFTER)
    run(tmp_path / "backups", NIGHT + timedelta(minutes=30))
    assert not (tmp_path / "backups").exists()
    run(tmp_path / "backups", NIGHT + timedelta(minutes=90))
    assert names(tmp_path / "backups") == ["nightly-2026-06-02.sqlite"]


def test_a_backup_that_fails_is_said_and_tried_again(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file where a folder should be")
    assert run(tmp_path / "backups").startswith("The nightly backup could not be made: ")
    assert run(tmp_path / "backups", NIGHT + timedelta(minutes=1)).startswith("The nightly backup could not be made: ")
    (tmp_path / "backups").unlink()
    assert run(tmp_path / "backups", NIGHT + timedelta(minutes=61)) == ""
    assert names(tmp_path / "backups") == ["nightly-2026-06-02.sqlite"]


def test_the_last_of_7_days_4_weeks_and_12_months_is_kept() -> None:
    today = date(2026, 11, 23)
    folder: set[date] = set()
    for back in range(800, -1, -1):  # as it happens: one more each night, thinned out each night
        folder = set(kept_days(folder | {today - timedelta(days=back)}))
    months = [last_day(2026, month) for month in range(10, 0, -1)]
    weeks = [date(2026, 11, 15), date(2026, 11, 8)]  # those before it have a day that is kept anyway
    days = [today - timedelta(days=back) for back in range(7)]
    assert sorted(folder, reverse=True) == [*days, *weeks, *months, date(2025, 12, 31)]


def last_day(year: int, month: int) -> date:
    return date(year, month + 1, 1) - timedelta(days=1)


def test_only_nightly_files_are_thinned_out(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 29):
        (folder / f"nightly-2026-05-{day:02d}.sqlite").touch()
    (folder / "nightly-of-mine.sqlite").touch()
    (folder / "before-the-move.sqlite").touch()
    run(folder)
    assert "nightly-of-mine.sqlite" in names(folder)
    assert "before-the-move.sqlite" in names(folder)
    assert set(nightly_backups(folder)) == {
        *(date(2026, 5, day) for day in (17, 23, 24, 25, 26, 27, 28)), date(2026, 6, 2)
    }  # fmt: skip


PASS = """
import sys
from pathlib import Path
from tracker import clock
from tracker.app import bare_app
from tracker.jobs import backups
app = bare_app()
with app.app_context():
    print(backups.nightly(Path(sys.argv[1]), now_of=clock.now, settings=app.config["TRACKER_SETTINGS"]))
"""


def test_of_several_processes_one_makes_the_backup(app: Flask, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PASS, str(tmp_path / "backups")]
    environment = {**os.environ}
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate(timeout=60)[0].strip() for process in running]
    assert (said, [process.returncode for process in running]) == ([""] * 3, [0] * 3)
    assert len(names(tmp_path / "backups")) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_leftovers_of_a_process_that_died_are_swept(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old = folder / ".nightly-2026-06-01.sqlite.77.partial"
    old.touch()
    os.utime(old, (NIGHT.timestamp() - 86_400,) * 2)
    run(folder)
    assert names(folder) == ["nightly-2026-06-02.sqlite"]
