"""Letters waiting, sent and undecided."""

from __future__ import annotations

from flask import Blueprint, Response

from tracker.api import shapes
from tracker.api.asked import OutboxAsked
from tracker.api.callers import hidden, journals
from tracker.api.operations import document, operation, pages_around
from tracker.queries.outbox import as_document, letters_in_outbox

calls = Blueprint("outbox", __name__)


@calls.get("/outbox")
@operation(shapes.Outbox, asks=OutboxAsked, may=(404,), headers={"Link": "The pages before and after."})
def list_letters(asked: OutboxAsked) -> Response:
    """The letters of your journals with their fate, the newest first, a page at a time."""
    ids = [journal.id for journal in journals(asked.journal)]
    states, offset = [asked.state] if asked.state else [], (asked.page - 1) * asked.limit
    letters = letters_in_outbox(ids, states=states, limit=asked.limit + 1, offset=offset, hidden=hidden())
    listed = {"letters": [as_document(letter) for letter in letters[: asked.limit]]}
    return document(listed, headers=pages_around(asked.page, has_more=len(letters) > asked.limit))
