"""Taking a whole import back: what it created becomes void, what it changed is as it was before.

Every manuscript gets an entry that says so; nothing is deleted. A manuscript that has moved on since is kept, and so is
one of which the person may not take back by hand what the import told. Of their own works nothing is done or said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db import db
from tracker.domain.audit import Change
from tracker.domain.by_hand import has_live_history
from tracker.domain.errors import NotAllowed, Refused, TrackerError
from tracker.domain.events import standing_events, undone_positions
from tracker.domain.transitions import done_words
from tracker.domain.words import UNDONE
from tracker.formats.article_record import AuthorRecord
from tracker.models import Import, ImportRow, Journal, Manuscript
from tracker.queries.conflicts import works_of
from tracker.services.actors import Actor
from tracker.services.article_changes import write_record
from tracker.services.audit import note_change
from tracker.services.bulk_void import Taken, void_histories
from tracker.services.history import must_be_allowed_to_import, undo_last_step
from tracker.services.sheet_updates import Known, load_known

BATCH = 500


@dataclass(frozen=True)
class Undone:
    """What the undo did: how many manuscripts are as before, and which were kept, with the reason."""

    taken_back: int
    kept: tuple[tuple[str, str], ...]


def undo_import(
    record: Import, *, by: Actor, now: datetime, today_of: Callable[[str], date],
    on_progress: Callable[[int], None] = lambda rows: None,
) -> Undone:  # fmt: skip
    """Take the import back. Raises Refused if that has been done already.

    Where this person could take nothing back, it has not been done, and somebody else may.
    """
    if record.undone_at is not None:
        raise Refused(f"The import {record.uid} has been taken back already.")
    session, kept = db.session(), list[tuple[str, str]]()
    own, taken_back = works_of(by.uid), 0
    created, updated = (_manuscripts_of(record, outcome, without=own) for outcome in ("created", "updated"))
    for batch in _batches(created):
        done, refused = _void(session, record, batch, by=by, own=own, now=now, today_of=today_of)
        taken_back, kept = taken_back + done, kept + refused
        on_progress(taken_back)
    for number in [number for number in updated if number not in set(created)]:
        try:
            with session.begin_nested():
                _restore(record, number, by=by, now=now, today_of=today_of)
                taken_back += 1
        except TrackerError as error:
            reference = session.scalar(select(Manuscript.reference).where(Manuscript.id == number)) or ""
            kept.append((reference, _sentence(reference, error)))
    if not taken_back and (kept or own.intersection(_manuscripts_of(record, "created", "updated"))):
        return Undone(0, tuple(kept))
    record.undone_at = now
    after = {"import": record.uid, "taken back": taken_back}
    note_change(Change.DATA_IMPORTED, by=by, now=now, journal=record.journal, after=after)
    return Undone(taken_back, tuple(kept))


def _manuscripts_of(record: Import, *outcomes: str, without: Collection[int] = ()) -> list[int]:
    rows = select(ImportRow.manuscript_id).where(ImportRow.import_id == record.id, ImportRow.outcome.in_(outcomes))
    numbers = dict.fromkeys(db.session.scalars(rows.order_by(ImportRow.row)))
    return [number for number in numbers if number is not None and number not in without]


def _sentence(reference: str, error: TrackerError) -> str:
    return str(error) if reference in str(error) else f"{reference}: {error}"


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]


def _void(
    session: Session, record: Import, ids: Sequence[int], *, by: Actor, own: Collection[int], now: datetime,
    today_of: Callable[[str], date],
) -> tuple[int, list[tuple[str, str]]]:  # fmt: skip
    came_back = select(Manuscript.origin_id, Manuscript.id, Manuscript.reference).where(Manuscript.origin_id.in_(ids))
    returned = {row.origin_id: "Another" if row.id in own else row.reference for row in session.execute(came_back)}
    places = select(Manuscript.id, Journal.timezone).join(Manuscript.journal).where(Manuscript.id.in_(ids))
    zones = dict(session.execute(places).all())
    taken: dict[date, list[Taken]] = {}
    kept = []
    for number, known in load_known(session, ids).items():
        came_after = f"{returned[number]} came back from it." if number in returned else ""
        if reason := _moved_on(record, known) or came_after or _not_theirs(session, known, by):
            kept.append((known.reference, reason))
        elif (item := _taken(record, known)) is not None:
            taken.setdefault(today_of(zones[number]), []).append(item)
    for today, items in taken.items():
        void_histories(
            session, items, actor=by.uid, reason=_reason(record), source=_source(record), now=now, today=today,
        )  # fmt: skip
    session.expire_all()
    return sum(map(len, taken.values())), kept


def _reason(record: Import) -> str:
    return f"The import {record.uid} was taken back."


def _source(record: Import) -> str:
    """Where the ledger says that the undo comes from: the same sheet may be imported again, unlike after a person's."""
    return f"undo of import {record.uid}"


def _is_of(record: Import, source: str) -> bool:
    return source.startswith(f"import {record.uid}:")


def _moved_on(record: Import, known: Known) -> str:
    """What stands in the ledger that this import did not bring; empty if nothing does."""
    undone = undone_positions(known.ledger)
    for event in known.ledger:
        if event.position not in undone and event.action != UNDONE and not _is_of(record, event.source):
            return (
                f"{known.reference} has moved on: {done_words(event.action)} {event.on.words} is not of this import. "
                "Undo that first."
            )
    return ""


def _not_theirs(session: Session, known: Known, by: Actor) -> str:
    """Why the person may not take the history back, where people have recorded too; empty if they may."""
    if not has_live_history(known.ledger):
        return ""
    manuscript = session.get_one(Manuscript, known.manuscript_id)
    actions = [event.action for event in standing_events(known.ledger)]
    try:
        must_be_allowed_to_import(manuscript, known.ledger, actions, by=by)
    except NotAllowed as error:
        return _sentence(known.reference, error)
    return ""


def _taken(record: Import, known: Known) -> Taken | None:
    undone = undone_positions(known.ledger)
    positions = tuple(
        event.position for event in known.ledger if event.position not in undone and event.action != UNDONE
    )
    return Taken(known.manuscript_id, known.version, known.head_hash, positions) if positions else None


def _restore(record: Import, number: int, *, by: Actor, now: datetime, today_of: Callable[[str], date]) -> None:
    """Undo the import's steps of a manuscript, the last first, and give its record back what it said before."""
    session = db.session()
    manuscript = session.get(Manuscript, number)
    assert manuscript is not None, "manuscripts are never deleted"
    today = today_of(manuscript.journal.timezone)
    while steps := _standing_of(record, load_known(session, [number])[number]):
        if not steps[-1]:
            raise Refused(f"{manuscript.reference} has moved on since this import. Undo its later steps first.")
        undo_last_step(
            manuscript, by=by, now=now, today=today, reason=_reason(record), source=_source(record)
        )  # fmt: skip
    rows = select(ImportRow.before).where(
        ImportRow.import_id == record.id, ImportRow.manuscript_id == number, ImportRow.before.is_not(None)
    )
    for before in session.scalars(rows.order_by(ImportRow.row.desc())):
        _give_back(manuscript, dict(before or {}))


def _standing_of(record: Import, known: Known) -> list[bool]:
    """Whether each entry that stands, up to the last, is of this import; empty once none of it is."""
    undone = undone_positions(known.ledger)
    stands = [event for event in known.ledger if event.position not in undone and event.action != UNDONE]
    ours = [_is_of(record, event.source) or f"(import {record.uid}:" in event.note for event in stands]
    return ours if any(ours) else []


def _give_back(manuscript: Manuscript, before: dict[str, Any]) -> None:
    authors = before.pop("authors", None)
    write_record(manuscript, before, None if authors is None else [AuthorRecord(**author) for author in authors])
