"""The texts of reviews, filed by round and reviewer. What moves a review to another round moves its text with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.domain.events import Event, standing_events
from tracker.domain.standing import Fold, fold_events
from tracker.models import Manuscript, Review

Place = tuple[int, int]  # round, reviewer's number


def keep_texts(manuscript: Manuscript, standing: Fold, *, to_author: str, to_editor: str, now: datetime) -> None:
    """Keep the texts of the review that was recorded last, in the round that its date lies in.

    Entered again after an undo, they replace what was there.
    """
    part = max(standing.reviewing.values(), key=lambda part: part.reviewed_by_entry)
    review = _texts_of(manuscript).get((part.round, part.reviewer))
    if review is None and not (to_author or to_editor):
        return
    review = review or Review(manuscript_id=manuscript.id, round=part.round, reviewer_number=part.reviewer)
    review.to_author, review.to_editor, review.received_at = to_author, to_editor, now
    db.session.add(review)


def file_anew(manuscript: Manuscript, ledger: Sequence[Event], standing: Fold) -> None:
    """Move the texts whose reviews lie in another round now, as after a step that was missing before them.

    `ledger` is the history without what was recorded just now, `standing` the one with it. A text whose review was
    undone gives way.
    """
    now = _places(standing)
    moved = {
        place: now[entry] for entry, place in _places(fold_events(standing_events(ledger))).items() if entry in now
    }
    moved = {old: new for old, new in moved.items() if old != new}
    texts = _texts_of(manuscript) if moved else {}
    lifted = {new: texts.pop(old) for old, new in moved.items() if old in texts}
    for number, review in enumerate(lifted.values(), start=1):
        review.round = -number  # out of the way of each other
    for place in lifted.keys() & texts.keys():
        db.session.delete(texts[place])
    db.session.flush()
    for place, review in lifted.items():
        review.round = place[0]


def _places(standing: Fold) -> dict[int, Place]:
    """Where each review lies, by the entry of the ledger that records it."""
    return {part.reviewed_by_entry: place for place, part in standing.reviewing.items() if part.reviewed_by_entry}


def _texts_of(manuscript: Manuscript) -> dict[Place, Review]:
    rows = db.session.scalars(select(Review).where(Review.manuscript_id == manuscript.id))
    return {(row.round, row.reviewer_number): row for row in rows}
