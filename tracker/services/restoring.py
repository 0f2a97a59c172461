"""Taking an export into an empty installation: every row as it was, and every history checked before it counts.

This is the one writer beside `services.history` that puts ledgers and their copies into the database: it writes
nothing of its own, and what it wrote is replayed against its hashes and copies before the transaction ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, bindparam, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from tracker.db import UtcInstant, db
from tracker.domain.errors import BadInput, Refused
from tracker.models import Account, Interval, Journal
from tracker.queries.exports import Sheet, owner_of, sheets
from tracker.queries.verification import verify_all
from tracker.services.bulk_rows import count_intervals
from tracker.services.search import keep_all_searchable

BATCH = 1_000
Rows = Callable[[str], Iterable[tuple[int, Mapping[str, Any]]]]


def restore_export(rows_of: Rows) -> dict[str, int]:
    """Write the rows of an export, table by table; gives how many each table got.

    `rows_of` gives the rows of a table with the number of each in its file. Raises Refused where the installation
    is not empty or a history does not verify, and BadInput, naming file and row, for what cannot be a row.
    """
    _must_be_empty()
    restoring = _Restoring()
    counts = {sheet.name: restoring.write(sheet, rows_of(sheet.name)) for sheet in sheets()}
    _count_anew()
    _must_verify()
    keep_all_searchable()
    return counts


def _count_anew() -> None:
    """Count the intervals for the reports: what they add up to depends on which journals came along."""
    columns = (Interval.journal_id, Interval.metric, Interval.ended_on, Interval.days)
    counts: Counter[tuple[int, str, int, int]] = Counter()
    for journal_id, metric, ended_on, days, n in db.session.execute(select(*columns, func.count()).group_by(*columns)):
        counts[journal_id, metric, ended_on.year, days] += n
    count_intervals(db.session(), counts)


def _must_be_empty() -> None:
    for model in (Journal, Account):
        if db.session.scalar(select(func.count()).select_from(model)):
            raise Refused(
                "This installation is not empty. An export is taken into a new one: choose another folder with "
                "TRACKER_INSTANCE, or another database, and run “tracker db upgrade” there first."
            )


def _must_verify() -> None:
    problems = verify_all().problems
    if problems:
        first = problems[0]
        raise Refused(
            f"The export does not verify, and nothing was taken over: {first.reference}: {first.problem}"
            f"{f' (and {len(problems) - 1} more)' if len(problems) > 1 else ''}."
        )


class _Restoring:
    """One restore: the new internal numbers of the rows that others name."""

    def __init__(self) -> None:
        self.numbers: dict[str, dict[str, int]] = {}

    def write(self, sheet: Sheet, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> int:
        """Insert the rows of one table, in batches; what a row says of its own table is filled in afterwards."""
        links: list[tuple[str, str, str]] = []
        iterator, count = iter(rows), 0
        while batch := list(islice(iterator, BATCH)):
            values = [self._values(sheet, number, row, links) for number, row in batch]
            _execute(sheet, insert(sheet.table), values)
            count += len(batch)
        if sheet.key is not None:
            named = select(sheet.table.c[sheet.key], sheet.table.c.id)
            self.numbers[sheet.name] = {row[0]: row.id for row in db.session.execute(named)}
        self._link(sheet, links)
        return count

    def _values(
        self, sheet: Sheet, number: int, row: Mapping[str, Any], links: list[tuple[str, str, str]]
    ) -> dict[str, Any]:
        """The values of a row for its columns. A reference to the row's own table waits until all are there."""
        place = f"{sheet.name}.jsonl, row {number}"
        columns = {sheet.heading(column): column for column in sheet.columns}
        unknown = set(row) - set(columns)
        if unknown:
            raise BadInput(f"{place}: there is no column “{min(unknown)}”; the export is of another version.")
        values: dict[str, Any] = {}
        for heading, value in row.items():
            column = columns[heading]
            if value is not None and column.foreign_keys and owner_of(column) is sheet.table:
                links.append((column.name, str(row[str(sheet.key)]), str(value)))
                value = None
            values[column.name] = self._value(column, value, f"{place}, {heading}")
        return values

    def _value(self, column: Column[Any], value: Any, place: str) -> Any:
        if value is None:
            return None
        if column.foreign_keys:
            known = self.numbers.get(owner_of(column).name, {})
            if value not in known:
                raise BadInput(f"{place}: “{value}” is not in {owner_of(column).name}.jsonl.")
            return known[value]
        try:
            return _typed(column, value)
        except (TypeError, ValueError):
            raise BadInput(f"{place}: “{str(value)[:60]}” is not what this column holds.") from None

    def _link(self, sheet: Sheet, links: list[tuple[str, str, str]]) -> None:
        numbers = self.numbers.get(sheet.name, {})
        for column, key, target in links:
            if target not in numbers:
                raise BadInput(f"{sheet.name}.jsonl: “{target}”, which {key} names, is not in it.")
            change = update(sheet.table).where(sheet.table.c.id == bindparam("row")).values({column: bindparam("to")})
            _execute(sheet, change, [{"row": numbers[key], "to": numbers[target]}])


def _typed(column: Column[Any], value: Any) -> Any:
    """The value as the column's own type. Raises ValueError or TypeError for anything else."""
    kind = column.type
    if isinstance(kind, UtcInstant):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, JSON):
        return value
    wanted: type = bool if isinstance(kind, Boolean) else int if isinstance(kind, Integer) else str
    if type(value) is not wanted:
        raise TypeError
    return value


def _execute(sheet: Sheet, statement: Any, values: list[dict[str, Any]]) -> None:
    try:
        db.session.execute(statement, values)
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", error)).strip().split("\n")[0]
        raise BadInput(f"{sheet.name}.jsonl: the database refuses a row ({cause[:200]}).") from error
