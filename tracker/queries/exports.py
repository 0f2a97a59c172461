"""Everything in the database as rows that another installation can read: names in the place of internal numbers.

Every table that the models know is exported, but what belongs to one installation only: passwords, the record of
periodic passes, what is written anew anyway. A row that belongs to another is named by a key that people can read: a
journal by its short name, a manuscript by its reference, an account or a letter by its uid.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, or_, select

from tracker.db import Base, db
from tracker.domain.events import instant_as_text
from tracker.models import Journal, Manuscript

FORMAT = 1
BATCH = 2_000
# search_texts and turnaround_counts are written anew; the others are the desk of one installation, with its secrets.
LEFT_OUT = frozenset((
    "job_runs", "search_texts", "calendar_feeds", "bulk_deeds", "letter_links", "status_links", "turnaround_counts",
    "api_tokens", "sign_ins", "sign_in_entries", "passkeys", "try_counts",
))  # fmt: skip
SECRETS = frozenset((
    "password", "fs_uniquifier", "tf_primary_method", "tf_totp_secret", "totp_counter", "mf_recovery_codes",
    "fs_webauthn_user_handle",
))  # fmt: skip
KEYS = ("slug", "reference", "uid")


@dataclass(frozen=True)
class Sheet:
    """One table as it is exported: its own columns, and the keys of the rows that it belongs to."""

    table: Table

    @property
    def name(self) -> str:
        return self.table.name

    @cached_property
    def key(self) -> str | None:
        """The column that names a row of this table in others; None where no other table asks."""
        return next((name for name in KEYS if name in self.table.c), None)

    @cached_property
    def columns(self) -> list[Column[Any]]:
        """The columns that are exported; the internal number is not."""
        left_out = SECRETS | {"id", "account_id"} if self.name == "letters" else SECRETS | {"id"}
        return [column for column in self.table.c if column.name not in left_out]

    def heading(self, column: Column[Any]) -> str:
        """The column's name in the export: `manuscript` for `manuscript_id`."""
        return column.name.removesuffix("_id") if column.foreign_keys else column.name


def owner_of(column: Column[Any]) -> Table:
    """The table that a foreign key points to."""
    return next(iter(column.foreign_keys)).column.table


def sheets() -> list[Sheet]:
    """The tables in an order in which each comes after those that it names."""
    return [Sheet(table) for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


class Export:
    """The rows of an installation, or of one journal of it with the people who belong to it.

    Reads only, and all of it as it was at one moment, whoever writes meanwhile.
    """

    def __init__(self, journal: Journal | None = None) -> None:
        self.journal_id = journal.id if journal is not None else None
        self._keys: dict[str, dict[int, str]] = {}
        session = db.session()
        session.rollback()
        if session.get_bind().dialect.name == "postgresql":  # one transaction of SQLite is one moment anyway
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})

    def rows(self, sheet: Sheet) -> Iterator[dict[str, Any]]:
        """The rows of a table in the order in which they were made, as plain JSON values."""
        query = self._query(sheet).execution_options(yield_per=BATCH)
        pairs = [(sheet.heading(column), column) for column in sheet.columns]
        for row in db.session.connection().execute(query):
            values = row._mapping
            yield {heading: self._value(column, values[column]) for heading, column in pairs}

    def _value(self, column: Column[Any], value: Any) -> Any:
        if column.foreign_keys and value is not None:
            return self._key_of(owner_of(column), value)
        if isinstance(value, datetime):
            return instant_as_text(value)
        return value.isoformat() if isinstance(value, date) else value

    def _key_of(self, table: Table, number: int) -> str | None:
        """The readable key of a row; None for one that is not part of this export."""
        if table.name not in self._keys:
            named = select(table.c.id, table.c[str(Sheet(table).key)])
            self._keys[table.name] = {row.id: row[1] for row in db.session.connection().execute(named)}
        return self._keys[table.name].get(number)

    def _query(self, sheet: Sheet) -> Select[Any]:
        query = select(sheet.table).order_by(*sheet.table.primary_key.columns)
        if sheet.name == "letters":  # those about an account are for one person's eyes
            query = query.where(sheet.table.c.account_id.is_(None))
        return query if self.journal_id is None else query.where(self._belongs(sheet.table, self.journal_id))

    def _belongs(self, table: Table, journal_id: int) -> ColumnElement[bool]:
        """What of a table is the journal's; an installation's own tables have nothing of a journal."""
        if table.name == "journals":
            return table.c.id == journal_id
        if table.name == "accounts":
            return self._people(table, journal_id)
        if "journal_id" in table.c:
            return table.c.journal_id == journal_id
        of_journal = select(Manuscript.id).where(Manuscript.journal_id == journal_id)
        if "manuscript_id" in table.c and not table.c.manuscript_id.nullable:
            return table.c.manuscript_id.in_(of_journal)
        if "import_id" in table.c:
            imports = Base.metadata.tables["imports"]
            return table.c.import_id.in_(select(imports.c.id).where(imports.c.journal_id == journal_id))
        return table.primary_key.columns[0].in_([])

    def _people(self, table: Table, journal_id: int) -> ColumnElement[bool]:
        members = Base.metadata.tables["memberships"]
        editors = select(Manuscript.handling_editor_id).where(Manuscript.journal_id == journal_id)
        seats = select(members.c.account_id).where(members.c.journal_id == journal_id)
        return or_(table.c.id.in_(seats), table.c.id.in_(editors.where(Manuscript.handling_editor_id.is_not(None))))


def cell_of(value: Any) -> str:
    """A value as the text of a CSV cell: empty for none, `true` and `false`, JSON for lists and objects."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
