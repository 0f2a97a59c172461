"""The dashboard: what needs this person, what is late and with whom, what came in, and who has what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from tracker.db import db
from tracker.domain.roles import Role
from tracker.domain.words import Holder
from tracker.models import Journal, Manuscript, Membership
from tracker.queries.conflicts import not_among
from tracker.queries.listed import ListedManuscript, listed
from tracker.queries.lists import is_overdue

M = Manuscript
HOLDERS = (Holder.EDITOR, Holder.REVIEWERS, Holder.AUTHOR, Holder.PRODUCTION, Holder.HOLD)
LINES = 10
LINES_A_COLUMN = 5
LATELY = 5


@dataclass(frozen=True)
class Column:
    """One holder's column: how many manuscripts wait on them, how many of these are late, and the most pressing."""

    holder: str
    count: int
    late: int
    rows: tuple[ListedManuscript, ...]


@dataclass(frozen=True)
class Dashboard:
    """Counts are of all manuscripts; the rows are the most pressing of them."""

    needs_me_count: int
    needs_me: tuple[ListedManuscript, ...]
    late_count: int
    late: tuple[ListedManuscript, ...]
    lately: tuple[ListedManuscript, ...]
    columns: tuple[Column, ...]
    is_empty: bool


def dashboard_of(
    seats: Sequence[Membership], *, today_of: Callable[[str], date], hidden: Sequence[int] = ()
) -> Dashboard:
    """The dashboard of a person over these memberships of theirs. `today_of` gives the day of a time zone.

    `hidden` are manuscripts that they are an author of: these are in no count and no line.

    The same number of queries whatever the number of manuscripts.
    """
    journals = [seat.journal for seat in seats]
    today = {journal.id: today_of(journal.timezone) for journal in journals}
    mine, late = needs(seats), and_(M.waiting_on != Holder.NOBODY, is_overdue(today))
    here = and_(_within(journals), *not_among(hidden))
    counts = _counts(here, late)
    lately = _rows(here, M.received_on.is_not(None), today, LATELY, sort="-received")
    return Dashboard(
        needs_me_count=_count(here, mine),
        needs_me=_rows(here, mine, today, LINES),
        late_count=sum(late for _, late in counts.values()),
        late=_rows(here, late, today, LINES),
        lately=lately,
        columns=tuple(
            Column(
                str(holder), *counts.get(holder, (0, 0)),
                _rows(here, M.waiting_on == holder, today, LINES_A_COLUMN),
            )
            for holder in HOLDERS
        ),
        is_empty=not lately and not counts and not _any(here),
    )  # fmt: skip


def needs(seats: Sequence[Membership]) -> ColumnElement[bool]:
    """What waits on this person: the editor's ball in manuscripts that they handle, or that nobody handles yet where
    they are chief editor or assistant; production's ball where they are the assistant. Readers are never waited on.
    """
    conditions: list[ColumnElement[bool]] = [false()]
    for seat in seats:
        here = M.journal_id == seat.journal_id
        handled = M.handling_editor_id == seat.account_id
        unassigned = M.handling_editor_id.is_(None)
        editors = M.waiting_on == Holder.EDITOR
        match seat.role:
            case Role.CHIEF_EDITOR:
                conditions.append(and_(here, editors, or_(handled, unassigned)))
            case Role.EDITOR:
                conditions.append(and_(here, editors, handled))
            case Role.ASSISTANT:
                production = M.waiting_on == Holder.PRODUCTION
                conditions.append(and_(here, or_(and_(editors, unassigned), production)))
    return or_(*conditions)


def _within(journals: Sequence[Journal]) -> ColumnElement[bool]:
    """In these journals. Void records need no condition: they wait on nobody, are never due and were not received,
    and SQLite would take one for a reason to read the whole journal by state.
    """
    return M.journal_id.in_([journal.id for journal in journals])


def _count(here: ColumnElement[bool], condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(M).where(here, condition)) or 0


def _any(here: ColumnElement[bool]) -> bool:
    return db.session.scalar(select(M.id).where(here, M.state.is_not(None)).limit(1)) is not None


def _counts(here: ColumnElement[bool], late: ColumnElement[bool]) -> Mapping[str, tuple[int, int]]:
    """By holder: how many wait on them, and how many of those are late. What is closed or void waits on nobody."""
    lateness = func.sum(case((late, 1), else_=0))
    waiting = (here, M.waiting_on.in_(HOLDERS))
    counted = select(M.waiting_on, func.count(), lateness).where(*waiting).group_by(M.waiting_on)
    return {holder: (count, late_count) for holder, count, late_count in db.session.execute(counted)}


def _rows(
    here: ColumnElement[bool],
    condition: ColumnElement[bool],
    today: Mapping[int, date],
    limit: int,
    sort: str = "due",
) -> tuple[ListedManuscript, ...]:
    return listed((here, condition), today, sort=sort, limit=limit)
