"""Imports of sheets, their refused rows, and how a journal's sheets are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.errors import NotFound
from tracker.models import Import, ImportRow, SheetMapping
from tracker.queries.conflicts import OwnNames

MOST_LISTED = 50


def import_by_uid(uid: str, *, journal_ids: Sequence[int] | None = None) -> Import:
    """The import of this public name; with `journal_ids`, only if it went into one of them. Raises NotFound."""
    found = db.session.scalar(select(Import).where(Import.uid == uid.strip().lower()))
    if found is None or (journal_ids is not None and found.journal_id not in journal_ids):
        raise NotFound(f"There is no import “{uid}”. The import itself printed its name.")
    return found


def recent_imports(journal_ids: Sequence[int]) -> list[Import]:
    """The last imports into these journals, the latest first."""
    mine = select(Import).where(Import.journal_id.in_(journal_ids)).options(joinedload(Import.journal))
    return list(db.session.scalars(mine.order_by(Import.imported_at.desc(), Import.id.desc()).limit(MOST_LISTED)))


def refused_rows(record: Import, *, without: OwnNames | None = None) -> Iterator[tuple[int, str, list[str]]]:
    """Number, reason and cells of every row that was refused, in the order of the file, but those with these names."""
    rows = select(ImportRow.row, ImportRow.reason, ImportRow.cells).where(
        ImportRow.import_id == record.id, ImportRow.outcome == "refused"
    )
    for number, reason, cells in db.session.execute(rows.order_by(ImportRow.row).execution_options(yield_per=1000)):
        if without is None or not without.are_in(cells or [], reason):
            yield number, reason, list(cells or [])


def saved_mapping(journal_id: int) -> Mapping[str, str]:
    """How the journal's last sheet was read: {plain column name: field}; empty before the first."""
    saved = db.session.get(SheetMapping, journal_id)
    return dict(saved.columns) if saved else {}
