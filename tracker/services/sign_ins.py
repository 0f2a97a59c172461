"""Browsers that are signed in: begun, seen, ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from tracker.db import db
from tracker.domain.errors import NotFound
from tracker.domain.sign_ins import IDLE, LONGEST
from tracker.models import Account, SignIn
from tracker.services.hashed_secrets import hash_of, new_secret

MOST_OF_ONE = 50  # sign-ins of one person; the one seen longest ago ends


def begin_sign_in(account: Account, *, now: datetime, kept: bool, address: str, device: str) -> str:
    """Note that a browser is signed in; gives the key for its cookie. What is over of the person's is swept."""
    is_over = (SignIn.begun_at < now - LONGEST) | (~SignIn.kept & (SignIn.seen_at < now - IDLE))
    newest = select(SignIn.id).where(SignIn.account_id == account.id).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    too_many = SignIn.id.in_(db.session.scalars(newest.offset(MOST_OF_ONE - 1)).all())
    db.session.execute(delete(SignIn).where(SignIn.account_id == account.id, is_over | too_many))
    key = new_secret()
    db.session.add(
        SignIn(
            account_id=account.id, key_hash=hash_of(key), begun_at=now, seen_at=now, kept=kept, address=address[:45],
            device=device[:80],
        )
    )  # fmt: skip
    db.session.flush()
    return key


def note_seen(sign_in_id: int, *, address: str, now: datetime) -> None:
    """Note that the browser was seen now, and from where."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now, address=address[:45]))


def end_sign_in(account: Account, sign_in_id: int) -> None:
    """Sign one browser of the person out. Raises NotFound for another person's."""
    theirs = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.account_id == account.id).returning(SignIn.id)
    if db.session.scalar(theirs) is None:
        raise NotFound("There is no such sign-in any more.")


def end_sign_ins(account: Account, *, but: str = "") -> int:
    """Sign the person out everywhere, but for the browser with this key; gives how many were ended."""
    theirs = delete(SignIn).where(SignIn.account_id == account.id, SignIn.key_hash != hash_of(but))
    return len(db.session.execute(theirs.returning(SignIn.id)).all())
