"""People who sign in: their accounts, and the role each has in a journal."""

from __future__ import annotations

import uuid
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from flask_security.utils import hash_password
from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.audit import Change
from tracker.domain.errors import BadInput, NotFound, Refused
from tracker.domain.roles import Role
from tracker.models import Account, Journal, Membership
from tracker.queries.conflicts import ORCID_LENGTH
from tracker.services.account_letters import cancel_waiting_letters
from tracker.services.actors import Actor
from tracker.services.audit import note_change
from tracker.services.passwords import check_password
from tracker.services.sign_ins import end_sign_ins

LONGEST_NAME = 200


def add_account(*, email: str, by: Actor, now: datetime, name: str = "", password: str = "") -> Account:
    """Add an account. Without a password nobody can sign in with it until they set one through a link.

    Raises BadInput for an address that cannot be one, and Refused if it has an account.
    """
    email = checked_email(email)
    if account_with(email) is not None:
        raise Refused(f"{email} has an account already.")
    account = Account(email=email, name=" ".join(name.split()), created_at=now, memberships=[])
    db.session.add(account)
    note_change(Change.ACCOUNT_ADDED, by=by, now=now, account=account)
    if password:
        set_password(account, password, by=by, now=now)
    return account


def give_role(account: Account, journal: Journal, role: str, *, by: Actor, now: datetime) -> bool:
    """Give the person this role in the journal, instead of one they have; False if they have it already.

    Raises BadInput for a role that is none, and Refused if the journal would lose its only chief editor.
    """
    if role not in list(Role):
        raise BadInput(f"There is no role “{role}”; there is {', '.join(Role)}.")
    membership = _membership(account, journal)
    if membership is None:
        db.session.add(Membership(account=account, journal=journal, role=role))
        had = {}
    elif membership.role == role:
        return False
    else:
        _leave_a_chief_editor(membership)
        had, membership.role = {"role": membership.role}, role
    note_change(
        Change.ROLE_GIVEN, by=by, now=now, journal=journal, account=account, before=had, after={"role": str(role)}
    )
    return True


def take_role(account: Account, journal: Journal, *, by: Actor, now: datetime) -> bool:
    """Take the person out of the journal; False if they had no role in it. Raises Refused as `give_role` does."""
    membership = _membership(account, journal)
    if membership is None:
        return False
    _leave_a_chief_editor(membership)
    account.memberships.remove(membership)
    db.session.delete(membership)
    had = {"role": membership.role}
    note_change(Change.ROLE_TAKEN, by=by, now=now, journal=journal, account=account, before=had)
    return True


def disable(account: Account, *, by: Actor, now: datetime) -> bool:
    """Let the person sign in no more, and end their sessions; what they recorded stays. False if it was so before.

    Raises Refused if a journal would lose its only chief editor.
    """
    if not account.active:
        return False
    for membership in account.memberships:
        _leave_a_chief_editor(membership)
    account.active = False
    end_sessions(account)
    note_change(Change.ACCOUNT_DISABLED, by=by, now=now, account=account)
    return True


def sign_out(account: Account, *, by: Actor, now: datetime) -> int:
    """End the person's sign-ins, for a lost computer; they may sign in again. Gives how many browsers that were."""
    ended = end_sessions(account)
    note_change(Change.ACCOUNT_CHANGED, by=by, now=now, account=account, after={"sign-ins": "ended"})
    return ended


def set_password(account: Account, password: str, *, by: Actor, now: datetime) -> None:
    """Set the password, and end the sign-ins begun with another. Raises BadInput as `check_password` does."""
    check_password(password, account)
    account.password = hash_password(password)
    end_sessions(account)
    note_change(Change.PASSWORD_SET, by=by, now=now, account=account)


def rename(account: Account, name: str, *, by: Actor, now: datetime) -> bool:
    """Change the name that letters and histories show; False if it is the same. Raises BadInput for a long one."""
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise BadInput(f"The name is too long: {LONGEST_NAME} characters at most.")
    if name == account.name:
        return False
    account.name = name
    note_change(Change.ACCOUNT_CHANGED, by=by, now=now, account=account, after={"name": "changed"})
    return True


def change_address(account: Account, email: str, *, by: Actor, now: datetime) -> str:
    """Give the account another address, which the person has confirmed; gives the old one.

    The old one opens nothing any more: links to set a password that went there work no more, and letters with such a
    link that still wait do not leave. Raises Refused if another account has the new one meanwhile.
    """
    email, old = checked_email(email), account.email
    if account_with(email) is not None:
        raise Refused(f"{email} has an account already.")
    account.email, account.fs_uniquifier = email, uuid.uuid4().hex
    _remember(account, old)
    cancel_waiting_letters(account, to=old)
    note_change(Change.ACCOUNT_CHANGED, by=by, now=now, account=account, after={"address": "changed"})
    return old


def link_orcid(account: Account, orcid: str | None, *, by: Actor, now: datetime) -> None:
    """Let the person sign in with this ORCID iD, or with none. Raises Refused if it is another account's."""
    if orcid and db.session.scalar(select(Account.id).where(Account.orcid == orcid, Account.id != account.id)):
        raise Refused("This ORCID iD is linked to another account here. Sign in with that one, or unlink it there.")
    before, account.orcid = account.orcid, orcid
    if before:
        _remember(account, before)
    note_change(
        Change.ACCOUNT_CHANGED, by=by, now=now, account=account, before={"orcid": "linked" if before else "none"},
        after={"orcid": "linked" if orcid else "none"},
    )  # fmt: skip


def _remember(account: Account, former: str) -> None:
    """By this address or iD too, a byline names the person."""
    account.known_as = sorted({*(account.known_as or []), former.lower() if "@" in former else former[-ORCID_LENGTH:]})


def drop_factors(account: Account, *, by: Actor, now: datetime) -> list[str]:
    """Take second factor, recovery codes and passkeys off an account whose person has lost them; gives what went."""
    gone = [word for word, there in _factors(account).items() if there]
    account.tf_primary_method = account.tf_totp_secret = account.totp_counter = account.mf_recovery_codes = None
    account.webauthn.clear()
    end_sessions(account)
    after = dict.fromkeys(gone, "removed") or {"sign-ins": "ended"}
    note_change(Change.ACCOUNT_CHANGED, by=by, now=now, account=account, after=after)
    return gone


def _factors(account: Account) -> dict[str, bool]:
    return {
        "second factor": bool(account.tf_totp_secret), "recovery codes": bool(account.mf_recovery_codes),
        "passkeys": bool(account.webauthn),
    }  # fmt: skip


def account_with(email: str) -> Account | None:
    """The account of this address, letter case apart."""
    return db.session.scalar(select(Account).where(Account.email == address_key(email)))


def account_named(email: str) -> Account:
    """The account of this address. Raises NotFound."""
    account = account_with(email)
    if account is None:
        raise NotFound(f"There is no account “{email}”. “tracker account list” shows the accounts.")
    return account


def checked_email(text: str) -> str:
    """The address in small letters. Raises BadInput, saying what is wrong with it."""
    try:
        return address_key(validate_email(text.strip(), check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise BadInput(f"“{text}” is no e-mail address. {error}") from None


def _membership(account: Account, journal: Journal) -> Membership | None:
    wanted = select(Membership).where(Membership.account_id == account.id, Membership.journal_id == journal.id)
    return db.session.scalar(wanted)


def _leave_a_chief_editor(membership: Membership) -> None:
    """A journal without a chief editor could be set up by nobody."""
    others = (
        select(func.count())
        .select_from(Membership)
        .join(Account)
        .where(
            Membership.journal_id == membership.journal_id, Membership.role == Role.CHIEF_EDITOR,
            Membership.id != membership.id, Account.active,
        )
    )  # fmt: skip
    if membership.role == Role.CHIEF_EDITOR and membership.account.active and not db.session.scalar(others):
        raise Refused(
            f"{membership.account.display_name} is the only chief editor of {membership.journal.title}: "
            "make somebody else chief editor first."
        )


def end_sessions(account: Account) -> int:
    """Sign the person out everywhere; links to set a password that are under way work no more. Gives how many ended."""
    account.fs_uniquifier = uuid.uuid4().hex
    ended = end_sign_ins(account)
    db.session.flush()
    return ended
