"""Rows about manuscripts that are known: what a row adds or changes, and nothing else.

A date that an import has brought follows the sheet when the sheet changes; one that a person has recorded or corrected
does not. What a sheet said before and a person has changed since is not said anew by the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db import db
from tracker.domain.by_hand import dates_taken_back, events_taken_back, imported_dates, is_dated_by_hand
from tracker.domain.errors import Refused
from tracker.domain.events import Event, standing_events
from tracker.domain.recording import Entry
from tracker.domain.transitions import done_words
from tracker.domain.words import Action
from tracker.formats.article_record import AUTHOR_FIELDS, ArticleRecord, AuthorRecord
from tracker.formats.sheet_records import SheetRecord
from tracker.models import Author, ImportRow, LedgerEntry, Manuscript
from tracker.models.ledger import event_of
from tracker.services.actors import Actor
from tracker.services.article_changes import (
    FIELDS,
    changed_byline,
    changed_fields,
    fields_of,
    must_name_no_member,
    write_record,
)
from tracker.services.article_facts import REPEATED, facts_of, is_alike
from tracker.services.history import correct_date, record_facts


@dataclass(frozen=True)
class Known:
    """A manuscript as it is: its record, its authors, its whole ledger, and the notes that the last sheet had."""

    manuscript_id: int
    uid: str
    reference: str
    version: int
    head_hash: str
    fields: Mapping[str, Any]
    authors: tuple[AuthorRecord, ...]
    ledger: tuple[Event, ...]
    notes: Mapping[str, str]


@dataclass(frozen=True)
class Changes:
    """What a row changes: columns of the record, authors, dates to move, facts to add, notes."""

    fields: Mapping[str, Any]
    authors: tuple[AuthorRecord, ...] | None
    corrections: tuple[tuple[Event, Entry], ...]
    facts: tuple[Entry, ...]
    has_new_notes: bool

    def __bool__(self) -> bool:
        return bool(self.fields or self.authors or self.corrections or self.facts or self.has_new_notes)


def load_known(session: Session, ids: Iterable[int]) -> dict[int, Known]:
    """The manuscripts of these numbers as they are, locked until the transaction ends; four queries."""
    numbers = sorted(set(ids))
    columns = [getattr(Manuscript, name) for name in ("id", "uid", "reference", "version", "head_hash")]
    says = [getattr(Manuscript, name) for name in FIELDS]
    locked = select(*columns, *says).where(Manuscript.id.in_(numbers)).order_by(Manuscript.id).with_for_update()
    rows = session.execute(locked).all() if numbers else []
    authors, ledgers, notes = _authors(session, numbers), _ledgers(session, numbers), _notes(session, numbers)
    return {
        row.id: Known(
            row.id, row.uid, row.reference, row.version, row.head_hash,
            fields_of(row), tuple(authors.get(row.id, ())), tuple(ledgers.get(row.id, ())), notes.get(row.id, {}),
        )
        for row in rows
    }  # fmt: skip


def _authors(session: Session, ids: Sequence[int]) -> dict[int, list[AuthorRecord]]:
    columns = [getattr(Author, name) for name in ("manuscript_id", *AUTHOR_FIELDS)]
    rows = select(*columns).where(Author.manuscript_id.in_(ids)).order_by(Author.manuscript_id, Author.position)
    found: dict[int, list[AuthorRecord]] = {}
    for row in session.execute(rows) if ids else ():
        found.setdefault(row[0], []).append(AuthorRecord(**dict(zip(AUTHOR_FIELDS, row[1:], strict=True))))
    return found


def _ledgers(session: Session, ids: Sequence[int]) -> dict[int, list[Event]]:
    rows = select(*LedgerEntry.__table__.columns).where(LedgerEntry.manuscript_id.in_(ids))
    found: dict[int, list[Event]] = {}
    ordered = rows.order_by(LedgerEntry.manuscript_id, LedgerEntry.position)
    for row in session.connection().execute(ordered) if ids else ():
        found.setdefault(row.manuscript_id, []).append(event_of(row))
    return found


def _notes(session: Session, ids: Sequence[int]) -> dict[int, Mapping[str, str]]:
    rows = select(ImportRow.manuscript_id, ImportRow.notes).where(
        ImportRow.manuscript_id.in_(ids), ImportRow.outcome.in_(("created", "updated"))
    )
    found: dict[int, Mapping[str, str]] = {}
    for number, notes in session.execute(rows.order_by(ImportRow.import_id, ImportRow.row)) if ids else ():
        assert number is not None, "rows without a manuscript were not asked for"
        found[number] = {**found.get(number, {}), **(notes or {})}
    return found


def changes_of(known: Known, read: SheetRecord, *, last_row: int) -> Changes:
    """What the row changes of a manuscript. `last_row` is an earlier row of the same file about it, 0 if none.

    Raises Refused where a date contradicts what a person has recorded, or what that earlier row says.
    """
    record = read.record
    fields, authors = changed_fields(known.fields, record), changed_byline(known.authors, record.authors)
    corrections, facts = _date_changes(known, record, last_row)
    new_notes = any(known.notes.get(name) != text for name, text in read.notes.items())
    return Changes(fields, authors, corrections, facts, new_notes)


def _date_changes(
    known: Known, record: ArticleRecord, last_row: int
) -> tuple[tuple[tuple[Event, Entry], ...], tuple[Entry, ...]]:
    events = standing_events(known.ledger)
    open_events, open_facts = _not_told(known, events, facts_of(record.dates, known=events))
    corrections, missing = [], []
    for fact in open_facts:
        event = next((event for event in open_events if is_alike(event, fact)), None)
        if event is None and (fact.action in REPEATED or not any(is_alike(event, fact) for event in events)):
            missing.append(fact)
            continue
        event = event or next(event for event in events if is_alike(event, fact))
        _must_follow_the_sheet(known, event, fact, last_row)
        open_events = [other for other in open_events if other is not event]
        corrections.append((event, fact))
    return tuple(corrections), tuple(missing)


def _not_told(known: Known, events: Sequence[Event], facts: Iterable[Entry]) -> tuple[list[Event], list[Entry]]:
    """The events that no fact tells, and the facts that no event tells and that a person has not answered already."""
    open_events, open_facts = list(events), list[Entry]()
    for fact in facts:
        if (event := next((event for event in open_events if _tells(event, fact)), None)) is not None:
            open_events.remove(event)
        elif fact.action != Action.ISSUE_ASSIGNED or not any(is_alike(event, fact) for event in events):
            open_facts.append(fact)
    unanswered = []
    for fact in open_facts:
        if (event := next((event for event in open_events if _answers(known, event, fact)), None)) is not None:
            open_events.remove(event)
        elif not _is_taken_back(known, fact):
            unanswered.append(fact)
    return open_events, unanswered


def _tells(event: Event, fact: Entry) -> bool:
    """Whether the event says all that the fact says: the same date, or a more exact one within it."""
    return is_alike(event, fact) and event.on.lies_within(fact.on)


def _answers(known: Known, event: Event, fact: Entry) -> bool:
    """Whether the fact is what an import said of the event before a person gave it the date that it has now."""
    said_before = imported_dates if is_dated_by_hand(known.ledger, event.position) else dates_taken_back
    return is_alike(event, fact) and fact.on in said_before(known.ledger, event.position)


def _is_taken_back(known: Known, fact: Entry) -> bool:
    """Whether an import brought this very fact, and a person has undone it."""
    return any(
        is_alike(event, fact) and fact.on in imported_dates(known.ledger, event.position)
        for event in events_taken_back(known.ledger)
    )


def is_all_taken_back(known: Known, read: SheetRecord) -> bool:
    """Whether a person has undone every date that the row tells: it is the sheet that they did not want."""
    facts = facts_of(read.record.dates)
    return bool(facts) and all(_is_taken_back(known, fact) for fact in facts)


def _must_follow_the_sheet(known: Known, event: Event, fact: Entry, last_row: int) -> None:
    if last_row:
        raise Refused(
            f"Row {last_row} is about the same manuscript, {known.reference}, and says {done_words(event.action)} "
            f"{event.on.words}; this row says {fact.on.words}."
        )
    if is_dated_by_hand(known.ledger, event.position):
        raise Refused(
            f"{known.reference} has {done_words(event.action)} {event.on.words}, recorded by a person; the sheet says "
            f"{fact.on.words}. Correct the date there if the sheet is right."
        )


def apply_changes(
    known: Known, changes: Changes, *, source: str, note: str, by: Actor, now: datetime, today: date
) -> dict[str, Any]:
    """Write what a row changes; gives what the record said before.

    Raises Refused where the dates cannot follow, and NotAllowed where this person may not record them by hand, or
    not name an author.
    """
    manuscript = db.session.get(Manuscript, known.manuscript_id)
    assert manuscript is not None, "it was found and locked in this transaction"
    before: dict[str, Any] = {name: known.fields[name] for name in changes.fields}
    if changes.authors is not None:
        must_name_no_member(manuscript, known.authors, changes.authors, known.ledger, by=by)
        before["authors"] = [vars(author) for author in known.authors]
    write_record(manuscript, changes.fields, changes.authors)
    for event, fact in _in_a_safe_order(changes.corrections):
        reason = f"the sheet says so ({source})"
        correct_date(
            manuscript, event.position, fact.on, reason=reason, by=by, now=now, today=today, confirmed=True,
            source=source,
        )  # fmt: skip
    if changes.facts:
        facts = [replace(changes.facts[0], note=note), *changes.facts[1:]]
        record_facts(manuscript, facts, source=source, by=by, now=now, today=today)
    return before


def _in_a_safe_order(corrections: Sequence[tuple[Event, Entry]]) -> list[tuple[Event, Entry]]:
    """Those that move later from the last on, then those that move earlier from the first on: none overtakes."""
    later = [pair for pair in corrections if pair[1].on.first > pair[0].occurred_on]
    earlier = [pair for pair in corrections if pair[1].on.first <= pair[0].occurred_on]
    later.sort(key=lambda pair: pair[0].order, reverse=True)
    return [*later, *sorted(earlier, key=lambda pair: pair[0].order)]
