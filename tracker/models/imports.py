"""What was imported from sheets: each import, and what became of each row, so that it can be taken back whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.models.columns import Id, one_of
from tracker.models.journals import Journal

HAS_ONE = text("fingerprint IS NOT NULL")
ROW_OUTCOMES = ("created", "updated", "unchanged", "refused")


class Import(Base):
    """One import of one sheet. `uid` is its public name; `journal_id` is None where a column named the journals."""

    __tablename__ = "imports"

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(16), unique=True)
    journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"), index=True)
    file_name: Mapped[str] = mapped_column(Text)
    header: Mapped[list[str]] = mapped_column(JSON)
    actor: Mapped[str] = mapped_column(String(60))
    imported_at: Mapped[datetime] = mapped_column(UtcInstant)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    journal: Mapped[Journal | None] = relationship()


class ImportRow(Base):
    """What became of one row of the file.

    `cells` is the whole row if it was refused, `notes` what stood in columns that are no field, `before` what the
    record said of the fields that were changed. `fingerprint` tells a row again that names no manuscript.
    """

    __tablename__ = "import_rows"
    __table_args__ = (
        one_of("outcome", ROW_OUTCOMES),
        Index("ix_import_rows_fingerprint", "fingerprint", sqlite_where=HAS_ONE, postgresql_where=HAS_ONE),
        {"sqlite_with_rowid": False},
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(String(10))
    manuscript_id: Mapped[int | None] = mapped_column(ForeignKey("manuscripts.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    cells: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    notes: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    fingerprint: Mapped[str | None] = mapped_column(String(32))


class SheetMapping(Base):
    """How a journal's last sheet was read: {plain column name: field}, so that the next one is not asked about."""

    __tablename__ = "sheet_mappings"

    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"), primary_key=True)
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcInstant)
