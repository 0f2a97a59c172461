"""What can be done for a row before the database is asked: reading it, its keys, and the history that it would begin.

Most of the work of an import is this, so large sheets have it done by other processes while this one writes.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from tracker.domain.by_hand import IMPORTER
from tracker.domain.errors import Refused
from tracker.domain.policy import Policy
from tracker.domain.recording import Authority, Entry, Plan
from tracker.formats.sheet_columns import Layout
from tracker.formats.sheet_records import Read, RowReader, SheetRecord, read_records
from tracker.formats.sheets.reading import Sheet, SheetRow
from tracker.services.article_changes import fields_of
from tracker.services.article_facts import facts_of
from tracker.services.bulk_plans import (
    NOTHING_YET,
    Beginning,
    NewRows,
    Prepared,
    new_rows,
    plan_history,
    prepare,
    shapes_of,
)
from tracker.services.bulk_rows import Row
from tracker.services.manuscripts import identity_key
from tracker.services.sheet_account import AccountRows
from tracker.services.sheet_matching import Keys

NO_DATES = "The row has no date: expected at least when the manuscript was received, accepted or published."
BATCH = 250
AHEAD = 16  # batches: while this process writes, no helper runs out of work
MOST_HELPERS = 3
WORTH_HELPERS = 10_000  # rows: a helper takes a second to start


@dataclass(frozen=True)
class Ground:
    """What every row of an import has in common. `today` and `policy` are those of its journal, `actor` is who the
    ledger says imported.
    """

    import_id: int
    import_uid: str
    file_name: str
    now: datetime
    today: date
    policy: Policy = field(default_factory=Policy)
    dialect: str = "sqlite"
    actor: str = IMPORTER


class Ahead(NamedTuple):
    """A row with what was done ahead: all that is written if it is about a new manuscript, and the rows of the account.

    `new` is None where the row cannot be a new manuscript, or was not expected to be one.
    """

    read: Read
    keys: Keys = Keys("", "")
    new: NewRows | None = None
    account: Sequence[Row] = ()


class Preparer:
    """Makes rows ready on one ground."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        dialect = _dialect(ground.dialect)
        self._shapes = shapes_of(dialect)
        self._account = AccountRows(ground.import_id, dialect)

    def ahead(self, read: Read, *, is_new: bool = True) -> Ahead:
        """Everything that can be done for the row; `is_new`: it is expected to be about a new manuscript."""
        if not isinstance(read, SheetRecord):
            return Ahead(read)
        keys = keys_of(read)
        with suppress(Refused):
            if is_new:
                return Ahead(read, keys, self.new(read, keys), self.account(read, keys))
        return Ahead(read, keys)

    def account(self, read: SheetRecord, keys: Keys) -> list[Row]:
        """The rows that say that the manuscript was created."""
        return self._account.of(read, "created", fingerprint=keys.fingerprint)

    def new(self, read: SheetRecord, keys: Keys) -> NewRows:
        """The new manuscript that the row tells of. Raises Refused where its dates cannot follow one another."""
        authors = [vars(author) for author in read.record.authors]
        return new_rows(self.record(read, keys), authors, self.history(read, uuid.uuid4().hex), self._shapes)

    def record(self, read: SheetRecord, keys: Keys) -> dict[str, Any]:
        """What the row says of the manuscript itself, {column: value}."""
        identity = keys.identity or identity_key(read.stand_in, ())
        return {
            **fields_of(read.record), "title": read.stand_in, "identity_key": identity, "is_armed": False,
            "created_at": self.ground.now,
        }  # fmt: skip

    def history(self, read: SheetRecord, uid: str, beginning: Beginning = NOTHING_YET) -> Prepared:
        """The history that the row begins. Raises Refused where its dates cannot follow one another."""
        return prepare(self.plan(read, beginning), self.ground.policy, self._shapes, uid, beginning)

    def plan(self, read: SheetRecord, beginning: Beginning = NOTHING_YET) -> Plan:
        """The events of that history. Raises Refused as it does."""
        entries = entries_of(read)
        if not entries:
            raise Refused(NO_DATES)
        by = Authority(self.ground.actor, self.ground.now, self.ground.today, self.source(read))
        return plan_history(entries, by, beginning)

    def source(self, read: SheetRecord) -> str:
        """Where the ledger says that the row's events come from."""
        return f"import {self.ground.import_uid}: {self.ground.file_name}, row {read.rows[0]}"


def _dialect(name: str) -> Dialect:
    dialect: type[Dialect] = postgresql.psycopg.dialect if name == "postgresql" else sqlite.dialect
    return dialect()


def entries_of(read: SheetRecord) -> list[Entry]:
    """The row's facts for the ledger; what stood in columns that are no field is the first one's note."""
    entries = facts_of(read.record.dates)
    if entries and read.notes:
        entries[0] = replace(entries[0], note=note_of(read.notes))
    return entries


def note_of(notes: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {text}" for name, text in notes.items())


def keys_of(read: SheetRecord) -> Keys:
    """What tells the row again beside reference and DOI."""
    record = read.record
    identity = identity_key(record.title, record.authors) if record.title else ""
    if record.reference or record.doi or record.title:
        return Keys(identity, "")
    return Keys("", hashlib.sha256("\x1f".join(read.cells[0]).encode("utf-8", "replace")).hexdigest()[:32])


def rows_ahead(
    sheet: Sheet, layout: Layout, ground: Ground, expects_new: Callable[[], bool] = lambda: True
) -> Iterator[Ahead]:
    """Every row of the sheet in order, made ready; by helping processes where there are many rows and processors.

    `expects_new` is asked whether the next rows are likely to be about new manuscripts: half of the work is in vain
    where they are not.
    """
    helpers = min(MOST_HELPERS, (os.cpu_count() or 1) - 1)
    if layout.rows < WORTH_HELPERS or helpers < 1 or layout.is_by_event:
        preparer = Preparer(ground)
        for read in read_records(sheet, layout):
            yield preparer.ahead(read, is_new=expects_new())
        return
    context = multiprocessing.get_context("spawn")  # a fork would share the database's connection
    with ProcessPoolExecutor(helpers, context, initializer=_begin, initargs=(layout, ground)) as pool:
        rows = sheet.rows()
        batches = (_Batch(batch, expects_new()) for batch in iter(lambda: list(islice(rows, BATCH)), []))
        yield from _helped(pool, _Worker(layout, ground), batches, AHEAD * helpers)


@dataclass(frozen=True)
class _Batch:
    """Rows that are made ready together, by a helping process or by this one."""

    rows: list[SheetRow]
    is_new: bool


class _Worker:
    """Reads rows and makes them ready: one in each helping process, and one in this."""

    def __init__(self, layout: Layout, ground: Ground) -> None:
        self.reader, self.preparer = RowReader(layout), Preparer(ground)

    def ahead(self, batch: _Batch) -> list[Ahead]:
        return [self.preparer.ahead(self.reader.read(row), is_new=batch.is_new) for row in batch.rows]


@dataclass
class _UnderWay:
    """A batch that a helper is to make ready, or has; `own` is set where this process has done it."""

    batch: _Batch
    future: Future[list[Ahead]]
    own: list[Ahead] | None = None


def _helped(pool: ProcessPoolExecutor, worker: _Worker, batches: Iterator[_Batch], most: int) -> Iterator[Ahead]:
    """Batches go out in order and come back in order; no more are under way than this process can take up."""
    waiting: deque[_UnderWay] = deque()
    try:
        for batch in batches:
            waiting.append(_UnderWay(batch, pool.submit(_batch_ahead, batch)))
            if len(waiting) >= most:
                yield from _next(waiting, worker)
        while waiting:
            yield from _next(waiting, worker)
    finally:
        for left in waiting:
            left.future.cancel()


def _next(waiting: deque[_UnderWay], worker: _Worker) -> list[Ahead]:
    """The first batch. Instead of waiting for it, this process takes over what no helper has begun, from the end."""
    first = waiting[0]
    while first.own is None and not first.future.done():
        free = (one for one in reversed(waiting) if one.own is None and one.future.cancel())
        if (mine := next(free, None)) is None:
            break
        mine.own = worker.ahead(mine.batch)
    waiting.popleft()
    return first.future.result() if first.own is None else first.own


_helper: list[_Worker] = []  # of a helping process


def _begin(layout: Layout, ground: Ground) -> None:
    gc.disable()  # rows make no cycles
    _helper[:] = [_Worker(layout, ground)]


def _batch_ahead(batch: _Batch) -> list[Ahead]:
    return _helper[0].ahead(batch)
