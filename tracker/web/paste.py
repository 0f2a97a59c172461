"""A published article's page, pasted: what was read is shown, and only then is it taken over with its dates."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import rehearsal, transaction
from tracker.domain.errors import BadInput, NotAllowed, OwnWork
from tracker.domain.roles import WRITERS
from tracker.formats.article_page import read_pages
from tracker.formats.article_record import ArticleRecord
from tracker.services.articles import import_article, known_manuscript
from tracker.web.failures import Problem, or_again
from tracker.web.frame import flash_with_undo
from tracker.web.loaders import actor, chosen_memberships, hidden, journal_or_404, memberships, must_write, today_in

pages = Blueprint("paste", __name__)

SOURCE = "import of a pasted page"


@dataclass(frozen=True)
class TakenOver:
    """What became of the page, or would: created, updated or unchanged."""

    reference: str
    outcome: str
    version: int


@pages.get("/manuscripts/paste")
def ask() -> ResponseReturnValue:
    return paste_form()


def paste_form(problem: Problem | None = None) -> ResponseReturnValue:
    seats = [seat for seat in memberships() if seat.role in WRITERS]
    if not seats:
        raise NotAllowed("You can read everything in this journal; entering is done by its editors and assistants.")
    chosen = [seat.journal.slug for seat in chosen_memberships()]
    return render_template(
        "paste/ask.html",
        journals_to_enter=[(seat.journal.slug, seat.journal.title) for seat in seats],
        typed=request.form or {"journal": chosen[0] if chosen else ""},
        problem=problem,
    )


@pages.post("/manuscripts/paste")
@or_again(paste_form)
def read() -> ResponseReturnValue:
    """Show what the page says and what would become of it. Nothing is kept."""
    record = record_typed()
    with rehearsal():
        would = take_over(record)
    return render_template("paste/read.html", record=record, would=would, typed=request.form)


def record_typed() -> ArticleRecord:
    """The one article of the pasted page. Raises BadInput."""
    text = request.form.get("page", "")
    if not text.strip():
        raise BadInput("Paste the article's page first: its title, its authors and its processing dates.")
    return read_pages(text.encode())[0]


def take_over(record: ArticleRecord) -> TakenOver:
    journal = journal_or_404(request.form.get("journal", ""))
    must_write(journal)
    known = known_manuscript(journal, record)
    if known is not None and known.id in hidden():
        raise OwnWork(known.reference)
    done = import_article(journal, record, source=SOURCE, by=actor(journal), now=clock.now(), today=today_in(journal))
    return TakenOver(done.manuscript.reference, done.outcome, done.manuscript.version)


@pages.post("/manuscripts/paste/keep")
@or_again(paste_form)
def keep() -> ResponseReturnValue:
    with transaction():
        done = take_over(record_typed())
    if done.outcome == "created":
        undo = url_for("recording.undo", reference=done.reference, version=done.version)
        flash_with_undo(f"{done.reference} is taken over from the page.", undo)
    else:
        flash(f"{done.reference} was known already: it is {done.outcome}.", "success")
    return redirect(url_for("manuscripts.show", reference=done.reference))
