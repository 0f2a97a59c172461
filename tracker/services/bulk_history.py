"""The door for many: histories of thousands of new manuscripts, as `services.history` would have recorded each.

Every history is planned and checked by the same domain, sealed into the same chain and folded into the same copies;
only the rows are written together. A test holds every row equal to what the single door writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from tracker.domain.policy import Policy
from tracker.domain.recording import Plan
from tracker.formats.search_words import searchable_with
from tracker.models import Author, Manuscript
from tracker.services.bulk_plans import NewRows, Prepared, author_rows, new_rows, plan_history, prepare, shapes_of
from tracker.services.bulk_rows import Row, RowBuffer, connection_of, count_intervals
from tracker.services.search import keep_searchable, know_new

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
        self._tables = {table: RowBuffer(shape) for table, shape in self.shapes.items()}
        self._words: list[tuple[int, str]] = []
        self._again: list[dict[str, Any]] = []
        self._intervals: list[tuple[int, str, int, int]] = []
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
        row = history.row
        ready = prepare(history.plan, history.policy, self.shapes, row["uid"])
        new = new_rows(row, history.authors, ready, self.shapes)
        self.add_new(row["id"], row["journal_id"], row["reference"], new)

    def add_new(self, number: int, journal_id: int, reference: str, new: NewRows) -> None:
        """Take one manuscript whose rows are ready."""
        self._extend((number, journal_id, reference), new.rows, new.intervals)
        self._words.append((number, searchable_with(reference, new.words)))

    def begin_again(self, row: Mapping[str, Any], history: Prepared, authors: Sequence[Mapping[str, Any]] = ()) -> None:
        """Take a history for a record that is there, but void; `row` is what it is to say, {column: value}."""
        self.session.execute(delete(Author).where(Author.manuscript_id == row["id"]))
        self._again.append({**row, **history.copies, "uid": history.uid})
        rows = {**history.rows, "authors": author_rows(authors, self.shapes)}
        self._extend((row["id"], row["journal_id"]), rows, history.intervals)

    def _extend(
        self, ids: tuple[Any, ...], rows: Mapping[str, Sequence[Row]], intervals: Sequence[tuple[str, int, int]]
    ) -> None:
        for table, tails in rows.items():
            self._tables[table].extend(ids, tails)
        self._intervals += [(ids[1], *interval) for interval in intervals]

    def write(self) -> None:
        """Write everything gathered, in the session's transaction."""
        connection = connection_of(self.session)
        if self._again:
            self.session.execute(update(Manuscript), self._again)
        for buffer in self._tables.values():
            buffer.write(connection)
        know_new(connection, self._words)
        keep_searchable([row["id"] for row in self._again])
        self._counts.update(self._intervals)
        self._words, self._again, self._intervals = [], [], []

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
