"""What the reviewers of a manuscript may see of it: the page behind the link in a letter, and the letters themselves.

Nobody's name but the reader's own and the handling editor's stands in either, whatever the journal's anonymity is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.db import db
from tracker.models import Letter, Manuscript, Task
from tracker.queries.answers import review_would_be_due


@dataclass(frozen=True)
class OwedReview:
    """What one reviewer owes: an answer to an invitation, or a review. `review_due` is for who agrees today."""

    reviewer: int
    kind: str
    due_on: date
    review_due: date


@dataclass(frozen=True)
class ReviewerView:
    """The whole of what reviewers see. `letters` are those that were written to them, the newest first."""

    reference: str
    title: str
    journal: str
    abstract: str
    owed: tuple[OwedReview, ...]
    letters: tuple[Letter, ...]


def reviewer_view(manuscript: Manuscript, today: date) -> ReviewerView:
    """What the reviewers of this manuscript may see of it now."""
    review_due = review_would_be_due(manuscript, today)
    tasks = select(Task).where(Task.manuscript_id == manuscript.id, Task.reviewer_number.is_not(None))
    letters = select(Letter).where(Letter.manuscript_id == manuscript.id, Letter.role == "reviewer")
    return ReviewerView(
        reference=manuscript.reference,
        title=manuscript.title,
        journal=manuscript.journal.title,
        abstract=manuscript.abstract,
        owed=tuple(
            OwedReview(task.reviewer_number or 0, task.kind, task.due_on, review_due)
            for task in db.session.scalars(tasks.order_by(Task.due_on, Task.reviewer_number))
        ),
        letters=tuple(db.session.scalars(letters.order_by(Letter.queued_at.desc(), Letter.id.desc()))),
    )
