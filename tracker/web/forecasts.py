"""When an open manuscript may have its decision, from its journal's own past: the part of its page that is reckoned."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.queries.forecasts import forecast_for
from tracker.web.loaders import manuscript_or_404, must_write, today_in

pages = Blueprint("forecasts", __name__)


@pages.get("/manuscripts/<reference>/forecast")
def show(reference: str) -> ResponseReturnValue:
    manuscript = manuscript_or_404(reference)
    must_write(manuscript.journal)
    prospect = forecast_for(manuscript, today_in(manuscript.journal))
    page = "forecasts/_sentence.html" if "HX-Request" in request.headers else "forecasts/show.html"
    return render_template(page, manuscript=manuscript, prospect=prospect)
