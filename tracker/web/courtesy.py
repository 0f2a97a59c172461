"""Courtesy letters: released with one click, or left out this time."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import transaction
from tracker.services.courtesy import leave_out_courtesy, release_courtesy
from tracker.web.frame import days_word
from tracker.web.loaders import actor, installation, manuscript_or_404, today_in

pages = Blueprint("courtesy", __name__)


@pages.post("/reminders/<reference>/courtesy/release")
def release(reference: str) -> ResponseReturnValue:
    with transaction():
        manuscript = manuscript_or_404(reference)
        journal = manuscript.journal
        release_courtesy(
            manuscript, by=actor(journal), now=clock.now(), today=today_in(journal), base_url=installation().base_url
        )
    flash(f"The courtesy letter about {reference} is queued, and leaves in the journal's sending hours.", "success")
    return redirect(url_for("reminders.week"))


@pages.post("/reminders/<reference>/courtesy/leave-out")
def leave_out(reference: str) -> ResponseReturnValue:
    with transaction():
        manuscript = manuscript_or_404(reference)
        leave_out_courtesy(manuscript, by=actor(manuscript.journal), today=today_in(manuscript.journal))
        again = days_word(manuscript.journal.policy.courtesy_again_days)
    flash(f"No courtesy letter about {reference} this time; it is drafted again in {again}.", "success")
    return redirect(url_for("reminders.week"))
