"""The people of a journal: the chief editor adds them, changes their roles, and writes to them once more."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker import clock
from tracker.db import transaction
from tracker.domain.errors import BadInput, NotFound
from tracker.domain.words import spoken
from tracker.mail.smtp import DEMO
from tracker.models import Journal, Membership
from tracker.queries.journals import members_of
from tracker.services.accounts import give_role, take_role
from tracker.services.invitations import invite, invite_again
from tracker.web.failures import or_again
from tracker.web.loaders import actor, installation, journal_or_404, must_set_up
from tracker.web.settings import journal_page

pages = Blueprint("members", __name__)


@pages.post("/settings/<slug>/people")
@or_again(journal_page)
def add(slug: str) -> ResponseReturnValue:
    form = request.form
    with transaction():
        journal = chiefs_journal(slug)
        if not form.get("email", "").strip():
            raise BadInput("Whom do you want to add? Type their email address.")
        account = invite(
            journal, email=form.get("email", ""), name=form.get("person", ""), role=form.get("role", ""),
            by=actor(journal), inviter=current_user.display_name, now=clock.now(), base_url=installation().base_url,
        )  # fmt: skip
    flash(f"{account.email} was added. {letter_leaves(account.email)}", "success")
    return redirect(url_for("settings.show", slug=slug, _anchor="people"))


@pages.post("/settings/<slug>/people/<uid>/role")
@or_again(journal_page)
def change_role(slug: str, uid: str) -> ResponseReturnValue:
    with transaction():
        journal = chiefs_journal(slug)
        account, role = seat_of(journal, uid).account, request.form.get("role", "")
        if role == "none":
            changed = take_role(account, journal, by=actor(journal), now=clock.now())
        else:
            changed = give_role(account, journal, role, by=actor(journal), now=clock.now())
    has = "belongs to the journal no more" if role == "none" else f"is {spoken(role)} now"
    flash(f"{account.display_name} {has}." if changed else "Nothing was different.", "success")
    return redirect(url_for("settings.show", slug=slug, _anchor="people") if account.id != current_user.id else "/")


@pages.post("/settings/<slug>/people/<uid>/invite")
@or_again(journal_page)
def write_again(slug: str, uid: str) -> ResponseReturnValue:
    with transaction():
        journal = chiefs_journal(slug)
        seat = seat_of(journal, uid)
        invite_again(
            seat.account, journal, seat.role, inviter=current_user.display_name, now=clock.now(),
            base_url=installation().base_url,
        )  # fmt: skip
    flash(letter_leaves(seat.account.email), "success")
    return redirect(url_for("settings.show", slug=slug, _anchor="people"))


def chiefs_journal(slug: str) -> Journal:
    """The journal, for its chief editor. Raises NotFound and Refused."""
    journal = journal_or_404(slug)
    must_set_up(journal)
    return journal


def seat_of(journal: Journal, uid: str) -> Membership:
    """The place of this person in the journal. Raises NotFound."""
    for seat in members_of(journal.id):
        if seat.account.uid == uid:
            return seat
    raise NotFound("There is nobody of this name in the journal.")


def letter_leaves(email: str) -> str:
    smtp_url = installation().smtp_url
    if not smtp_url or smtp_url == DEMO:
        return (
            f"No letter can leave here: the person who runs the tracker makes a link by “tracker account link {email}”."
        )
    return f"A letter is on its way to {email}."
