"""Manuscripts by a list of references, always within given journals."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.models import BulkDeed, Manuscript
from tracker.queries.conflicts import not_among

MOST = 500


def selected_manuscripts(
    references: Collection[str], journal_ids: Sequence[int], *, hidden: Sequence[int] = ()
) -> list[Manuscript]:
    """Those of the references that are manuscripts of these journals, not void and not `hidden`, as they were made."""
    found = (
        select(Manuscript)
        .where(
            Manuscript.reference.in_(list(references)[:MOST]), Manuscript.journal_id.in_(journal_ids),
            Manuscript.state.is_not(None), *not_among(hidden),
        )
        .options(joinedload(Manuscript.journal), joinedload(Manuscript.handling_editor))
        .order_by(Manuscript.id)
    )  # fmt: skip
    return list(db.session.scalars(found))


def deed_of(uid: str, account_id: int) -> BulkDeed | None:
    """A deed to several manuscripts that this person did."""
    return db.session.scalars(
        select(BulkDeed).where(BulkDeed.uid == uid, BulkDeed.account_id == account_id)
    ).one_or_none()
