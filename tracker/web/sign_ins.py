"""Browsers that are signed in: each has a key of its own in its cookie, and a row that can be ended.

Flask-Security tells of sign-ins and sign-outs by signals only; they are heard here and nowhere else.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_login import user_logged_out  # type: ignore[import-untyped]  # it has no types
from flask_security import user_authenticated
from flask_security.utils import set_request_attr
from sqlalchemy.exc import OperationalError

from tracker import clock
from tracker.db import transaction
from tracker.domain.errors import NotFound
from tracker.domain.sign_in_log import Happening
from tracker.domain.sign_ins import SEEN_AGAIN_AFTER
from tracker.formats.devices import device_in_words
from tracker.models import Account
from tracker.queries.sign_ins import Here
from tracker.services.sign_ins import begin_sign_in, end_sign_in, note_seen
from tracker.web.sign_in_log import note, way_here

COOKIE = "_user_id"  # Flask-Login's name for what `Account.get_id` gives; “stay signed in” keeps the same


def install(app: Flask) -> None:
    """Know people by their sign-in. Comes after Flask-Security, whose own way it replaces."""
    app.login_manager.user_loader(person_of)  # type: ignore[attr-defined]  # flask-security puts it there
    user_authenticated.connect(begun, app)
    user_logged_out.connect(ended, app)
    app.after_request(seen)


def person_of(key: str) -> Account | None:
    """The person whose browser has this key, while the sign-in lasts."""
    account: Account | None = current_app.extensions["security"].datastore.find_user(sign_in_key=key)
    if account is not None:
        set_request_attr("fs_authn_via", "session")
        set_request_attr("fs_paa", session.get("fs_paa", 0))
    return account


def this_sign_in() -> int:
    """The number of the sign-in by which the person asks."""
    here: Here = g.sign_in
    return here.id


def begun(app: Flask, user: Account, authn_via: list[str] | None, **more: Any) -> None:
    """Give the browser a key; the view that signs in commits. After a change of password it only begins anew."""
    kept = session.get("_remember") == "set"
    user.sign_in_key = session[COOKIE] = begin_sign_in(
        user, now=clock.now(), kept=kept, address=request.remote_addr or "",
        device=device_in_words(request.user_agent.string),
    )  # fmt: skip
    g.has_signed_in = user
    if authn_via != ["change"]:
        note(Happening.SIGNED_IN, user, way=way_here())


def ended(app: Flask, user: Account, **more: Any) -> None:
    """The browser's key works no more, wherever a copy of the cookie may be."""
    here: Here | None = g.pop("sign_in", None)
    if here is not None:
        with suppress(NotFound), transaction():
            end_sign_in(user, here.id)
            note(Happening.SIGNED_OUT, user)


def seen(response: Response) -> Response:
    """Note every few minutes that the browser is in use. A disk that takes no notes keeps nobody from their work."""
    here: Here | None = g.get("sign_in")
    now = clock.now()
    if here is not None and now - here.seen_at > SEEN_AGAIN_AFTER:
        try:
            with transaction():
                note_seen(here.id, address=request.remote_addr or "", now=now)
        except OperationalError as error:
            current_app.logger.error("that a browser was seen could not be noted", exc_info=error)
    return response
