"""Ledgers and standings of manuscripts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from tracker.db import db
from tracker.domain.events import Event, standing_events
from tracker.domain.recording import standing_before
from tracker.domain.standing import Fold, fold_events
from tracker.models import LedgerEntry, Manuscript


def ledger_of(manuscript: Manuscript) -> list[Event]:
    """Every entry of the manuscript's ledger, in the order in which it was recorded."""
    rows = select(LedgerEntry).where(LedgerEntry.manuscript_id == manuscript.id).order_by(LedgerEntry.position)
    return [row.event for row in db.session.scalars(rows)]


def standing_of(manuscript: Manuscript, *, on: date | None = None) -> Fold:
    """Where the manuscript stands by its whole ledger, or by what happened up to the end of a day."""
    ledger = ledger_of(manuscript)
    return standing_before(ledger, on) if on is not None else fold_events(standing_events(ledger))
