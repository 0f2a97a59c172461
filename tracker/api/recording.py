"""The history of a manuscript: recording a step, taking the last one back, correcting a date."""

from __future__ import annotations

from flask import Blueprint, Response

from tracker import clock
from tracker.api import shapes
from tracker.api.asked import Correction, NewStep, Undoing
from tracker.api.callers import manuscript_or_404, today_in, writer_in
from tracker.api.manuscripts import VERSION, shown, version_seen
from tracker.api.operations import operation
from tracker.db import transaction
from tracker.domain.dates import parse_day, parse_iso
from tracker.domain.facts import TEXTS, TICKS
from tracker.domain.roles import Scope
from tracker.services.actions import Wish
from tracker.services.history import correct_date, undo_last_step
from tracker.services.recording import record_wish

calls = Blueprint("recording", __name__)

WRITES = {"scope": Scope.WRITE, "may": (403, 404, 409), "headers": VERSION}
DETAILS = {*TEXTS, *TICKS}


@calls.post("/manuscripts/<reference>/steps")
@operation(shapes.Manuscript, takes=NewStep, **WRITES)
def record(reference: str, body: NewStep) -> Response:
    """Record one action of the lifecycle. `received`, where a return was invited, gives the new manuscript."""
    with transaction():
        manuscript = manuscript_or_404(reference)
        by, today = writer_in(manuscript.journal), today_in(manuscript.journal)
        version = version_seen(body.expected_version)
        now = clock.now()
        manuscript = record_wish(manuscript, wish_of(body), by=by, now=now, today=today, expected_version=version)
    return shown(manuscript)


def wish_of(body: NewStep) -> Wish:
    """The action as the body asks for it. Raises BadInput for a day that is on no calendar."""
    return Wish(
        action=body.action,
        on=parse_iso(body.on),
        kind=body.kind,
        note=body.note,
        due_on=parse_day(body.due_on, field="due date") if body.due_on else None,
        reviewers=body.reviewers,
        reviewer=body.reviewer,
        to_author=body.to_author.strip(),
        to_editor=body.to_editor.strip(),
        confirmed=body.confirmed,
        details=body.model_dump(include=DETAILS),
    )


@calls.post("/manuscripts/<reference>/undo")
@operation(shapes.Manuscript, takes=Undoing, **WRITES)
def undo(reference: str, body: Undoing) -> Response:
    """Take back the last step that was recorded. The history keeps it, marked as undone."""
    with transaction():
        manuscript = manuscript_or_404(reference)
        by, today = writer_in(manuscript.journal), today_in(manuscript.journal)
        version = version_seen(body.expected_version)
        now = clock.now()
        undo_last_step(manuscript, by=by, now=now, today=today, reason=body.reason, expected_version=version)
    return shown(manuscript)


@calls.post("/manuscripts/<reference>/corrections")
@operation(shapes.Manuscript, takes=Correction, **WRITES)
def correct(reference: str, body: Correction) -> Response:
    """Correct the date of an event, with the reason. The history keeps the old one."""
    with transaction():
        manuscript = manuscript_or_404(reference)
        by, today = writer_in(manuscript.journal), today_in(manuscript.journal)
        version = version_seen(body.expected_version)
        correct_date(
            manuscript, body.event, parse_iso(body.on), reason=body.reason, by=by, now=clock.now(), today=today,
            confirmed=body.confirmed, expected_version=version,
        )  # fmt: skip
    return shown(manuscript)
