"""What a backup is: an SQLite file with every table of the tracker, whichever database it was made from.

One format serves both databases, needs no program of theirs, and is checked by the same code as a live database; a
backup made on one can be restored on the other. Beside the tables it holds `backup_facts`: when and at which migration
it was made, a digest of every row, and a fingerprint of the secret key that its passwords need.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine

from tracker.domain.errors import BadInput, Refused
from tracker.domain.events import instant_as_text
from tracker.queries.verification import Verification, verify_all

FACTS = "backup_facts"
FORMAT = "1"


@dataclass(frozen=True)
class Facts:
    """What a backup says of itself. `revision` is the migration that its tables are at."""

    made_at: str
    revision: str
    secret: str
    digest: str


def fingerprint(secret_key: str) -> str:
    """A word that tells one secret key from another without giving it away."""
    return hashlib.sha256(f"fingerprint of {secret_key}".encode()).hexdigest()[:16]


@contextmanager
def private_file(path: Path) -> Iterator[Path]:
    """An empty file that only its owner may read, under a passing name beside `path`; gone at the end."""
    passing = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        os.close(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield passing
    finally:
        for leftover in (passing, *(Path(f"{passing}{end}") for end in ("-journal", "-wal", "-shm"))):
            leftover.unlink(missing_ok=True)


def put_in_place(passing: Path, path: Path) -> None:
    """Give a finished file its name, in one step; when this returns, it is on the disk."""
    _to_disk(passing)
    os.replace(passing, path)
    if os.name == "posix":
        _to_disk(path.absolute().parent)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file by SQLite itself, every statement a transaction of its own."""
    with closing(sqlite3.connect(path, timeout=15, isolation_level=None)) as connection:
        yield connection


@contextmanager
def connected(path: Path) -> Iterator[Connection]:
    """The file as the application reads databases, in one transaction that ends well or not at all."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        yield connection


def write_facts(path: Path, *, now: datetime, revision: str, secret_key: str) -> None:
    """Seal the file: what it is, and the digest of its rows."""
    with opened(path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"DROP TABLE IF EXISTS {FACTS}")
        connection.execute(f"CREATE TABLE {FACTS} (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        facts = {
            "format": FORMAT, "made_at": instant_as_text(now), "revision": revision,
            "secret": fingerprint(secret_key), "digest": digest_of(connection),
        }  # fmt: skip
        connection.executemany(f"INSERT INTO {FACTS} VALUES (?, ?)", facts.items())  # noqa: S608  a constant


def read_facts(path: Path) -> Facts:
    """What the backup says of itself. Raises BadInput for a file that is none, or of another format."""
    try:
        with opened(path) as connection:
            facts = dict(connection.execute(f"SELECT name, value FROM {FACTS}"))  # noqa: S608  a constant
        form = facts.pop("format")
        said = Facts(**facts)
    except (sqlite3.Error, KeyError, TypeError) as error:
        raise BadInput(f"This file is no backup of the tracker, or a damaged one: {error}.") from None
    if form != FORMAT:
        raise BadInput(f"This backup has format {form}, which this version of the tracker does not know.")
    return said


def must_be_whole(path: Path, facts: Facts | None = None) -> None:
    """Raise BadInput where SQLite finds the file damaged, a row points nowhere, or a row is not what was sealed."""
    try:
        with opened(path) as connection:
            answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if answer != "ok":
                raise BadInput(f"The file is damaged: {answer}.")
            if lost := connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BadInput(f"The file is not whole: a row of {lost[0]} names one of {lost[2]} that is not there.")
            if facts is not None and digest_of(connection) != facts.digest:
                raise BadInput("The file is damaged: its rows are not those that were saved.")
    except sqlite3.Error as error:
        raise BadInput(f"The file is damaged: {error}.") from None


def must_verify(connection: Connection, what: str) -> Verification:
    """Replay every history. Raises Refused, with the first problem, where one does not verify."""
    result = verify_all(connection)
    if result.problems:
        first = result.problems[0]
        raise Refused(f"{what} does not verify: {first.reference}: {first.problem} ({len(result.problems)} in all).")
    return result


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """The tables with rows of ours, by name: not SQLite's own, nor those of the search's index."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ours = (name for (name,) in names if not name.startswith(("sqlite_", "search_index")))
    return [name for name in ours if name != FACTS]


def digest_of(connection: sqlite3.Connection) -> str:
    """SHA-256 over every row of every table, in the order of the keys."""
    digest = hashlib.sha256()
    for table in tables_of(connection):
        columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys = sorted((column for column in columns if column[5]), key=lambda column: column[5]) or columns
        order = ", ".join(f'"{column[1]}"' for column in keys)
        digest.update(f"{table} {[column[1] for column in columns]}\n".encode())
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):  # noqa: S608  names from the schema
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
