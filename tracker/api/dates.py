"""The dates that journals print: those of a manuscript in every form, and printed lines read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app

from tracker import clock
from tracker.api import shapes
from tracker.api.asked import DatesAsked, Lines
from tracker.api.callers import manuscript_or_404
from tracker.api.operations import document, operation
from tracker.domain.errors import Refused
from tracker.formats.history_lines import as_json, parse_history
from tracker.queries.article_texts import article_text, missing_for
from tracker.queries.processing_dates import TEXTS, dates_document, dates_text

calls = Blueprint("dates", __name__)

KINDS = {
    "line": "text/plain", "html": "text/html", "markdown": "text/markdown", "jats": "application/xml",
    "crossref": "application/xml", "pubmed": "application/xml", "jsonld": "application/ld+json",
}  # fmt: skip


@calls.get("/manuscripts/<reference>/dates")
@operation(shapes.Dates, asks=DatesAsked, kinds=tuple(dict.fromkeys(KINDS.values())), may=(404,))
def show_dates(reference: str, asked: DatesAsked) -> Response:
    """The processing dates in the journal's own words, or as data for other systems."""
    manuscript, shape = manuscript_or_404(reference), asked.format
    if shape == "json":
        return document(dates_document(manuscript, preset=asked.style))
    if shape in TEXTS:
        text = dates_text(manuscript, shape, preset=asked.style)
    else:
        base_url = current_app.config["TRACKER_SETTINGS"].base_url
        if sentence := missing_for(manuscript, shape, base_url=base_url):
            raise Refused(sentence)
        text = article_text(manuscript, shape, base_url=base_url, now=clock.now())
    return Response(text, content_type=f"{KINDS[shape]}; charset=utf-8")


@calls.post("/parse-dates")
@operation(shapes.ReadLines, takes=Lines)
def parse_dates(body: Lines) -> dict[str, Any]:
    """Read printed history lines, each on its own; what cannot be read for sure is among its problems."""
    return {"lines": [as_json(parse_history(line)) for line in body.lines]}
