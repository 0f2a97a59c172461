"""Who changed what was set up, and who looked at what is sensitive. Neither holds a name: people are uids here.

So a person can be erased while the trail stays whole: names live in `accounts`, and are looked up when it is shown.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.domain.audit import Change, Look
from tracker.models.columns import Id, one_of
from tracker.models.journals import Journal
from tracker.models.manuscripts import Manuscript


class AuditEntry(Base):
    """One change of settings, roles or accounts. Append-only: triggers refuse UPDATE, DELETE and replacement.

    `account` is the uid of the person whom the change is about; `before` and `after` hold only what differs.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        one_of("what", Change),
        Index("ix_audit_entries_journal", "journal_id", "at"),
        Index("ix_audit_entries_account", "account"),
    )

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(UtcInstant)
    actor: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(40))
    journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"))
    account: Mapped[str | None] = mapped_column(String(32))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    journal: Mapped[Journal | None] = relationship()


class LookEntry(Base):
    """One person's look at something sensitive, noted once an hour; kept for a time (`services.retention`)."""

    __tablename__ = "looks"
    __table_args__ = (
        one_of("what", Look),
        Index("ix_looks_journal", "journal_id", "at"),
        Index("ix_looks_again", "actor", "what", "manuscript_id", "at"),
        Index("ix_looks_at", "at"),
    )

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(UtcInstant)
    actor: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(40))
    journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"))
    manuscript_id: Mapped[int | None] = mapped_column(ForeignKey("manuscripts.id"), index=True)
    account: Mapped[str | None] = mapped_column(String(32))
    journal: Mapped[Journal | None] = relationship()
    manuscript: Mapped[Manuscript | None] = relationship()
