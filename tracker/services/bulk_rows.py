"""Rows for many manuscripts at once, written as fast as each database takes them: COPY on PostgreSQL, one prepared
statement on SQLite. Values go through the columns' own types, so that a row is what the session would have written.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Column, Connection, Date, Dialect, Table
from sqlalchemy.orm import Session

from tracker.db import Base, UtcInstant
from tracker.domain.copies import Values, copies_of
from tracker.domain.events import Event, details_as_text
from tracker.domain.policy import Policy
from tracker.domain.standing import Fold
from tracker.domain.tasks import next_due, open_tasks
from tracker.models import TurnaroundCount
from tracker.services.turnaround import ALL_JOURNALS

Row = Any  # a row or a part of one, as its database takes it: a tuple on SQLite, the text of COPY on PostgreSQL


class RowShape:
    """How the rows of a table are made. `ids` are the columns that come first and are known last.

    The database numbers a table's own rows, where `ids` does not name them. Columns that are not given get the
    model's default, if that is a plain value.
    """

    def __init__(self, model: type[Base], dialect: Dialect, ids: tuple[str, ...] = ()) -> None:
        table = model.__table__
        assert isinstance(table, Table)
        rest = [column for column in table.columns if column.name not in (*ids, *(("id",) if ids else ()))]
        self.table, self.ids = table.name, ids
        self.names = (*ids, *(column.name for column in rest))
        self._width = len(rest)
        # In the order of the largest index its pages are found one after the other.
        places = [self.names.index(name) for name in ("metric", "ended_on") if name in self.names]
        self.in_index_order = itemgetter(*places) if len(places) == 2 else None
        self._defaults = {column.name: _default(column.default) for column in rest}
        self._in_order = itemgetter(*self._defaults)
        self._is_copied = dialect.name == "postgresql"
        processors = [_processor(column, dialect) for column in rest]
        self._processed = [(place, process) for place, process in enumerate(processors) if process is not None]

    def head(self, ids: tuple[Any, ...]) -> Row:
        """The beginning of a row: as many of these ids as this table has."""
        own = ids[: len(self.ids)]
        return _copied(own) + "\t" if self._is_copied else own

    def tail(self, values: Values) -> Row:
        """The columns after the ids of one row, {column: value}; a head and a tail, added, are a row."""
        row = list(self._in_order(values if len(values) == self._width else {**self._defaults, **values}))
        for place, process in self._processed:
            if (value := row[place]) is not None:
                row[place] = process(value)
        return _copied(row) + "\n" if self._is_copied else tuple(row)


class RowBuffer:
    """Rows of one table on their way into it."""

    def __init__(self, shape: RowShape) -> None:
        self.shape = shape
        self._rows: list[Row] = []

    def add(self, values: Values) -> None:
        """Take one row, {column: value}, of a shape whose ids are not kept apart."""
        self._rows.append(self.shape.tail(values))

    def extend(self, ids: tuple[Any, ...], tails: Iterable[Row]) -> None:
        """Take rows that share their ids; `ids` may go on with some that this table does not have."""
        head = self.shape.head(ids)
        self._rows += [head + tail for tail in tails]

    def write(self, connection: Connection) -> None:
        """Insert what has gathered, in the connection's transaction."""
        if not self._rows:
            return
        rows, self._rows = self._rows, []
        table, names = self.shape.table, ", ".join(f'"{name}"' for name in self.shape.names)
        if connection.dialect.name == "postgresql":
            driver: Any = connection.connection.driver_connection
            with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                copy.write("".join(rows))
            return
        if self.shape.in_index_order is not None:
            rows.sort(key=self.shape.in_index_order)
        marks = ", ".join("?" * len(self.shape.names))
        statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608  names of our own tables
        connection.exec_driver_sql(statement, rows)


def _default(default: Any) -> Any:
    return default.arg if default is not None and default.is_scalar else None


def _processor(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes of a value what the database takes. SQLite's own for dates spells out a format, one by one."""
    if isinstance(column.type, JSON):
        return json.dumps
    if dialect.name == "sqlite" and type(column.type) is Date:
        return _iso_day
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    if process is not None and isinstance(column.type, UtcInstant):
        return lru_cache(maxsize=1024)(process)  # the rows of an import share their instants
    return process


@lru_cache(maxsize=65536)
def _iso_day(day: date) -> str:
    return day.isoformat()


_COPIED: dict[type, Callable[[Any], str]] = {
    type(None): lambda value: "\0", bool: lambda value: "t" if value else "f", int: str,
    date: _iso_day, datetime: lru_cache(maxsize=1024)(datetime.isoformat),
}  # fmt: skip
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copied(row: Sequence[Any]) -> str:
    """The cells in COPY's text format, with tabs between. Whether anything wants escaping is asked of the whole row."""
    cells = [value if type(value) is str else _COPIED.get(type(value), str)(value) for value in row]
    text = "\t".join(cells)
    if "\\" in text or "\n" in text or "\r" in text or text.count("\t") >= len(cells):
        text = "\t".join([cell.translate(_ESCAPES) for cell in cells])
    return text.replace("\0", "\\N")  # no text of PostgreSQL can hold a zero


def connection_of(session: Session) -> Connection:
    """The session's connection, with everything flushed to it that the session holds."""
    session.flush()
    return session.connection()


def ledger_values(events: Iterable[tuple[Event, str]]) -> Iterator[Values]:
    """Rows of the ledger for events and their seals."""
    for event, seal in events:
        yield {
            "position": event.position, "action": str(event.action),
            "occurred_on": event.occurred_on, "sequence": event.sequence, "precision": event.precision,
            "details": details_as_text(event.details) if event.details else "{}", "recorded_at": event.recorded_at,
            "actor": event.actor, "note": event.note, "source": event.source, "step": event.step, "hash": seal,
        }  # fmt: skip


def standing_values(standing: Fold, policy: Policy) -> dict[str, Any]:
    """What the manuscript's row copies of a standing; for a manuscript with no origin."""
    copies: dict[str, Any] = dict(copies_of(standing))
    copies["due_on"] = next_due(open_tasks(standing, policy), standing)
    copies["paper_received_on"] = copies["received_on"]
    return copies


def count_intervals(session: Session, counts: Counter[tuple[int, str, int, int]]) -> None:
    """Add to what the reports count: (journal, metric, year, days) → how many more, or fewer."""
    shape = RowShape(TurnaroundCount, session.connection().dialect, ids=("journal_id",))
    buffer = RowBuffer(shape)
    together: Counter[tuple[str, int, int]] = Counter()
    for (journal_id, metric, year, days), n in sorted(counts.items()):
        if n:
            buffer.extend((journal_id,), [shape.tail({"metric": metric, "year": year, "days": days, "n": n})])
            together[metric, year, days] += n
    all_tails = ({"metric": metric, "year": year, "days": days, "n": n} for (metric, year, days), n in together.items())
    buffer.extend((ALL_JOURNALS,), map(shape.tail, all_tails))
    buffer.write(connection_of(session))
