"""Personal access tokens: made, revoked, noted as used. The token is shown once; only its hash is kept."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.audit import Change
from tracker.domain.errors import BadInput, NotFound, Refused
from tracker.domain.roles import Scope
from tracker.models import Account, ApiToken
from tracker.services.actors import Actor
from tracker.services.audit import note_change
from tracker.services.hashed_secrets import hash_of, new_secret

PREFIX = "tracker"  # programs that look for secrets in files know them by such a word
LONGEST_NAME, LONGEST_DAYS, MOST_TOKENS = 80, 3660, 50


def make_token(
    account: Account, *, name: str, scope: str, days: int | None, by: Actor, now: datetime
) -> tuple[ApiToken, str]:
    """Give the person a token with a name, for so many days (None: until it is revoked), and give the token itself.

    It holds 256 random bits. Raises BadInput for a name, scope or number of days that cannot be, and Refused where
    the account is disabled or has MOST_TOKENS already.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput(f"Give the token a name of up to {LONGEST_NAME} characters that says what it is for.")
    if scope not in list(Scope):
        raise BadInput(f"A token may {' or '.join(Scope)}; “{scope}” is neither.")
    if days is not None and not 0 < days <= LONGEST_DAYS:
        raise BadInput(f"A token lasts from 1 to {LONGEST_DAYS} days, or until it is revoked.")
    _must_have_room(account)
    uid = secrets.token_hex(4)
    text = f"{PREFIX}_{uid}_{new_secret()}"
    token = ApiToken(
        uid=uid, account_id=account.id, name=name, token_hash=hash_of(text), scope=scope, made_at=now,
        expires_at=now + timedelta(days=days) if days else None,
    )  # fmt: skip
    db.session.add(token)
    note_change(Change.ACCOUNT_CHANGED, by=by, now=now, account=account, after=_told(token))
    return token, text


def _must_have_room(account: Account) -> None:
    count = select(func.count()).where(ApiToken.account_id == account.id)
    if not account.active:
        raise Refused(f"{account.display_name} is disabled: a token of theirs would open nothing.")
    if (db.session.scalar(count) or 0) >= MOST_TOKENS:
        raise Refused(f"There are {MOST_TOKENS} tokens already. Revoke one that is not used any more.")


def revoke_token(account: Account, uid: str, *, by: Actor, now: datetime) -> ApiToken:
    """Make the person's token of this open part stop working at once. Raises NotFound."""
    token = db.session.scalar(select(ApiToken).where(ApiToken.account_id == account.id, ApiToken.uid == uid))
    if token is None:
        raise NotFound(f"There is no token “{uid}” of {account.display_name}.")
    db.session.delete(token)
    note_change(Change.ACCOUNT_CHANGED, by=by, now=now, account=account, before=_told(token))
    return token


def note_use(token: ApiToken, on: date) -> None:
    """Remember the last day on which the token was used."""
    token.last_used_on = on


def _told(token: ApiToken) -> dict[str, Any]:
    """What the audit trail says of it: the name is the person's own words, and may be forgotten with them."""
    until = {"until": token.expires_at.date().isoformat()} if token.expires_at else {}
    return {"api_token": token.uid, "scope": token.scope, **until}
