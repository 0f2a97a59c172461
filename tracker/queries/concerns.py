"""What a board should worry about: manuscripts that are late, and those that have been open for very long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import db
from tracker.domain.summaries import Summary
from tracker.domain.words import OPEN_STATES
from tracker.models import Journal, Manuscript

ENOUGH = 10  # manuscripts decided before, to say what “very long” is


@dataclass(frozen=True)
class Concern:
    """One manuscript: who has it, and for how many days it has been late, or open."""

    reference: str
    title: str
    state: str
    waiting_on: str
    days: int


def late(journal: Journal, as_of: date) -> list[Concern]:
    """Open manuscripts past their due date, the latest first; days are days late."""
    return _open(journal, as_of, Manuscript.due_on, Manuscript.due_on < as_of)


def long_is(to_final_decision: Summary) -> int | None:
    """The days in which nine in ten had a final decision; None where fewer than ten had: nobody could say."""
    return to_final_decision.p90 if to_final_decision.n >= ENOUGH else None


def stuck(journal: Journal, as_of: date, to_final_decision: Summary) -> list[Concern]:
    """Manuscripts without a final decision for longer than nine in ten took to it; days are days since received.

    Empty where nobody could say what long is.
    """
    days = long_is(to_final_decision)
    if days is None:
        return []
    oldest = as_of - timedelta(days=days)
    undecided = [Manuscript.received_on < oldest, Manuscript.accepted_on.is_(None)]
    return _open(journal, as_of, Manuscript.received_on, *undecided)


def _open(
    journal: Journal, as_of: date, column: InstrumentedAttribute[date | None], *only: ColumnElement[bool]
) -> list[Concern]:
    rows = (
        select(Manuscript.reference, Manuscript.title, Manuscript.state, Manuscript.waiting_on, column)
        .where(Manuscript.journal_id == journal.id, Manuscript.state.in_(OPEN_STATES), *only)
        .order_by(column, Manuscript.id)
    )
    return [
        Concern(reference, title, state or "", waiting_on, (as_of - day).days)
        for reference, title, state, waiting_on, day in db.session.execute(rows)
        if day is not None
    ]
