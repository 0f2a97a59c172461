"""What changes about an account is noted in the audit trail, and told to the person: it may not have been they.

Flask-Security tells of its changes by signals only; they are heard here.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, g, request, url_for
from flask_security import (
    ChangePasswordForm,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    wan_deleted,
    wan_registered,
)

from tracker import clock
from tracker.domain.audit import Change
from tracker.domain.letters import News, StillOpen
from tracker.domain.sign_in_log import Happening
from tracker.models import Account
from tracker.queries.api_tokens import tokens_of
from tracker.queries.calendar import has_feed
from tracker.services.account_letters import queue_news
from tracker.services.actors import Actor
from tracker.services.audit import note_change
from tracker.services.sign_ins import end_sign_ins
from tracker.web.loaders import installation
from tracker.web.sign_in_log import note, way_here
from tracker.web.sign_in_words import NOT_RIGHT


class ChangePassword(ChangePasswordForm):
    """The form for a new password; that the present one was not right is a try in vain, and goes into the log."""

    def validate(self, **more: Any) -> bool:
        is_right: bool = super().validate(**more)
        g.was_wrong = NOT_RIGHT in self.password.errors
        return is_right


def install(app: Flask) -> None:
    password_changed.connect(password_was_set, app)
    password_reset.connect(password_was_set, app)
    tf_profile_changed.connect(codes_are_asked_for, app)
    tf_disabled.connect(codes_are_asked_for_no_more, app)
    wan_registered.connect(passkey_was_added, app)
    wan_deleted.connect(passkey_was_removed, app)


def themselves(account: Account) -> Actor:
    """The person, acting on their own account."""
    return Actor(account.uid, "")


def tell(account: Account, news: News, *, to_email: str = "", **facts: Any) -> None:
    """Queue the letter that says what was changed; `facts` are the address or the iD that it names, or `still_open`."""
    queue_news(account, news, now=clock.now(), base_url=installation().base_url, to_email=to_email, **facts)


def noted(account: Account, news: News, happening: Happening, **facts: str) -> None:
    """Note the change in trail and log, and tell the person; `facts` are for the trail, and name nobody."""
    after = {name.replace("_", " "): fact for name, fact in facts.items()}
    note_change(Change.ACCOUNT_CHANGED, by=themselves(account), now=clock.now(), account=account, after=after)
    note(happening, account)
    tell(account, news)


def password_was_set(app: Flask, user: Account, **more: Any) -> None:
    """Every other browser is signed out; the one in which it was changed has begun anew already."""
    end_sign_ins(user, but=user.sign_in_key if "has_signed_in" in g else "")
    note_change(Change.PASSWORD_SET, by=themselves(user), now=clock.now(), account=user)
    note(Happening.PASSWORD_SET, user, way=way_here())
    tell(user, News.PASSWORD, still_open=still_open(user) if request.endpoint == "security.reset_password" else {})


def still_open(account: Account) -> dict[StillOpen, str]:
    """What a new password does not end, with the page where the person ends it.

    Who comes by a link may have lost more than the password; who knows the old one is told nothing new.
    """
    is_there = {StillOpen.TOKENS: bool(tokens_of(account.id)), StillOpen.CALENDAR: has_feed(account.id)}
    pages = {StillOpen.TOKENS: url_for("api_tokens.listing"), StillOpen.CALENDAR: url_for("calendar.week")}
    return {kind: pages[kind] for kind, there in is_there.items() if there}


def codes_are_asked_for(app: Flask, user: Account, **more: Any) -> None:
    noted(user, News.CODES, Happening.CODES_SET_UP, second_factor="codes of an app")


def codes_are_asked_for_no_more(app: Flask, user: Account, **more: Any) -> None:
    user.mf_recovery_codes = user.totp_counter = None
    noted(user, News.NO_CODES, Happening.CODES_GIVEN_UP, second_factor="none")


def passkey_was_added(app: Flask, user: Account, name: str, **more: Any) -> None:
    noted(user, News.PASSKEY, Happening.PASSKEY_ADDED, passkey="added")


def passkey_was_removed(app: Flask, user: Account, name: str, **more: Any) -> None:
    noted(user, News.NO_PASSKEY, Happening.PASSKEY_REMOVED, passkey="removed")
