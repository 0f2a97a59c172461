"""The audit trail, written by the services that change what is set up, in the same transaction as the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain.audit import Change, Look, difference
from tracker.models import Account, AuditEntry, Journal, LookEntry, Manuscript
from tracker.services.actors import Actor

NOTED_AGAIN_AFTER = timedelta(hours=1)


def note_change(
    what: Change,
    *,
    by: Actor,
    now: datetime,
    journal: Journal | None = None,
    account: Account | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry | None:
    """Add an entry with what differs between `before` and `after`; None where both are given and nothing differs.

    Names and addresses of people do not belong in it: say who by `account`.
    """
    old, new = difference(before or {}, after or {})
    if before is not None and after is not None and not old and not new:
        return None
    db.session.flush()  # a new journal has its number now
    entry = AuditEntry(
        at=now, actor=by.uid, what=what, journal_id=journal.id if journal else None,
        account=account.uid if account else None, before=old, after=new,
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    return entry


def note_letter_decision(manuscript: Manuscript, decided: str, *, by: Actor, now: datetime, letter: str = "") -> None:
    """Add an entry about what somebody decided of a manuscript's letters, or of one of them."""
    about = {"manuscript": manuscript.reference, "decided": decided, **({"letter": letter} if letter else {})}
    note_change(Change.LETTER_DECIDED, by=by, now=now, journal=manuscript.journal, after=about)


def looks_to_note(
    what: Sequence[Look], *, by: str, now: datetime, manuscript_id: int | None = None, account: str | None = None
) -> list[Look]:
    """Those of this person's looks that were not noted within the last hour, in one query."""
    same = select(LookEntry.what).where(
        LookEntry.actor == by, LookEntry.what.in_(what), LookEntry.at > now - NOTED_AGAIN_AFTER,
        LookEntry.manuscript_id.is_(None) if manuscript_id is None else LookEntry.manuscript_id == manuscript_id,
        LookEntry.account.is_(None) if account is None else LookEntry.account == account,
    )  # fmt: skip
    noted = set(db.session.scalars(same))
    return [look for look in what if look not in noted]


def note_look(
    what: Look,
    *,
    by: str,
    now: datetime,
    journal_id: int | None = None,
    manuscript_id: int | None = None,
    account: str | None = None,
) -> None:
    """Note that the person of this uid looked at something sensitive."""
    db.session.add(
        LookEntry(at=now, actor=by, what=what, journal_id=journal_id, manuscript_id=manuscript_id, account=account)
    )
    db.session.flush()
