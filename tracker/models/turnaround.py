"""Turnaround as rows: whole days between two events, written by the same fold as the standing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base
from tracker.models.columns import Id


class Interval(Base):
    """One interval of one manuscript: `metric` is a key of `domain.turnaround`, `days` whole calendar days.

    `paper_days` count from the day on which the paper was first received, under whatever reference: they differ from
    `days` where the manuscript came back after a rejection that invited it.
    """

    __tablename__ = "intervals"
    __table_args__ = (
        # Each holds all that a report counts, so that the rows themselves are not read.
        Index("ix_intervals_ended", "journal_id", "metric", "ended_on", "days"),
        Index("ix_intervals_received", "journal_id", "metric", "received_on", "days"),
        {"sqlite_with_rowid": False},  # the key is the table: one tree less to write and to read
    )

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"), primary_key=True)
    metric: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))
    round: Mapped[int]
    days: Mapped[int]
    paper_days: Mapped[int]
    started_on: Mapped[date]
    ended_on: Mapped[date]
    received_on: Mapped[date | None]


class Exclusion(Base):
    """A manuscript that a metric leaves out, and why: what is left out is counted and listed."""

    __tablename__ = "exclusions"
    __table_args__ = (Index("ix_exclusions_metric", "journal_id", "metric"), {"sqlite_with_rowid": False})

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"), primary_key=True)
    metric: Mapped[str] = mapped_column(String(40), primary_key=True)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))
    reason: Mapped[str] = mapped_column(Text)


class Closing(Base):
    """One closing of a manuscript, and when it was opened again, if it was: what the flow of a period counts."""

    __tablename__ = "closings"
    __table_args__ = (
        Index("ix_closings_closed", "journal_id", "closed_on", "outcome", "reopened_on"),
        Index("ix_closings_reopened", "journal_id", "reopened_on"),
        {"sqlite_with_rowid": False},
    )

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    closed_on: Mapped[date]
    reopened_on: Mapped[date | None]


class HolderDays(Base):
    """The days that a closed manuscript was with one holder; together they are the days from received to its end.

    Written only where every day is known: of an imported history without its decisions there are none.
    """

    __tablename__ = "holder_days"
    __table_args__ = (
        Index("ix_holder_days_ended", "journal_id", "ended_on", "holder", "days"),
        Index("ix_holder_days_received", "journal_id", "received_on", "holder", "days"),
        {"sqlite_with_rowid": False},
    )

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"), primary_key=True)
    holder: Mapped[str] = mapped_column(String(12), primary_key=True)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))
    days: Mapped[int]
    ended_on: Mapped[date]
    received_on: Mapped[date]


class Assignment(Base):
    """One invitation of a reviewer in a round: invited, answered, due at first, reviewed. `status` is the last of them.

    `invitation` numbers those of one person in one round: who declined may be asked once more. `first_due_on` is None
    where the part ended by that day without a review.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        Index("ix_assignments_invited", "journal_id", "invited_on", "status"),
        Index("ix_assignments_due", "journal_id", "first_due_on", "reviewed_on", "status"),
        Index("ix_assignments_reviewed", "journal_id", "reviewed_on"),
        {"sqlite_with_rowid": False},
    )

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reviewer_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    invitation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))
    status: Mapped[str] = mapped_column(String(12))
    invited_on: Mapped[date]
    answered_on: Mapped[date | None]
    first_due_on: Mapped[date | None]
    reviewed_on: Mapped[date | None]


class TurnaroundCount(Base):
    """How many intervals of a journal that ended in a year took so many days: what all journals are read from.

    A journal of None stands for all together. Several rows may share a key, and the sum of their `n` counts: a writer
    who finds the row locked by another does not wait for it, but adds one of his own. Nobody can deadlock, and a report
    reads counts, never manuscripts.
    """

    __tablename__ = "turnaround_counts"
    __table_args__ = (Index("ix_turnaround_counts_key", "journal_id", "metric", "year", "days", "n"),)

    id: Mapped[Id]
    journal_id: Mapped[int | None] = mapped_column(ForeignKey("journals.id"))
    metric: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    days: Mapped[int]
    n: Mapped[int]
