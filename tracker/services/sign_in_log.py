"""The log of sign-ins: added to by the pages of sign-in and accounts, cut when its time is over, changed by nobody."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import delete, select

from tracker.db import db
from tracker.domain.sign_in_log import HELD_UP_AGAIN_AFTER, KEPT, Happening, Way
from tracker.models import SignInEntry


def note_sign_in(
    what: Happening, *, now: datetime, address: str, way: Way | None = None, account: str | None = None, tried: str = ""
) -> None:
    """Add an entry about the account of this uid, or about what was tried that is none, as `veiled` gives it.

    That somebody is held up is noted once in a while only.
    """
    entry = SignInEntry(at=now, what=what, way=way, account=account, tried=tried or None, address=address[:45])
    if what != Happening.HELD_UP or not _was_noted(entry):
        db.session.add(entry)
        db.session.flush()


def veiled(what: str, key: str) -> str:
    """What stands in the log for something that is no account: the same each time, and readable to nobody."""
    return hmac.new(key.encode(), f"sign-in log\n{what}".encode(), hashlib.sha256).hexdigest()[:12]


def forget_old_sign_ins(*, now: datetime) -> int:
    """Delete what is older than the log is kept; gives how many. The database refuses for what is not."""
    old = delete(SignInEntry).where(SignInEntry.at < now - KEPT).returning(SignInEntry.id)
    return len(db.session.execute(old).all())


def _was_noted(entry: SignInEntry) -> bool:
    same = select(SignInEntry.id).where(
        SignInEntry.at > entry.at - HELD_UP_AGAIN_AFTER, SignInEntry.what == entry.what,
        SignInEntry.account.is_not_distinct_from(entry.account), SignInEntry.tried.is_not_distinct_from(entry.tried),
        SignInEntry.address == entry.address,
    )  # fmt: skip
    return db.session.scalar(same.limit(1)) is not None
