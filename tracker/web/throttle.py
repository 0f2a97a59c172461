"""Whoever guesses has to wait, longer each time; the person themselves is let in by a browser that they have used.

See `domain.sign_ins` for what is counted and how long the waits are, `services.throttle` for how it is counted.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from flask import Flask, Response, current_app, g, make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_security import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from tracker import clock
from tracker.db import transaction
from tracker.domain.addresses import address_key
from tracker.domain.sign_ins import Try, network_of
from tracker.models import Account
from tracker.services.throttle import Tried, forgive, try_once

KNOWN_FOR = timedelta(days=180)
CODES = ("security.two_factor_token_validation", "security.mf_recovery")
ONLY_A_SIGN_IN_IS_RIGHT = (*CODES, "security.wan_signin_response")  # for these go elsewhere when they are wrong, too
PASSWORD_AGAIN = ("security.verify", "security.change_password")


def install(app: Flask) -> None:
    app.before_request(wait_if_tried_too_often)
    app.after_request(forgive_what_was_right)


def wait_if_tried_too_often() -> ResponseReturnValue | None:
    """Count the try before it is looked at; 429 with the seconds to wait where it comes too soon."""
    tries = tried_now()
    if not tries:
        return None
    with transaction():
        seconds = try_once(tries, key=current_app.config["SECRET_KEY"], now=clock.now())
    if not seconds:
        g.tries = tries
        return None
    answer = make_response(render_template("sign_in/wait.html", wait=in_words(seconds)), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def tried_now() -> list[Tried]:
    """What the request tries, as it is counted; nothing for most."""
    if request.method != "POST":
        return []
    email = address_key(request.form.get("email", ""))
    match request.endpoint:
        case "security.login":
            browser = known_browser(email)
            return [(Try.BROWSER, browser)] if browser else [(Try.ACCOUNT, email), *from_address()]
        case "security.forgot_password":
            return [(Try.LETTER, email), *from_address()]
        case "security.wan_signin_response":
            return from_address()
        case endpoint if endpoint in CODES and "tf_user_id" in session:
            return [(Try.CODE, session["tf_user_id"])]
        case endpoint if endpoint in PASSWORD_AGAIN and current_user.is_authenticated:
            return [(Try.CODE, current_user.uid)]
    return []


def from_address() -> list[Tried]:
    """The address that asks, where it says anything."""
    network = network_of(request.remote_addr or "")
    return [(Try.ADDRESS, network)] if network else []


def forgive_what_was_right(response: Response) -> Response:
    """A try that was right is none; and the browser is known from now on in which somebody has signed in."""
    account: Account | None = g.pop("has_signed_in", None)
    tries = g.pop("tries", [])
    was_right = account is not None if request.endpoint in ONLY_A_SIGN_IN_IS_RIGHT else response.status_code == 302
    kept = [pair for pair in tries if pair[0] != Try.LETTER]
    if kept and was_right:
        with transaction():
            forgive(kept, key=current_app.config["SECRET_KEY"])
    if account is not None:
        remember_browser(response, account.email)
    return response


def known_browser(email: str) -> str:
    """The name of this browser if the person of this address has signed in with it before; else empty."""
    text = request.cookies.get(cookie_name(email), "")
    try:
        found: dict[str, str] = _signer().loads(text, max_age=int(KNOWN_FOR.total_seconds()))
    except BadData:
        return ""
    return found["browser"] if found["email"] == email else ""


def remember_browser(response: Response, email: str) -> None:
    """Put a cookie into the browser by which it is known; it signs nobody in."""
    browser = known_browser(email) or secrets.token_urlsafe(16)
    response.set_cookie(
        cookie_name(email), str(_signer().dumps({"email": email, "browser": browser})),
        max_age=KNOWN_FOR, httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"],
    )  # fmt: skip


def cookie_name(email: str) -> str:
    """One a person, for computers that several share."""
    return f"tracker_known_{hashlib.sha256(email.encode()).hexdigest()[:8]}"


def in_words(seconds: int) -> str:
    """`8 seconds`, `2 minutes`."""
    if seconds < 120:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{-(-seconds // 60)} minutes"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="tracker-known-browser")
