"""The secret address of a manuscript's status page. Only its hash is kept: the database does not tell it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.models.manuscripts import Manuscript


class StatusLink(Base):
    """One link to one manuscript's status page; a new one takes the place of the old."""

    __tablename__ = "status_links"

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
    manuscript: Mapped[Manuscript] = relationship()
