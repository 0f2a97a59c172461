"""The outbox: every letter as it was rendered, and its fate."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.domain.letters import LetterState, StepFate
from tracker.models.columns import Id, ManuscriptId, Uid, one_of
from tracker.models.manuscripts import Manuscript

NOT_CANCELLED = text("state <> 'cancelled'")


class Letter(Base):
    """One letter to one person.

    (manuscript, task, step, due date) is unique among letters that were not cancelled; a letter that is no reminder
    has no task, and is not bound by it. A letter about somebody's account (`account_id`) belongs to no journal: nobody
    of a journal finds it in the outbox. A reminder about several tasks carries the key of the most urgent one; all
    that it is about are in `ReminderStep`. `claimed_at` is when a sender took the letter; `to_key` is
    the address in small letters.
    """

    __tablename__ = "letters"
    __table_args__ = (
        Index(
            "uq_letters_one_per_step", "manuscript_id", "task_key", "step", "task_due_on", unique=True,
            sqlite_where=NOT_CANCELLED, postgresql_where=NOT_CANCELLED,
        ),
        Index("ix_letters_waiting", "state", "not_before_at"),
        Index("ix_letters_person", "journal_id", "to_key"),
        Index("ix_letters_journal", "journal_id", "queued_at"),
        one_of("state", LetterState),
        CheckConstraint("(journal_id IS NULL) = (account_id IS NOT NULL)", name="of_a_journal_or_an_account"),
    )  # fmt: skip

    id: Mapped[Id]
    uid: Mapped[Uid]
    journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    manuscript_id: Mapped[int | None] = mapped_column(ForeignKey("manuscripts.id"), index=True)
    task_key: Mapped[str | None] = mapped_column(String(40))
    task_due_on: Mapped[date | None]
    step: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    role: Mapped[str] = mapped_column(String(20), default="")
    to_name: Mapped[str] = mapped_column(String(200), default="")
    to_email: Mapped[str] = mapped_column(String(254))
    to_key: Mapped[str] = mapped_column(String(254))
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    from_name: Mapped[str] = mapped_column(String(300), default="")
    subject: Mapped[str] = mapped_column(Text)
    text_body: Mapped[str] = mapped_column(Text)
    html_body: Mapped[str] = mapped_column(Text, default="")
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    thread_id: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(12), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    queued_at: Mapped[datetime] = mapped_column(UtcInstant)
    not_before_at: Mapped[datetime] = mapped_column(UtcInstant)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    manuscript: Mapped[Manuscript | None] = relationship()
    steps: Mapped[list[ReminderStep]] = relationship(back_populates="letter", order_by="ReminderStep.id")


class ReminderStep(Base):
    """What became of one step of one task under one due date. The unique key is why nothing is ever sent twice.

    A step whose letter was cancelled because the task had gone loses its row: should the task come back, it is owed
    again.
    """

    __tablename__ = "reminder_steps"
    __table_args__ = (UniqueConstraint("manuscript_id", "task_key", "step", "task_due_on"), one_of("fate", StepFate))

    id: Mapped[Id]
    manuscript_id: Mapped[ManuscriptId]
    task_key: Mapped[str] = mapped_column(String(40))
    step: Mapped[int]
    task_due_on: Mapped[date]
    fate: Mapped[str] = mapped_column(String(12))
    decided_on: Mapped[date]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"), index=True)
    letter: Mapped[Letter | None] = relationship(back_populates="steps")
    manuscript: Mapped[Manuscript] = relationship()


class RefusedAddress(Base):
    """An address, in small letters, that a mail server has refused for good; automatic letters to it stop."""

    __tablename__ = "refused_addresses"

    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    refused_at: Mapped[datetime] = mapped_column(UtcInstant)
    answer: Mapped[str] = mapped_column(Text)
