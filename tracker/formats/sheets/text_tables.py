"""CSV and TSV: the delimiter found out, records read as they stream by, a quotation mark left open named."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tracker.domain.errors import BadInput
from tracker.formats.sheets.cells import unguarded
from tracker.formats.sheets.encodings import Encoding
from tracker.formats.sheets.limits import Limits

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE_RECORDS = 60
_SAMPLE_CHARACTERS = 1 << 17


class TextTable(NamedTuple):
    """A text file that holds a table. `skipped` counts lines before it, such as Excel's `sep=;`.

    `is_guarded`: a mark may stand before cells that a spreadsheet would run; it is taken off.
    """

    path: Path
    encoding: Encoding
    delimiter: str
    skipped: int
    is_guarded: bool = True

    @property
    def words(self) -> str:
        """`CSV with semicolons, Windows-1252`."""
        kind = "TSV" if self.delimiter == "\t" else f"CSV with {DELIMITERS[self.delimiter]}"
        return f"{kind}, {self.encoding.words}"


def find_table(path: Path, encoding: Encoding, limits: Limits) -> TextTable:
    """Find the delimiter: the one that cuts the first records into the same number of cells, and most of them."""
    with path.open(encoding=encoding.codec, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE_CHARACTERS)
    first = sample.split("\n", 1)[0].strip("\r\ufeff ").lower()
    if first.startswith("sep=") and len(first) == 5 and first[4] in DELIMITERS:
        return TextTable(path, encoding, first[4], 1)
    csv.field_size_limit(limits.cell_characters)
    scores = {mark: _score(sample, mark) for mark in DELIMITERS}
    return TextTable(path, encoding, max(DELIMITERS, key=lambda mark: scores[mark]), 0)


def _score(sample: str, delimiter: str) -> tuple[float, int]:
    """How alike the records are, weighed by how many cells they have."""
    lines = sample.splitlines(keepends=True)
    complete = lines[:-1] if len(sample) == _SAMPLE_CHARACTERS else lines
    try:
        records = list(islice(csv.reader(complete, delimiter=delimiter), _SAMPLE_RECORDS))
    except csv.Error:
        return 0.0, 0
    counts = Counter(len(record) for record in records if any(record))
    if not counts:
        return 0.0, 0
    cells, times = max(counts.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    return (times / counts.total(), cells) if cells > 1 else (0.0, 0)


def records_of(table: TextTable, limits: Limits) -> Iterator[list[str]]:
    """Every record, blank ones too, in order. Raises BadInput, naming the row, where the text breaks off, and
    beyond the limits.
    """
    csv.field_size_limit(limits.cell_characters)
    with table.path.open(encoding=table.encoding.codec, errors="replace", newline="") as file:
        record_lines: list[str] = []
        reader = csv.reader(_kept(file, record_lines), delimiter=table.delimiter)
        number = cells = 0
        try:
            for number, record in enumerate(reader, start=1):
                if len(record_lines) > 1 and "".join(record_lines).count('"') % 2:
                    raise _left_open(number)
                record_lines.clear()
                cells += len(record)
                if number > limits.lines or cells > limits.cells:
                    raise BadInput(f"The sheet has more than {limits.rows:,} rows: split it.")
                if number > table.skipped:
                    yield [unguarded(cell) for cell in record] if table.is_guarded and _has_guard(record) else record
                else:
                    yield []
        except csv.Error as error:
            if "field larger" in str(error):
                raise _left_open(number + 1) from None
            raise BadInput(f"Row {number + 1} cannot be read as CSV ({error}).") from None


def _has_guard(record: list[str]) -> bool:
    return any(cell[:1] == "'" for cell in record)


def _kept(lines: Iterator[str], record_lines: list[str]) -> Iterator[str]:
    for line in lines:
        record_lines.append(line)
        yield line


def _left_open(row: int) -> BadInput:
    return BadInput(
        f"Row {row}: a quotation mark opens a cell and is never closed, so that the rest would be one cell. "
        "Close it, or take it out."
    )
