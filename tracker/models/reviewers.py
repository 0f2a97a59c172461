"""Reviewers of a manuscript, numbered as the ledger knows them, and what they wrote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcInstant
from tracker.models.columns import Id, ManuscriptId


class Reviewer(Base):
    """Reviewer 1, 2, … of a manuscript. The ledger holds the number only, never the name."""

    __tablename__ = "reviewers"
    __table_args__ = (UniqueConstraint("manuscript_id", "number"), UniqueConstraint("manuscript_id", "email_key"))

    id: Mapped[Id]
    manuscript_id: Mapped[ManuscriptId]
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    email_key: Mapped[str] = mapped_column(String(254))


class Review(Base):
    """A reviewer's texts of one round: what the author may see apart from what only editors see."""

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("manuscript_id", "round", "reviewer_number"),)

    id: Mapped[Id]
    manuscript_id: Mapped[ManuscriptId]
    round: Mapped[int]
    reviewer_number: Mapped[int]
    to_author: Mapped[str] = mapped_column(Text, default="")
    to_editor: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime] = mapped_column(UtcInstant)
