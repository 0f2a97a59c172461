"""Letters about somebody's account. They leave like all others, and belong to no journal: nobody of it reads them.

The link of one is made as it leaves; the row holds a place-holder, so a backup or an export gives nobody a way in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain.letters import AboutAccount, LetterState, News, StillOpen
from tracker.mail.account_letters import compose_about_account
from tracker.mail.links import whole_address
from tracker.models import Account, Journal, Letter, Membership
from tracker.queries.outbox import WAITING
from tracker.services.letters import queue_letter

TRACKER = "Journal Tracker"
ASKED_AGES_AGO = timedelta(days=2)  # a letter that was asked for and could not leave is of no use after that


def queue_invitation(
    account: Account, journal: Journal, role: str, *, inviter: str, now: datetime, base_url: str
) -> Letter:
    """Queue the letter by which somebody sets their first password."""
    return _queue(
        AboutAccount.INVITATION, account, journal.language, now, base_url, from_name=journal.title, inviter=inviter,
        role=role,
    )  # fmt: skip


def queue_password_letter(account: Account, *, now: datetime, base_url: str) -> Letter:
    """Queue the letter by which somebody sets a new password."""
    return _queue(AboutAccount.PASSWORD, account, _language_of(account), now, base_url)


def queue_address_letter(account: Account, email: str, *, now: datetime, base_url: str) -> Letter:
    """Queue the letter to a new address, by which the person confirms that it is theirs."""
    language = _language_of(account)
    return _queue(AboutAccount.ADDRESS, account, language, now, base_url, to_email=email, old=account.email)


def queue_news(
    account: Account, news: News, *, now: datetime, base_url: str, to_email: str = "",
    still_open: Mapping[StillOpen, str] = MappingProxyType({}), **facts: str,
) -> Letter:  # fmt: skip
    """Queue the letter that tells somebody that their account was changed; to the old address, if that is what was.

    `facts` are the role and journal, the address or the iD that the news is about; `still_open` is what still works,
    with the path of the page where it ends.
    """
    reset = whole_address("/reset", base_url=base_url)
    ends_at = {kind: whole_address(path, base_url=base_url) for kind, path in still_open.items()}
    return _queue(
        AboutAccount.NEWS, account, _language_of(account), now, base_url, to_email=to_email, news=news,
        reset_address=reset, still_open=ends_at, **facts,
    )  # fmt: skip


def is_still_wanted(letter: Letter, account: Account, now: datetime) -> bool:
    """Whether a letter about an account may still leave: not to a closed account, nor long after it was asked for."""
    if not account.active:
        return False
    if letter.reason == AboutAccount.INVITATION:
        return account.password is None
    return letter.reason == AboutAccount.NEWS or now - letter.queued_at < ASKED_AGES_AGO


def cancel_waiting_letters(account: Account, *, to: str) -> None:
    """Cancel the letters with a link into the account that still wait to leave for an address that it had."""
    waiting = select(Letter).where(
        Letter.account_id == account.id, Letter.state.in_(WAITING), Letter.to_email == to,
        Letter.reason != AboutAccount.NEWS,
    )  # fmt: skip
    for letter in db.session.scalars(waiting):
        letter.state, letter.last_error = LetterState.CANCELLED, "The account has another address now."


def _queue(
    kind: AboutAccount, account: Account, language: str, now: datetime, base_url: str, *, from_name: str = TRACKER,
    to_email: str = "", **words: Any,
) -> Letter:  # fmt: skip
    composed = compose_about_account(kind, language, {"to_name": account.name, "from_name": from_name, **words})
    letter = queue_letter(
        composed, account_id=account.id, role="account", reason=kind, to_name=account.name,
        to_email=to_email or account.email, from_name=from_name, now=now, base_url=base_url,
    )  # fmt: skip
    db.session.flush()
    return letter


def _language_of(account: Account) -> str:
    """The language of the person's first journal; English where there is none."""
    first = select(Journal.language).join(Membership).where(Membership.account_id == account.id).order_by(Membership.id)
    return db.session.scalar(first.limit(1)) or "en"
