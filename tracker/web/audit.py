"""The audit trail and the list of looks, for the chief editor; and the noting of looks from other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from flask import Blueprint, Response, after_this_request, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy.exc import OperationalError

from tracker import clock
from tracker.db import transaction
from tracker.domain.audit import Look
from tracker.domain.errors import NotAllowed
from tracker.domain.events import instant_as_text
from tracker.domain.roles import MAY_SET_UP
from tracker.formats.audit_table import audit_csv, changes_in_words
from tracker.models import Manuscript
from tracker.queries.audit import audit_lines, count_of_audit, look_lines
from tracker.queries.conflicts import references_of
from tracker.services.audit import looks_to_note, note_look
from tracker.web.loaders import chosen_memberships, hidden

pages = Blueprint("audit", __name__)

PER_PAGE = 50


@pages.get("/settings/audit")
def trail() -> ResponseReturnValue:
    ids, query, page = journals_of_chief(), request.args.get("q", ""), page_asked()
    own = references_of(hidden())
    look_at(Look.AUDIT, journal_id=ids[0])
    return render_template(
        "settings/audit.html",
        lines=audit_lines(ids, query=query, limit=PER_PAGE, offset=(page - 1) * PER_PAGE, silent=own),
        total=count_of_audit(ids, query=query, silent=own),
        query=query,
        changes=changes_in_words,
        page=page,
        per_page=PER_PAGE,
        first=(page - 1) * PER_PAGE + 1,
    )


@pages.get("/settings/audit.csv")
def table() -> ResponseReturnValue:
    ids = journals_of_chief()
    look_at(Look.AUDIT, journal_id=ids[0])
    lines = audit_lines(ids, query=request.args.get("q", ""), silent=references_of(hidden()))
    answer = make_response(audit_csv({**asdict(line), "at": instant_as_text(line.at)} for line in lines))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return answer


@pages.get("/settings/looks")
def looks() -> ResponseReturnValue:
    ids, page = journals_of_chief(), page_asked()
    lines = look_lines(ids, limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE, hidden=hidden())
    return render_template(
        "settings/looks.html", lines=lines[:PER_PAGE], has_more=len(lines) > PER_PAGE, page=page
    )  # fmt: skip


def journals_of_chief() -> list[int]:
    """The journals in view that the person sets up. Raises NotAllowed for anybody else."""
    ids = [seat.journal_id for seat in chosen_memberships() if seat.role in MAY_SET_UP]
    if not ids:
        raise NotAllowed("The audit trail of a journal is read by its chief editor. Ask them.")
    return ids


def page_asked() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), 100_000)


def look_at(*what: Look, manuscript: Manuscript | None = None, journal_id: int | None = None) -> None:
    """Note, once an hour, that the signed-in person looks at this: when the page is made, and read no more.

    A disk that takes no notes does not keep people from their work: that is for the log.
    """
    uid, now, journal_id = current_user.uid, clock.now(), manuscript.journal_id if manuscript else journal_id
    manuscript_id = manuscript.id if manuscript else None

    def note(response: Response) -> Response:
        try:
            if response.status_code == 200:
                note_once(what, by=uid, now=now, journal_id=journal_id, manuscript_id=manuscript_id)
        except OperationalError as error:
            current_app.logger.error("a look at %s could not be noted", ", ".join(what), exc_info=error)
        return response

    after_this_request(note)


def note_once(
    what: Sequence[Look], *, by: str, now: datetime, journal_id: int | None, manuscript_id: int | None
) -> None:
    if missing := looks_to_note(what, by=by, now=now, manuscript_id=manuscript_id):
        with transaction():
            for look in missing:
                note_look(look, by=by, now=now, journal_id=journal_id, manuscript_id=manuscript_id)
