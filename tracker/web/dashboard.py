"""The first page: what needs me now, what is late and with whom, what came in, who has what since when."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.roles import WRITERS
from tracker.queries.conflicts import own_work
from tracker.queries.dashboards import dashboard_of
from tracker.queries.listed import ListedManuscript
from tracker.queries.outbox import mail_to_decide
from tracker.web.loaders import chosen_memberships, hidden, whose
from tracker.web.next_steps import NextStep, next_step
from tracker.web.outgoing import how_many_do_not
from tracker.web.reminders import DAYS_AHEAD, letters_of_week

pages = Blueprint("dashboard", __name__)

LETTERS = 6


@pages.get("/")
def show() -> ResponseReturnValue:
    seats = chosen_memberships()
    roles = {seat.journal.slug: seat.role for seat in seats}
    may_act = any(role in WRITERS for role in roles.values())

    def step_of(row: ListedManuscript) -> NextStep | None:
        return next_step(row, roles[row.journal], whose(row.editor_uid))

    return render_template(
        "dashboard/show.html",
        board=dashboard_of(seats, today_of=clock.today, hidden=hidden()),
        own_work=own_work(hidden()),
        step_of=step_of,
        may_enter=may_act,
        mail=mail_to_decide([seat.journal_id for seat in seats], hidden=hidden()) if may_act else {},
        many_journals=len(seats) > 1,
    )


@pages.get("/outgoing")
def outgoing() -> ResponseReturnValue:
    """The letters of the week, for a corner of the dashboard: played through the engine, so asked for by themselves."""
    letters = [letter for seat in chosen_memberships() for letter in letters_of_week(seat.journal)]
    return render_template(
        "dashboard/_outgoing.html",
        letters=sorted((letter for letter in letters if letter.goes_out), key=lambda letter: letter.on),
        do_not=how_many_do_not(letters),
        shown=LETTERS,
        days_ahead=DAYS_AHEAD,
    )
