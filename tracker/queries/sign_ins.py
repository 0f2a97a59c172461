"""Who is signed in, and where."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from tracker.db import db
from tracker.domain.sign_ins import is_over
from tracker.models import Account, SignIn


class Here(NamedTuple):
    """The sign-in by which somebody asks, and when that was last noted."""

    id: int
    seen_at: datetime


def signed_in(key_hash: str, now: datetime) -> tuple[Account, Here] | None:
    """The account and the sign-in of a browser's key; None when it has ended or the account is disabled. One query."""
    wanted = select(Account, SignIn.id, SignIn.begun_at, SignIn.seen_at, SignIn.kept).join(SignIn.account)
    found = db.session.execute(wanted.where(SignIn.key_hash == key_hash, Account.active)).one_or_none()
    if found is None:
        return None
    account, sign_in_id, begun_at, seen_at, kept = found
    if is_over(begun_at=begun_at, seen_at=seen_at, kept=kept, now=now):
        return None
    return account, Here(sign_in_id, seen_at)


def sign_ins_of(account: Account, now: datetime) -> list[SignIn]:
    """The browsers in which the person is signed in, the one seen last first."""
    theirs = select(SignIn).where(SignIn.account_id == account.id).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    return [
        found
        for found in db.session.scalars(theirs)
        if not is_over(begun_at=found.begun_at, seen_at=found.seen_at, kept=found.kept, now=now)
    ]
