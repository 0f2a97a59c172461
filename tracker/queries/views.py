"""The saved views that a person can choose from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from tracker.db import db
from tracker.models import SavedView


def views_of(account_id: int, journal_ids: Sequence[int]) -> list[SavedView]:
    """The person's own views and those of these journals, by name; one query."""
    theirs = or_(SavedView.account_id == account_id, SavedView.journal_id.in_(journal_ids))
    return list(db.session.scalars(select(SavedView).where(theirs).order_by(SavedView.name, SavedView.id)))


def view_of(uid: str, account_id: int, journal_ids: Sequence[int]) -> SavedView | None:
    """The view of this uid, if it is among the person's."""
    return next((view for view in views_of(account_id, journal_ids) if view.uid == uid), None)
