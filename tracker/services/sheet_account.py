"""The account of an import: what became of each row of the file, kept to take it back by, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Dialect

from tracker.formats.sheet_records import SheetRecord
from tracker.models import ImportRow
from tracker.services.bulk_rows import Row, RowBuffer, RowShape

SHOWN = 20


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

    def tell(self, outcome: str, row: int, reference: str, words: str) -> None:
        """Count one row."""
        self.counts[outcome] += 1
        first = self.first.setdefault(outcome, [])
        if len(first) < SHOWN:
            first.append((row, reference, words))


class AccountRows:
    """How the rows of an account are made; the manuscript's number comes last."""

    def __init__(self, import_id: int, dialect: Dialect) -> None:
        self.shape = RowShape(ImportRow, dialect, ("manuscript_id",))
        self._nothing = {
            "import_id": import_id, "reason": "", "notes": None, "before": None, "cells": None, "fingerprint": None
        }  # fmt: skip

    def of(
        self, read: SheetRecord, outcome: str, *, before: Mapping[str, Any] | None = None, fingerprint: str = ""
    ) -> list[Row]:
        """One for each row of the file that is about the manuscript."""
        more = {"notes": dict(read.notes) or None, "before": before, "fingerprint": fingerprint or None}
        says = {**self._nothing, **more, "outcome": outcome}
        return [self.shape.tail({**says, "row": number}) for number in read.rows]

    def refused(self, row: int, reason: str, cells: Sequence[str]) -> Row:
        more = {"row": row, "outcome": "refused", "reason": reason, "cells": list(cells)}
        return self.shape.tail({**self._nothing, **more})


class Account:
    """Takes down what becomes of each row; `write` what has gathered."""

    def __init__(self, uid: str, rows: AccountRows) -> None:
        self.result = SheetResult(uid)
        self._rows = rows
        self._buffer = RowBuffer(rows.shape)

    def take(self, read: SheetRecord, outcome: str, manuscript_id: int, reference: str, rows: Sequence[Row]) -> None:
        """What became of a manuscript's rows, which are made by `AccountRows.of`."""
        self._buffer.extend((manuscript_id,), rows)
        for number in read.rows:
            self.result.tell(outcome, number, reference, read.stand_in)
        self.result.references[reference] = None

    def refuse(self, rows: Sequence[int], reason: str, cells: Sequence[Sequence[str]]) -> None:
        """Rows that are not imported: kept whole, with the reason."""
        for number, texts in zip(rows, cells, strict=True):
            self._buffer.extend((None,), [self._rows.refused(number, reason, texts)])
            self.result.refused.append((number, reason))
            self.result.tell("refused", number, "", reason)

    def write(self, connection: Connection) -> None:
        self._buffer.write(connection)
