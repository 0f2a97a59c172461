"""The copies beside a manuscript's row: its open tasks and what reports count, as they are stored and as its ledger
says. `tracker verify` compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.orm import aliased

from tracker.domain.copies import (
    Values,
    assignment_values,
    closing_values,
    exclusion_values,
    holder_values,
    interval_values,
    task_values,
)
from tracker.domain.policy import Policy
from tracker.domain.standing import Fold
from tracker.domain.tasks import open_tasks
from tracker.domain.turnaround import Turnaround, turnaround
from tracker.models import Assignment, Closing, Exclusion, HolderDays, Interval, Manuscript, Task

ANYTHING = object()  # the journal's numbers of that day gave it; the ledger does not say
POLICY = Policy()  # what depends on a journal's numbers is not compared
Told = Callable[[Fold, Turnaround, Row[Any]], Iterable[Values]]


@dataclass(frozen=True)
class Side:
    """One table beside the row: what tells its rows apart, what is compared, and the rows that the ledger says."""

    name: str
    table: type[Any]
    keys: tuple[str, ...]
    values: tuple[str, ...]
    told: Told

    def query(self, journal_ids: Sequence[int] | None) -> Select[Any]:
        """Its rows of these journals, or of all, manuscript by manuscript."""
        names = ("manuscript_id", "journal_id", *self.keys, *self.values)
        columns = [getattr(self.table, name) for name in names]
        found = select(*columns).order_by(self.table.manuscript_id)
        return found if journal_ids is None else found.where(self.table.journal_id.in_(journal_ids))


def _tasks(standing: Fold, result: Turnaround, row: Row[Any]) -> Iterator[Values]:
    for task in open_tasks(standing, POLICY):
        values = task_values(task, POLICY)
        yield values if task.is_told else {**values, "due_on": ANYTHING}


def _intervals(standing: Fold, result: Turnaround, row: Row[Any]) -> Iterator[Values]:
    ahead = (row.received_on - row.paper_received_on).days if row.received_on and row.paper_received_on else 0
    return interval_values(result, row.received_on, ahead)


def _assignments(standing: Fold, result: Turnaround, row: Row[Any]) -> Iterator[Values]:
    for part, values in zip(standing.all_reviewing, assignment_values(standing, POLICY), strict=True):
        yield values if part.first_due_on else {**values, "first_due_on": ANYTHING}


SIDES = (
    Side("task", Task, ("key",), ("kind", "holder", "round", "reviewer_number", "started_on", "due_on"), _tasks),
    Side("interval", Interval, ("metric", "number"),
         ("round", "days", "paper_days", "started_on", "ended_on", "received_on"), _intervals),
    Side("exclusion", Exclusion, ("metric",), ("reason",), lambda standing, result, row: exclusion_values(result)),
    Side("closing", Closing, ("number",), ("outcome", "closed_on", "reopened_on"),
         lambda standing, result, row: closing_values(standing)),
    Side("holder's days", HolderDays, ("holder",), ("days", "ended_on", "received_on"),
         lambda standing, result, row: holder_values(standing, result)),
    Side("reviewer's assignment", Assignment, ("round", "reviewer_number", "invitation"),
         ("status", "invited_on", "answered_on", "reviewed_on", "first_due_on"), _assignments),
)  # fmt: skip


class ByManuscript:
    """Ordered rows that are handed out as their manuscripts come by, so that memory does not grow with them."""

    def __init__(self, rows: Iterable[Row[Any]]) -> None:
        self._groups = groupby(rows, key=lambda row: row.manuscript_id)
        self._next = self._taken()

    def _taken(self) -> tuple[int, list[Row[Any]]] | None:
        group = next(self._groups, None)
        return None if group is None else (group[0], list(group[1]))

    def before(self, manuscript_id: int) -> Iterator[int]:
        """The manuscripts of rows that have come by and belong to none that there is."""
        while self._next is not None and self._next[0] < manuscript_id:
            yield self._next[0]
            self._next = self._taken()

    def of(self, manuscript_id: int) -> Sequence[Row[Any]]:
        """The rows of this manuscript; ask in ascending order."""
        for _ in self.before(manuscript_id):
            pass
        if self._next is None or self._next[0] != manuscript_id:
            return ()
        rows, self._next = self._next[1], self._taken()
        return rows


def side_problems(row: Row[Any], standing: Fold, stored: Mapping[Side, Sequence[Row[Any]]]) -> Iterator[str]:
    """What is wrong beside the manuscript's row, in words."""
    result = turnaround(standing)
    for side, rows in stored.items():
        yield from _differences(side, row, rows, side.told(standing, result, row))
        if side.table is Task:
            dates = [task.due_on for task in rows if task.holder == row.waiting_on]
            if row.due_on != min(dates, default=None):
                yield f"the stored due_on is {row.due_on}, its tasks say {min(dates, default=None)}"


def _differences(side: Side, row: Row[Any], rows: Sequence[Row[Any]], told: Iterable[Values]) -> Iterator[str]:
    expected = {tuple(values[name] for name in side.keys): values for values in told}
    for found in rows:
        key = tuple(found[2 : 2 + len(side.keys)])
        values = expected.pop(key, None)
        if values is None:
            yield f"the stored {side.name} {_named(key)} is not in the ledger"
            continue
        for column, stored in zip(side.values, found[2 + len(side.keys) :], strict=True):
            if values[column] is not ANYTHING and values[column] != stored:
                say = f"the stored {column} of the {side.name} {_named(key)} is {stored}"
                yield f"{say}, the ledger says {values[column]}"
        if found.journal_id != row.journal_id:
            yield f"the stored {side.name} {_named(key)} is counted for another journal"
    for key in expected:
        yield f"the {side.name} {_named(key)} that the ledger says is not stored"


def _named(key: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in key)


def wrong_receipts(connection: Connection, journal_ids: Sequence[int] | None) -> Iterator[tuple[str, str]]:
    """(reference, what is wrong) where the day on which a paper was first received is not its origin's, or its own."""
    origin = aliased(Manuscript)
    right = func.coalesce(origin.paper_received_on, Manuscript.received_on)
    found = (
        select(Manuscript.reference, Manuscript.paper_received_on, right)
        .outerjoin(origin, origin.id == Manuscript.origin_id)
        .where(Manuscript.paper_received_on.is_distinct_from(right))
        .order_by(Manuscript.id)
    )
    if journal_ids is not None:
        found = found.where(Manuscript.journal_id.in_(journal_ids))
    for reference, stored, told in connection.execute(found):
        yield reference, f"the stored paper_received_on is {stored}, its own or its origin's date is {told}"
