"""Importing a spreadsheet in the browser: upload, say what the columns are, preview, import; and take it back."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker import clock
from tracker.db import transaction
from tracker.domain.errors import BadInput, NotAllowed
from tracker.domain.roles import WRITERS
from tracker.formats.sheet_columns import Layout
from tracker.formats.sheet_dates import ORDER_WORDS, ORDERS
from tracker.formats.sheet_words import FIELDS, WITH_DATES
from tracker.formats.sheets.writing import write_csv, write_xlsx
from tracker.models import Import, Membership
from tracker.queries.conflicts import OwnNames, own_names
from tracker.queries.imports import MOST_LISTED, import_by_uid, recent_imports, refused_rows
from tracker.queries.sheet_rows import sheet_header, sheet_rows
from tracker.services.sheet_undo import undo_import
from tracker.web import sheet_work
from tracker.web.failures import Problem, or_again
from tracker.web.loaders import actor, chosen_memberships, hidden, journal_or_404, memberships, must_write
from tracker.web.uploads import Upload, keep_upload, upload_of

pages = Blueprint("sheet_imports", __name__, url_prefix="/import")

# What the list of a column offers, in groups.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The manuscript", ("reference", "title", "section", "article_type", "keywords", "abstract")),
    ("Its authors", ("authors", "given", "family", "email", "orcid", "affiliation")),
    ("When it was …", ("received", "sent_to_review", "revision_requested", "resubmitted", "accepted", "rejected",
                       "withdrawn", "published", "published_in_issue")),
    ("Dates in other ways", ("decision", "decided_on", "history", "event", "event_on")),
    ("Where it appeared", ("doi", "volume", "issue", "article_number", "pages", "citation")),
    ("Everything else", ("note", "ignore")),
)  # fmt: skip


@pages.get("/")
def begin(problem: Problem | None = None) -> ResponseReturnValue:
    seats = writing_seats()
    if not seats:
        raise NotAllowed("Spreadsheets are imported by the editors and assistants of a journal. Ask one of them.")
    chosen = {seat.journal.slug for seat in chosen_memberships()}
    return render_template(
        "sheet_imports/begin.html",
        journals_to_fill=[(seat.journal.slug, seat.journal.title) for seat in seats],
        chosen=request.form.get("journal") or (chosen.pop() if len(chosen) == 1 else ""),
        imports=recent_imports([seat.journal_id for seat in memberships()]),
        most=MOST_LISTED,
        problem=problem,
    )


def writing_seats() -> list[Membership]:
    return [seat for seat in memberships() if seat.role in WRITERS]


@pages.post("/")
@or_again(begin)
def upload() -> ResponseReturnValue:
    journal = journal_or_404(request.form.get("journal", ""))
    must_write(journal)
    file = request.files.get("sheet")
    kept = keep_upload(file, owner=current_user.uid, journal=journal.slug, now=clock.now())
    try:
        with sheet_work.laid_out(kept):
            pass
    except BadInput:
        kept.discard()
        raise
    return redirect(url_for("sheet_imports.columns", token=kept.token))


def mine(token: str) -> Upload:
    """The person's upload, while they may still write in its journal."""
    kept = upload_of(token, current_user.uid)
    must_write(journal_or_404(kept.about["journal"]))
    return kept


@pages.get("/<token>")
def columns(token: str, problem: Problem | None = None) -> ResponseReturnValue:
    """What is in each column?"""
    kept = mine(token)
    with sheet_work.laid_out(kept) as (sheet, layout):
        return render_template(
            "sheet_imports/columns.html",
            token=token,
            journal_title=journal_or_404(kept.about["journal"]).title,
            sheet=sheet,
            layout=layout,
            groups=[(words, [(name, FIELDS[name]) for name in names]) for words, names in GROUPS],
            orders=[(order, ORDER_WORDS[order]) for order in ORDERS],
            with_dates=WITH_DATES,
            known=what_is_known(layout),
            problem=problem,
        )


def what_is_known(layout: Layout) -> list[str]:
    """What is still missing for an import, in sentences."""
    fields = {column.field for column in layout.columns}
    missing = []
    if not fields & (WITH_DATES | {"history"}):
        missing.append("No column holds the dates yet: choose the one that says when a manuscript was received.")
    if not fields & {"title", "reference", "doi"}:
        missing.append("No column says which manuscript a row is about: choose its title, reference or DOI.")
    return missing


@pages.post("/<token>")
@or_again(columns)
def preview(token: str) -> ResponseReturnValue:
    """Take what was said of the columns, and try the import."""
    kept = mine(token)
    with sheet_work.laid_out(kept) as (sheet, layout):
        names = sheet.header
    if request.form.get("columns") == str(len(names)):
        kept.keep_note("said", said_of(names))
    with sheet_work.laid_out(kept) as (_, layout):
        if layout.open_columns:
            raise BadInput("Say for the marked columns whether the day or the month comes first.")
        rows = layout.rows
    sheet_work.start(kept, "preview", rows=rows, by=actor(journal_or_404(kept.about["journal"])))
    return redirect(url_for("sheet_imports.outcome", token=token))


def said_of(names: tuple[str, ...]) -> dict[str, Any]:
    form = request.form
    fields = {name: form[f"field-{place}"] for place, name in enumerate(names) if f"field-{place}" in form}
    orders = {name: form[f"order-{place}"] for place, name in enumerate(names) if form.get(f"order-{place}")}
    return {"fields": fields, "orders": orders, "encoding": "", "worksheet": ""}


@pages.get("/<token>/preview")
def outcome(token: str) -> ResponseReturnValue:
    """How far it is; what would happen; or, once it has happened, on to what did."""
    kept = mine(token)
    progress = kept.note("progress")
    if sheet_work.is_running(kept):
        return render_template("sheet_imports/progress.html", token=token, progress=progress)
    if progress.get("state") == "running":
        progress = {**progress, "state": "failed", "message": "It broke off, and nothing was changed. Try it again."}
    if progress.get("state") != "done":
        flash(progress.get("message", "Nothing has been tried yet."), "error")
        return redirect(url_for("sheet_imports.columns", token=token))
    if progress["kind"] == "import":
        kept.discard()
        return redirect(url_for("sheet_imports.show", uid=progress["result"]["import_id"]))
    return render_template("sheet_imports/preview.html", token=token, about=kept.about, result=progress["result"])


@pages.post("/<token>/run")
def run(token: str) -> ResponseReturnValue:
    kept = mine(token)
    rows = kept.note("progress").get("total", 0)
    sheet_work.start(kept, "import", rows=rows, by=actor(journal_or_404(kept.about["journal"])))
    return redirect(url_for("sheet_imports.outcome", token=token))


@pages.post("/<token>/discard")
def discard(token: str) -> ResponseReturnValue:
    mine(token).discard()
    flash("The sheet is thrown away; nothing was imported.", "success")
    return redirect(url_for("sheet_imports.begin"))


@pages.get("/done/<uid>")
def show(uid: str) -> ResponseReturnValue:
    record = import_or_404(uid)
    refused = [(row, reason) for row, reason, _ in refused_rows(record, without=kept_from_me(record))]
    return render_template("sheet_imports/show.html", record=record, refused=refused[:200], total=len(refused))


def import_or_404(uid: str) -> Import:
    return import_by_uid(uid, journal_ids=[seat.journal_id for seat in memberships()])


def kept_from_me(record: Import) -> OwnNames | None:
    """The names by which rows of a colleague's sheet are about the person's own works; their own sheet is whole."""
    return None if record.actor == current_user.uid else own_names(current_user, hidden())


@pages.get("/done/<uid>/refused.csv")
def refused_file(uid: str) -> ResponseReturnValue:
    """The refused rows as they were, with their numbers and the reasons: correct them, and import this file."""
    record = import_or_404(uid)
    text = io.StringIO()
    header = ("Row in the file", *record.header, "Refused because")
    rows = refused_rows(record, without=kept_from_me(record))
    write_csv(text, header, ((str(row), *cells, reason) for row, reason, cells in rows))
    data = io.BytesIO(text.getvalue().encode("utf-8-sig"))
    return send_file(data, "text/csv; charset=utf-8", as_attachment=True, download_name=f"refused-{record.uid}.csv")


@pages.get("/sheet/<slug>.<any(csv, xlsx):kind>")
def written(slug: str, kind: str) -> ResponseReturnValue:
    """The journal's manuscripts as a sheet that the import reads back exactly."""
    journal = journal_or_404(slug)
    header = sheet_header(journal.id)
    with tempfile.TemporaryDirectory(prefix="tracker-sheet-") as folder:
        path = Path(folder) / f"{journal.slug}.{kind}"
        if kind == "xlsx":
            write_xlsx(path, header, sheet_rows(journal.id, header, hidden=hidden()))
        else:
            with path.open("w", encoding="utf-8-sig", newline="") as out:
                write_csv(out, header, sheet_rows(journal.id, header, hidden=hidden()))
        data = io.BytesIO(path.read_bytes())
    return send_file(data, as_attachment=True, download_name=path.name)


@pages.post("/done/<uid>/undo")
def undo(uid: str) -> ResponseReturnValue:
    with transaction():
        record = import_or_404(uid)
        assert record.journal is not None, "an import into several journals is nobody's in the browser"
        must_write(record.journal)
        undone = undo_import(record, by=actor(record.journal), now=clock.now(), today_of=clock.today)
    flash(f"{undone.taken_back} manuscripts are as they were before the import.", "success")
    for _, reason in undone.kept[:20]:
        flash(reason, "warning")
    return redirect(url_for("sheet_imports.show", uid=uid))
