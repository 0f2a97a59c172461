"""People of a manuscript: authors, handling editor, reviewers and what they wrote. Always within given journals."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.roles import Role
from tracker.models import (
    Account,
    Letter,
    Manuscript,
    Membership,
    RecordChange,
    Review,
    Reviewer,
    StatusNote,
    Tag,
    Task,
)

HANDLING_ROLES = (Role.CHIEF_EDITOR, Role.EDITOR)


def manuscript_of_journals(reference: str, journal_ids: Sequence[int]) -> Manuscript | None:
    """The manuscript of this reference in one of these journals, with its authors, journal and handling editor."""
    found = (
        select(Manuscript)
        .where(Manuscript.reference == reference, Manuscript.journal_id.in_(journal_ids))
        .options(
            joinedload(Manuscript.journal), joinedload(Manuscript.handling_editor), selectinload(Manuscript.authors)
        )
    )
    return db.session.scalars(found).first()


def editors_of(journal_ids: Sequence[int]) -> list[Account]:
    """The people who may handle manuscripts of these journals, by name."""
    editors = (
        select(Account)
        .join(Membership)
        .where(Membership.journal_id.in_(journal_ids), Membership.role.in_(HANDLING_ROLES), Account.active.is_(True))
        .order_by(Account.name, Account.email)
    )
    return list(db.session.scalars(editors).unique())


def reviewers_of(manuscript: Manuscript) -> list[Reviewer]:
    """The manuscript's reviewers by number."""
    rows = select(Reviewer).where(Reviewer.manuscript_id == manuscript.id).order_by(Reviewer.number)
    return list(db.session.scalars(rows))


def reviewers_and_reviews_of(manuscript: Manuscript) -> tuple[list[Reviewer], dict[tuple[int, int], Review]]:
    """The manuscript's reviewers by number, and what they wrote by round and reviewer's number: in one query."""
    theirs = and_(Review.manuscript_id == Reviewer.manuscript_id, Review.reviewer_number == Reviewer.number)
    pairs = select(Reviewer, Review).outerjoin(Review, theirs).where(Reviewer.manuscript_id == manuscript.id)
    found = db.session.execute(pairs.order_by(Reviewer.number, Review.round)).all()
    reviewers = dict.fromkeys(reviewer for reviewer, _ in found)
    return list(reviewers), {(review.round, review.reviewer_number): review for _, review in found if review}


def tasks_of(manuscript: Manuscript) -> list[Task]:
    """What is owed on this manuscript now, the soonest due first."""
    rows = select(Task).where(Task.manuscript_id == manuscript.id).order_by(Task.due_on, Task.id)
    return list(db.session.scalars(rows))


def letters_of(manuscript: Manuscript) -> list[Letter]:
    """The letters about this manuscript, the newest first."""
    rows = (
        select(Letter).where(Letter.manuscript_id == manuscript.id).order_by(Letter.queued_at.desc(), Letter.id.desc())
    )
    return list(db.session.scalars(rows))


def tags_of(manuscript: Manuscript) -> list[str]:
    """The manuscript's tags in alphabetical order."""
    return sorted(db.session.scalars(select(Tag.word).where(Tag.manuscript_id == manuscript.id)), key=str.casefold)


def notes_of(manuscript: Manuscript) -> list[tuple[StatusNote, str]]:
    """The notes on how the manuscript stands with the names of who wrote them, the last one first."""
    who = func.coalesce(func.nullif(Account.name, ""), Account.email, StatusNote.actor)
    rows = (
        select(StatusNote, who)
        .outerjoin(Account, Account.uid == StatusNote.actor)
        .where(StatusNote.manuscript_id == manuscript.id)
        .order_by(StatusNote.id.desc())
    )
    return [(note, name) for note, name in db.session.execute(rows)]


def record_changes_of(manuscript: Manuscript) -> list[RecordChange]:
    """What was written over on the manuscript's record, the last change first."""
    rows = select(RecordChange).where(RecordChange.manuscript_id == manuscript.id).order_by(RecordChange.id.desc())
    return list(db.session.scalars(rows))


def returns_of(manuscript: Manuscript) -> list[str]:
    """The references of what came back from this manuscript after its rejection; only an invitation brings any."""
    if manuscript.kind != "resubmit_invited":
        return []
    rows = select(Manuscript.reference).where(Manuscript.origin_id == manuscript.id, Manuscript.state.is_not(None))
    return list(db.session.scalars(rows.order_by(Manuscript.id)))
