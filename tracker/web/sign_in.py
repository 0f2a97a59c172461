"""Signing in by email address and password: Flask-Security on our accounts, without its global roles.

Every page asks for a signed-in person unless its view is marked `public`: a new page cannot forget it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import MailUtil, Security, current_user
from flask_security.core import RoleMixin
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.recoverable import generate_reset_password_token
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from tracker.db import db
from tracker.models import Account
from tracker.services.accounts import SHORTEST_PASSWORD
from tracker.web.interrupted import interrupted

View = TypeVar("View", bound=Callable[..., Any])

OUR_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")
WRONG = "The email address or the password is not right. Check both, or set a new password."


class AccountStore(SQLAlchemyUserDatastore):
    """Accounts for Flask-Security. There are no global roles: a role belongs to a membership in a journal."""

    def __init__(self) -> None:
        super().__init__(db, Account, RoleMixin)

    def find_role(self, role: str) -> None:
        return None


class Addresses(MailUtil):
    """Email addresses as people type them at sign-in.

    No letter is sent: everybody of a journal reads its outbox, and a password link is nobody else's to read.
    """

    def normalize(self, email: str) -> str:
        return email.strip().casefold()

    validate = normalize

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        current_app.logger.info("a new password was asked for; its link is made with “tracker account link”")


def security_settings(secret_key: str) -> dict[str, Any]:
    """How Flask-Security is to behave here. The salt follows from the secret key, so there is one secret to keep."""
    return {
        "SECURITY_PASSWORD_SALT": hashlib.sha256(f"password salt {secret_key}".encode()).hexdigest(),
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_FORGOT_PASSWORD_TEMPLATE": "sign_in/forgotten.html",
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(days=3),
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/login",
        "SECURITY_POST_RESET_VIEW": "/login",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": (WRONG, "error"),
        "SECURITY_MSG_INVALID_RESET_PASSWORD_TOKEN": ("This link was used or is incomplete. Ask for another.", "error"),
        "SECURITY_MSG_PASSWORD_RESET_EXPIRED": ("This link is older than %(within)s. Ask for a new one.", "error"),
        "SECURITY_MSG_PASSWORD_RESET_NO_LOGIN": ("Your password is set. Sign in with it.", "success"),
        "SECURITY_MSG_PASSWORD_INVALID_LENGTH": ("The password needs at least %(length)s characters.", "error"),
        "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": ("The two passwords are not the same. Type both again.", "error"),
        "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Type your password.", "error"),
        "SECURITY_MSG_EMAIL_NOT_PROVIDED": ("Type your email address.", "error"),
    }  # fmt: skip


def install(app: Flask) -> None:
    """Put sign-in, sign-out and the setting of passwords on the application, and a door before every other page."""
    for name, value in security_settings(app.config["SECRET_KEY"]).items():
        app.config.setdefault(name, value)
    Security(app, AccountStore(), mail_util_cls=Addresses)
    app.before_request(forget_elsewhere)
    app.before_request(require_sign_in)
    app.before_request(write_at_once)


def public(view: View) -> View:
    """Mark a view that needs no sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public(endpoint: str) -> bool:
    """Whether this endpoint may be seen without signing in: the sign-in itself, static files, and what is marked."""
    view = current_app.view_functions.get(endpoint)
    return endpoint == "static" or endpoint.startswith("security.") or getattr(view, "is_public", False)


def require_sign_in() -> ResponseReturnValue | None:
    if request.endpoint is None or is_public(request.endpoint) or current_user.is_authenticated:
        return None
    if request.method == "POST" or request.headers.get("HX-Request") == "true":
        return interrupted()
    flash("Please sign in to see this page." if request.path != "/" else "Please sign in.", "info")
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def write_at_once() -> None:
    """Setting a password reads, then writes: on SQLite such a transaction must begin as a writing one."""
    if request.method == "POST" and (request.endpoint or "").startswith("security."):
        session = db.session()
        session.rollback()
        session.connection(execution_options={"tracker_writes": True})


def forget_elsewhere() -> None:
    """People go to a page of ours from here: `next` is dropped if it is //elsewhere, /\\elsewhere or an address."""
    if (request.endpoint or "").startswith("security."):
        request.args, request.form = only_ours(request.args), only_ours(request.form)


def only_ours(values: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """The same values without a `next` that leads out."""
    is_ours = OUR_PATH.fullmatch(values.get("next", "/"))
    return ImmutableMultiDict([pair for pair in values.items(multi=True) if is_ours or pair[0] != "next"])


def one_time_password_link(account: Account) -> str:
    """The path of a page where this person sets a password: it works once, for three days. Needs no request.

    Installs sign-in on an application without pages, so that the command line can call it.
    """
    if "security" not in current_app.extensions:
        install(current_app._get_current_object())  # type: ignore[attr-defined]
    paths = current_app.url_map.bind("localhost")
    token = generate_reset_password_token(account)  # type: ignore[no-untyped-call]  # Flask-Security's own
    return paths.build("security.reset_password", {"token": token})
