"""Putting a reviewer's name and address right: letters to come go to the address that is known then."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import transaction
from tracker.domain.audit import Look
from tracker.domain.errors import Conflict, NotFound
from tracker.models import Manuscript, Reviewer
from tracker.queries.people import reviewers_of
from tracker.services.reviewers import mend_reviewer
from tracker.web.audit import look_at
from tracker.web.failures import Problem, or_again
from tracker.web.loaders import actor, manuscript_or_404, must_write, today_in

pages = Blueprint("reviewers", __name__)


def reviewer_or_404(manuscript: Manuscript, number: int) -> Reviewer:
    """The manuscript's reviewer of this number. Raises NotFound."""
    for reviewer in reviewers_of(manuscript):
        if reviewer.number == number:
            return reviewer
    raise NotFound(f"{manuscript.reference} has no reviewer {number}.")


@pages.get("/manuscripts/<reference>/reviewers/<int:number>")
def ask(reference: str, number: int) -> ResponseReturnValue:
    return form_of(reference, number)


def form_of(reference: str, number: int, problem: Problem | None = None) -> ResponseReturnValue:
    manuscript = manuscript_or_404(reference)
    must_write(manuscript.journal)
    reviewer = reviewer_or_404(manuscript, number)
    look_at(Look.REVIEWERS, manuscript=manuscript)
    present = {"name": reviewer.name, "email": reviewer.email}
    return render_template(
        "reviewers/change.html",
        manuscript=manuscript,
        reviewer=reviewer,
        typed=request.form or present,
        was=as_shown(reviewer) if not problem or problem.is_conflict else request.form.get("was", ""),
        then=then(),
        problem=problem,
    )


def as_shown(reviewer: Reviewer) -> str:
    """What the form was filled with, to tell whether somebody else has changed it since."""
    return f"{reviewer.name} <{reviewer.email}>"


def then() -> str:
    """Where the person came from, and goes back to."""
    return "reminders" if request.values.get("then") == "reminders" else ""


@pages.post("/manuscripts/<reference>/reviewers/<int:number>")
@or_again(form_of)
def save(reference: str, number: int) -> ResponseReturnValue:
    form = request.form
    with transaction():
        manuscript = manuscript_or_404(reference)
        must_write(manuscript.journal)
        reviewer = reviewer_or_404(manuscript, number)
        if "was" in form and form["was"] != as_shown(reviewer):
            raise Conflict("Somebody has changed this reviewer since you opened the form.")
        by, today = actor(manuscript.journal), today_in(manuscript.journal)
        name, email = form.get("name", ""), form.get("email", "")
        changed = mend_reviewer(
            manuscript, reviewer, name=name, email=email, by=by, now=clock.now(), today=today,
            confirmed="confirmed" in form,
        )  # fmt: skip
        called = reviewer.name or reviewer.email
    flash(f"{called} is changed; letters to come go by this." if changed else "Nothing was different.", "success")
    return redirect(url_for("reminders.week") if then() else url_for("manuscripts.show", reference=reference))
