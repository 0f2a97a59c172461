"""The files of an export: written from the rows of the database, and read again for an empty installation."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tracker.domain.errors import BadInput, Refused
from tracker.formats.export_columns import export_readme
from tracker.formats.safe_cells import guarded
from tracker.migrations.state import newest_revision
from tracker.queries.exports import FORMAT, Export, Sheet, cell_of, sheets

MANIFEST = "export.json"
MAX_LINE = 64 * 2**20


def write_export(export: Export, folder: Path, *, advance: Callable[[], None]) -> dict[str, int]:
    """Write every table as CSV and JSON Lines, a README and a manifest; gives the number of rows of each.

    Raises Refused where the folder holds something already. The same database gives the same bytes.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} is there already and not empty. Name a folder that is new, or empty.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _write_files(export, folder, advance)
    except BaseException:  # also Ctrl-C: an export is there whole, or not at all
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write_files(export: Export, folder: Path, advance: Callable[[], None]) -> dict[str, int]:
    counts = {}
    for sheet in sheets():
        counts[sheet.name] = _write_sheet(export, sheet, folder)
        advance()
    columns = {sheet.name: [sheet.heading(column) for column in sheet.columns] for sheet in sheets()}
    (folder / "README.md").write_text(export_readme(columns), encoding="utf-8")
    manifest = {"format": FORMAT, "schema": newest_revision(), "rows": counts}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return counts


def _write_sheet(export: Export, sheet: Sheet, folder: Path) -> int:
    headings = [sheet.heading(column) for column in sheet.columns]
    count = 0
    with (
        (folder / f"{sheet.name}.csv").open("w", encoding="utf-8-sig", newline="") as cells,
        (folder / f"{sheet.name}.jsonl").open("w", encoding="utf-8", newline="\n") as lines,
    ):
        table = csv.writer(cells)
        table.writerow(headings)
        for row in export.rows(sheet):
            table.writerow([guarded(cell_of(row[heading])) for heading in headings])
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


class ExportFolder:
    """An export on disk. Raises BadInput where it is none, or of a format that this version does not know."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts = self._counts()

    def _counts(self) -> dict[str, int]:
        path = self.folder / MANIFEST
        if not path.is_file():
            raise BadInput(f"{self.folder} is no export of the tracker: there is no {MANIFEST} in it.")
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
            form, schema, rows = manifest["format"], manifest["schema"], manifest["rows"]
        except (ValueError, KeyError, TypeError):
            raise BadInput(f"{path} cannot be read: it is not the manifest of an export.") from None
        if form != FORMAT or schema != newest_revision() or not isinstance(rows, dict):
            raise BadInput(f"{path}: this export is of another version of the tracker (schema {schema}).")
        return rows

    def rows_of(self, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The rows of a table with their numbers. Raises BadInput for one that is no JSON, or missing rows."""
        expected, number = self.counts.get(name, 0), 0
        path = self.folder / f"{name}.jsonl"
        if not path.is_file():
            if expected:
                raise BadInput(f"{path.name} is missing from the export.")
            return
        with path.open("rb") as lines:
            while line := lines.readline(MAX_LINE):
                number += 1
                yield number, _row(line, f"{name}.jsonl, row {number}")
        if number != expected:
            raise BadInput(f"{path.name} has {number} rows, {MANIFEST} says {expected}: the export is not whole.")


def _row(line: bytes, place: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise BadInput(f"{place}: this is no JSON.") from None
    if not isinstance(row, dict):
        raise BadInput(f"{place}: this is no JSON object.")
    return row
