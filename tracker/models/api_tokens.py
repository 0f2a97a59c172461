"""Personal access tokens for the API. Only their hashes are kept: the database does not tell them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, UtcInstant
from tracker.domain.roles import Scope
from tracker.models.accounts import Account
from tracker.models.columns import Id, one_of


class ApiToken(Base):
    """One token of a person. `uid` is its open part: it stands in the token, in lists and in the audit trail.

    A token that is revoked loses its row; one without `expires_at` works until then.
    """

    __tablename__ = "api_tokens"
    __table_args__ = (CheckConstraint("length(name) > 0", name="name_given"), one_of("scope", Scope))

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(8), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[str] = mapped_column(String(5))
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
    expires_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    last_used_on: Mapped[date | None]
    account: Mapped[Account] = relationship()

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now
