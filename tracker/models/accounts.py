"""People who sign in, and the role each has in a journal."""

from __future__ import annotations

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.domain.roles import Role
from tracker.models.columns import Id, JournalId, Uid, one_of
from tracker.models.journals import Journal


class Account(Base, UserMixin):
    """A person with a sign-in. `uid` is what the ledger remembers; it outlives name and address."""

    __tablename__ = "accounts"

    id: Mapped[Id]
    uid: Mapped[Uid]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[Uid]
    created_at: Mapped[datetime] = mapped_column(UtcInstant)
    memberships: Mapped[list[Membership]] = relationship(back_populates="account", order_by="Membership.journal_id")

    # Flask-Security asks for roles; what a person may do is decided per journal, by memberships.
    roles: list[RoleMixin] = []  # noqa: RUF012  never assigned to

    @property
    def display_name(self) -> str:
        return self.name or self.email


class Membership(Base):
    """The role of a person in a journal. Without one, the journal does not exist for them."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("account_id", "journal_id"), one_of("role", Role))

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    journal_id: Mapped[JournalId]
    role: Mapped[str] = mapped_column(String(20))
    account: Mapped[Account] = relationship(back_populates="memberships")
    journal: Mapped[Journal] = relationship()
