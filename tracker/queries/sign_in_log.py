"""The log of sign-ins: one person's, and everybody's for whoever runs the installation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.models import Account, Membership, SignInEntry

UNKNOWN = "no account"


@dataclass(frozen=True)
class SignInLine:
    """One entry as it is read. `who` is a name of today, or that it was no account, with what tells such apart."""

    at: datetime
    who: str
    what: str
    way: str | None
    address: str


def last_sign_ins_of(account: Account, limit: int) -> list[SignInEntry]:
    """The last entries about the person's account, the newest first."""
    theirs = select(SignInEntry).where(SignInEntry.account == account.uid)
    return list(db.session.scalars(theirs.order_by(SignInEntry.at.desc(), SignInEntry.id.desc()).limit(limit)))


def sign_in_lines(journal_ids: Sequence[int] | None) -> list[SignInLine]:
    """The log, the newest first: of the people of these journals; None: of everybody, and of what is no account."""
    found = select(SignInEntry, Account.name, Account.email).outerjoin(Account, Account.uid == SignInEntry.account)
    if journal_ids is not None:
        people = select(Membership.account_id).where(Membership.journal_id.in_(journal_ids))
        found = found.where(Account.id.in_(people))
    rows = db.session.execute(found.order_by(SignInEntry.at.desc(), SignInEntry.id.desc()))
    return [
        SignInLine(entry.at, name or email or _unknown(entry), entry.what, entry.way, entry.address)
        for entry, name, email in rows
    ]


def _unknown(entry: SignInEntry) -> str:
    return entry.account or f"{UNKNOWN} {entry.tried or ''}".rstrip()
