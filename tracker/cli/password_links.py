"""One-time links to set a password, as whole addresses that can be passed on."""

from __future__ import annotations

from tracker.cli.session import installation
from tracker.mail.links import whole_address
from tracker.models import Account
from tracker.services.account_links import password_path


def password_link(account: Account) -> str:
    """The address of the page where this person sets a password. It works once, for three days."""
    told = installation()
    return whole_address(password_path(account, secret_key=told.secret_key), base_url=told.base_url)
