"""One-time links to set a password, as whole addresses that can be passed on."""

from __future__ import annotations

from tracker.models import Account
from tracker.services.account_links import password_path, whole_address


def password_link(account: Account) -> str:
    """The address of the page where this person sets a password. It works once, for three days."""
    return whole_address(password_path(account))
