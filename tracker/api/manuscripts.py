"""Manuscripts: the list, one of them whole, and entering one."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from tracker import clock
from tracker.api import shapes
from tracker.api.asked import ManuscriptsAsked, NewManuscript
from tracker.api.callers import hidden, journal_or_404, journals, manuscript_or_404, today_in, writer_in
from tracker.api.operations import document, operation, pages_around
from tracker.db import transaction
from tracker.domain.addresses import address_key
from tracker.domain.dates import parse_iso
from tracker.domain.errors import BadInput
from tracker.domain.roles import Scope
from tracker.formats.article_record import AuthorRecord
from tracker.models import Account, Manuscript
from tracker.queries.listed import COUNTED, SORTS
from tracker.queries.lists import ListFilter, manuscripts_matching
from tracker.queries.people import editors_of
from tracker.queries.shown import shown_manuscript
from tracker.services.manuscripts import enter_manuscript

calls = Blueprint("manuscripts", __name__)

VERSION = {"ETag": "The version of the history, for If-Match."}


@calls.get("/manuscripts")
@operation(shapes.Manuscripts, asks=ManuscriptsAsked, may=(404,), headers={"Link": "The pages before and after."})
def list_manuscripts(asked: ManuscriptsAsked) -> Response:
    """The manuscripts of your journals that match, a page at a time: where each stands, who has it, since when."""
    if asked.sort.removeprefix("-") not in (*SORTS, *COUNTED):
        raise BadInput(f"A list can be sorted by {', '.join((*SORTS, *COUNTED))}; “{asked.sort}” is none of them.")
    wanted = ListFilter(
        journal_ids=tuple(journal.id for journal in journals(asked.journal)), state=asked.state or "",
        waiting_on=asked.waiting_on or "", overdue=asked.overdue, query=asked.query, sort=asked.sort, page=asked.page,
        per_page=asked.limit, hidden=hidden(),
    )  # fmt: skip
    found = manuscripts_matching(wanted, today_of=clock.today)
    listed = {"total": found.total, "manuscripts": [row.as_document() for row in found.rows]}
    has_more = asked.page * asked.limit < found.total
    return document(listed, headers=pages_around(asked.page, has_more=has_more))


@calls.get("/manuscripts/<reference>")
@operation(shapes.Manuscript, may=(404,), headers=VERSION)
def show_manuscript(reference: str) -> Response:
    """One manuscript with its whole history."""
    return shown(manuscript_or_404(reference))


def shown(manuscript: Manuscript, status: int = 200) -> Response:
    """The manuscript as a document; one that is new says where it is found."""
    headers = {"ETag": f'"{manuscript.version}"'}
    if status == 201:
        headers["Location"] = url_for("manuscripts.show_manuscript", reference=manuscript.reference)
    return document(shown_manuscript(manuscript), status, headers)


@calls.post("/manuscripts")
@operation(
    shapes.Manuscript, takes=NewManuscript, scope=Scope.WRITE, status=201, may=(403, 404, 409),
    headers={**VERSION, "Location": "Where the manuscript is found."},
)  # fmt: skip
def enter(body: NewManuscript) -> Response:
    """Enter a manuscript that a journal has received."""
    facts = body.model_dump(include={"title", "reference", "section", "article_type", "note", "confirmed"})
    with transaction():
        journal = journal_or_404(body.journal)
        manuscript = enter_manuscript(
            journal, **facts, authors=[AuthorRecord(**author.model_dump()) for author in body.authors],
            received_on=parse_iso(body.received_on, field="received date"), by=writer_in(journal), now=clock.now(),
            today=today_in(journal), handling_editor=editor_named(journal.id, body.handling_editor),
        )  # fmt: skip
    return shown(manuscript, 201)


def editor_named(journal_id: int, email: str | None) -> Account | None:
    """The journal's editor of this address; None where nobody is named. Raises BadInput for anybody else."""
    found = next((one for one in editors_of([journal_id]) if one.email == address_key(email or "")), None)
    if email and found is None:
        raise BadInput(f"“{email}” is no editor of this journal who could handle it.")
    return found


def version_seen(in_body: int | None) -> int | None:
    """The version that the change was made for, by If-Match or by the body. Raises BadInput for what is none."""
    tag = request.headers.get("If-Match", "*").strip()
    if tag == "*":
        return in_body
    number = tag.removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) < 8):
        raise BadInput(f'If-Match takes the ETag of the manuscript, such as "4"; this is {tag}.')
    return int(number)
