"""What is due and what goes out today and this week, and the same as a feed for a person's own calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker import clock
from tracker.db import transaction
from tracker.domain.errors import NotFound
from tracker.formats.icalendar_feed import DayEntry, icalendar_feed
from tracker.models import Journal
from tracker.queries.calendar import (
    DueEntry,
    due_between,
    has_feed,
    journals_of_account,
    overdue_count,
    owner_of_feed,
)
from tracker.queries.conflicts import authored_by, references_of
from tracker.queries.reminders import PlannedLetter, planned_letters
from tracker.services.calendar_feeds import make_feed, revoke_feed
from tracker.services.hashed_secrets import hash_of
from tracker.web.loaders import chosen_memberships, from_outside, hidden
from tracker.web.outgoing import how_many_do_not, how_many_go_out
from tracker.web.saved_views import own_account
from tracker.web.sign_in import public

pages = Blueprint("calendar", __name__)

WEEK = timedelta(days=6)
FEED_BACK, FEED_AHEAD = timedelta(days=90), timedelta(days=365)


@pages.get("/calendar/")
def week() -> ResponseReturnValue:
    journals = [seat.journal for seat in chosen_memberships()]
    due, letters = due_in_week(journals, hidden()), letters_in_week(journals, hidden())
    today = min((clock.today(journal.timezone) for journal in journals), default=None)
    return render_template(
        "calendar/week.html",
        days=by_day(due, letters),
        on=today,
        total=len(due),
        go_out=how_many_go_out(letters) if letters else "",
        do_not=how_many_do_not(letters),
        late=sum(overdue_count([one.id], clock.today(one.timezone), hidden=hidden()) for one in journals),
        has_feed=has_feed(current_user.id),
    )


def due_in_week(journals: Iterable[Journal], unseen: Sequence[int]) -> list[DueEntry]:
    """What is due from today on, by each journal's own calendar; nothing of what the person is an author of."""
    days = [(journal, clock.today(journal.timezone)) for journal in journals]
    return [entry for journal, today in days for entry in due_between([journal.id], today, today + WEEK, hidden=unseen)]


def letters_in_week(journals: Iterable[Journal], unseen: Sequence[int]) -> list[PlannedLetter]:
    own = references_of(unseen)
    days = [(journal, clock.today(journal.timezone)) for journal in journals]
    return [
        letter
        for journal, today in days
        for letter in planned_letters([journal.id], today, today + WEEK, now=clock.now())
        if not letter.mentions(own)
    ]


def by_day(
    due: Iterable[DueEntry], letters: Iterable[PlannedLetter]
) -> list[tuple[date, list[DueEntry], list[PlannedLetter]]]:
    """Day by day: what is due, and what goes out."""
    due, letters = list(due), list(letters)
    days = sorted({entry.on for entry in due} | {letter.on for letter in letters})
    return [(on, [one for one in due if one.on == on], [one for one in letters if one.on == on]) for on in days]


@pages.post("/calendar/feed")
def make() -> ResponseReturnValue:
    """Make the secret address, and show it this once."""
    with transaction():
        token = make_feed(own_account(), now=clock.now())
    return render_template("calendar/made.html", address=from_outside(url_for(".feed", token=token)))


@pages.post("/calendar/feed/revoke")
def revoke() -> ResponseReturnValue:
    with transaction():
        revoke_feed(own_account())
    flash("The calendar address does not work any more. A new one can be made at any time.", "success")
    return redirect(url_for(".week"))


@pages.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """The feed of whoever has this secret. Raises NotFound for one that was revoked or never made."""
    account = owner_of_feed(hash_of(token))
    if account is None:
        raise NotFound("There is no such calendar.")
    journals = journals_of_account(account.id)
    name = journals[0].title if len(journals) == 1 else "Journal Tracker"
    unseen = authored_by(account, [one.id for one in journals])
    answer = Response(icalendar_feed(name, entries_of(journals, unseen), now=clock.now()))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    return answer


def entries_of(journals: Iterable[Journal], unseen: Sequence[int]) -> list[DayEntry]:
    """Due dates, and the letters of the week that go out: with references and titles, and nobody's name."""
    journals = list(journals)
    entries = []
    for journal in journals:
        today = clock.today(journal.timezone)
        for one in due_between([journal.id], today - FEED_BACK, today + FEED_AHEAD, hidden=unseen):
            late = "Late: " if one.on < today else ""
            entries.append(DayEntry(one.key, one.on, late + one.words, one.title, page_of(one.reference)))
    for letter in letters_in_week(journals, unseen):
        if not letter.goes_out:
            continue
        key = f"letter-{letter.reference}-{letter.task.replace(':', '-')}-{letter.step}"
        words = f"Letter goes out: {letter.reference}"
        entries.append(DayEntry(key, letter.on, words, "An automatic reminder.", page_of(letter.reference)))
    return entries


def page_of(reference: str) -> str:
    return from_outside(url_for("manuscripts.show", reference=reference))
