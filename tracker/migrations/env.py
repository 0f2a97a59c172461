"""How Alembic reaches the database: through the application's own engine, one migration at a time."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, text

import tracker.models  # noqa: F401  every table has to be known
from tracker.db import Base, UtcInstant, db

LOCK = 7_202_011_11  # any number that only we use: two upgrades at once fail on PostgreSQL without it


def render_item(kind: str, item: object, autogen: object) -> str | Literal[False]:
    """Scripts name plain types: a migration must go on working when our own type is long gone."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcInstant) else False


def is_compared(thing: object, name: str | None, kind: str, reflected: bool, model: object) -> bool:
    """What search and look-ups go by is no model: tables of SQLite's own, and indexes over an expression."""
    return not (reflected and (name or "").startswith("search_index"))


def run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True,
        transaction_per_migration=False, render_item=render_item,
        include_object=is_compared,
    )  # fmt: skip
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)  # the caller's own transaction: see state.upgrade_on
else:
    # One transaction for all of them, opened here: Alembic takes SQLite for a database that has none for tables, and
    # would commit after each migration.
    with db.engine.connect().execution_options(tracker_writes=True) as opened, opened.begin():
        run(opened)
