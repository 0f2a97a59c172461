"""The public turnaround card: a page and a picture to embed, where the journal has switched it on."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import NotFound
from tracker.models import Journal
from tracker.queries.manuscripts import journal_by_slug
from tracker.queries.public_figures import public_figures
from tracker.web.loaders import from_outside, today_in
from tracker.web.sign_in import public

pages = Blueprint("turnaround_card", __name__)

AN_HOUR = "public, max-age=3600"


@pages.get("/turnaround/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    return card("reports/card.html", public_journal(slug))


@pages.get("/turnaround/<slug>.svg")
@public
def picture(slug: str) -> ResponseReturnValue:
    answer = card("reports/card.svg", public_journal(slug))
    answer.headers["Content-Type"] = "image/svg+xml"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def public_journal(slug: str) -> Journal:
    """The journal, if it shows its turnaround to everybody. Raises NotFound, whether or not there is such a journal."""
    journal = journal_by_slug(slug)
    if not journal.policy.public_turnaround:
        raise NotFound(f"There is no public turnaround of “{slug}”.")
    return journal


def card(template: str, journal: Journal) -> Response:
    today = today_in(journal)
    year, figures = public_figures(journal, today)
    answer = make_response(
        render_template(
            template, of=journal, year=year, figures=figures, as_of=today,
            page=from_outside(url_for(".show", slug=journal.slug)),
            picture=from_outside(url_for(".picture", slug=journal.slug)),
        )
    )  # fmt: skip
    answer.headers["Cache-Control"] = AN_HOUR
    return answer
