"""Importing a sheet: every row becomes created, updated, unchanged or refused, in the transaction of the caller.

Nobody is reminded of what comes in so. What stands in columns that are no field is kept as notes with the history.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from tracker.db import db
from tracker.domain.audit import Change
from tracker.domain.by_hand import actions_told, has_live_history
from tracker.domain.errors import OwnWork, TrackerError
from tracker.domain.policy import Policy
from tracker.domain.recording import Plan
from tracker.formats.sheet_columns import Layout
from tracker.formats.sheet_records import SheetRecord, Unread
from tracker.formats.sheet_words import plain_name
from tracker.formats.sheets.reading import Sheet
from tracker.models import Import, Journal, Manuscript, SheetMapping
from tracker.queries.conflicts import works_of
from tracker.services.actors import Actor
from tracker.services.article_changes import must_name_no_member
from tracker.services.audit import note_change
from tracker.services.bulk_history import BulkHistories
from tracker.services.bulk_plans import Beginning
from tracker.services.bulk_rows import connection_of
from tracker.services.history import must_be_allowed_to_import
from tracker.services.references import prefixed
from tracker.services.sheet_account import Account, AccountRows, SheetResult
from tracker.services.sheet_ahead import Ahead, Ground, Preparer, note_of, rows_ahead
from tracker.services.sheet_matching import Manuscripts, Match, References
from tracker.services.sheet_updates import Known, apply_changes, changes_of, is_all_taken_back, load_known

BATCH = 1000


def new_import_uid() -> str:
    """A name for an import, by which it is taken back."""
    return uuid.uuid4().hex[:12]


@dataclass(frozen=True)
class Circumstances:
    """Who imports what and when; `journal_of` finds a row's journal, `today_of` its day, by its time zone."""

    file_name: str
    header: tuple[str, ...]
    by: Actor
    now: datetime
    journal_of: Callable[[str], Journal]
    today_of: Callable[[str], date]
    uid: str = field(default_factory=new_import_uid)
    journal: Journal | None = None
    on_progress: Callable[[int], None] = lambda rows: None


def import_rows(sheet: Sheet, layout: Layout, around: Circumstances) -> SheetResult:
    """Import every row. Raises BadInput only where the sheet as a whole cannot be read on; rows are refused singly."""
    importer = _Importer(around)
    result = importer.run(rows_ahead(sheet, layout, importer.ground, lambda: importer.finds_new))
    counts = {word: result.counts[word] for word in ("created", "updated") if result.counts[word]}
    if counts:
        note_change(
            Change.DATA_IMPORTED, by=around.by, now=around.now, journal=around.journal,
            after={"import": result.import_id, "kind": "sheet", **counts},
        )  # fmt: skip
    return result


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
            actor=around.by.uid, imported_at=around.now,
        )  # fmt: skip
        self.session.add(self.record)
        self.session.flush()
        dialect = self.session.connection().dialect
        zone, policy = (around.journal.timezone, around.journal.policy) if around.journal else ("UTC", Policy())
        self.ground = Ground(
            self.record.id, around.uid, around.file_name, around.now, around.today_of(zone), policy, dialect.name,
            around.by.as_importer,
        )  # fmt: skip
        self.histories = BulkHistories(self.session)
        self.account_rows = AccountRows(self.record.id, dialect)
        self.account = Account(self.record.uid, self.account_rows)
        self.references = References(self.session)
        self.places: dict[str, _Place] = {}
        self.known: dict[int, Known] = {}
        self.finds_new = True  # whether the last rows were about new manuscripts
        self.own = works_of(around.by.uid)

    def run(self, rows: Iterator[Ahead]) -> SheetResult:
        while batch := list(islice(rows, BATCH)):
            self._import_batch(batch)
            self.around.on_progress(self.account.result.rows)
        self.histories.finish()
        for outcome in ("created", "updated", "unchanged", "refused"):
            setattr(self.record, outcome, self.account.result.counts[outcome])
        self.session.flush()
        return self.account.result

    def _import_batch(self, batch: list[Ahead]) -> None:
        self._look_up(batch)
        for row in batch:
            if isinstance(row.read, Unread):
                self.account.refuse((row.read.row,), row.read.reason, (row.read.cells,))
                continue
            try:
                self._import(row, row.read)
            except TrackerError as error:
                self.account.refuse(row.read.rows, str(error), row.read.cells)
        self._write()

    def _look_up(self, batch: list[Ahead]) -> None:
        """Ask once for all that the batch will need: references that are taken, manuscripts that rows are about."""
        wanted, matches = set[str](), set[int]()
        for row in batch:
            if isinstance(row.read, Unread):
                continue
            place = self.places.get(row.read.journal)
            if reference := row.read.record.reference:
                wanted |= {reference, prefixed(place.journal, reference)} if place else {reference}
            if place and (match := place.manuscripts.find(row.read.record, row.keys)):
                matches.add(match.manuscript_id)
        self.references.look_up(wanted)
        self.finds_new = len(matches) < len(batch) / 2
        self.known = load_known(self.session, matches)

    def _write(self) -> None:
        self.histories.write()
        self.account.write(connection_of(self.session))

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
        if match is None:
            self._create(row, read, place)
        elif match.manuscript_id in self.own:
            raise OwnWork(match.reference)
        elif match.is_void and is_all_taken_back(self._known(match.manuscript_id), read):
            self._account_for(read, match, "unchanged")
        elif match.is_void:
            self._begin_again(row, read, place, match)
        else:
            self._update(read, place, match)

    def _create(self, row: Ahead, read: SheetRecord, place: _Place) -> None:
        """Take a new manuscript: what was made ahead, or made anew where this journal has another day or policy."""
        new = row.new if row.new and place.goes_ahead else place.preparer.new(read, row.keys)
        year = min(fact.on.first.year for fact in read.record.dates)
        reference = self.references.give(place.manuscripts, read.record.reference, year)
        number = self.histories.next_id()
        self.histories.add_new(number, place.journal.id, reference, new)
        self._take(row, read, place, Match(number, reference, read.record.doi, False, read.rows[0]))

    def _begin_again(self, row: Ahead, read: SheetRecord, place: _Place, match: Match) -> None:
        """Take what the row says for a record whose whole history has been taken back; its ledger goes on."""
        known = self._known(match.manuscript_id)
        beginning = Beginning(known.version, known.head_hash)
        self._must_be_allowed(known, read, place.preparer.plan(read, beginning))
        history = place.preparer.history(read, known.uid, beginning)
        record = place.preparer.record(read, row.keys)
        ids = {"id": known.manuscript_id, "journal_id": place.journal.id, "reference": known.reference}
        self.histories.begin_again({**record, **ids}, history, [vars(author) for author in read.record.authors])
        self._take(row, read, place, Match(known.manuscript_id, known.reference, read.record.doi, False, read.rows[0]))

    def _must_be_allowed(self, known: Known, read: SheetRecord, plan: Plan) -> None:
        if has_live_history(known.ledger):
            manuscript, by = self.session.get_one(Manuscript, known.manuscript_id), self.around.by
            told = actions_told(known.ledger, plan.entries)
            must_be_allowed_to_import(manuscript, known.ledger, told, by=by)
            must_name_no_member(manuscript, known.authors, read.record.authors, known.ledger, by=by)

    def _take(self, row: Ahead, read: SheetRecord, place: _Place, match: Match) -> None:
        place.manuscripts.add(match, row.keys)
        account = row.account or place.preparer.account(read, row.keys)
        self.account.take(read, "created", match.manuscript_id, match.reference, account)

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
                    known, changes, source=preparer.source(read), note=note, by=self.around.by,
                    now=self.around.now, today=preparer.ground.today,
                )  # fmt: skip
            del self.known[match.manuscript_id]
            match.doi = str(changes.fields.get("doi", match.doi))
        match.row = read.rows[-1]
        self._account_for(read, match, "updated" if changes else "unchanged", before)

    def _account_for(self, read: SheetRecord, match: Match, outcome: str, before: dict[str, Any] | None = None) -> None:
        rows = self.account_rows.of(read, outcome, before=before)
        self.account.take(read, outcome, match.manuscript_id, match.reference, rows)


def save_mapping(journal: Journal, layout: Layout, *, now: datetime) -> None:
    """Remember what the columns were, for the journal's next sheet."""
    session = db.session()
    saved = session.get(SheetMapping, journal.id) or SheetMapping(journal_id=journal.id, columns={}, saved_at=now)
    said = {plain_name(column.name): column.field for column in layout.columns if column.name}
    saved.columns, saved.saved_at = {**saved.columns, **said}, now
    session.add(saved)
    session.flush()
