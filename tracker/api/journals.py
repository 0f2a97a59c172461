"""The journals of the person, with their role in each; and whether their histories are what they were."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint

from tracker.api import shapes
from tracker.api.asked import JournalAsked
from tracker.api.callers import caller, hidden, journals, must_set_up
from tracker.api.operations import operation
from tracker.queries.conflicts import references_of
from tracker.queries.journals import journal_document
from tracker.queries.verification import verify_all

calls = Blueprint("journals", __name__)


@calls.get("/journals")
@operation(shapes.Journals)
def list_journals() -> dict[str, Any]:
    """The journals that you belong to, with your role in each."""
    return {"journals": [{**journal_document(seat.journal), "role": seat.role} for seat in caller().seats]}


@calls.get("/verify")
@operation(shapes.Verification, asks=JournalAsked, may=(403, 404))
def verify(asked: JournalAsked) -> dict[str, Any]:
    """Replay every history of your journals against its stored copy and its chain of hashes. For chief editors."""
    chosen = journals(asked.journal)
    for journal in chosen:
        must_set_up(journal)
    own = references_of(hidden())
    found = asdict(verify_all(journal_ids=[journal.id for journal in chosen]))
    return {**found, "problems": [one for one in found["problems"] if one["reference"] not in own]}
