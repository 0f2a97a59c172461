"""Signing in with an ORCID iD, where an installation has switched it on: OpenID Connect, by Authlib.

Only an iD that somebody has linked to their account opens it; nobody gets an account by having one. Authlib keeps
state, nonce and the PKCE verifier in the session, and checks them and the signature of what comes back.
"""

from __future__ import annotations

import re
import time
from typing import Any

from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # it ships no types
from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]  # it has no types
from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, session
from flask import url_for as url
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_security.utils import login_user
from joserfc.errors import JoseError
from requests import RequestException

from tracker import clock
from tracker.config import Settings
from tracker.db import transaction
from tracker.domain.errors import Refused
from tracker.domain.letters import News
from tracker.domain.sign_in_log import Happening, Way
from tracker.models import Account
from tracker.services.accounts import link_orcid
from tracker.web.account import fresh, person
from tracker.web.account_changes import tell, themselves
from tracker.web.sign_in import only_ours, public
from tracker.web.sign_in_log import note

pages = Blueprint("orcid", __name__)

ORCID_ID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
LINKING_SECONDS = 600
UNKNOWN = (
    "No account here is linked to this ORCID iD. Sign in by password, and link it on your account page; "
    "people get accounts from the chief editor of their journal."
)
NOTHING_CAME = "ORCID did not say who you are. Please try once more, or sign in by password."
SILENT = "ORCID cannot be reached just now. Sign in by password, or try again later."


def install(app: Flask) -> None:
    """Put the pages on the application, if it is known to ORCID."""
    settings: Settings = app.config["TRACKER_SETTINGS"]
    if not settings.orcid_client_id:
        return
    OAuth(app).register(
        "orcid", client_id=settings.orcid_client_id, client_secret=settings.orcid_client_secret,
        server_metadata_url=f"{settings.orcid_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid", "code_challenge_method": "S256", "token_endpoint_auth_method": "client_secret_post",
            "timeout": 10,
        },
    )  # fmt: skip
    app.register_blueprint(pages)
    app.jinja_env.globals["orcid_is_on"] = True


@pages.get("/sign-in/orcid")
@public
def start() -> ResponseReturnValue:
    """Send the browser to ORCID. Nothing is changed by it; what comes back is believed with this session's state."""
    session["orcid_next"] = only_ours(request.args).get("next", "/")
    try:
        answer: ResponseReturnValue = client().authorize_redirect(url("orcid.back", _external=True, **scheme()))
    except (RequestException, AuthlibBaseError) as error:
        return nothing_came(error, SILENT)
    return answer


@pages.get("/sign-in/orcid/back")
@public
def back() -> ResponseReturnValue:
    """Whom ORCID says it is: sign them in, or link the iD to the account whose person asked for that here just now."""
    wanted, linking = session.pop("orcid_next", "/"), session.pop("orcid_linking", None)
    try:
        told = client().authorize_access_token()
        orcid = str(told["userinfo"]["sub"])
    except (RequestException, AuthlibBaseError, JoseError, KeyError) as error:
        return nothing_came(error, NOTHING_CAME)
    if not ORCID_ID.fullmatch(orcid):
        return nothing_came(ValueError("no ORCID iD"), NOTHING_CAME)
    if current_user.is_authenticated:
        return linked(orcid, linking)
    return signed_in(orcid, wanted)


def signed_in(orcid: str, wanted: str) -> ResponseReturnValue:
    with transaction():
        account = current_app.extensions["security"].datastore.find_user(orcid=orcid)
        if account is None or not account.active:
            note(Happening.FAILED, account, way=Way.ORCID, tried="" if account else orcid)
            flash(UNKNOWN, "error")
            return redirect(url("security.login"))
        asked = current_app.extensions["security"].two_factor_plugins.tf_enter(account, False, "orcid", wanted)
        if asked is None:
            login_user(account, remember=False, authn_via=["orcid"])
    answer: ResponseReturnValue = asked or redirect(wanted)
    return answer


def linked(orcid: str, linking: Any) -> ResponseReturnValue:
    if not linking or linking[0] != current_user.uid or time.time() - linking[1] > LINKING_SECONDS:
        return redirect("/")
    with transaction():
        account = person()
        link_orcid(account, orcid, by=themselves(account), now=clock.now())
        note(Happening.ORCID_LINKED, account)
        tell(account, News.ORCID, orcid=orcid)
    flash(f"Your ORCID iD {orcid} is linked: from now on you can sign in with it.", "success")
    return redirect(url("account.show"))


@pages.get("/account/orcid")
@fresh
def settings() -> ResponseReturnValue:
    return render_template("account/orcid.html", account=current_user, ready=False)


@pages.post("/account/orcid")
@fresh
def ask_to_link() -> ResponseReturnValue:
    """From here a link leads to ORCID, and not a redirect: browsers let no form of ours end up elsewhere."""
    session["orcid_linking"] = [current_user.uid, time.time()]
    return render_template("account/orcid.html", account=current_user, ready=True)


@pages.post("/account/orcid/unlink")
@fresh
def unlink() -> ResponseReturnValue:
    with transaction():
        account: Account = person()
        if account.orcid is None:
            raise Refused("No ORCID iD is linked to your account.")
        link_orcid(account, None, by=themselves(account), now=clock.now())
        note(Happening.ORCID_UNLINKED, account)
        tell(account, News.NO_ORCID)
    flash("Your ORCID iD is unlinked.", "success")
    return redirect(url("account.show"))


def client() -> Any:
    return current_app.extensions["authlib.integrations.flask_client"].orcid


def scheme() -> dict[str, str]:
    """As people see us: behind a web server, the request does not say that it came by HTTPS."""
    return {"_scheme": "https"} if current_app.config["SESSION_COOKIE_SECURE"] else {}


def nothing_came(error: Exception, sentence: str) -> ResponseReturnValue:
    current_app.logger.warning("signing in with ORCID failed: %s", type(error).__name__)
    flash(sentence, "error")
    return redirect(url("account.show" if current_user.is_authenticated else "security.login"))
