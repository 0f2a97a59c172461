"""A person's calendar address: made, made anew, revoked. The secret is shown once; only its hash is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from tracker.db import db, take_turns
from tracker.models import Account, CalendarFeed
from tracker.services.hashed_secrets import hash_of, new_secret


def make_feed(account: Account, *, now: datetime) -> str:
    """Give the person a new secret address, and gives its secret; an earlier one stops working."""
    take_turns(account)
    revoke_feed(account)
    token = new_secret()
    db.session.add(CalendarFeed(account_id=account.id, token_hash=hash_of(token), made_at=now))
    db.session.flush()
    return token


def revoke_feed(account: Account) -> None:
    """Make the person's calendar address stop working."""
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.account_id == account.id))
