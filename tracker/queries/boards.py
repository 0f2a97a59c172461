"""The board: a column a state, with the manuscripts that have been in it longest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from tracker.db import db
from tracker.domain.words import State
from tracker.models import Journal, Manuscript
from tracker.queries.conflicts import not_among
from tracker.queries.listed import ListedManuscript, listed

M = Manuscript
COLUMNS = (
    State.RECEIVED, State.UNDER_REVIEW, State.REVISION_REQUESTED, State.RESUBMITTED, State.ACCEPTED, State.PUBLISHED,
)  # fmt: skip
CARDS = 20
CLOSED_CARDS = 5


@dataclass(frozen=True)
class BoardColumn:
    """A state's column: how many are in it, and the cards that are shown; of the published, the last ones."""

    state: State
    count: int
    cards: tuple[ListedManuscript, ...]


def board_of(
    journals: Sequence[Journal], *, today_of: Callable[[str], date], hidden: Sequence[int] = ()
) -> list[BoardColumn]:
    """The columns over these journals without what is `hidden`; as many queries for many manuscripts as for one."""
    today = {journal.id: today_of(journal.timezone) for journal in journals}
    here = and_(M.journal_id.in_(list(today)), *not_among(hidden))
    counted = select(M.state, func.count()).where(here, M.state.in_(COLUMNS)).group_by(M.state)
    counts = {row[0]: row[1] for row in db.session.execute(counted)}
    return [
        BoardColumn(state, counts.get(state, 0), _cards(state, (here, M.state == state), today)) for state in COLUMNS
    ]


def _cards(
    state: State, conditions: Sequence[ColumnElement[bool]], today: dict[int, date]
) -> tuple[ListedManuscript, ...]:
    if state is State.PUBLISHED:
        return listed(conditions, today, sort="-in_state", limit=CLOSED_CARDS)
    return listed(conditions, today, sort="in_state", limit=CARDS)
