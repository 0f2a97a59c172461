"""Personal access tokens: a person's own, and whose one is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tracker.db import db
from tracker.domain.events import instant_as_text
from tracker.models import Account, ApiToken


def tokens_of(account_id: int) -> list[ApiToken]:
    """The person's tokens, the newest first; expired ones too."""
    mine = select(ApiToken).where(ApiToken.account_id == account_id).order_by(ApiToken.id.desc())
    return list(db.session.scalars(mine))


def token_of_hash(token_hash: str) -> ApiToken | None:
    """The token of this hash with its account; None where it was revoked, or the account disabled."""
    found = (
        select(ApiToken)
        .join(ApiToken.account)
        .options(contains_eager(ApiToken.account))
        .where(ApiToken.token_hash == token_hash, Account.active.is_(True))
    )
    return db.session.scalars(found).one_or_none()


def token_document(token: ApiToken) -> dict[str, Any]:
    """What may be told of a token: everything but the token."""
    return {
        "id": token.uid, "name": token.name, "scope": token.scope, "made_at": instant_as_text(token.made_at),
        "expires_at": instant_as_text(token.expires_at) if token.expires_at else None,
        "last_used_on": token.last_used_on.isoformat() if token.last_used_on else None,
    }  # fmt: skip
