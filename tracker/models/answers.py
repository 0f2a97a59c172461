"""What people decide about letters to come, and what readers of letters answer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.domain.letters import AnswerKind, OptOutKind
from tracker.models.columns import Id, JournalId, ManuscriptId, one_of
from tracker.models.journals import Journal
from tracker.models.manuscripts import Manuscript


class StepWish(Base):
    """What an editor wants of one letter before it is written: held back, or in the editor's own words."""

    __tablename__ = "step_wishes"
    __table_args__ = (UniqueConstraint("manuscript_id", "task_key", "step", "task_due_on"),)

    id: Mapped[Id]
    manuscript_id: Mapped[ManuscriptId]
    task_key: Mapped[str] = mapped_column(String(40))
    step: Mapped[int]
    task_due_on: Mapped[date]
    is_held: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text, default="")


class LetterLink(Base):
    """What a link in a letter may do. The token itself stands in the letter only; here is its hash.

    A link about a task dies with the task; one without is about the digests of `address` in the journal.
    """

    __tablename__ = "letter_links"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    journal_id: Mapped[JournalId]
    manuscript_id: Mapped[int | None] = mapped_column(ForeignKey("manuscripts.id"), index=True)
    task_key: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(254))
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    journal: Mapped[Journal] = relationship()


class Answer(Base):
    """What the reader of a letter answered. One that waits for the editor stops the letters about its task."""

    __tablename__ = "answers"
    __table_args__ = (
        one_of("kind", AnswerKind),
        Index("ix_answers_task", "manuscript_id", "task_key"),
        Index("ix_answers_open", "journal_id", "handled_at"),
    )

    id: Mapped[Id]
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))
    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"))
    task_key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(12))
    until_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    stops_letters: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime] = mapped_column(UtcInstant)
    handled_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    manuscript: Mapped[Manuscript] = relationship()


class OptOut(Base):
    """An address, in small letters, that wants no reminders, or no digests, of a journal."""

    __tablename__ = "opt_outs"
    __table_args__ = (UniqueConstraint("journal_id", "address", "kind"), one_of("kind", OptOutKind))

    id: Mapped[Id]
    journal_id: Mapped[JournalId]
    address: Mapped[str] = mapped_column(String(254))
    kind: Mapped[str] = mapped_column(String(12))
    opted_out_at: Mapped[datetime] = mapped_column(UtcInstant)


class LetterText(Base):
    """A journal's own words for one kind of letter in one language, in place of those that come with the tracker."""

    __tablename__ = "letter_texts"
    __table_args__ = (UniqueConstraint("journal_id", "language", "kind"),)

    id: Mapped[Id]
    journal_id: Mapped[JournalId]
    language: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcInstant)
