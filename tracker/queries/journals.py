"""Journals that a person belongs to, and the people of a journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.db import db
from tracker.models import Account, Journal, Membership


def memberships_of(account_id: int) -> list[Membership]:
    """The person's journals with their role in each, by the journals' titles; one query."""
    mine = (
        select(Membership)
        .join(Membership.journal)
        .options(contains_eager(Membership.journal))
        .where(Membership.account_id == account_id)
        .order_by(Journal.title, Journal.id)
    )
    return list(db.session.scalars(mine))


def members_of(journal_id: int) -> list[Membership]:
    """Everybody with a role in the journal, by role and name; accounts that were disabled too."""
    everybody = (
        select(Membership)
        .join(Membership.account)
        .options(joinedload(Membership.account))
        .where(Membership.journal_id == journal_id)
        .order_by(Membership.role, Account.name, Account.id)
    )
    return list(db.session.scalars(everybody))


def journal_document(journal: Journal) -> dict[str, Any]:
    """The journal and what it decides for itself, as the command line and other systems see it."""
    policy = journal.policy
    return {
        "slug": journal.slug, "title": journal.title, "timezone": journal.timezone, "country": journal.country,
        "language": journal.language, "required_reviews": policy.required_reviews, "anonymity": policy.anonymity,
        "reminders": "live" if policy.reminders_live else "dry-run", "public_articles": policy.public_articles,
        "public_status": policy.public_status, "public_turnaround": policy.public_turnaround,
    }  # fmt: skip


def todays(journal_ids: Sequence[int], today_of: Callable[[str], date]) -> dict[int, date]:
    """Today in each journal's own calendar. `today_of` gives the day of a time zone, as `clock.today` does."""
    zones = db.session.execute(select(Journal.id, Journal.timezone).where(Journal.id.in_(journal_ids)))
    return {journal_id: today_of(zone) for journal_id, zone in zones}
