"""Journals, and the counters that their references are numbered by."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.domain.policy import Policy
from tracker.models.columns import Id

if TYPE_CHECKING:
    from tracker.models.answers import LetterText


class Journal(Base):
    """A journal. `settings` holds only what differs from the defaults of `domain.policy`."""

    __tablename__ = "journals"
    __table_args__ = (CheckConstraint("length(slug) > 0", name="slug_given"),)

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    timezone: Mapped[str] = mapped_column(String(60), default="UTC")
    country: Mapped[str] = mapped_column(String(2), default="")
    language: Mapped[str] = mapped_column(String(10), default="en")
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcInstant)
    letter_texts: Mapped[list[LetterText]] = relationship()

    @property
    def policy(self) -> Policy:
        """The journal's numbers and habits: the defaults, with its own settings over them."""
        return Policy.from_settings(self.settings)


class ReferenceCounter(Base):
    """The last number given out for a journal's references in a year: IJCP-2020-007 is number 7 of 2020."""

    __tablename__ = "reference_counters"

    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)
