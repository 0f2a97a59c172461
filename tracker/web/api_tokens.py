"""A person's own tokens for the API: made here and shown once, and revoked here.

A token is another way into the account: the page asks for the password again, as for the other ways. Taking one away
does not.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker import clock
from tracker.db import transaction
from tracker.domain.errors import BadInput
from tracker.queries.api_tokens import tokens_of
from tracker.services.actors import Actor
from tracker.services.api_tokens import make_token, revoke_token
from tracker.web.account import fresh
from tracker.web.failures import Problem, or_again
from tracker.web.loaders import from_outside
from tracker.web.saved_views import own_account

pages = Blueprint("api_tokens", __name__, url_prefix="/account/tokens")

FOREVER = "0"
LASTING = {"30": "30 days", "90": "90 days", "365": "a year", FOREVER: "until I revoke it"}


@pages.get("/")
@fresh
def listing(problem: Problem | None = None) -> ResponseReturnValue:
    return render_template(
        "api_tokens/list.html",
        tokens=tokens_of(current_user.id),
        lasting=list(LASTING.items()),
        now=clock.now(),
        typed=request.form or {"days": "90", "scope": "read"},
        problem=problem,
    )


@pages.post("/")
@fresh
@or_again(listing)
def make() -> ResponseReturnValue:
    """Make a token, and show it this once."""
    form, now = request.form, clock.now()
    if form.get("days") not in LASTING:
        raise BadInput("Choose how long the token is to last.")
    days = None if form["days"] == FOREVER else int(form["days"])
    with transaction():
        account = own_account()
        by = Actor(account.uid, "own account")
        token, text = make_token(
            account, name=form.get("name", ""), scope=form.get("scope", ""), days=days, by=by, now=now
        )
    example = from_outside(url_for("dashboard.show")) + "api/v1/manuscripts"
    return render_template("api_tokens/made.html", token=token, text=text, example=example)


@pages.post("/<uid>/revoke")
def revoke(uid: str) -> ResponseReturnValue:
    with transaction():
        account = own_account()
        token = revoke_token(account, uid, by=Actor(account.uid, "own account"), now=clock.now())
    flash(f"The token “{token.name}” works no more.", "success")
    return redirect(url_for(".listing"))
