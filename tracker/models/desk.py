"""What a person keeps on their desk: saved views of the list, what a deed to many can be undone by, calendar feeds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcInstant
from tracker.models.columns import Id, Uid


class SavedView(Base):
    """A named view of the list, as the query of its address: one person's own, or shared by a journal's people."""

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("(account_id IS NULL) <> (journal_id IS NULL)", name="of_person_or_journal"),
    )

    id: Mapped[Id]
    uid: Mapped[Uid]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(Text, default="")

    @property
    def is_shared(self) -> bool:
        return self.journal_id is not None


class BulkDeed(Base):
    """One deed done to several manuscripts by a person, and what each of them needs for taking it back."""

    __tablename__ = "bulk_deeds"

    id: Mapped[Id]
    uid: Mapped[Uid]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    deed: Mapped[str] = mapped_column(String(20))
    before: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    done_at: Mapped[datetime] = mapped_column(UtcInstant)
    undone_at: Mapped[datetime | None] = mapped_column(UtcInstant)


class CalendarFeed(Base):
    """A person's calendar at a secret address. Only a hash of the secret is kept; without a row there is no feed."""

    __tablename__ = "calendar_feeds"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
