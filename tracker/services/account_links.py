"""Links to set a password or to confirm an address: signed, dated, and made only as a letter leaves.

What they name changes when they have been used, so each works once; none is kept anywhere.
"""

from __future__ import annotations

from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from tracker.domain.errors import Refused
from tracker.mail.links import ADDRESS, PASSWORD, places_in, whole_address
from tracker.models import Account, Letter

PASSWORD_SALT = "reset-salt"  # noqa: S105  Flask-Security reads what is signed with it
PASSWORD_WITHIN = timedelta(days=3)
ADDRESS_SALT = "tracker-address"
ADDRESS_WITHIN = timedelta(days=1)
OLD = "This link was used, is older than a day, or is another person's. Ask for a new one on your account page."


def password_path(account: Account, *, secret_key: str) -> str:
    """The path of the page where this person sets a password: once, within three days."""
    return "/reset/" + str(_signer(PASSWORD_SALT, secret_key).dumps([account.fs_uniquifier, None]))


def address_path(account: Account, email: str, *, secret_key: str) -> str:
    """The path of the page where this person confirms the new address: within a day, while they have the old one."""
    return "/account/address/" + str(_signer(ADDRESS_SALT, secret_key).dumps([account.uid, account.email, email]))


def address_in(token: str, account: Account, *, secret_key: str) -> str:
    """The new address of a link to confirm it. Raises Refused for one that is old, used, or somebody else's."""
    try:
        uid, old, new = _signer(ADDRESS_SALT, secret_key).loads(token, max_age=int(ADDRESS_WITHIN.total_seconds()))
    except (BadData, ValueError, TypeError):
        raise Refused(OLD) from None
    if (uid, old) != (account.uid, account.email):
        raise Refused(OLD)
    return str(new)


def account_links(letter: Letter, account: Account, *, base_url: str, secret_key: str) -> dict[str, str]:
    """The addresses for the place-holders of a letter about the account."""
    paths = {
        PASSWORD: password_path(account, secret_key=secret_key),
        ADDRESS: address_path(account, letter.to_email, secret_key=secret_key),
    }
    places = places_in(letter.text_body) & paths.keys()
    return {place: whole_address(paths[place], base_url=base_url) for place in places}


def _signer(salt: str, secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt=salt)
