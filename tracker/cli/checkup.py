"""The checks of `tracker doctor`. Each looks at one thing and says in a sentence how it stands and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from tracker import app as tracker_app
from tracker import clock
from tracker.config import Settings, instance_folder
from tracker.db import db, safe_journal_mode
from tracker.domain.errors import Refused, TrackerError
from tracker.jobs.backups import FOLDER
from tracker.mail.smtp import DEMO, SmtpPost, parse_smtp_url
from tracker.migrations import state
from tracker.models import JobRun, LedgerEntry
from tracker.queries.schedule import NEVER, last_outcomes, last_seen, late_since
from tracker.services.backups import nightly_backups

BACKUP_IS_LATE = timedelta(days=2)
CLOCK_MAY_DIFFER = timedelta(minutes=5)
SMTP_TIMEOUT_SECONDS = 5.0
LITTLE_SPACE, NO_SPACE = 1_000_000_000, 100_000_000
EARLIEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)  # this program is not older than that


class Finding(NamedTuple):
    """What one check found."""

    grade: Literal["ok", "warn", "wrong"]
    subject: str
    says: str


def checkup() -> Iterator[Finding]:
    """Every check, in the order in which one would put things right."""
    yield _instance_folder()
    try:
        app = tracker_app.bare_app()
    except (TrackerError, OSError) as error:
        yield Finding("wrong", "settings", str(error))
        return
    yield _secret_key()
    yield _permissions()
    yield _disk_space()
    yield from _clock()
    settings: Settings = app.config["TRACKER_SETTINGS"]
    with app.app_context():
        yield from _database()
        yield _backups()
        yield _mail(settings)
        db.session.remove()
        db.engine.dispose()


def _instance_folder() -> Finding:
    folder = instance_folder()
    if not folder.is_dir():
        return Finding("warn", "instance folder", f"{folder} is not there yet; it is made at first use.")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding("wrong", "instance folder", f"{folder} cannot be written to by this user.")
    if stat.S_IMODE(folder.stat().st_mode) & 0o002:
        return Finding("wrong", "instance folder", f"{folder} can be written to by everybody: chmod o-w {folder}")
    return Finding("ok", "instance folder", f"{folder} can be written to.")


def _secret_key() -> Finding:
    path = instance_folder() / "secret_key"
    if os.environ.get("TRACKER_SECRET_KEY"):
        return Finding("ok", "secret key", "it is given by TRACKER_SECRET_KEY.")
    if not path.is_file():
        return Finding("ok", "secret key", "it is given by the settings in the instance folder.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077 and os.name == "posix":
        return Finding("wrong", "secret key", f"others can read it (mode {mode:04o}): chmod 600 {path}")
    return Finding("ok", "secret key", f"{path} is readable by its owner only.")


def _permissions() -> Finding:
    """Names of reviewers, letters and password hashes are in these files: nobody else is to read them."""
    folder = instance_folder()
    if os.name != "posix" or not folder.is_dir():
        return Finding("ok", "permissions", "there is nothing yet that others could read.")
    is_open = stat.S_IMODE(folder.stat().st_mode) & 0o005
    files = [folder / "tracker.env", *folder.glob("*.sqlite"), *(folder / FOLDER).glob("*.sqlite")]
    readable = [path for path in files if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o004]
    if is_open and readable:
        return Finding("wrong", "permissions", f"everybody on this machine can read {readable[0]}: chmod 700 {folder}")
    return Finding("ok", "permissions", "nobody else can read the database and its backups here.")


def _disk_space() -> Finding:
    free = shutil.disk_usage(_nearest_folder(instance_folder())).free
    grade: Literal["ok", "warn", "wrong"] = "wrong" if free < NO_SPACE else "warn" if free < LITTLE_SPACE else "ok"
    return Finding(grade, "disk space", f"{free / 1e9:.1f} GB free for the instance folder.")


def _nearest_folder(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def _clock() -> Iterator[Finding]:
    fixed, now = clock.fixed_today(), clock.now()
    if now < EARLIEST_CLOCK:
        yield Finding("wrong", "clock", f"it shows {now:%Y-%m-%d}, which cannot be: set the system's clock.")
    elif fixed:
        yield Finding("warn", "clock", f"“today” is fixed at {fixed} by TRACKER_TODAY.")
    else:
        yield Finding("ok", "clock", f"{now:%Y-%m-%d %H:%M} UTC.")
    in_auckland = datetime(2020, 11, 10, 12, tzinfo=UTC).astimezone(ZoneInfo("Pacific/Auckland")).date()
    try:
        source = f"tzdata {version('tzdata')}"
    except PackageNotFoundError:
        source = "the system's"
    if in_auckland.isoformat() == "2020-11-11":
        yield Finding("ok", "time zones", f"the data are there ({source}).")
    else:
        yield Finding("wrong", "time zones", "the data give a wrong date for Auckland: reinstall tzdata.")


def _database() -> Iterator[Finding]:
    try:
        db.session.execute(text("SELECT 1"))
        yield _engine()
        at_head = state.is_up_to_date()
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield Finding("wrong", "database", f"it cannot be opened: {cause}")
        return
    if not at_head:
        yield Finding("wrong", "migrations", state.behind_sentence())
        return
    yield Finding("ok", "migrations", f"at the newest, {state.newest_revision()}.")
    yield _guards()
    yield from _clock_of_the_records()
    yield _scheduler()


def _guards() -> Finding:
    try:
        state.must_have_its_guards(db.session.connection())
    except Refused as error:
        return Finding("wrong", "append-only", f"{error} Somebody was at the database past the tracker.")
    return Finding("ok", "append-only", "the database refuses to change the ledger, the audit trail and the sign-ins.")


def _clock_of_the_records() -> Iterator[Finding]:
    """A clock that once ran ahead, or runs behind now, shows in what was recorded."""
    newest = [db.session.scalar(select(func.max(column))) for column in (LedgerEntry.recorded_at, JobRun.ran_at)]
    latest = max((instant for instant in newest if instant is not None), default=None)
    if latest is not None and latest > clock.now() + CLOCK_MAY_DIFFER:
        says = (
            f"the last record was made at {latest:%Y-%m-%d %H:%M} UTC, which is still to come: set the system's clock."
        )
        yield Finding("wrong", "clock of the records", says)


def _backups() -> Finding:
    folder = instance_folder() / FOLDER
    made = sorted(nightly_backups(folder).values(), key=lambda path: path.stat().st_mtime)
    if not made:
        return Finding("warn", "backups", f"there is none in {folder} yet; the scheduler makes one each night.")
    newest = datetime.fromtimestamp(made[-1].stat().st_mtime, tz=UTC)
    if clock.now() - newest > BACKUP_IS_LATE:
        why = last_outcomes().get("backup") or "no scheduler made one since."
        return Finding("wrong", "backups", f"the last is of {newest:%Y-%m-%d}: {why}")
    return Finding("ok", "backups", f"{len(made)} in {folder}, the last of {newest:%Y-%m-%d %H:%M} UTC.")


def _engine() -> Finding:
    if db.engine.dialect.name == "postgresql":
        return Finding("ok", "database", f"PostgreSQL {db.session.scalar(text('SHOW server_version'))}.")
    mode, foreign_keys = (db.session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys"))
    why = "its write-ahead log is sound" if safe_journal_mode() == "wal" else (
        "its write-ahead log can corrupt a database; from 3.51.3 on it is used, and reading is faster"
    )  # fmt: skip
    grade: Literal["ok", "wrong"] = "ok" if foreign_keys and mode == safe_journal_mode() else "wrong"
    return Finding(grade, "database", f"SQLite {sqlite3.sqlite_version}, journal mode {mode}: {why}.")


def _scheduler() -> Finding:
    seen, late = last_seen(), late_since(clock.now())
    if seen is None:
        return Finding("warn", "scheduler", "it has not run yet: start “tracker serve” or “tracker scheduler”.")
    if late == NEVER:
        return Finding("wrong", "scheduler", "it runs, and has never got to planning and sending letters: see its log.")
    if late is not None:
        return Finding("wrong", "scheduler", f"no letter is planned or sent since {late:%Y-%m-%d %H:%M} UTC.")
    return Finding("ok", "scheduler", f"last seen {seen:%Y-%m-%d %H:%M} UTC.")


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_url:
        return Finding("warn", "mail", "TRACKER_SMTP_URL is not set: letters wait in the outbox.")
    if settings.smtp_url == DEMO:
        return Finding("ok", "mail", "letters end in the outbox, as this is a demonstration.")
    try:
        post = SmtpPost(parse_smtp_url(settings.smtp_url), SMTP_TIMEOUT_SECONDS)
        post.connect()
        post.close()
    except TrackerError as error:
        return Finding("wrong", "mail", str(error))
    return Finding("ok", "mail", f"{post.address.host}:{post.address.port} takes letters.")
