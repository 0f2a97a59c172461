"""Backups: made while others write, verified before they count.

Unlike other services these open their own connections: a backup is a file, and what is saved is one moment of the
database, whoever writes meanwhile.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tracker.db import db
from tracker.domain.backups import kept_days
from tracker.domain.errors import BadInput, Refused
from tracker.migrations import state
from tracker.services.backup_files import (
    connected,
    must_be_whole,
    must_verify,
    opened,
    private_file,
    put_in_place,
    write_facts,
)
from tracker.services.postgres_copy import copy_to_sqlite

NIGHTLY = "nightly-{day}.sqlite"


@dataclass(frozen=True)
class Backup:
    """A backup that was made. Where the database waits for a migration only the file was checked: no counts."""

    path: Path
    bytes: int
    revision: str
    manuscripts: int | None
    events: int | None


def make_backup(target: Path, *, now: datetime, secret_key: str) -> Backup:
    """Write the database as it is at one moment into a new file that only its owner may read.

    Raises Refused where the file is there already, there is no database yet, or a history does not verify.
    """
    if target.exists():
        raise Refused(f"{target} is there already, and a backup never replaces a file: choose another name.")
    if not target.absolute().parent.is_dir():
        raise BadInput(f"There is no folder {target.absolute().parent}: make it first, or choose another.")
    revision = state.present_revision()
    if revision is None:
        raise Refused("There is no tracker database yet, and nothing to save: run “tracker init” first.")
    with private_file(target) as passing:
        copy_database(passing, revision)
        must_be_whole(passing)
        counts: tuple[int | None, int | None] = (None, None)
        if revision == state.newest_revision():
            with connected(passing) as connection:
                verified = must_verify(connection, "The database")
            counts = (verified.manuscripts, verified.events)
        write_facts(passing, now=now, revision=revision, secret_key=secret_key)
        put_in_place(passing, target)
    return Backup(target, target.stat().st_size, revision, *counts)


def copy_database(target: Path, revision: str) -> None:
    """Copy the live database, at this migration, into an empty file."""
    if db.engine.dialect.name == "sqlite":
        # All pages in one step: a writer waits for it, and it can never be overtaken by writers and begin again.
        with opened(live_file()) as source, opened(target) as copy:
            source.backup(copy)
        return
    with connected(target) as connection:
        state.upgrade_on(connection, revision)
    one_moment = db.engine.connect().execution_options(isolation_level="REPEATABLE READ")
    with one_moment as source, opened(target) as copy:
        copy_to_sqlite(source, copy)


def live_file() -> Path:
    """The SQLite file that the application lives in. Raises Refused for a database in memory."""
    if not db.engine.url.database or db.engine.url.database == ":memory:":
        raise Refused("The database is in memory only: there is no file to save or replace.")
    return Path(db.engine.url.database)


def nightly_backups(folder: Path) -> dict[date, Path]:
    """The nightly backups in the folder, by day. Other files are nobody's business here."""
    found = {}
    for path in folder.glob(NIGHTLY.format(day="*")):
        try:
            found[date.fromisoformat(path.stem.removeprefix("nightly-"))] = path
        except ValueError:
            continue
    return found


def thin_out(folder: Path) -> list[Path]:
    """Delete the nightly backups that are not kept any more (`domain.backups`); gives them."""
    found = nightly_backups(folder)
    gone = [path for day, path in sorted(found.items()) if day not in kept_days(found)]
    for path in gone:
        path.unlink(missing_ok=True)  # another process may have been here first
    return gone


def remove_abandoned(folder: Path, *, before: datetime) -> None:
    """Delete the passing files of processes that died over a backup before this instant."""
    for path in folder.glob(".nightly-*.partial*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def is_damaged(path: Path) -> bool:
    """Whether SQLite cannot read the file as a database."""
    try:
        with opened(path) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError:
        return True
