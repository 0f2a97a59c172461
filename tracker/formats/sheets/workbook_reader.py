"""A workbook written out as CSV, in a process of its own with limits of its own: `python -m … IN OUT SHEET`.

A file of some kilobytes can make a reader ask for gigabytes, by compression, by one cell in the last corner, or by
one long text that every cell repeats. Whatever it does, it does to this process only.
"""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from tracker.formats.sheets.limits import LIMITS, MB


def main(source: str, target: str, wanted: str) -> dict[str, Any]:
    """Write the wanted sheet, or the first that holds a table, to `target`; gives the names of all sheets."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_path(source)
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if wanted and wanted not in names:
        return {"error": f"There is no sheet “{wanted}” in this workbook. There are: {', '.join(names)}."}
    sizes = {name: _size(workbook, name) for name in ([wanted] if wanted else names)}
    filled = [name for name, (height, _) in sizes.items() if height]
    tables = [name for name in filled if min(sizes[name]) > 1]  # a sheet of remarks often comes first
    chosen = next(iter(tables or filled), "")
    if chosen:
        height, width = sizes[chosen]
        if width > LIMITS.columns or height > LIMITS.rows + 50:
            return {"error": f"The sheet “{chosen}” is {height:,} rows by {width:,} columns: too large."}
        write_rows(workbook.get_sheet_by_name(chosen), target)
    return {"sheet": chosen, "others": [name for name in filled if name != chosen]}


def _size(workbook: Any, name: str) -> tuple[int, int]:
    sheet = workbook.get_sheet_by_name(name)
    return sheet.height, sheet.width


def write_rows(sheet: Any, target: str) -> None:
    """Every row as spreadsheets number them: rows above the first filled one are written empty."""
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([] for _ in range(min(sheet.start[0] if sheet.start else 0, LIMITS.rows)))
        left = [""] * (sheet.start[1] if sheet.start else 0)
        writer.writerows([*left, *map(as_text, row)] for row in sheet.to_python(skip_empty_area=True))


def as_text(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as 2020-11-30, everything else as it prints."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    return "" if value is None else str(value)


def limit_this_process() -> None:
    """Bound memory, processor time and output by the system, where it can."""
    try:
        import resource
    except ImportError:  # not on Windows; the sizes inside the file have been checked before
        return
    for kind, limit in (
        (resource.RLIMIT_AS, LIMITS.workbook_memory_bytes),
        (resource.RLIMIT_CPU, LIMITS.workbook_seconds),
        (resource.RLIMIT_FSIZE, 2 * LIMITS.unpacked_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    assert LIMITS.workbook_memory_bytes > 256 * MB
    limit_this_process()
    try:
        answer = main(*sys.argv[1:4])
    except BaseException as error:  # a panic of the reader is no Exception
        answer = {"error": f"The workbook cannot be read ({type(error).__name__}): it is damaged or protected."}
    sys.stdout.write(json.dumps(answer))
