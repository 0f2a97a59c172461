"""The log of sign-ins: what happened at the door, from where, and by what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcInstant
from tracker.domain.sign_in_log import Happening, Way
from tracker.models.columns import Id, one_of


class SignInEntry(Base):
    """One sign-in, a try in vain, a sign-out, or a change of what opens an account. Nothing secret is in it.

    Append-only: triggers refuse UPDATE and replacement, and DELETE before its time is over (`services.sign_in_log`).
    `account` is a uid. What was typed that is no account is in `tried` as a keyed hash only: it may be a slip of the
    keyboard, a password in the wrong field, or the address of somebody who has nothing to do with us.
    """

    __tablename__ = "sign_in_entries"
    __table_args__ = (
        one_of("what", Happening),
        one_of("way", Way, or_null=True),
        Index("ix_sign_in_entries_account", "account", "at"),
        Index("ix_sign_in_entries_at", "at"),
    )

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(UtcInstant)
    what: Mapped[str] = mapped_column(String(20))
    way: Mapped[str | None] = mapped_column(String(20))
    account: Mapped[str | None] = mapped_column(String(32))
    tried: Mapped[str | None] = mapped_column(String(12))
    address: Mapped[str] = mapped_column(String(45))
