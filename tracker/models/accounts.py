"""People who sign in: by what, from where, and the role each has in a journal."""

from __future__ import annotations

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.domain.roles import Role
from tracker.models.columns import Id, JournalId, Uid, one_of
from tracker.models.journals import Journal


class Account(Base, UserMixin):
    """A person with a sign-in. `uid` is what the ledger remembers; it outlives name and address.

    By what the person was known before, bylines still name them: a conflict of interest outlives an address too.

    The names that begin with `tf_`, `mf_` and `fs_` are Flask-Security's: the second factor's secret, encrypted; the
    recovery codes, as hashes; what signed links and passkeys know the account by.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        Index("uq_accounts_handle", "fs_webauthn_user_handle", unique=True),
        Index("uq_accounts_orcid", "orcid", unique=True),
    )

    id: Mapped[Id]
    uid: Mapped[Uid]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[Uid]
    created_at: Mapped[datetime] = mapped_column(UtcInstant)
    tf_primary_method: Mapped[str | None] = mapped_column(String(20))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(500))
    totp_counter: Mapped[int | None] = mapped_column(BigInteger)  # of the last code: none works twice
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64))  # type: ignore[assignment]  # none at first
    orcid: Mapped[str | None] = mapped_column(String(19))
    known_as: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")  # addresses, ORCID iDs before
    memberships: Mapped[list[Membership]] = relationship(back_populates="account", order_by="Membership.journal_id")
    webauthn: Mapped[list[Passkey]] = relationship(  # type: ignore[assignment]  # a list of what Flask-Security knows
        order_by="Passkey.id", cascade="all, delete-orphan"
    )

    tf_phone_number = None  # asked for by Flask-Security; we send no codes by telephone
    sign_in_key = ""  # of the sign-in by which the account was loaded
    # Flask-Security asks for roles; what a person may do is decided per journal, by memberships.
    roles: list[RoleMixin] = []  # noqa: RUF012  never assigned to

    @property
    def display_name(self) -> str:
        return self.name or self.email

    def get_id(self) -> str:
        """What the cookies of a browser name: the sign-in, so that it can be ended while the person's others go on."""
        return self.sign_in_key or self.fs_uniquifier


class SignIn(Base):
    """One browser that is signed in. The key is in its cookie; here is the key's hash, and where it was last seen.

    `kept`: the person asked to stay signed in on this computer. A sign-in that is over may stay until it is swept.
    """

    __tablename__ = "sign_ins"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    begun_at: Mapped[datetime] = mapped_column(UtcInstant)
    seen_at: Mapped[datetime] = mapped_column(UtcInstant)
    kept: Mapped[bool]
    address: Mapped[str] = mapped_column(String(45), default="")
    device: Mapped[str] = mapped_column(String(80), default="")
    account: Mapped[Account] = relationship()


class Passkey(Base, WebAuthnMixin):
    """A passkey of a person: its public half, and when it was last used. The names are Flask-Security's."""

    __tablename__ = "passkeys"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    transports: Mapped[list[str] | None] = mapped_column(JSON)
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    usage: Mapped[str] = mapped_column(String(20))
    lastuse_datetime: Mapped[datetime] = mapped_column(UtcInstant)


class TryCount(Base):
    """How often something secret was tried in vain of late; what it was, a slot of a keyed hash stands for.

    There are so many slots and no more, whatever anybody types: see `domain.sign_ins`.
    """

    __tablename__ = "try_counts"

    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tries: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcInstant)


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
