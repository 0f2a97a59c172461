"""Checking every history: the chain of hashes, the lifecycle's rules, and the copy on the manuscript's row.

Rows are read in one ordered stream and folded as they pass, so that memory does not grow with the ledger.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, select

from tracker.db import db
from tracker.domain.clashes import refusal_sentence
from tracker.domain.copies import copies_of
from tracker.domain.events import Event, genesis, sealed, standing_events
from tracker.domain.standing import Fold, Impossible, fold_events
from tracker.domain.transitions import done_words
from tracker.models import LedgerEntry, Manuscript
from tracker.queries.all_journals import wrong_counts
from tracker.queries.side_copies import SIDES, ByManuscript, Side, side_problems, wrong_receipts

BATCH = 2_000
COPIED = tuple(copies_of(Fold()))
READ = ("id", "uid", "journal_id", "reference", "version", "head_hash", "due_on", "paper_received_on")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: of which manuscript, at which event (None: of the row as a whole)."""

    reference: str
    event: int | None
    problem: str


@dataclass(frozen=True)
class Verification:
    """How much was checked, and every problem found."""

    manuscripts: int
    events: int
    problems: tuple[Problem, ...]


def verify_all(
    connection: Connection | None = None,
    *,
    journal_ids: Sequence[int] | None = None,
    on_progress: Callable[[int], None] = lambda checked: None,
) -> Verification:
    """Replay every history against its stored copy and check the chains. Reads only; runs beside writers.

    `connection` is to another database, such as a backup; the application's own otherwise. With `journal_ids` only
    the manuscripts of these journals are checked, and not what is counted of all together.
    """
    connection = connection or _one_moment()
    problems: list[Problem] = []
    events = manuscripts = 0
    ledger = ByManuscript(_rows(connection, _ledger(journal_ids)))
    sides = {side: ByManuscript(_rows(connection, side.query(journal_ids))) for side in SIDES}
    for row in _rows(connection, _manuscripts(journal_ids)):
        problems += [_of_nothing(number) for number in ledger.before(row.id)]
        entries = ledger.of(row.id)
        problems += check_history(row, entries, {side: rows.of(row.id) for side, rows in sides.items()})
        manuscripts, events = manuscripts + 1, events + len(entries)
        if manuscripts % BATCH == 0:
            on_progress(manuscripts)
    problems += [_of_nothing(number) for number in ledger.before(sys.maxsize)]
    problems += [Problem(reference, None, text) for reference, text in wrong_receipts(connection, journal_ids)]
    off = wrong_counts(connection) if journal_ids is None else ()
    problems += [Problem("–", None, f"what all journals' reports count is off: {text}") for text in off]
    return Verification(manuscripts, events, tuple(problems))


def _one_moment() -> Connection:
    """The application's connection, which sees manuscripts and ledger as they were at one moment."""
    session = db.session()
    if session.get_bind().dialect.name == "postgresql" and not session.in_transaction():
        return session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return session.connection()  # one transaction of SQLite is one moment anyway


def _manuscripts(journal_ids: Sequence[int] | None) -> Any:
    columns = (getattr(Manuscript, name) for name in (*READ, *COPIED))
    found = select(*columns).order_by(Manuscript.id)
    return found if journal_ids is None else found.where(Manuscript.journal_id.in_(journal_ids))


def _ledger(journal_ids: Sequence[int] | None) -> Any:
    ledger = select(*LedgerEntry.__table__.columns).order_by(LedgerEntry.manuscript_id, LedgerEntry.position)
    if journal_ids is None:
        return ledger
    return ledger.where(
        LedgerEntry.manuscript_id.in_(select(Manuscript.id).where(Manuscript.journal_id.in_(journal_ids)))
    )


def _of_nothing(manuscript_id: int) -> Problem:
    return Problem("–", None, f"entries of manuscript {manuscript_id}, which does not exist")


def _rows(connection: Connection, query: Any) -> Iterator[Row[Any]]:
    return iter(connection.execute(query.execution_options(yield_per=BATCH)))


def check_history(
    row: Row[Any], entries: Sequence[Row[Any]], stored: Mapping[Side, Sequence[Row[Any]]]
) -> list[Problem]:
    """Every problem of one manuscript: its chain, its replay, its copies on the row and beside it (`stored`)."""
    try:
        events = [_event(entry) for entry in entries]
    except (ValueError, TypeError) as error:
        return [Problem(row.reference, None, f"the ledger cannot be read: {error}")]
    problems = [Problem(row.reference, position, text) for position, text in _chain_problems(row, entries, events)]
    try:
        standing = fold_events(standing_events(events))
    except Impossible as clash:
        sentence = refusal_sentence(clash, standing_events(events), {clash.event.position})
        return [*problems, Problem(row.reference, clash.event.position, f"cannot be replayed: {sentence}")]
    except (ValueError, KeyError, TypeError, AssertionError) as error:
        return [*problems, Problem(row.reference, None, f"the ledger cannot be replayed: {error!r}")]
    copies = (*_copy_problems(row, standing), *side_problems(row, standing, stored))
    return problems + [Problem(row.reference, None, text) for text in copies]


def _chain_problems(
    row: Row[Any], entries: Sequence[Row[Any]], events: Sequence[Event]
) -> Iterator[tuple[int | None, str]]:
    head = genesis(row.uid)
    for place, (entry, event) in enumerate(zip(entries, events, strict=True), start=1):
        if entry.position != place:
            yield entry.position, f"entry {place} is missing: the next one has position {entry.position}"
            return
        head = sealed(head, event, details_text=entry.details)
        if entry.hash != head:
            yield place, f"“{done_words(entry.action)}” does not match its hash: it, or one before it, was changed"
            return
    if row.version != len(entries):
        first = min(row.version, len(entries)) + 1
        yield first, f"the row counts {row.version} entries, the ledger has {len(entries)}"
    elif entries and row.head_hash != head:
        yield len(entries), "the row holds another hash for the last entry"


def _copy_problems(row: Row[Any], standing: Fold) -> Iterator[str]:
    for column, value in copies_of(standing).items():
        stored = getattr(row, column)
        if stored != value:
            yield f"the stored {column} is {stored}, the ledger says {value}"


@lru_cache(maxsize=4096)
def _details(text: str) -> dict[str, Any]:
    """Details are few and alike; nobody changes them while they are replayed."""
    details: dict[str, Any] = json.loads(text)
    return details


def _event(entry: Row[Any]) -> Event:
    return Event(
        entry.position, entry.action, entry.occurred_on, entry.sequence, entry.recorded_at, entry.actor,
        entry.precision, _details(entry.details), entry.note, entry.source, entry.step,
    )  # fmt: skip
