"""Previewing and importing an uploaded sheet: at once where it is short, else beside the request, telling how far.

A preview is the import itself, taken back before anybody sees it: what is shown is what will be done.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, current_app

from tracker import clock
from tracker.db import db, transaction
from tracker.domain.errors import BadInput, TrackerError
from tracker.formats.sheet_columns import Layout, Said, read_layout
from tracker.formats.sheets.reading import Sheet, opened_sheet
from tracker.models import Journal
from tracker.queries.imports import saved_mapping
from tracker.queries.manuscripts import journal_by_slug
from tracker.services.actors import Actor
from tracker.services.sheet_account import SheetResult
from tracker.services.sheet_imports import Circumstances, import_rows, save_mapping
from tracker.web.uploads import Upload

AT_ONCE = 1500  # rows: up to here nobody waits long enough to need a progress page
SILENCE = timedelta(minutes=2)
MOST_REFUSALS_SHOWN = 200
_EVERY_SECONDS = 0.5


@contextmanager
def laid_out(upload: Upload) -> Iterator[tuple[Sheet, Layout]]:
    """The sheet, opened, and what its columns are by all that was said. Raises BadInput."""
    about, said = upload.about, upload.note("said")
    journal = journal_by_slug(about["journal"])
    wishes = Said(said.get("fields", {}), said.get("orders", {}), saved_mapping(journal.id))
    latest_year = clock.today(journal.timezone).year
    db.session.commit()  # a file takes its time: nobody who writes shall wait for what was read here
    encoding, worksheet = said.get("encoding", ""), said.get("worksheet", "")
    with opened_sheet(upload.sheet, name=about["name"], encoding=encoding, worksheet=worksheet) as sheet:
        yield sheet, read_layout(sheet, wishes, latest_year=latest_year).into_one_journal()


def start(upload: Upload, kind: str, *, rows: int, by: Actor) -> None:
    """Begin a `preview` or an `import`; it is done on return if the sheet is short."""
    if is_running(upload):
        raise BadInput("This sheet is being worked on already. Wait for it.")
    _tell(upload, kind, "running", 0, rows)
    if rows <= AT_ONCE:
        _work(upload, kind, rows, by)
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the app behind the proxy
    threading.Thread(target=_beside, args=(app, upload, kind, rows, by), daemon=True).start()


def is_running(upload: Upload) -> bool:
    """Whether something is at work on the sheet: one that has been silent for minutes has died with its process."""
    progress = upload.note("progress")
    at = datetime.fromisoformat(progress.get("at", "1970-01-01T00:00:00+00:00"))
    return progress.get("state") == "running" and datetime.now(UTC) - at < SILENCE


def _beside(app: Flask, upload: Upload, kind: str, rows: int, by: Actor) -> None:
    with app.app_context():
        try:
            _work(upload, kind, rows, by)
        except Exception:  # a thread has no other edge that would say it
            logging.getLogger(__name__).exception("the import of an uploaded sheet broke off")
            _tell(upload, kind, "failed", 0, rows, message="Something went wrong on our side. Nothing was changed.")
        finally:
            db.session.remove()


def _work(upload: Upload, kind: str, rows: int, by: Actor) -> None:
    try:
        result = _import(upload, kind, by, _teller(upload, kind, rows))
    except TrackerError as error:
        _tell(upload, kind, "failed", 0, rows, message=str(error))
        return
    _tell(upload, kind, "done", rows, rows, result=as_note(result))


def _import(upload: Upload, kind: str, by: Actor, on_progress: Callable[[int], None]) -> SheetResult:
    now = clock.now()
    with laid_out(upload) as (sheet, layout), transaction() as session:
        if layout.open_columns:
            raise BadInput(f"Say which order of day and month “{layout.open_columns[0].name}” has.")
        journal: Journal = journal_by_slug(upload.about["journal"])
        around = Circumstances(
            file_name=sheet.name, header=sheet.header, by=by, now=now, journal_of=lambda _: journal,
            today_of=clock.today, journal=journal, on_progress=on_progress,
        )  # fmt: skip
        result = import_rows(sheet, layout, around)
        save_mapping(journal, layout, now=now)
        if kind == "preview":
            session.rollback()
    return result


def as_note(result: SheetResult) -> dict[str, Any]:
    """What a page shows of a result: counts, the first rows of each outcome, and refusals with their reasons."""
    return {
        "import_id": result.import_id, "rows": result.rows, "counts": dict(result.counts), "first": result.first,
        "refused": result.refused[:MOST_REFUSALS_SHOWN],
    }  # fmt: skip


def _teller(upload: Upload, kind: str, rows: int) -> Callable[[int], None]:
    last = [time.monotonic()]

    def tell(done: int) -> None:
        if time.monotonic() - last[0] > _EVERY_SECONDS:
            last[0] = time.monotonic()
            _tell(upload, kind, "running", done, rows)

    return tell


def _tell(upload: Upload, kind: str, state: str, done: int, total: int, **more: Any) -> None:
    progress = {"kind": kind, "state": state, "done": done, "total": total, "at": datetime.now(UTC).isoformat()}
    upload.keep_note("progress", {**progress, **more})
