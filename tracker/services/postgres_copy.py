"""Rows between PostgreSQL and an SQLite file, table by table, through COPY: as texts that both databases read alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, text

from tracker.db import Base
from tracker.services.backup_files import tables_of

# How a value is written so that SQLite holds what the application would have stored there.
AS_SQLITE = {
    "timestamp with time zone": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "date": "to_char({0}, 'YYYY-MM-DD')",
    "boolean": "{0}::int",
}
BATCH = 2_000


def copy_to_sqlite(source: Connection, target: sqlite3.Connection) -> None:
    """Fill the tables of a migrated SQLite file, in one transaction of it. The source is at the same migration."""
    target.execute("PRAGMA foreign_keys = OFF")  # rows come table by table; the whole is checked afterwards
    target.execute("BEGIN IMMEDIATE")
    for table in tables_of(target):
        if table != "alembic_version":
            _pull(source, table, target)
    if target.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_index'").fetchone():
        target.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")
    target.execute("COMMIT")


def copy_to_postgres(source: sqlite3.Connection, target: Connection) -> None:
    """Fill the empty tables of a migrated PostgreSQL database, and set its counters after the last numbers."""
    target.execute(text("SET LOCAL TIME ZONE 'UTC'"))
    for table in Base.metadata.sorted_tables:
        names = [column.name for column in table.columns]
        rows = source.execute(f"SELECT {_listed(names)} FROM {table.name}")  # noqa: S608  names of our own models
        _push(target, table.name, names, rows)
        _set_counters(target, table.name, names)


def _pull(source: Connection, table: str, target: sqlite3.Connection) -> None:
    columns = source.execute(
        text(
            "SELECT column_name::text, data_type::text FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = :table"
        ),
        {"table": table},
    )
    kinds: dict[str, str] = {row.column_name: row.data_type for row in columns}
    names = [row[1] for row in target.execute(f'PRAGMA table_info("{table}")')]
    values = ", ".join(AS_SQLITE.get(kinds[name], "{0}").format(f'"{name}"') for name in names)
    marks = ", ".join("?" * len(names))
    with _cursor(source).copy(f'COPY (SELECT {values} FROM "{table}") TO STDOUT') as copy:  # noqa: S608  as above
        target.executemany(f'INSERT INTO "{table}" ({_listed(names)}) VALUES ({marks})', copy.rows())  # noqa: S608  names of our own tables


def _push(target: Connection, table: str, names: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    with _cursor(target).copy(f"COPY {table} ({_listed(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _set_counters(target: Connection, table: str, names: list[str]) -> None:
    if "id" not in names:
        return
    counter = target.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table})
    if counter is not None:
        last = f"SELECT setval(:counter, (SELECT max(id) FROM {table})) WHERE EXISTS (SELECT 1 FROM {table})"  # noqa: S608  a name of our own tables
        target.execute(text(last), {"counter": counter})


def _cursor(connection: Connection) -> Any:
    """psycopg's own cursor, in the transaction of the connection: SQLAlchemy has no COPY."""
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
