"""The ledger: append-only. Triggers refuse UPDATE, DELETE and replacement, whoever asks (see migrations)."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcInstant
from tracker.domain.dates import Precision
from tracker.domain.events import Event, details_as_text
from tracker.models.columns import one_of


class LedgerEntry(Base):
    """One event as it was recorded; `details` is canonical JSON, `hash` seals it and all before it."""

    __tablename__ = "ledger"
    __table_args__ = (
        one_of("precision", ("day", "month", "year")),
        Index("ix_ledger_recorded_at", "recorded_at"),
        {"sqlite_with_rowid": False},
    )

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    action: Mapped[str] = mapped_column(String(40))
    occurred_on: Mapped[date]
    sequence: Mapped[int]
    precision: Mapped[str] = mapped_column(String(5))
    details: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcInstant)
    actor: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    step: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))

    @classmethod
    def of(cls, event: Event, *, manuscript_id: int, seal: str) -> LedgerEntry:
        return cls(
            manuscript_id=manuscript_id, position=event.position, action=str(event.action), sequence=event.sequence,
            occurred_on=event.occurred_on, precision=event.precision, details=details_as_text(event.details),
            recorded_at=event.recorded_at, actor=event.actor, note=event.note, source=event.source, step=event.step,
            hash=seal,
        )  # fmt: skip

    @property
    def event(self) -> Event:
        """The entry as the domain's value."""
        return event_of(self)


def event_of(row: Any) -> Event:
    """The domain's value of an entry, or of a row that has the columns of one: thousands are read without entries."""
    details: dict[str, Any] = json.loads(row.details) if row.details != "{}" else {}
    return Event(
        position=row.position, action=row.action, occurred_on=row.occurred_on, sequence=row.sequence,
        recorded_at=row.recorded_at, actor=row.actor, precision=cast(Precision, row.precision),
        details=details, note=row.note, source=row.source, step=row.step,
    )  # fmt: skip
