"""The letters that will go out, by the rules that send them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from tracker import clock
from tracker.api import shapes
from tracker.api.asked import PreviewAsked
from tracker.api.callers import hidden, journals
from tracker.api.operations import operation
from tracker.queries.conflicts import references_of
from tracker.queries.upcoming import preview_of

calls = Blueprint("reminders", __name__)


@calls.get("/reminders/preview")
@operation(shapes.Preview, asks=PreviewAsked, may=(404,))
def preview_letters(asked: PreviewAsked) -> dict[str, Any]:
    """What goes out in the coming days, to whom and why."""
    preview = preview_of(journals(asked.journal), asked.days, now=clock.now(), today_of=clock.today)
    return preview.without(references_of(hidden())).as_document()
