"""The first page: what needs me now, what is late and with whom, what came in, who has what since when."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.roles import WRITERS
from tracker.queries.dashboards import dashboard_of
from tracker.queries.listed import ListedManuscript
from tracker.web.loaders import chosen_memberships
from tracker.web.next_steps import NextStep, next_step

pages = Blueprint("dashboard", __name__)


@pages.get("/")
def show() -> ResponseReturnValue:
    seats = chosen_memberships()
    roles = {seat.journal.slug: seat.role for seat in seats}

    def step_of(row: ListedManuscript) -> NextStep | None:
        return next_step(row, roles[row.journal])

    return render_template(
        "dashboard/show.html",
        board=dashboard_of(seats, today_of=clock.today),
        step_of=step_of,
        may_enter=any(role in WRITERS for role in roles.values()),
        many_journals=len(seats) > 1,
    )
