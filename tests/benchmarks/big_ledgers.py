"""Large databases for the benchmarks: histories planned once by the product, sealed for each manuscript in bulk."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert

from tests.domain.walks import History
from tracker.db import db, transaction
from tracker.domain.copies import copies_of
from tracker.domain.events import Event, details_as_text, genesis, sealed
from tracker.models import Journal, LedgerEntry, Manuscript

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
    copies = copies_of(history.standing)
    numbers = iter(range(first, first + manuscripts))
    while batch := list(islice(numbers, BATCH)):
        rows = [_manuscript_row(number, journal_id, copies) for number in batch]
        entries: list[dict[str, Any]] = []
        for row in rows:
            row["head_hash"] = genesis(row["uid"])
            for entry in _entries(row, history.ledger):
                entries.append(entry)
                row["head_hash"] = entry["hash"]
            row["version"] = len(history.ledger)
        with transaction() as session:
            session.execute(insert(Manuscript), rows)
            session.execute(insert(LedgerEntry), entries)


def _manuscript_row(number: int, journal_id: int, copies: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": number, "uid": uuid.UUID(int=number).hex, "journal_id": journal_id, "reference": f"BIG-{number:07d}",
        "title": f"On the number {number}", "identity_key": f"on{number}|", "created_at": NOW, "keywords": [],
        "abstract": "", "section": "", "article_type": "", "citation": "", "volume": "", "issue": "",
        "article_number": "", "pages": "", "doi": "", "is_armed": True, "paper_received_on": copies["received_on"],
        **copies,
    }  # fmt: skip


def _entries(row: dict[str, Any], ledger: list[Event]) -> Iterator[dict[str, Any]]:
    head = row["head_hash"]
    for event in ledger:
        head = sealed(head, event)
        yield {
            "manuscript_id": row["id"], "position": event.position, "action": str(event.action),
            "occurred_on": event.occurred_on, "sequence": event.sequence, "precision": event.precision,
            "details": details_as_text(event.details), "recorded_at": event.recorded_at, "actor": event.actor,
            "note": event.note, "source": event.source, "step": event.step, "hash": head,
        }  # fmt: skip


def dispose() -> None:
    db.session.remove()
    db.engine.dispose()
