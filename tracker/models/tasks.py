"""Open tasks: who owes what by when. Written by the same fold as the standing; letters are planned from them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base
from tracker.models.columns import Id, ManuscriptId
from tracker.models.manuscripts import Manuscript


class Task(Base):
    """One open task. `key` names it within its manuscript (`review:2:1`); a done task has no row."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("manuscript_id", "key"),
        Index("ix_tasks_next_letter", "journal_id", "next_letter_on"),
        Index("ix_tasks_journal_due", "journal_id", "due_on"),
    )

    id: Mapped[Id]
    manuscript_id: Mapped[ManuscriptId]
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    holder: Mapped[str] = mapped_column(String(12))
    round: Mapped[int]
    reviewer_number: Mapped[int | None]
    started_on: Mapped[date]
    due_on: Mapped[date]
    next_letter_on: Mapped[date | None]
    manuscript: Mapped[Manuscript] = relationship()
