"""What goes into the log of sign-ins, from the requests in which it happens.

What was done is noted in the transaction that does it. A try in vain is noted after it, in one of its own; the answer
stands, whether there was room for the note or not.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request, session
from flask_security import current_user
from sqlalchemy.exc import OperationalError

from tracker import clock
from tracker.db import transaction
from tracker.domain.addresses import address_key
from tracker.domain.sign_in_log import Happening, Way
from tracker.models import Account
from tracker.services.sign_in_log import note_sign_in, veiled

WAYS = {
    "security.login": Way.PASSWORD,
    "security.verify": Way.PASSWORD,
    "security.change_password": Way.PASSWORD,
    "security.two_factor_token_validation": Way.CODE,
    "security.mf_recovery": Way.RECOVERY_CODE,
    "security.wan_signin_response": Way.PASSKEY,
    "security.forgot_password": Way.LINK,
    "security.reset_password": Way.LINK,
    "orcid.back": Way.ORCID,
}
# The status with which a form comes back when what was typed is wrong.
WRONG = {
    "security.login": 200,
    "security.verify": 200,
    "security.two_factor_token_validation": 200,
    "security.mf_recovery": 200,
    "security.wan_signin_response": 302,
}


def install(app: Flask) -> None:
    app.after_request(note_tries)


def note(what: Happening, account: Account | None, *, way: Way | None = None, tried: str = "") -> None:
    """Note what happened in this request; with `tried`, that which is no account."""
    note_sign_in(
        what, now=clock.now(), address=request.remote_addr or "", way=way, account=account.uid if account else None,
        tried=veiled(tried, current_app.config["SECRET_KEY"]) if tried else "",
    )  # fmt: skip


def way_here() -> Way | None:
    """The way in that this request belongs to."""
    return WAYS.get(request.endpoint or "")


def note_tries(response: Response) -> Response:
    """Note a try in vain, and that somebody has to wait."""
    what = _outcome(response)
    if what is None:
        return response
    try:
        with transaction():
            account = _meant()
            tried = "" if account else address_key(request.form.get("email", ""))
            note(what, account, way=way_here(), tried=tried)
    except OperationalError as error:
        current_app.logger.error("a sign-in that failed could not be noted", exc_info=error)
    return response


def _outcome(response: Response) -> Happening | None:
    if request.method != "POST" or way_here() is None or "has_signed_in" in g:
        return None
    if response.status_code == 429:
        return Happening.HELD_UP
    was_wrong = response.status_code == WRONG.get(request.endpoint or "") or g.get("was_wrong", False)
    return Happening.FAILED if was_wrong else None


def _meant() -> Account | None:
    """Whose account it was to be: of the address that was typed, of the password before the code, or one's own."""
    if current_user.is_authenticated:
        return current_user  # type: ignore[no-any-return]  # a proxy of an Account
    store = current_app.extensions["security"].datastore
    if request.endpoint in ("security.two_factor_token_validation", "security.mf_recovery"):
        asked: Account | None = store.find_user(fs_uniquifier=session.get("tf_user_id", ""))
        return asked
    email = address_key(request.form.get("email", ""))
    return store.find_user(email=email) if email else None
