"""Manuscripts and their authors. What the ledger says of a manuscript is copied on its row for fast reading."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.domain.words import OPEN_STATES, Holder, State
from tracker.models.accounts import Account
from tracker.models.columns import Id, ManuscriptId, Uid, one_of
from tracker.models.journals import Journal

COHORT = ("closed_on", "state", "first_decision_on", "is_imported")


class StandingCopy:
    """The copy of the ledger's standing. Only `services.history` assigns to these columns.

    `paper_received_on` is the day on which the paper was first received, under the reference that it had then.
    `version` counts the ledger's entries, `head_hash` is the hash of the last. `state` is None once the received
    event has been undone: the record is then void, and listed nowhere.
    """

    state: Mapped[str | None] = mapped_column(String(20))
    kind: Mapped[str | None] = mapped_column(String(20))
    stage: Mapped[str | None] = mapped_column(String(20))
    round: Mapped[int] = mapped_column(default=0)
    waiting_on: Mapped[str] = mapped_column(String(12), default="nobody")
    waiting_since_on: Mapped[date | None]
    state_since_on: Mapped[date | None]
    due_on: Mapped[date | None]
    on_hold: Mapped[bool] = mapped_column(default=False)
    returned_incomplete: Mapped[bool] = mapped_column(default=False)
    appeal_open: Mapped[bool] = mapped_column(default=False)
    received_on: Mapped[date | None]
    first_decision_on: Mapped[date | None]
    first_resubmitted_on: Mapped[date | None]
    last_resubmitted_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    published_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    paper_received_on: Mapped[date | None]
    is_imported: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(String(64), default="")


class Manuscript(StandingCopy, Base):
    """The thing that moves through the journal."""

    __tablename__ = "manuscripts"
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="title_given"),
        one_of("state", State, or_null=True),
        one_of("waiting_on", Holder),
        Index("ix_manuscripts_journal_state", "journal_id", "state", "state_since_on"),
        Index("ix_manuscripts_journal_holder", "journal_id", "waiting_on", "due_on"),
        Index("ix_manuscripts_journal_received", *("journal_id", "received_on", *COHORT)),
        Index("ix_manuscripts_journal_due", "journal_id", "due_on"),
        Index("ix_manuscripts_journal_section", "journal_id", "section"),
        Index("ix_manuscripts_journal_since", "journal_id", "waiting_since_on"),
        Index("ix_manuscripts_journal_identity", "journal_id", "identity_key"),
    )

    id: Mapped[Id]
    uid: Mapped[Uid]
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(Text)
    abstract: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list)
    section: Mapped[str] = mapped_column(String(120), default="")
    article_type: Mapped[str] = mapped_column(String(80), default="")
    citation: Mapped[str] = mapped_column(Text, default="")
    volume: Mapped[str] = mapped_column(String(20), default="")
    issue: Mapped[str] = mapped_column(String(20), default="")
    article_number: Mapped[str] = mapped_column(String(20), default="")
    pages: Mapped[str] = mapped_column(String(40), default="")
    doi: Mapped[str] = mapped_column(String(200), default="")
    identity_key: Mapped[str] = mapped_column(String(200))
    handling_editor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("manuscripts.id"), index=True)
    is_armed: Mapped[bool] = mapped_column(default=True)
    status_note: Mapped[str] = mapped_column(Text, default="")  # the last of its notes
    files: Mapped[str] = mapped_column(Text, default="", server_default="")  # links, one a line: formats.file_links
    created_at: Mapped[datetime] = mapped_column(UtcInstant)

    journal: Mapped[Journal] = relationship()
    handling_editor: Mapped[Account | None] = relationship()
    origin: Mapped[Manuscript | None] = relationship(remote_side="Manuscript.id")
    authors: Mapped[list[Author]] = relationship(
        back_populates="manuscript", order_by="Author.position", cascade="all, delete-orphan"
    )

    @property
    def awaits_a_decision(self) -> bool:
        """Whether it was received, and the editors have still to decide about it, now or after a revision."""
        return self.received_on is not None and self.state in OPEN_STATES and self.state != State.ACCEPTED

    @property
    def clock_restarted(self) -> bool:
        """Whether the printed received date is later than the day the paper first came in."""
        return bool(self.received_on and self.paper_received_on and self.paper_received_on < self.received_on)

    @property
    def first_author(self) -> str:
        return self.authors[0].family or self.authors[0].given if self.authors else ""

    @property
    def corresponding_author(self) -> Author | None:
        """The author whom letters go to: the one marked, else the first with an address."""
        marked = [author for author in self.authors if author.is_corresponding]
        return next((author for author in [*marked, *self.authors] if author.email), None)


class Author(Base):
    """An author of a manuscript, in the order of the byline."""

    __tablename__ = "authors"

    id: Mapped[Id]
    manuscript_id: Mapped[ManuscriptId]
    position: Mapped[int]
    given: Mapped[str] = mapped_column(String(200), default="")
    family: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    orcid: Mapped[str] = mapped_column(String(19), default="")
    affiliation: Mapped[str] = mapped_column(Text, default="")
    biography: Mapped[str] = mapped_column(Text, default="")
    is_corresponding: Mapped[bool] = mapped_column(default=False)
    manuscript: Mapped[Manuscript] = relationship(back_populates="authors")

    @property
    def full_name(self) -> str:
        return f"{self.given} {self.family}".strip()
