"""What authors and reviewers see, shown to editors; and the author's page behind a secret address."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import transaction
from tracker.domain.audit import Look
from tracker.domain.errors import NotFound
from tracker.queries.author_view import author_view, manuscript_of_status_link
from tracker.queries.reviewer_view import reviewer_view
from tracker.services.hashed_secrets import hash_of
from tracker.services.status_links import make_status_link, revoke_status_link
from tracker.web.answer_words import words_in
from tracker.web.audit import look_at
from tracker.web.loaders import installation, manuscript_or_404, must_write, today_in
from tracker.web.sign_in import public

pages = Blueprint("status", __name__)


@pages.get("/status/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    manuscript = manuscript_of_status_link(hash_of(token))
    if manuscript is None:
        raise NotFound("There is no such status page.")
    view = author_view(manuscript)
    answer = make_response(render_template("status/author.html", view=view, is_public=True, masthead=view.journal))
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@pages.get("/manuscripts/<reference>/as-author")
def as_author(reference: str) -> ResponseReturnValue:
    manuscript = manuscript_or_404(reference)
    return render_template("status/author.html", view=author_view(manuscript), manuscript=manuscript)


@pages.get("/manuscripts/<reference>/as-reviewer")
def as_reviewer(reference: str) -> ResponseReturnValue:
    """The same for reviewers, who have no page of their own: the one behind the links in letters, and the letters."""
    manuscript = manuscript_or_404(reference)
    look_at(Look.LETTERS, manuscript=manuscript)
    return render_template(
        "status/reviewer.html",
        view=reviewer_view(manuscript, today_in(manuscript.journal)),
        manuscript=manuscript,
        words=words_in(manuscript.journal.language),
        on=today_in(manuscript.journal),
    )


@pages.post("/manuscripts/<reference>/status-link")
def make(reference: str) -> ResponseReturnValue:
    with transaction():
        manuscript = manuscript_or_404(reference)
        must_write(manuscript.journal)
        token = make_status_link(manuscript, now=clock.now())
    base = installation().base_url.rstrip("/")
    flash(
        f"The author's page is at {base}{url_for('status.show', token=token)} – copy it now, it is shown once.",
        "success",
    )
    return redirect(url_for("status.as_author", reference=reference))


@pages.post("/manuscripts/<reference>/status-link/revoke")
def revoke(reference: str) -> ResponseReturnValue:
    with transaction():
        manuscript = manuscript_or_404(reference)
        must_write(manuscript.journal)
        revoke_status_link(manuscript)
    flash("The author's page is closed: its address leads nowhere now.", "success")
    return redirect(url_for("status.as_author", reference=reference))
