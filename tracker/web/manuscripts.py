"""Manuscripts: the form that enters one, and the page that shows one whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker import clock
from tracker.db import transaction
from tracker.domain.audit import Look
from tracker.domain.dates import parse_iso
from tracker.domain.errors import BadInput
from tracker.domain.roles import WRITERS
from tracker.formats.author_lines import HINT, WHO_GETS_LETTERS, read_author_lines
from tracker.models import Account, Membership
from tracker.queries.author_view import author_view
from tracker.queries.people import editors_of
from tracker.services.manuscripts import enter_manuscript
from tracker.web.audit import look_at
from tracker.web.failures import Problem, or_again
from tracker.web.frame import flash_with_undo
from tracker.web.loaders import (
    actor,
    chosen_memberships,
    hidden,
    journal_or_404,
    manuscript_or_own,
    memberships,
    must_write,
    role_in,
    today_in,
    whose_is,
)
from tracker.web.manuscript_page import everything_about

pages = Blueprint("manuscripts", __name__)


@pages.get("/manuscripts/new")
def new() -> ResponseReturnValue:
    return new_form()


def new_form(
    problem: Problem | None = None, filled: Mapping[str, str] | None = None, understood: Sequence[str] = ()
) -> ResponseReturnValue:
    """The short form, with what was typed if it was refused. `filled` is what a quick line was understood to say."""
    seats = [seat for seat in memberships() if seat.role in WRITERS]
    if not seats:
        must_write(chosen_memberships()[0].journal) if memberships() else None
    chosen = next((seat.journal for seat in chosen_memberships() if seat in seats), None)
    slug = request.form.get("journal") or (chosen.slug if chosen else "")
    today = today_in(chosen) if chosen else None
    editors = editors_of([seat.journal_id for seat in seats])
    usual = {"journal": slug, "received_on": today, "handling_editor": default_editor(seats, editors)}
    return render_template(
        "manuscripts/new.html",
        problem=problem,
        typed={**usual, **filled} if filled else request.form or usual,
        understood=understood,
        hint_of_authors=f"{HINT} {WHO_GETS_LETTERS}",
        journals_to_enter=[(seat.journal.slug, seat.journal.title) for seat in seats],
        editors=[("", "Nobody yet"), *((one.uid, one.display_name) for one in editors)],
        latest=today,
    )


def default_editor(seats: Sequence[Membership], editors: Sequence[Account]) -> str:
    """Editors usually handle what they enter, and the only editor of a journal handles everything."""
    if any(seat.role == "editor" for seat in seats):
        return str(current_user.uid)
    return editors[0].uid if len(editors) == 1 else ""


@pages.post("/manuscripts/new")
@or_again(new_form)
def enter() -> ResponseReturnValue:
    form = request.form
    with transaction():
        journal = journal_or_404(form.get("journal", ""))
        must_write(journal)
        today = today_in(journal)
        manuscript = enter_manuscript(
            journal,
            title=form.get("title", ""),
            authors=read_author_lines(form.get("authors", "")),
            received_on=parse_iso(form.get("received_on", ""), field="received date"),
            by=actor(journal),
            now=clock.now(),
            today=today,
            reference=form.get("reference", ""),
            section=form.get("section", ""),
            handling_editor=editor_chosen(journal.id, form.get("handling_editor", "")),
            confirmed="confirmed" in form,
        )
        reference, version = manuscript.reference, manuscript.version
    undo = url_for("recording.undo", reference=reference, version=version)
    flash_with_undo(f"{reference} is entered. What can be done next stands below.", undo)
    return redirect(url_for("manuscripts.show", reference=reference))


def editor_chosen(journal_id: int, uid: str) -> Account | None:
    """The journal's editor of this uid; None where nobody was chosen. Raises BadInput for anybody else."""
    if not uid:
        return None
    for account in editors_of([journal_id]):
        if account.uid == uid:
            return account
    raise BadInput("The handling editor chosen is no editor of this journal. Choose one of its editors.")


@pages.get("/manuscripts/<reference>")
def show(reference: str) -> ResponseReturnValue:
    manuscript = manuscript_or_own(reference)
    if manuscript.id in hidden():
        return render_template("status/author.html", view=author_view(manuscript), is_own=True)
    journal = manuscript.journal
    look_at(Look.REVIEWERS, Look.REVIEW_TEXTS, manuscript=manuscript)
    return render_template(
        "manuscripts/show.html",
        manuscript=manuscript,
        page=everything_about(manuscript, role=role_in(journal), whose=whose_is(manuscript), today=today_in(journal)),
        on=today_in(journal),
    )
