"""The door for many: histories of thousands of new manuscripts, as `services.history` would have recorded each.

Every history is planned and checked by the same domain, sealed into the same chain and folded into the same copies;
only the rows are written together. A test holds every row equal to what the single door writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tracker.domain.policy import Policy
from tracker.domain.recording import Plan
from tracker.models import Author, Manuscript
from tracker.services.bulk_plans import Prepared, plan_history, prepare, shapes_of
from tracker.services.bulk_rows import RowBuffer, RowShape, connection_of, count_intervals
from tracker.services.search import keep_searchable

__all__ = ["BulkHistories", "NewHistory", "plan_history"]

SQLITE_CACHE_KB = 100_000


@dataclass(frozen=True)
class NewHistory:
    """A manuscript to be written: `row` are the columns of its record, `plan` its first events that stand."""

    row: Mapping[str, Any]
    authors: Sequence[Mapping[str, Any]]
    plan: Plan
    policy: Policy


class BulkHistories:
    """Gathers new histories and writes them together. `write` before anything reads them, `finish` at the end."""

    def __init__(self, session: Session) -> None:
        self.session = session
        dialect = session.connection().dialect
        if dialect.name == "sqlite":
            # Two megabytes, the default, are read and written again for every row that is new to an index.
            session.connection().exec_driver_sql(f"PRAGMA cache_size = -{SQLITE_CACHE_KB}")
        self.shapes = shapes_of(dialect)
        self._new = RowBuffer(RowShape(Manuscript, dialect))
        self._author = RowShape(Author, dialect, ("manuscript_id",))
        shapes = {**self.shapes, self._author.table: self._author}
        self._tables = {table: RowBuffer(shape) for table, shape in shapes.items()}
        self._again: list[dict[str, Any]] = []
        self._written: list[int] = []
        self._counts: Counter[tuple[int, str, int, int]] = Counter()
        self._ids: Iterator[int] = iter(())
        self._last_id = 0

    def next_id(self) -> int:
        """A number for a new manuscript, kept free for this transaction."""
        number = next(self._ids, None)
        if number is None:
            self._ids = iter(_reserved_ids(self.session, self._last_id))
            number = next(self._ids)
        self._last_id = number
        return number

    def add(self, history: NewHistory) -> None:
        """Take one manuscript with its planned history; it is in the database after the next `write`."""
        ready = prepare(history.plan, history.policy, self.shapes, history.row["uid"])
        authors = enumerate(history.authors, start=1)
        tails = [self._author.tail({**author, "position": position}) for position, author in authors]
        self.add_prepared(history.row, replace(ready, rows={**ready.rows, self._author.table: tails}))

    def add_prepared(self, row: Mapping[str, Any], history: Prepared, *, again: bool = False) -> None:
        """Take one manuscript, {column: value}, with a history that is ready. `again`: its record is there, void."""
        values = {**row, **history.copies, "uid": history.uid}
        if again:
            self._again.append(values)
        else:
            self._new.add(values)
        number, journal_id = row["id"], row["journal_id"]
        self._written.append(number)
        for table, tails in history.rows.items():
            buffer = self._tables[table]
            buffer.extend((number, journal_id) if len(buffer.shape.ids) == 2 else (number,), tails)
        for metric, year, days in history.intervals:
            self._counts[journal_id, metric, year, days] += 1

    def write(self) -> None:
        """Write everything gathered, in the session's transaction."""
        connection = connection_of(self.session)
        self._new.write(connection)
        if self._again:
            self.session.execute(update(Manuscript), self._again)
            self._again = []
        for buffer in self._tables.values():
            buffer.write(connection)
        keep_searchable(self._written)
        self._written = []

    def finish(self) -> None:
        """Write what is left, and count the new intervals for the reports."""
        self.write()
        count_intervals(self.session, self._counts)
        self._counts.clear()


def _reserved_ids(session: Session, last: int, count: int = 1000) -> list[int]:
    """Free numbers for manuscripts: from the sequence, or, where one writer has the file, the next ones."""
    connection = connection_of(session)
    if connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence("manuscripts", "id")
        numbers = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
        return list(session.scalars(numbers))
    first = max(last, session.scalar(select(func.max(Manuscript.id))) or 0) + 1
    return list(range(first, first + count))
