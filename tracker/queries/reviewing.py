"""What reviewers did in a period: invitations, answers, reviews, and how many came in time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from tracker.db import db
from tracker.domain.proportions import Proportion
from tracker.domain.reports import Period, Reviewing
from tracker.models import Assignment, Journal, Manuscript
from tracker.queries.intervals import leaving_out, within

AGREED = ("agreed", "reviewed")


def reviewing_in(journal: Journal, period: Period, as_of: date) -> Reviewing:
    """Invitations sent in the period by what became of them, reviews that came in, and those due that were on time.

    An assignment counts for on time once its first due date has passed, as of `as_of`; extensions do not move it, and
    one that ended before it was due has none.
    """
    statuses = _by_status(journal, period)
    past, on_time = _due(journal, period, as_of)
    return Reviewing(
        invited=sum(statuses.values()),
        agreed=sum(statuses.get(status, 0) for status in AGREED),
        declined=statuses.get("declined", 0),
        no_reply=statuses.get("no_reply", 0),
        released=statuses.get("released", 0),
        waiting=statuses.get("invited", 0),
        reviews=_count(journal, period, Assignment.reviewed_on.is_not(None), *within(period, Assignment.reviewed_on)),
        on_time=Proportion(on_time, past),
    )


def _due(journal: Journal, period: Period, as_of: date) -> tuple[int, int]:
    """Assignments whose first due date lies in the period and has passed, and how many of their reviews were in."""
    in_time = func.sum(case((Assignment.reviewed_on <= Assignment.first_due_on, 1), else_=0))
    due = select(func.count(), in_time).where(
        *_own(journal, period),
        Assignment.first_due_on < as_of,
        *within(period, Assignment.first_due_on),
    )
    past, on_time = db.session.execute(due).one()
    return past, int(on_time or 0)


def _by_status(journal: Journal, period: Period) -> dict[str, int]:
    counted = select(Assignment.status, func.count()).where(
        *_own(journal, period), *within(period, Assignment.invited_on)
    )
    return dict(db.session.execute(counted.group_by(Assignment.status)).all())


def _count(journal: Journal, period: Period, *conditions: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(Assignment).where(*_own(journal, period), *conditions)
    return db.session.scalar(counted) or 0


def _own(journal: Journal, period: Period) -> list[ColumnElement[bool]]:
    own: list[ColumnElement[bool]] = [Assignment.journal_id == journal.id]
    own += leaving_out(period, Assignment.manuscript_id)
    if not period.imported:
        live = select(Manuscript.id).where(Manuscript.journal_id == journal.id, Manuscript.is_imported.is_(False))
        own.append(Assignment.manuscript_id.in_(live))
    return own
