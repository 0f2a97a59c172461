"""What a journal keeps no longer: the words of manuscripts rejected long ago, and reviewers not asked for years.

Histories and figures stay: what goes are names, addresses and texts. Nothing goes by itself before somebody has armed
the rules of the journal; the list of looks alone is always cut after two years, and the log of sign-ins after 180 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import delete, func, select, update

from tracker.db import db
from tracker.domain.audit import Change
from tracker.domain.words import State
from tracker.models import (
    Answer,
    Assignment,
    ImportRow,
    Journal,
    Letter,
    LetterLink,
    LookEntry,
    Manuscript,
    RecordChange,
    Review,
    Reviewer,
    StatusNote,
    StepWish,
    Tag,
)
from tracker.services.actors import Actor
from tracker.services.audit import note_change
from tracker.services.persons import BLANK, ERASED, blank_letters, erase_author, erase_reviewer, of_reviewer
from tracker.services.search import keep_searchable

FORGOTTEN = "A manuscript that is kept no longer"
LOOKS_ARE_KEPT = relativedelta(months=24)


@dataclass(frozen=True)
class Due:
    """What the rules of a journal would forget today."""

    manuscripts: list[Manuscript]
    reviewers: list[Reviewer]


def due_for_forgetting(journal: Journal, *, today: date) -> Due:
    """The journal's rejected manuscripts and idle reviewers whose time is over on this day. Reads only."""
    policy = journal.policy
    rejected_until = today - relativedelta(months=policy.keep_rejected_months)
    idle_since = today - relativedelta(months=policy.keep_idle_reviewers_months)
    manuscripts = select(Manuscript).where(
        Manuscript.journal_id == journal.id, Manuscript.state == State.REJECTED,
        Manuscript.closed_on <= rejected_until, Manuscript.title != FORGOTTEN,
    )  # fmt: skip
    last = func.max(func.coalesce(Assignment.reviewed_on, Assignment.answered_on, Assignment.invited_on))
    closed = func.max(func.coalesce(Manuscript.closed_on, today))
    of_journal = (
        select(Reviewer.email_key)
        .join(Manuscript, Manuscript.id == Reviewer.manuscript_id)
        .outerjoin(
            Assignment,
            (Assignment.manuscript_id == Reviewer.manuscript_id) & (Assignment.reviewer_number == Reviewer.number),
        )
        .where(Manuscript.journal_id == journal.id, Reviewer.email != "")
        .group_by(Reviewer.email_key)
        .having(closed <= idle_since, func.coalesce(last, closed) <= idle_since)  # no last one: the asking was undone
    )
    idle = (
        select(Reviewer)
        .join(Manuscript, Manuscript.id == Reviewer.manuscript_id)
        .where(Manuscript.journal_id == journal.id, Reviewer.email_key.in_(of_journal))
        .order_by(Reviewer.id)
    )
    return Due(
        list(db.session.scalars(manuscripts.order_by(Manuscript.closed_on, Manuscript.id))),
        list(db.session.scalars(idle)),
    )


def forget_what_is_due(journal: Journal, *, by: Actor, now: datetime, today: date) -> Due:
    """Forget it, and say so in the audit trail. It cannot be undone."""
    due = due_for_forgetting(journal, today=today)
    for manuscript in due.manuscripts:
        forget_manuscript(manuscript)
    for reviewer in due.reviewers:
        forget_reviewer(reviewer, journal)
    if due.manuscripts or due.reviewers:
        forgotten = {"manuscripts": [m.reference for m in due.manuscripts], "reviewers": len(due.reviewers)}
        note_change(Change.RECORD_FORGOTTEN, by=by, now=now, journal=journal, after=forgotten)
    return due


def forget_reviewer(reviewer: Reviewer, journal: Journal) -> None:
    """Blank the reviewer, the journal's letters to them and what was written for them; what they reviewed stays."""
    address = reviewer.email_key
    blank_letters(db.session.scalars(select(Letter).where(Letter.journal_id == journal.id, Letter.to_key == address)))
    db.session.execute(delete(LetterLink).where(LetterLink.journal_id == journal.id, LetterLink.address == address))
    db.session.execute(delete(StepWish).where(*of_reviewer(StepWish, reviewer)))
    erase_reviewer(reviewer)


def forget_manuscript(manuscript: Manuscript) -> None:
    """Blank the words and people of a manuscript; its reference, its history and its days stay."""
    here = manuscript.id
    manuscript.title, manuscript.keywords = FORGOTTEN, []
    manuscript.abstract = manuscript.citation = manuscript.status_note = manuscript.files = ""
    for author in manuscript.authors:
        erase_author(author)
    for reviewer in db.session.scalars(select(Reviewer).where(Reviewer.manuscript_id == here)):
        erase_reviewer(reviewer)
    for review in db.session.scalars(select(Review).where(Review.manuscript_id == here)):
        review.to_author = review.to_editor = BLANK
    blank_letters(db.session.scalars(select(Letter).where(Letter.manuscript_id == here)))
    for row in db.session.scalars(select(ImportRow).where(ImportRow.manuscript_id == here)):
        row.cells = row.notes = row.before = None
    db.session.execute(update(Answer).where(Answer.manuscript_id == here).values(name=ERASED, note=""))
    for model in (RecordChange, StatusNote, StepWish, Tag, LetterLink):
        db.session.execute(delete(model).where(model.manuscript_id == here))
    keep_searchable([here])


def forget_old_looks(*, now: datetime) -> int:
    """Delete what was noted of looks two years ago and before; gives how many."""
    old = delete(LookEntry).where(LookEntry.at < now - LOOKS_ARE_KEPT).returning(LookEntry.id)
    return len(db.session.execute(old).all())
