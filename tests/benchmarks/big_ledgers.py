"""Large databases for the benchmarks: histories planned once by the product, sealed for each manuscript in bulk."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Dialect, insert

from tests.domain.walks import History
from tracker.db import db, transaction
from tracker.domain.copies import Values, assignment_values, exclusion_values, interval_values, task_values
from tracker.domain.events import Event, genesis, sealed
from tracker.domain.policy import Policy
from tracker.domain.tasks import open_tasks
from tracker.domain.turnaround import turnaround
from tracker.models import Assignment, Exclusion, Interval, Journal, LedgerEntry, Manuscript, Task
from tracker.services.bulk_rows import RowBuffer, RowShape, count_intervals, ledger_values, standing_values

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BATCH = 5_000


def six_events() -> History:
    """Received, sent to review, reviewed, revision requested, re-submitted, accepted: a usual history."""
    history = History()
    for action in ("received", "sent_to_review", "reviewed", "revision_requested", "resubmitted"):
        history.record(action)
    return history


def fill(manuscripts: int, *, first: int = 1) -> None:
    """Put so many manuscripts with six events each into one journal, numbered from `first`."""
    with transaction() as session:
        journal = session.query(Journal).filter_by(slug="big").one_or_none()
        if journal is None:
            journal = Journal(slug="big", title="A big journal", created_at=NOW)
            session.add(journal)
            session.flush()
        journal_id = journal.id
    history = six_events()
    copies = standing_values(history.standing, Policy())
    numbers = iter(range(first, first + manuscripts))
    while batch := list(islice(numbers, BATCH)):
        rows = [_manuscript_row(number, journal_id, copies) for number in batch]
        with transaction() as session:
            dialect = session.connection().dialect
            ledger = RowShape(LedgerEntry, dialect, ("manuscript_id",))
            buffers = [(RowBuffer(shape), tails) for shape, tails in _beside(history, dialect)]
            entries = RowBuffer(ledger)
            for row in rows:
                sealed_events = _sealed(row["uid"], history.ledger)
                entries.extend((row["id"],), [ledger.tail(values) for values in ledger_values(sealed_events)])
                row["head_hash"], row["version"] = sealed_events[-1][1], len(sealed_events)
                for buffer, tails in buffers:
                    buffer.extend((row["id"], journal_id), tails)
            session.execute(insert(Manuscript), rows)
            for buffer in (entries, *(one for one, _ in buffers)):
                buffer.write(session.connection())
            result = turnaround(history.standing)
            of_one = {(journal_id, item.metric, item.ended_on.year, item.days): len(batch) for item in result.intervals}
            count_intervals(session, Counter(of_one))


def _beside(history: History, dialect: Dialect) -> Iterator[tuple[RowShape, list[Any]]]:
    """The rows beside a manuscript's, the same for all of them: (shape of the table, rows without their numbers)."""
    standing = history.standing
    result, received = turnaround(standing), standing.first("received")
    tasks = [task_values(task, Policy()) for task in open_tasks(standing, Policy())]
    tables: dict[type[Any], Iterable[Values]] = {
        Task: tasks, Interval: interval_values(result, received.first if received else None),
        Exclusion: exclusion_values(result), Assignment: assignment_values(standing, Policy()),
    }  # fmt: skip
    for table, rows in tables.items():
        shape = RowShape(table, dialect, ("manuscript_id", "journal_id"))
        yield shape, [shape.tail(values) for values in rows]


def _manuscript_row(number: int, journal_id: int, copies: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": number, "uid": uuid.UUID(int=number).hex, "journal_id": journal_id, "reference": f"BIG-{number:07d}",
        "title": f"On the number {number}", "identity_key": f"on{number}|", "created_at": NOW, "keywords": [],
        "abstract": "", "section": "", "article_type": "", "citation": "", "volume": "", "issue": "",
        "article_number": "", "pages": "", "doi": "", "is_armed": True, **copies,
    }  # fmt: skip


def _sealed(uid: str, ledger: list[Event]) -> list[tuple[Event, str]]:
    chain, head = [], genesis(uid)
    for event in ledger:
        head = sealed(head, event)
        chain.append((event, head))
    return chain


def dispose() -> None:
    db.session.remove()
    db.engine.dispose()
