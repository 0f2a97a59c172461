"""The audit trail and the list of looks, with the names that their uids have today."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.models import Account, AuditEntry, LookEntry, Membership

LONGEST_QUERY = 100


@dataclass(frozen=True)
class AuditLine:
    """One line as people read it. `by` and `whom` are names of today; an erased person has none any more."""

    at: datetime
    by: str
    what: str
    journal: str
    whom: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class LookLine:
    """Who looked at what."""

    at: datetime
    by: str
    what: str
    journal: str
    manuscript: str
    whom: str


def audit_lines(
    journal_ids: Sequence[int] | None,
    *,
    query: str = "",
    limit: int | None = None,
    offset: int = 0,
    silent: Collection[str] = (),
) -> list[AuditLine]:
    """The trail of these journals and of the accounts of their people, the newest first; None: of everything.

    Nothing that names a manuscript of these references in `silent`.
    """
    found = _matching(journal_ids, query, silent).options(joinedload(AuditEntry.journal))
    newest_first = found.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit).offset(offset)
    entries = list(db.session.scalars(newest_first))
    names = _names(uid for entry in entries for uid in (entry.actor, entry.account) if uid)
    return [
        AuditLine(
            entry.at, names.get(entry.actor, entry.actor), entry.what, entry.journal.slug if entry.journal else "",
            names.get(entry.account or "", entry.account or ""), entry.before, entry.after,
        )
        for entry in entries
    ]  # fmt: skip


def count_of_audit(journal_ids: Sequence[int] | None, *, query: str = "", silent: Collection[str] = ()) -> int:
    """How many lines `audit_lines` has in all."""
    return db.session.scalar(select(func.count()).select_from(_matching(journal_ids, query, silent).subquery())) or 0


def look_lines(
    journal_ids: Sequence[int] | None, *, limit: int | None = None, offset: int = 0, hidden: Sequence[int] = ()
) -> list[LookLine]:
    """Who looked at what in these journals, the newest first; None: in all, and at people too. Nothing `hidden`."""
    found = select(LookEntry).options(joinedload(LookEntry.journal), joinedload(LookEntry.manuscript))
    if journal_ids is not None:
        found = found.where(LookEntry.journal_id.in_(journal_ids))
    if hidden:
        found = found.where(or_(LookEntry.manuscript_id.is_(None), LookEntry.manuscript_id.not_in(hidden)))
    looks = list(
        db.session.scalars(found.order_by(LookEntry.at.desc(), LookEntry.id.desc()).limit(limit).offset(offset))
    )
    names = _names(uid for look in looks for uid in (look.actor, look.account) if uid)
    return [
        LookLine(
            look.at, names.get(look.actor, look.actor), look.what, look.journal.slug if look.journal else "",
            look.manuscript.reference if look.manuscript else "", names.get(look.account or "", look.account or ""),
        )
        for look in looks
    ]  # fmt: skip


def _matching(journal_ids: Sequence[int] | None, query: str, silent: Collection[str]) -> Select[AuditEntry]:
    found = select(AuditEntry)
    for reference in silent:
        found = found.where(~cast(AuditEntry.after, String).contains(f'"{reference}"', autoescape=True))
    if journal_ids is not None:
        people = select(Account.uid).join(Membership).where(Membership.journal_id.in_(journal_ids))
        of_people = AuditEntry.journal_id.is_(None) & AuditEntry.account.in_(people)
        found = found.where(or_(AuditEntry.journal_id.in_(journal_ids), of_people))
    for word in query[:LONGEST_QUERY].split():
        found = found.where(_mentions(word))
    return found


def _mentions(word: str) -> ColumnElement[bool]:
    """Whether the entry has the word: what was done, the values before and after, or the people as they are today."""
    texts = (AuditEntry.what, cast(AuditEntry.before, String), cast(AuditEntry.after, String))
    called = or_(Account.name.icontains(word, autoescape=True), Account.email.icontains(word, autoescape=True))
    people = select(Account.uid).where(called)
    return or_(
        *(column.icontains(word, autoescape=True) for column in texts),
        AuditEntry.actor.in_(people), AuditEntry.account.in_(people),
    )  # fmt: skip


def _names(uids: Iterator[str]) -> dict[str, str]:
    rows = db.session.execute(select(Account.uid, Account.name, Account.email).where(Account.uid.in_(set(uids))))
    return {uid: name or email for uid, name, email in rows}
