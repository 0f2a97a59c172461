"""What people keep beside a manuscript's ledger: tags, the note on how things stand, and who changed the record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcInstant
from tracker.domain.audit import RecordField
from tracker.models.columns import Id, ManuscriptId, one_of


class Tag(Base):
    """One tag of one manuscript, as it was first written. `key` is the tag in small letters, one a manuscript."""

    __tablename__ = "tags"
    __table_args__ = (Index("ix_tags_journal_key", "journal_id", "key", "manuscript_id"),)

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    word: Mapped[str] = mapped_column(String(60))
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))


class StatusNote(Base):
    """A note on how a manuscript stands. Notes are only ever added; the last one counts, and an empty one clears it."""

    __tablename__ = "status_notes"

    id: Mapped[Id]
    manuscript_id: Mapped[ManuscriptId]
    text: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(60))
    written_at: Mapped[datetime] = mapped_column(UtcInstant)


class RecordChange(Base):
    """One change of a field that is written over. `before` and `after` are texts; a handling editor is a uid there.

    Of a reviewer's name or address both are their number: names and addresses of reviewers stand nowhere else.
    """

    __tablename__ = "record_changes"
    __table_args__ = (one_of("field", RecordField),)

    id: Mapped[Id]
    manuscript_id: Mapped[ManuscriptId]
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(60))
    changed_at: Mapped[datetime] = mapped_column(UtcInstant)
