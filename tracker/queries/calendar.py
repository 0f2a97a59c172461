"""Due dates as a calendar shows them: what, of which manuscript, and who owes it, but never a reviewer's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.words import spoken
from tracker.models import Account, CalendarFeed, Journal, Manuscript, Membership, Task
from tracker.queries.conflicts import not_among

MOST = 500  # entries of a feed or a page: more is no calendar


@dataclass(frozen=True)
class DueEntry:
    """A task on the day that it is due. `key` never changes while the task is open."""

    key: str
    on: date
    kind: str
    holder: str
    reference: str
    title: str
    journal: str

    @property
    def words(self) -> str:
        """`Review due: IJCP-2026-001`."""
        return f"{spoken(self.kind).capitalize()} due: {self.reference}"


def due_between(journal_ids: Sequence[int], first: date, last: date, *, hidden: Sequence[int] = ()) -> list[DueEntry]:
    """What is due in these journals from `first` to `last`, both included, by day; nothing `hidden`. One query."""
    found = (
        select(Task.key, Task.due_on, Task.kind, Task.holder, Manuscript.uid, Manuscript.reference, Manuscript.title,
               Journal.slug)
        .join(Manuscript, Manuscript.id == Task.manuscript_id)
        .join(Journal, Journal.id == Task.journal_id)
        .where(Task.journal_id.in_(journal_ids), Task.due_on.between(first, last), *not_among(hidden))
        .order_by(Task.due_on, Manuscript.reference, Task.key)
        .limit(MOST)
    )  # fmt: skip
    return [
        DueEntry(f"{row.uid}-{row.key.replace(':', '-')}", row.due_on, row.kind, row.holder, row.reference, row.title,
                 row.slug)
        for row in db.session.execute(found)
    ]  # fmt: skip


def overdue_count(journal_ids: Sequence[int], today: date, *, hidden: Sequence[int] = ()) -> int:
    """How many tasks were due before today, without those of what is `hidden`."""
    late = select(func.count()).select_from(Task).where(Task.journal_id.in_(journal_ids), Task.due_on < today)
    if hidden:
        late = late.where(Task.manuscript_id.not_in(hidden))
    return db.session.scalar(late) or 0


def owner_of_feed(token_hash: str) -> Account | None:
    """Whose calendar has this secret; None where it was revoked, or the account disabled."""
    found = (
        select(Account)
        .join(CalendarFeed, CalendarFeed.account_id == Account.id)
        .where(CalendarFeed.token_hash == token_hash, Account.active.is_(True))
    )
    return db.session.scalars(found).one_or_none()


def has_feed(account_id: int) -> bool:
    """Whether the person has a calendar address."""
    return db.session.get(CalendarFeed, account_id) is not None


def journals_of_account(account_id: int) -> list[Journal]:
    """The person's journals, for a feed that nobody has signed in to."""
    mine = select(Journal).join(Membership, Membership.journal_id == Journal.id)
    return list(db.session.scalars(mine.where(Membership.account_id == account_id).order_by(Journal.id)))
