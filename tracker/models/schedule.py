"""Which periodic passes have run: the row is the permission to run, so that of many processes one does the work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcInstant


class JobRun(Base):
    """One slot of one job. It is inserted in the transaction that does the work."""

    __tablename__ = "job_runs"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    slot: Mapped[str] = mapped_column(String(40), primary_key=True)
    ran_at: Mapped[datetime] = mapped_column(UtcInstant)
    outcome: Mapped[str] = mapped_column(Text, default="")
