"""People added to a journal: their account, their role, and the letter by which they get in."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from tracker.db import db
from tracker.domain.errors import Refused
from tracker.domain.letters import AboutAccount, LetterState, News
from tracker.models import Account, Journal, Letter
from tracker.queries.outbox import WAITING
from tracker.services.account_letters import queue_invitation, queue_news
from tracker.services.accounts import account_with, add_account, give_role
from tracker.services.actors import Actor

AGAIN_AFTER = timedelta(minutes=10)


def invite(
    journal: Journal, *, email: str, name: str, role: str, by: Actor, inviter: str, now: datetime, base_url: str
) -> Account:
    """Give somebody a role in the journal, with an account if they have none, and write to them.

    A new person gets a link to choose a password; one who has a password is told of the role. Raises BadInput for an
    address that cannot be one, and Refused if they have a role in the journal already. That there was an account, or a
    closed one, is nowhere said: it may be another journal's. To a closed one no letter leaves.
    """
    account = account_with(email)
    if account is not None and any(seat.journal_id == journal.id for seat in account.memberships):
        raise Refused(f"{account.display_name} belongs to {journal.title} already. Change their role in the list.")
    account = account or add_account(email=email, name=name, by=by, now=now)
    give_role(account, journal, role, by=by, now=now)
    if account.password is None:
        queue_invitation(account, journal, role, inviter=inviter, now=now, base_url=base_url)
    else:
        queue_news(account, News.ROLE, now=now, base_url=base_url, role=role, journal=journal.title)
    return account


def invite_again(account: Account, journal: Journal, role: str, *, inviter: str, now: datetime, base_url: str) -> None:
    """Write once more to somebody who has not chosen a password. Raises Refused for one who has, and within minutes."""
    if account.password is not None or not account.active:
        raise Refused(f"{account.display_name} has got in before. “I forgot my password” gives them a new link.")
    last = last_invitations([account.id]).get(account.id)
    if last is not None and (last.state in WAITING or now - last.queued_at < AGAIN_AFTER):
        raise Refused(f"A letter to {account.email} is on its way. Give it a few minutes.")
    queue_invitation(account, journal, role, inviter=inviter, now=now, base_url=base_url)


def last_invitations(account_ids: list[int]) -> dict[int, Letter]:
    """The last invitation to each of these people that was not cancelled."""
    theirs = select(Letter).where(
        Letter.account_id.in_(account_ids), Letter.reason == AboutAccount.INVITATION,
        Letter.state != LetterState.CANCELLED,
    )  # fmt: skip
    return {letter.account_id: letter for letter in db.session.scalars(theirs.order_by(Letter.id)) if letter.account_id}
