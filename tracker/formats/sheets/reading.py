"""A sheet of any kind as a header and rows of text. Nothing is interpreted here; every row keeps its number."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tracker.domain.errors import BadInput
from tracker.formats.sheets.cells import clean_cell, clean_row
from tracker.formats.sheets.encodings import detect_encoding, named_encoding
from tracker.formats.sheets.headers import find_header
from tracker.formats.sheets.limits import LIMITS, MB, Limits
from tracker.formats.sheets.text_tables import find_table, records_of
from tracker.formats.sheets.workbooks import is_workbook, write_out

GZIP = b"\x1f\x8b"


class SheetRow(NamedTuple):
    """One row that is not blank. `number` is the one that spreadsheet programs show; `surplus` cells have no column."""

    number: int
    cells: list[str]
    surplus: int = 0


@dataclass(frozen=True)
class Sheet:
    """An opened sheet. `kind` says in words what the file is; `remarks` what a person should know about it."""

    name: str
    kind: str
    header: tuple[str, ...]
    header_row: int
    remarks: tuple[str, ...]
    limits: Limits
    records: Callable[[], Iterator[list[str]]]

    def rows(self) -> Iterator[SheetRow]:
        """Every row below the header that is not blank; may be asked for again. Raises BadInput beyond the limits."""
        width, cells = len(self.header), 0
        for number, record in enumerate(self.records(), start=1):
            if number <= self.header_row or not any(record):
                continue
            cells += 1
            if cells > self.limits.rows:
                raise BadInput(f"The sheet has more than {self.limits.rows:,} rows: split it.")
            row = clean_row(record)
            if any(row):
                surplus = sum(map(bool, row[width:]))
                yield SheetRow(number, [*row[:width], *[""] * (width - len(row))], surplus)


@contextmanager
def opened_sheet(
    path: Path, *, name: str = "", limits: Limits = LIMITS, encoding: str = "", worksheet: str = ""
) -> Iterator[Sheet]:
    """Open a CSV, TSV or XLSX file, also within .gz, for as long as the block runs.

    `name` is what people call it. Raises BadInput for a file that is missing, empty, too large or no sheet.
    """
    name = name or path.name
    if not path.is_file():
        raise BadInput(f"{name}: there is no such file.")
    if path.stat().st_size > limits.file_bytes:
        raise BadInput(f"{name} is larger than {limits.file_bytes // MB} MB: split it.")
    with tempfile.TemporaryDirectory(prefix="tracker-sheet-") as folder:
        try:
            yield _open(path, name, Path(folder), limits, encoding, worksheet)
        except BadInput as error:
            raise BadInput(str(error) if str(error).startswith(name) else f"{name}: {error}") from None


def _open(path: Path, name: str, folder: Path, limits: Limits, encoding: str, worksheet: str) -> Sheet:
    head = _head(path)
    if head.startswith(GZIP):
        path = _unpacked(path, folder / "unpacked", limits)
        head = _head(path)
    remarks: tuple[str, ...] = ()
    if is_workbook(head):
        written = write_out(path, folder / "sheet.csv", limits, sheet=worksheet)
        table = find_table(written.path, named_encoding("utf-8"), limits)._replace(
            delimiter=",", skipped=0, is_guarded=False
        )
        kind = f"workbook, sheet “{written.sheet}”"
        if written.others:
            remarks = (f"Only the sheet “{written.sheet}” is read; the workbook also has {_listed(written.others)}.",)
        return _sheet(name, kind, lambda: records_of(table, limits), remarks, limits)
    if head.startswith((b"%PDF", b"{\\rtf", b"\x89PNG")) or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise BadInput("This is not a spreadsheet: expected CSV, TSV or XLSX.")
    table = find_table(path, named_encoding(encoding) if encoding else detect_encoding(path), limits)
    return _sheet(name, table.words, lambda: records_of(table, limits), remarks, limits)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


def _unpacked(path: Path, target: Path, limits: Limits) -> Path:
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            total = 0
            while block := packed.read(MB):
                total += len(block)
                if total > limits.unpacked_bytes:
                    raise BadInput(f"The file unpacks to more than {limits.unpacked_bytes // MB} MB: split it.")
                plain.write(block)
    except (OSError, EOFError, zlib.error):
        raise BadInput("The .gz file is damaged: pack it again.") from None
    return target


def _sheet(
    name: str, kind: str, records: Callable[[], Iterator[list[str]]], remarks: tuple[str, ...], limits: Limits
) -> Sheet:
    top = [[clean_cell(cell) for cell in record] for record in islice(records(), 100)]
    header = find_header(top)
    if header is None:
        raise BadInput("The sheet is empty: expected a row of column names and rows below it.")
    width = len(header.names)
    if width > limits.columns:
        raise BadInput(f"The sheet has {width:,} columns; up to {limits.columns} are read.")
    if any(any(row) for row in top[: header.first_row - 1]):
        rows = f"row {header.first_row}; what stands above it"
        if header.last_row > header.first_row:
            rows = f"rows {header.first_row} and {header.last_row}; what stands above them"
        remarks = (*remarks, f"The column names were found in {rows} is not read.")
    return Sheet(name, kind, header.names, header.last_row, remarks, limits, records)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"“{name}”" for name in names)
