"""A journal's manuscripts as the rows of a sheet, such as the importer of sheets reads back exactly.

The columns: what a record holds, a column for each milestone (several dates of one with semicolons between), and
whatever columns earlier sheets had that are no field here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain.events import standing_events
from tracker.domain.standing import Fold, fold_events
from tracker.domain.words import Action
from tracker.formats.article_record import AuthorRecord
from tracker.formats.sheet_people import authors_cell
from tracker.models import Author, ImportRow, LedgerEntry, Manuscript
from tracker.models.ledger import event_of
from tracker.queries.conflicts import not_among

BATCH = 500
MILESTONES = {
    "Received": Action.RECEIVED, "Sent to review": Action.SENT_TO_REVIEW,
    "Revision requested": Action.REVISION_REQUESTED, "Re-submitted": Action.RESUBMITTED, "Accepted": Action.ACCEPTED,
    "Rejected": Action.REJECTED, "Withdrawn": Action.WITHDRAWN, "Published online": Action.PUBLISHED,
}  # fmt: skip
TEXTS = {
    "DOI": "doi", "Volume": "volume", "Issue": "issue", "Article number": "article_number", "Pages": "pages",
    "Section": "section", "Article type": "article_type", "Citation": "citation", "Abstract": "abstract",
}  # fmt: skip
COLUMNS = ("Reference", "Title", "Authors", *MILESTONES, *TEXTS, "Keywords")
AUTHOR_COLUMNS = ("given", "family", "email", "orcid", "is_corresponding")


def sheet_header(journal_id: int) -> list[str]:
    """The names of the columns: those of every sheet, then those that were notes in the journal's own sheets."""
    rows = (
        select(ImportRow.notes)
        .join(Manuscript, Manuscript.id == ImportRow.manuscript_id)
        .where(Manuscript.journal_id == journal_id, ImportRow.notes.is_not(None))
        .order_by(ImportRow.import_id, ImportRow.row)
    )
    names = dict.fromkeys(COLUMNS)
    for notes in db.session.scalars(rows.execution_options(yield_per=BATCH)):
        names.update(dict.fromkeys(notes or ()))
    return list(names)


def sheet_rows(journal_id: int, header: Sequence[str], *, hidden: Sequence[int] = ()) -> Iterator[list[str]]:
    """One row a manuscript in the order of entering, void and `hidden` ones left out; in batches, in little memory."""
    mine = select(Manuscript.id).where(
        Manuscript.journal_id == journal_id, Manuscript.state.is_not(None), *not_among(hidden)
    )
    ids = list(db.session.scalars(mine.order_by(Manuscript.id)))
    for start in range(0, len(ids), BATCH):
        yield from _rows(ids[start : start + BATCH], header)


def _rows(ids: Sequence[int], header: Sequence[str]) -> Iterator[list[str]]:
    authors, standings, notes = _authors(ids), _standings(ids), _notes(ids)
    names = ("id", "reference", "title", "keywords", *TEXTS.values())
    records = select(*(getattr(Manuscript, name) for name in names)).where(Manuscript.id.in_(ids))
    for row in db.session.execute(records.order_by(Manuscript.id)):
        cells = {
            **notes.get(row.id, {}),
            "Reference": row.reference,
            "Authors": authors_cell(authors.get(row.id, [])),
            "Keywords": "; ".join(row.keywords or ()),
            **{name: getattr(row, column) for name, column in TEXTS.items()},
            **_dates(standings[row.id]),
        }
        cells["Title"] = "" if row.title == _stand_in(row, cells) else row.title
        yield [cells.get(name, "") for name in header]


def _dates(standing: Fold) -> dict[str, str]:
    return {
        name: "; ".join(on.iso for on in standing.milestones.get(action, [])) for name, action in MILESTONES.items()
    }


def _stand_in(row: Any, cells: Mapping[str, str]) -> str:
    return f"Untitled, {row.doi or cells['Reference']}" if row.title.startswith("Untitled, ") else ""


def _authors(ids: Sequence[int]) -> dict[int, list[AuthorRecord]]:
    columns = [getattr(Author, name) for name in ("manuscript_id", *AUTHOR_COLUMNS)]
    rows = select(*columns).where(Author.manuscript_id.in_(ids)).order_by(Author.manuscript_id, Author.position)
    return {
        number: [AuthorRecord(**dict(zip(AUTHOR_COLUMNS, row[1:], strict=True))) for row in group]
        for number, group in groupby(db.session.execute(rows), key=lambda row: row[0])
    }


def _standings(ids: Sequence[int]) -> dict[int, Fold]:
    rows = select(*LedgerEntry.__table__.columns).where(LedgerEntry.manuscript_id.in_(ids))
    ordered = rows.order_by(LedgerEntry.manuscript_id, LedgerEntry.position)
    groups = groupby(db.session.connection().execute(ordered), key=lambda row: row.manuscript_id)
    return {number: fold_events(standing_events([event_of(row) for row in group])) for number, group in groups}


def _notes(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    rows = select(ImportRow.manuscript_id, ImportRow.notes).where(ImportRow.manuscript_id.in_(ids))
    notes: dict[int, dict[str, str]] = {}
    for number, said in db.session.execute(rows.order_by(ImportRow.import_id, ImportRow.row)):
        if number is not None:
            notes.setdefault(number, {}).update(said or {})
    return notes
