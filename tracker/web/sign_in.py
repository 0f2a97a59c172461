"""Signing in: Flask-Security on our accounts, without its global roles. What follows it is in files of its own:
`sign_ins` (browsers that are signed in), `throttle` (guessing gets slow), `second_factors`, `account_changes`, `orcid`.

Every page asks for a signed-in person unless its view is marked `public`: a new page cannot forget it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import ForgotPasswordForm, MailUtil, PasswordUtil, Security, current_user
from flask_security.core import RoleMixin
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.utils import hash_password
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from tracker import clock
from tracker.config import Settings
from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.errors import BadInput
from tracker.domain.sign_ins import FRESH, LONGEST
from tracker.mail.smtp import DEMO
from tracker.models import Account, Passkey
from tracker.queries.sign_ins import signed_in
from tracker.services.account_letters import queue_password_letter
from tracker.services.account_links import PASSWORD_SALT, PASSWORD_WITHIN, password_path
from tracker.services.hashed_secrets import hash_of
from tracker.services.passwords import SHORTEST_PASSWORD, check_password, must_not_have_leaked
from tracker.web import account_changes, second_factors, sign_in_log, sign_in_words, sign_ins, throttle
from tracker.web.interrupted import interrupted
from tracker.web.loaders import installation

View = TypeVar("View", bound=Callable[..., Any])

OUR_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")
RESET_TEMPLATE = "security/email/reset_instructions"
FORGOTTEN = {True: "security/forgot_password.html", False: "sign_in/forgotten.html"}  # by whether letters leave


class AccountStore(SQLAlchemyUserDatastore):
    """Accounts for Flask-Security. There are no global roles: a role belongs to a membership in a journal."""

    def __init__(self) -> None:
        super().__init__(db, Account, RoleMixin, Passkey)

    def find_user(self, case_insensitive: bool = False, **named: Any) -> Account | None:
        """The account that has this; by `sign_in_key`, the one whose browser it is, while it is signed in."""
        if "sign_in_key" not in named:
            found = cast(Account | None, super().find_user(case_insensitive, **named))
            return still_theirs(found) if found and sets_password() else found
        pair = signed_in(hash_of(named["sign_in_key"]), clock.now())
        if pair is None:
            return None
        account, g.sign_in = pair
        account.sign_in_key = named["sign_in_key"]
        return account

    def find_role(self, role: str) -> None:
        return None


def sets_password() -> bool:
    """Whether the request sets a password by a link."""
    return request.endpoint == "security.reset_password" and request.method == "POST"


def still_theirs(account: Account) -> Account | None:
    """The account, if its link is still good when it is its turn: whoever used it a moment ago has changed the key."""
    key = account.fs_uniquifier
    db.session.refresh(account, with_for_update={"of": Account})
    return account if account.fs_uniquifier == key else None


class Letters(MailUtil):
    """Email addresses as people type them at sign-in; and letters, which go into our outbox."""

    def normalize(self, email: str) -> str:
        return address_key(email)

    validate = normalize

    def send_mail(self, template: str, *args: Any, user: Account | None = None, **more: Any) -> None:
        """Queue the letter, with its link left open: that is made as the letter leaves, and stands nowhere before."""
        if template == RESET_TEMPLATE and user is not None:
            queue_password_letter(user, now=clock.now(), base_url=installation().base_url)
            db.session.commit()


class ForgotPassword(ForgotPasswordForm):
    """The form that asks for a letter. Its time tells nobody who has an account: one hash is made for every address."""

    def validate(self, **more: Any) -> bool:
        is_there: bool = super().validate(**more)
        if is_there:
            hash_password("nobody's password")  # where there is no account, the view makes one
        return is_there


class Passwords(PasswordUtil):
    """The one policy for passwords, wherever they are set."""

    def validate(self, password: str, is_register: bool, **more: Any) -> tuple[list[str] | None, str]:
        password = self.normalize(password)
        known = current_app.config["TRACKER_SETTINGS"].breached_passwords
        try:
            check_password(password, more.get("user"))
            if known:
                must_not_have_leaked(password, known)
        except BadInput as refused:
            return [str(refused)], password
        return None, password


def security_settings(secret_key: str, told: Settings) -> dict[str, Any]:
    """How Flask-Security is to behave here. The salt follows from the secret key, so there is one secret to keep."""
    sends_letters = bool(told.smtp_url) and told.smtp_url != DEMO
    return {
        **second_factors.settings(secret_key, required=told.second_factor == "required"),
        **sign_in_words.MESSAGES,
        "SECURITY_PASSWORD_SALT": hashlib.sha256(f"password salt {secret_key}".encode()).hexdigest(),
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_FORGOT_PASSWORD_TEMPLATE": FORGOTTEN[sends_letters],
        "SECURITY_HASHING_SCHEMES": ["hex_sha256"],  # of the link that ours replaces, so it need not be slow
        "SECURITY_RESET_SALT": PASSWORD_SALT,
        "SECURITY_RESET_PASSWORD_WITHIN": PASSWORD_WITHIN,
        "SECURITY_EMAIL_PLAINTEXT": False,  # the words of letters are ours
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_CHANGE_URL": "/account/password",
        "SECURITY_POST_CHANGE_VIEW": "/account/",
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_FRESHNESS": FRESH,
        "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH,
        "SECURITY_DATETIME_FACTORY": clock.now,
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/login",
        "SECURITY_POST_RESET_VIEW": "/login",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
    }  # fmt: skip


def install(app: Flask) -> None:
    """Put sign-in, sign-out and the setting of passwords on the application, and a door before every other page."""
    for name, value in security_settings(app.config["SECRET_KEY"], app.config["TRACKER_SETTINGS"]).items():
        app.config.setdefault(name, value)
    app.config.setdefault("REMEMBER_COOKIE_DURATION", LONGEST)
    security = Security(
        app, AccountStore(), mail_util_cls=Letters, password_util_cls=Passwords, totp_cls=second_factors.Codes,
        mf_recovery_codes_util_cls=second_factors.RecoveryCodes, webauthn_util_cls=second_factors.Passkeys,
        change_password_form=account_changes.ChangePassword, forgot_password_form=ForgotPassword,
    )  # fmt: skip
    security.want_json(lambda request: False)  # people sign in by forms, and programs do not
    app.before_request(only_forms)
    app.before_request(forget_elsewhere)
    app.before_request(require_sign_in)
    app.before_request(ask_no_code_within)
    throttle.install(app)
    sign_in_log.install(app)  # after it: it looks at the answer first
    app.before_request(write_at_once)
    sign_ins.install(app)
    account_changes.install(app)


def only_forms() -> None:
    """No JSON to the pages of Flask-Security: what is counted and checked of a form would not be of that."""
    if request.is_json and (request.endpoint or "").startswith("security."):
        abort(415)


def public(view: View) -> View:
    """Mark a view that needs no sign-in."""
    view.is_public = True  # type: ignore[attr-defined]  # a mark that safety reads
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


def ask_no_code_within() -> ResponseReturnValue | None:
    """The page that asks for a code belongs to signing in: opened by somebody who is, it would sign them out."""
    if request.endpoint == "security.two_factor_token_validation" and current_user.is_authenticated:
        return redirect(url_for("account.show"))
    return None


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
    """The path of a page where this person sets a password: it works once, for three days. Needs no request."""
    return password_path(account, secret_key=installation().secret_key)
