"""One-time links to set a password, as whole addresses that can be passed on."""

from __future__ import annotations

from flask import current_app

from tracker.config import Settings
from tracker.models import Account
from tracker.web.sign_in import one_time_password_link


def password_link(account: Account) -> str:
    """The address of the page where this person sets a password. It works once, for three days."""
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings.base_url.rstrip("/") + one_time_password_link(account)
