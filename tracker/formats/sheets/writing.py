"""Sheets written so that they can be read back exactly, and so that no cell is run as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from tracker.formats.sheets.cells import guarded

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST_DAY_OF_EXCEL = date(1900, 3, 1)  # before it, workbooks count a day that never was


def write_csv(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write CSV as spreadsheet programs open it best. Open `file` with encoding="utf-8-sig" and newline=""."""
    writer = csv.writer(file)
    writer.writerow([guarded(name) for name in header])
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])


def write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a workbook of one sheet: days as real dates, everything else as text, row by row in little memory."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Manuscripts")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            sheet.set_column(column, column, min(40, max(12, len(name) + 2)))
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if (on := _as_day(cell)) is not None:
                    sheet.write_datetime(number, column, on, day)
                elif cell:
                    sheet.write_string(number, column, cell)


def _as_day(cell: str) -> date | None:
    if not _DAY.fullmatch(cell):
        return None
    try:
        on = date.fromisoformat(cell)
    except ValueError:
        return None
    return on if on >= _FIRST_DAY_OF_EXCEL else None
