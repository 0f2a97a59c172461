"""Restoring a backup: everything is verified on a copy before anything is replaced, and the old database is kept.

The database is replaced in one transaction of its own kind, so that a process that dies in between leaves the old
one, and a server that is running sees the new one at its next request.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from tracker.db import Base, db
from tracker.domain.errors import BadInput, Refused
from tracker.migrations import state
from tracker.queries.verification import Verification
from tracker.services.backup_files import (
    FACTS,
    connected,
    fingerprint,
    must_be_whole,
    must_verify,
    opened,
    private_file,
    put_in_place,
    read_facts,
)
from tracker.services.backups import is_damaged, live_file
from tracker.services.postgres_copy import copy_to_postgres
from tracker.services.upgrading import mend_copies

LONGEST_WAIT = "15s"


@dataclass(frozen=True)
class Restored:
    """What was restored. `kept` says where the old database is; empty where there was none."""

    made_at: str
    manuscripts: int
    events: int
    kept: str
    passwords_work: bool


def restore_backup(path: Path, *, folder: Path, now: datetime, secret_key: str) -> Restored:
    """Verify the backup, then put it in the place of the database. `folder` takes the copy that is worked on.

    Raises BadInput for a file that is no whole backup, and Refused where it is of a newer version of the program or
    a history in it does not verify; then nothing has changed.
    """
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    is_sqlite = db.engine.dialect.name == "sqlite"
    staging = live_file() if is_sqlite else folder / "restore"
    staging.parent.mkdir(parents=True, exist_ok=True)
    with private_file(staging) as staged:
        shutil.copyfile(path, staged)
        facts = read_facts(staged)
        verified = _prepare(staged)
        kept = _replace_sqlite(staged, now) if is_sqlite else _replace_postgres(staged, now)
    same_secret = facts.secret == fingerprint(secret_key)
    return Restored(facts.made_at, verified.manuscripts, verified.events, kept, same_secret)


def _prepare(staged: Path) -> Verification:
    """Check the copy, bring it to the newest migration, and replay its histories."""
    facts = read_facts(staged)
    must_be_whole(staged, facts)
    if not state.is_known(facts.revision):
        raise Refused(
            f"The backup is at migration {facts.revision}, which this version of the tracker does not know: "
            "install the version that made it, or a newer one."
        )
    with connected(staged) as connection:
        connection.execute(text(f"DROP TABLE {FACTS}"))
        state.upgrade_on(connection)
        state.must_have_its_guards(connection)
        if facts.revision != state.newest_revision():
            mend_copies(connection)  # an older version meant other things by some of them
    with connected(staged) as connection:
        return must_verify(connection, "The backup")


def _replace_sqlite(staged: Path, now: datetime) -> str:
    """Keep the old file aside and write the new pages over it: SQLite does that whole or not at all."""
    live = live_file()
    db.session.remove()  # a read of our own would keep the lock that replacing needs
    db.engine.dispose()
    if not live.exists() or live.stat().st_size == 0:
        put_in_place(staged, live)
        return ""
    aside = live.with_name(f"{live.stem}-before-restore-{now:%Y%m%dT%H%M%SZ}{live.suffix}")
    if is_damaged(live):
        for end in ("", "-journal", "-wal"):
            if Path(f"{live}{end}").exists():
                os.replace(f"{live}{end}", f"{aside}{end}")
        put_in_place(staged, live)
        return str(aside)
    with opened(live) as old, opened(staged) as new:
        old.execute("BEGIN EXCLUSIVE")  # copying would wait for ever for somebody who does not let go
        old.execute("ROLLBACK")
        _keep(old, aside)
        new.backup(old)
    return str(aside)


def _keep(old: sqlite3.Connection, aside: Path) -> None:
    with private_file(aside) as passing:
        with opened(passing) as copy:
            old.backup(copy)
        put_in_place(passing, aside)


def _replace_postgres(staged: Path, now: datetime) -> str:
    """Move the old tables into a schema of their own and fill new ones, in one transaction."""
    aside = f"before_restore_{now:%Y%m%dt%H%M%Sz}"
    db.session.remove()
    with db.engine.begin() as connection, opened(staged) as source:
        connection.execute(text(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'"))
        kept = _move_aside(connection, aside)
        state.upgrade_on(connection)
        copy_to_postgres(source, connection)
        must_verify(connection, "What was restored")
    db.engine.dispose()
    return f"schema {aside}" if kept else ""


def _move_aside(connection: Connection, aside: str) -> bool:
    """Move our tables, and the functions that their triggers call, out of the way; False where there were none."""
    ours = {*Base.metadata.tables, "alembic_version"} & set(inspect(connection).get_table_names())
    if not ours:
        return False
    schema = connection.scalar(text("SELECT quote_ident(current_schema())"))
    connection.execute(text(f"CREATE SCHEMA {aside}"))
    for table in sorted(ours):
        connection.execute(text(f"ALTER TABLE {schema}.{table} SET SCHEMA {aside}"))
    for function in connection.scalars(
        text(
            "SELECT DISTINCT t.tgfoid::regprocedure::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND c.relnamespace = CAST(:aside AS regnamespace)"
        ),
        {"aside": aside},
    ).all():
        connection.execute(text(f"ALTER FUNCTION {function} SET SCHEMA {aside}"))
    return True
