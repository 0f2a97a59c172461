"""Importing a sheet: every row becomes created, updated, unchanged or refused, in the transaction of the caller.

Nobody is reminded of what comes in so. What stands in columns that are no field is kept as notes with the history.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete

from tracker.db import db
from tracker.domain.errors import OwnWork, Refused, TrackerError
from tracker.domain.policy import Policy
from tracker.formats.sheet_columns import Layout
from tracker.formats.sheet_records import SheetRecord, Unread
from tracker.formats.sheet_words import plain_name
from tracker.formats.sheets.reading import Sheet
from tracker.models import Author, Import, ImportRow, Journal, SheetMapping
from tracker.queries.conflicts import works_of
from tracker.services.bulk_history import BulkHistories
from tracker.services.bulk_plans import NOTHING_YET, Beginning, Prepared
from tracker.services.bulk_rows import RowBuffer, RowShape, connection_of
from tracker.services.manuscripts import identity_key
from tracker.services.sheet_ahead import Ahead, Ground, Preparer, note_of, rows_ahead
from tracker.services.sheet_matching import Manuscripts, Match, References
from tracker.services.sheet_updates import Known, apply_changes, changes_of, load_known

BATCH = 1000


@dataclass
class SheetResult:
    """What became of a sheet, row by row: counts, refusals with row and reason, and every manuscript's reference.

    `first` are, for each outcome, the first few rows with what they are about, for a preview.
    """

    import_id: str
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, str]] = field(default_factory=list)
    references: dict[str, None] = field(default_factory=dict)
    first: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.counts.total()


def new_import_uid() -> str:
    """A name for an import, by which it is taken back."""
    return uuid.uuid4().hex[:12]


@dataclass(frozen=True)
class Circumstances:
    """Who imports what and when; `journal_of` finds a row's journal, `today_of` its day, by its time zone."""

    file_name: str
    header: tuple[str, ...]
    actor: str
    now: datetime
    journal_of: Callable[[str], Journal]
    today_of: Callable[[str], date]
    uid: str = field(default_factory=new_import_uid)
    journal: Journal | None = None
    on_progress: Callable[[int], None] = lambda rows: None


def import_rows(sheet: Sheet, layout: Layout, around: Circumstances) -> SheetResult:
    """Import every row. Raises BadInput only where the sheet as a whole cannot be read on; rows are refused singly."""
    importer = _Importer(around)
    return importer.run(rows_ahead(sheet, layout, importer.ground))


@dataclass(frozen=True)
class _Place:
    """A journal while it is imported into. `goes_ahead`: what was made ready for the import holds for this journal."""

    journal: Journal
    manuscripts: Manuscripts
    preparer: Preparer
    goes_ahead: bool


class _Importer:
    """The state of one import: what is known of the journals, and the rows on their way into the tables."""

    def __init__(self, around: Circumstances) -> None:
        self.around, self.session = around, db.session()
        self.record = Import(
            uid=around.uid, journal=around.journal, file_name=around.file_name, header=list(around.header),
            actor=around.actor, imported_at=around.now,
        )  # fmt: skip
        self.session.add(self.record)
        self.session.flush()
        self.result = SheetResult(self.record.uid)
        zone, policy = (around.journal.timezone, around.journal.policy) if around.journal else ("UTC", Policy())
        self.ground = Ground(
            around.uid, around.file_name, around.now, around.today_of(zone), policy,
            self.session.connection().dialect.name,
        )  # fmt: skip
        self.histories = BulkHistories(self.session)
        self.rows = RowBuffer(RowShape(ImportRow, self.session.connection().dialect))
        self.references = References(self.session)
        self.places: dict[str, _Place] = {}
        self.known: dict[int, Known] = {}
        self.own = works_of(around.actor)

    def run(self, rows: Iterator[Ahead]) -> SheetResult:
        while batch := list(islice(rows, BATCH)):
            self._import_batch(batch)
            self.around.on_progress(self.result.rows)
        self.histories.finish()
        for outcome in ("created", "updated", "unchanged", "refused"):
            setattr(self.record, outcome, self.result.counts[outcome])
        self.session.flush()
        return self.result

    def _import_batch(self, batch: list[Ahead]) -> None:
        self._look_up(batch)
        for row in batch:
            if isinstance(row.read, Unread):
                self._refuse((row.read.row,), row.read.reason, (row.read.cells,))
                continue
            try:
                self._import(row, row.read)
            except TrackerError as error:
                self._refuse(row.read.rows, str(error), row.read.cells)
        self._write()

    def _look_up(self, batch: list[Ahead]) -> None:
        """Ask once for all that the batch will need: references that are taken, manuscripts that rows are about."""
        wanted, matches = set[str](), set[int]()
        for row in batch:
            if isinstance(row.read, Unread):
                continue
            place = self.places.get(row.read.journal)
            if reference := row.read.record.reference:
                wanted |= {reference, f"{place.journal.slug.upper()}-{reference}"} if place else {reference}
            if place and (match := place.manuscripts.find(row.read.record, row.keys)):
                matches.add(match.manuscript_id)
        self.references.look_up(wanted)
        self.known = load_known(self.session, matches)

    def _write(self) -> None:
        self.histories.write()
        self.rows.write(connection_of(self.session))

    def _place_of(self, read: SheetRecord) -> _Place:
        place = self.places.get(read.journal)
        if place is None:
            journal = self.around.journal_of(read.journal)
            twin = next((other for other in self.places.values() if other.journal is journal), None)
            today = self.around.today_of(journal.timezone)
            ground = replace(self.ground, today=today, policy=journal.policy)
            manuscripts = twin.manuscripts if twin else Manuscripts(self.session, journal)
            place = _Place(journal, manuscripts, Preparer(ground), ground == self.ground)
            self.places[read.journal] = place
        return place

    def _import(self, row: Ahead, read: SheetRecord) -> None:
        place = self._place_of(read)
        match = place.manuscripts.find(read.record, row.keys)
        if match is not None and match.manuscript_id in self.own:
            raise OwnWork(match.reference)
        if match is not None and not match.is_void:
            self._update(read, place, match)
            return
        known = self._known(match.manuscript_id) if match else None
        self._create(row, read, place, known, self._history(row, read, place, known))

    def _history(self, row: Ahead, read: SheetRecord, place: _Place, known: Known | None) -> Prepared:
        """The history made ahead; made anew where this journal has another day or policy, or the ledger has entries."""
        if known is None and place.goes_ahead:
            if row.history is None:
                raise Refused(row.refusal)
            return row.history
        beginning = Beginning(known.version, known.head_hash) if known else NOTHING_YET
        return place.preparer.history(read, known.uid if known else "", beginning)

    def _create(self, row: Ahead, read: SheetRecord, place: _Place, known: Known | None, history: Prepared) -> None:
        year = min(fact.on.first.year for fact in read.record.dates)
        wanted = read.record.reference
        reference = known.reference if known else self.references.give(place.manuscripts, wanted, year)
        number = known.manuscript_id if known else self.histories.next_id()
        if known and known.authors:
            self.session.execute(delete(Author).where(Author.manuscript_id == number))
        record = self._row(read, place, reference, row.keys.identity)
        self.histories.add_prepared({**record, "id": number}, history, again=known is not None)
        match = Match(number, reference, read.record.doi, False, read.rows[0])
        place.manuscripts.add(match, row.keys)
        self._account(read, "created", match, fingerprint=row.keys.fingerprint)

    def _row(self, read: SheetRecord, place: _Place, reference: str, identity: str) -> dict[str, Any]:
        record = read.record
        return {
            "journal_id": place.journal.id, "reference": reference, "title": read.stand_in, "abstract": record.abstract,
            "keywords": list(record.keywords), "section": record.section, "article_type": record.article_type,
            "citation": record.citation, "volume": record.volume, "issue": record.issue,
            "article_number": record.article_number, "pages": record.pages, "doi": record.doi,
            "identity_key": identity or identity_key(read.stand_in, ()), "is_armed": False,
            "created_at": self.around.now,
        }  # fmt: skip

    def _known(self, manuscript_id: int) -> Known:
        if manuscript_id not in self.known:
            self.histories.write()
            self.known |= load_known(self.session, [manuscript_id])
        return self.known[manuscript_id]

    def _update(self, read: SheetRecord, place: _Place, match: Match) -> None:
        known = self._known(match.manuscript_id)
        changes = changes_of(known, read, last_row=match.row)
        before: dict[str, Any] | None = None
        if changes:
            preparer = place.preparer
            note = note_of(read.notes) if changes.has_new_notes else ""
            self._write()
            with self.session.begin_nested():
                before = apply_changes(
                    known, changes, source=preparer.source(read), note=note, now=self.around.now,
                    today=preparer.ground.today,
                )  # fmt: skip
            del self.known[match.manuscript_id]
            match.doi = str(changes.fields.get("doi", match.doi))
        match.row = read.rows[-1]
        self._account(read, "updated" if changes else "unchanged", match, before=before)

    def _account(
        self, read: SheetRecord, outcome: str, match: Match, *, before: dict[str, Any] | None = None,
        fingerprint: str = "",
    ) -> None:  # fmt: skip
        for number in read.rows:
            self.rows.add(
                {
                    "import_id": self.record.id, "row": number, "outcome": outcome, "reason": "",
                    "manuscript_id": match.manuscript_id, "notes": dict(read.notes) or None, "before": before,
                    "cells": None, "fingerprint": fingerprint or None,
                }
            )  # fmt: skip
            self._tell(outcome, number, match.reference, read.stand_in)
        self.result.references[match.reference] = None

    def _refuse(self, rows: tuple[int, ...], reason: str, cells: tuple[tuple[str, ...], ...]) -> None:
        for number, texts in zip(rows, cells, strict=True):
            self.rows.add(
                {
                    "import_id": self.record.id, "row": number, "outcome": "refused", "reason": reason,
                    "cells": list(texts), "manuscript_id": None, "notes": None, "before": None, "fingerprint": None,
                }
            )  # fmt: skip
            self.result.refused.append((number, reason))
            self._tell("refused", number, "", reason)

    def _tell(self, outcome: str, row: int, reference: str, words: str) -> None:
        self.result.counts[outcome] += 1
        first = self.result.first.setdefault(outcome, [])
        if len(first) < 20:
            first.append((row, reference, words))


def save_mapping(journal: Journal, layout: Layout, *, now: datetime) -> None:
    """Remember what the columns were, for the journal's next sheet."""
    session = db.session()
    saved = session.get(SheetMapping, journal.id) or SheetMapping(journal_id=journal.id, columns={}, saved_at=now)
    said = {plain_name(column.name): column.field for column in layout.columns if column.name}
    saved.columns, saved.saved_at = {**saved.columns, **said}, now
    session.add(saved)
    session.flush()
