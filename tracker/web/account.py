"""A person's own account: who they are here, how they sign in, and where they are signed in."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user

from tracker import clock
from tracker.db import db, transaction
from tracker.domain.letters import News
from tracker.domain.sign_in_log import KEPT, Happening, in_words
from tracker.domain.sign_ins import FRESH
from tracker.models import Account
from tracker.queries.sign_in_log import last_sign_ins_of
from tracker.queries.sign_ins import sign_ins_of
from tracker.services.account_letters import queue_address_letter
from tracker.services.account_links import address_in
from tracker.services.accounts import account_with, change_address, checked_email, rename
from tracker.services.sign_ins import end_sign_in, end_sign_ins
from tracker.web.account_changes import noted, tell, themselves
from tracker.web.failures import Problem, or_again
from tracker.web.loaders import installation, memberships
from tracker.web.sign_in_log import note
from tracker.web.sign_ins import this_sign_in

pages = Blueprint("account", __name__)

LAST = 10  # lines of the log of sign-ins on the page
fresh = auth_required("session", within=lambda: FRESH, grace=lambda: FRESH)


def person() -> Account:
    """The signed-in person's account, as the transaction knows it."""
    return cast(Account, db.session.merge(current_user._get_current_object()))


@pages.get("/account/")
def show(problem: Problem | None = None) -> ResponseReturnValue:
    return render_template(
        "account/show.html",
        account=current_user,
        seats=memberships(),
        sign_ins=sign_ins_of(current_user, clock.now()),
        this=this_sign_in(),
        log=last_sign_ins_of(current_user, LAST),
        log_days=KEPT.days,
        in_words=in_words,
        codes_left=len(current_user.mf_recovery_codes or []),
        has_orcid="orcid" in current_app.blueprints,
        typed_name=request.form.get("name", current_user.name),
        problem=problem,
    )


@pages.post("/account/name")
@or_again(show)
def save_name() -> ResponseReturnValue:
    with transaction():
        account = person()
        changed = rename(account, request.form.get("name", ""), by=themselves(account), now=clock.now())
    flash("Your name is saved." if changed else "Nothing was different.", "success")
    return redirect(url_for("account.show"))


@pages.post("/account/sign-ins/<int:sign_in_id>/end")
def end_one(sign_in_id: int) -> ResponseReturnValue:
    with transaction():
        account = person()
        end_sign_in(account, sign_in_id)
        note(Happening.SIGNED_OUT, account)
    flash("That browser is signed out.", "success")
    return redirect(url_for("account.show"))


@pages.post("/account/sign-ins/end-others")
def end_others() -> ResponseReturnValue:
    with transaction():
        account = person()
        number = end_sign_ins(account, but=current_user.sign_in_key)
        if number:
            noted(account, News.SIGNED_OUT, Happening.SIGNED_OUT, sign_ins="all others ended")
    flash("You are signed in nowhere else now.", "success")
    return redirect(url_for("account.show"))


@pages.get("/account/address")
@fresh
def ask_address(problem: Problem | None = None) -> ResponseReturnValue:
    return render_template("account/address.html", typed=request.form.get("email", ""), problem=problem)


@pages.post("/account/address")
@fresh
@or_again(ask_address)
def send_address() -> ResponseReturnValue:
    """Send a link to the new address. Whether somebody else has it is not said: it is nobody's business."""
    with transaction():
        account, email = person(), checked_email(request.form.get("email", ""))
        if account_with(email) is None:
            queue_address_letter(account, email, now=clock.now(), base_url=installation().base_url)
    flash(f"A letter with a link is on its way to {email}. Your address changes when you follow it.", "success")
    return redirect(url_for("account.show"))


@pages.get("/account/address/<token>")
def ask_confirmation(token: str) -> ResponseReturnValue:
    email = address_in(token, current_user, secret_key=installation().secret_key)
    return render_template("account/confirm_address.html", token=token, email=email)


@pages.post("/account/address/<token>")
def confirm_address(token: str) -> ResponseReturnValue:
    """Only a POST changes anything: mail scanners follow links. The old address is told."""
    with transaction():
        account = person()
        email = address_in(token, account, secret_key=installation().secret_key)
        old = change_address(account, email, by=themselves(account), now=clock.now())
        tell(account, News.ADDRESS, to_email=old, address=account.email)
    flash(f"Your address is {account.email} now: sign in with it.", "success")
    return redirect(url_for("account.show"))
