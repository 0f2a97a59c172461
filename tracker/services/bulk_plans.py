"""Histories made ready for writing, away from the database: planned, sealed, folded, and turned into rows.

All of this depends on nothing but the facts, so that another process can do it (`services.sheet_ahead`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Dialect

from tracker.db import Base
from tracker.domain.copies import (
    Values,
    assignment_values,
    closing_values,
    exclusion_values,
    holder_values,
    interval_values,
    task_values,
)
from tracker.domain.events import SEQUENCE_STEP, Event, genesis, sealed
from tracker.domain.policy import Policy
from tracker.domain.recording import Authority, Entry, Plan, plan_step
from tracker.domain.standing import Fold, Impossible, fold_events
from tracker.domain.tasks import open_tasks
from tracker.domain.turnaround import Turnaround, turnaround
from tracker.formats.search_words import searchable
from tracker.models import (
    Assignment,
    Author,
    Closing,
    Exclusion,
    HolderDays,
    Interval,
    LedgerEntry,
    Manuscript,
    Task,
)
from tracker.services.bulk_rows import (
    Row,
    RowShape,
    ledger_values,
    standing_values,
)

OF_MANUSCRIPT, OF_BOTH = ("manuscript_id",), ("manuscript_id", "journal_id")
# The tables that a new manuscript fills, and what is known last of their rows; a row waits for the record's before it.
TABLES: dict[type[Base], tuple[str, ...]] = {
    Manuscript: ("id", "journal_id", "reference"), Author: OF_MANUSCRIPT, LedgerEntry: OF_MANUSCRIPT, Task: OF_BOTH,
    Interval: OF_BOTH, Exclusion: OF_BOTH, Closing: OF_BOTH, HolderDays: OF_BOTH, Assignment: OF_BOTH,
}  # fmt: skip


@dataclass(frozen=True)
class Beginning:
    """Where a ledger stands before its new events: empty, or all of it taken back (`version` entries)."""

    version: int = 0
    head_hash: str = ""


NOTHING_YET = Beginning()


@dataclass(frozen=True)
class Prepared:
    """A history that wants only its manuscript's and journal's numbers: the columns that the record copies, the rows
    of each table without those numbers, and (metric, year, days) of each interval.
    """

    uid: str
    copies: Mapping[str, Any]
    rows: Mapping[str, Sequence[Row]]
    intervals: Sequence[tuple[str, int, int]]


class NewRows(NamedTuple):
    """A new manuscript that wants only its number, its journal's and its reference: the rows of each table without
    them, the words that it is found by beside the reference, and (metric, year, days) of each interval.
    """

    rows: Mapping[str, Sequence[Row]]
    words: str
    intervals: Sequence[tuple[str, int, int]]


def shapes_of(dialect: Dialect) -> dict[str, RowShape]:
    """How the rows of a manuscript are made, by table."""
    return {model.__tablename__: RowShape(model, dialect, ids) for model, ids in TABLES.items()}


def new_rows(record: Values, authors: Sequence[Values], history: Prepared, shapes: Mapping[str, RowShape]) -> NewRows:
    """All rows of a new manuscript: its record {column: value}, its authors in their order, and its history."""
    row = shapes["manuscripts"].tail({**record, **history.copies, "uid": history.uid})
    names = [author.get(part, "") for author in authors for part in ("given", "family", "email")]
    about = (record["title"], record.get("abstract", ""), record.get("doi", ""))
    words = searchable([*about, *record.get("keywords", ()), *names])
    rows = {"manuscripts": [row], "authors": author_rows(authors, shapes), **history.rows}
    return NewRows(rows, words, history.intervals)


def author_rows(authors: Iterable[Values], shapes: Mapping[str, RowShape]) -> list[Row]:
    """The rows of authors, in the order of the byline."""
    shape = shapes["authors"]
    return [shape.tail({**author, "position": position}) for position, author in enumerate(authors, start=1)]


def prepare(
    plan: Plan, policy: Policy, shapes: Mapping[str, RowShape], uid: str, beginning: Beginning = NOTHING_YET
) -> Prepared:
    """Seal the planned events for the manuscript of this uid, and make all rows that follow from them."""
    standing, result = plan.standing, turnaround(plan.standing)
    events, head = _sealed_events(plan.entries, beginning.head_hash or genesis(uid))
    copies = {**standing_values(standing, policy), "head_hash": head, "version": events[-1][0].position}
    if standing.doi:
        copies["doi"] = standing.doi
    tables = dict(_tables(standing, result, policy, events))
    rows = {table: [shapes[table].tail(values) for values in found] for table, found in tables.items()}
    counted = [(item.metric, item.ended_on.year, item.days) for item in result.intervals]
    return Prepared(uid, copies, {table: found for table, found in rows.items() if found}, counted)


def _tables(
    standing: Fold, result: Turnaround, policy: Policy, events: Sequence[tuple[Event, str]]
) -> Iterator[tuple[str, Iterable[Values]]]:
    received = standing.first("received")
    yield "ledger", ledger_values(events)
    yield "tasks", (task_values(task, policy) for task in open_tasks(standing, policy))
    yield "intervals", interval_values(result, received.first if received else None)
    yield "exclusions", exclusion_values(result)
    yield "closings", closing_values(standing)
    yield "holder_days", holder_values(standing, result)
    yield "assignments", assignment_values(standing, policy)


def _sealed_events(events: Iterable[Event], head: str) -> tuple[list[tuple[Event, str]], str]:
    chain = []
    for event in events:
        head = sealed(head, event)
        chain.append((event, head))
    return chain, head


def plan_history(entries: Sequence[Entry], by: Authority, beginning: Beginning = NOTHING_YET) -> Plan:
    """Plan the facts of a manuscript without history; as `recording.plan_step` does. Raises Refused as it does.

    Exact dates in their order need no search for their places: one fold checks them all.
    """
    ordered = all(entry.on.precision == "day" for entry in entries) and all(
        one.on.first <= other.on.first for one, other in pairwise(entries)
    )
    if ordered and entries and entries[-1].on.first <= by.today:
        events = _in_order(entries, by)
        try:
            return _moved(Plan(events, fold_events(events)), beginning)
        except Impossible:
            pass  # the search below finds the place, or the sentence that says why there is none
    return _moved(plan_step([], entries, by, confirmed=True), beginning)


def _in_order(entries: Sequence[Entry], by: Authority) -> tuple[Event, ...]:
    events: list[Event] = []
    day, sequence = date.min, 0
    for position, entry in enumerate(entries, start=1):
        sequence = sequence + SEQUENCE_STEP if entry.on.first == day else SEQUENCE_STEP
        day = entry.on.first
        events.append(
            Event(position, entry.action, day, sequence, by.now, by.actor, "day", dict(entry.details), entry.note,
                  by.source, 1)
        )  # fmt: skip
    return tuple(events)


def _moved(plan: Plan, beginning: Beginning) -> Plan:
    """The plan as it stands behind entries that have all been taken back."""
    if not beginning.version:
        return plan
    behind = beginning.version
    events = tuple(replace(event, position=event.position + behind, step=event.step + behind) for event in plan.entries)
    return Plan(events, fold_events(sorted(events, key=lambda event: event.order)))
