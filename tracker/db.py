"""The database: one declarative base, one way to open a transaction, and what SQLite must be told.

SQLite begins writing transactions with BEGIN IMMEDIATE: a deferred read-then-write fails with “locked” as soon as two
processes write. PostgreSQL takes row locks instead (`services.history`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Engine, MetaData, event, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from tracker.domain.errors import Conflict

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MS = 15_000
TAKEN = ("23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")  # what must be there once was there
SAME_MOMENT = "Somebody did the same at the same moment, and nothing was changed. Look at what is there, and try again."


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Database(SQLAlchemy):
    """The database of an application, and of what is mounted in it."""

    def share(self, host: Flask, guest: Flask) -> None:
        """Let an application that is mounted in another use its connections, instead of a pool of its own."""
        self._app_engines[guest] = self._app_engines[host]
        guest.extensions["sqlalchemy"] = self
        guest.teardown_appcontext(self._teardown_session)


db = Database(model_class=Base, session_options={"expire_on_commit": False})


class UtcInstant(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone: pass an aware datetime")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@contextmanager
def transaction() -> Iterator[Session]:
    """Everything inside commits together, or nothing does. Edges and jobs open it; services never commit.

    A read that went before is ended first, so that what is loaded inside is what the write sees. Raises Conflict where
    somebody else's transaction has added meanwhile what is there once.
    """
    session = db.session()
    session.rollback()
    session.connection(execution_options={"tracker_writes": True})
    try:
        yield session
        session.commit()
    except IntegrityError as error:
        session.rollback()
        if was_taken(error):
            raise Conflict(SAME_MOMENT) from error
        raise
    except BaseException:
        session.rollback()
        raise


def was_taken(error: IntegrityError) -> bool:
    """Whether the database refused a second one of what is there once; all else that it refuses is a fault of ours."""
    code = getattr(error.orig, "sqlstate", "") or getattr(error.orig, "sqlite_errorname", "")
    return code in TAKEN


def take_turns(row: Base) -> None:
    """Wait for whoever works on what belongs to this row, and keep others waiting until the transaction ends.

    For a look at what is there before something is added to it. SQLite has one writer at a time in any case.
    """
    (key,) = inspect(type(row)).primary_key
    # Not against those who only refer to the row: they hold locks of their own, and would wait for ours.
    db.session.execute(select(key).where(key == row.id).with_for_update(key_share=True))  # type: ignore[attr-defined]  # all have one


@contextmanager
def rehearsal() -> Iterator[Session]:
    """A transaction that is never kept: to see what would become of something. What was read in it stays readable."""
    session = db.session()
    session.rollback()
    session.connection(execution_options={"tracker_writes": True})
    try:
        yield session
    finally:
        session.rollback()


def safe_journal_mode() -> str:
    """`wal` where SQLite's write-ahead log is sound, else `delete`.

    Versions before 3.51.3 (but 3.50.7 and 3.44.6) can corrupt a database when a checkpoint races with a write.
    """
    version = sqlite3.sqlite_version_info
    is_fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)
    return "wal" if is_fixed else "delete"


@event.listens_for(Engine, "do_connect")
def _keep_private(dialect: Any, record: Any, arguments: Any, named: dict[str, Any]) -> None:
    """Make an SQLite file that is not there yet for its owner alone; SQLite gives its -wal and -journal the same mode.

    SQLite itself would make it as the umask says: readable to everybody, in most places.
    """
    if dialect.name == "sqlite" and arguments and (path := str(arguments[0])) and is_file_name(path):
        with suppress(OSError):  # it is there; or cannot be, which SQLite says better
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def is_file_name(path: str) -> bool:
    """Whether SQLite takes this for a file on the disk."""
    return path != ":memory:" and not path.startswith("file:")


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute(f"PRAGMA journal_mode = {safe_journal_mode()}")
    connection.execute("PRAGMA synchronous = FULL")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("tracker_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
