"""The work behind `tracker import sheet`: read, say what each column became, import in one transaction, take back."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from tracker import clock
from tracker.cli.session import say
from tracker.db import db, transaction
from tracker.domain.errors import BadInput
from tracker.formats.sheet_columns import Layout, Said, read_layout
from tracker.formats.sheet_dates import Order
from tracker.formats.sheet_words import FIELDS
from tracker.formats.sheets.reading import Sheet, opened_sheet
from tracker.formats.sheets.writing import write_csv, write_xlsx
from tracker.models import Journal
from tracker.queries.imports import import_by_uid, saved_mapping
from tracker.queries.manuscripts import journal_by_slug
from tracker.services.actors import OPERATOR
from tracker.services.sheet_account import SheetResult
from tracker.services.sheet_imports import Circumstances, import_rows, save_mapping
from tracker.services.sheet_journals import journals_by_name
from tracker.services.sheet_undo import undo_import

ROW_COLUMN, REASON_COLUMN = "Row in the file", "Refused because"


@dataclass(frozen=True)
class Wish:
    """What the command line asks for."""

    path: Path
    slug: str | None = None
    journal_column: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    dates: Order | None = None
    dry_run: bool = False
    refused: Path | None = None
    encoding: str = ""
    worksheet: str = ""


@dataclass(frozen=True)
class Done:
    """What became of the file."""

    path: Path
    layout: Layout
    remarks: tuple[str, ...]
    result: SheetResult
    dry_run: bool

    def as_json(self) -> dict[str, Any]:
        """The shape of the public contract; `columns` and `dry_run` beside it."""
        counts = self.result.counts
        return {
            "import_id": None if self.dry_run else self.result.import_id,
            "created": counts["created"], "updated": counts["updated"], "unchanged": counts["unchanged"],
            "refused": [{"file": str(self.path), "row": row, "reason": why} for row, why in self.result.refused],
            "manuscripts": list(self.result.references), "dry_run": self.dry_run,
            "columns": [
                {"column": column.name, "field": column.field, "reason": column.reason, "dates": column.order}
                for column in self.layout.columns
            ],
        }  # fmt: skip

    def lines(self) -> Iterator[str]:
        """What each column became, then the counts."""
        for column in self.layout.columns:
            order = f" ({column.order_words})" if column.order_words else ""
            yield f"{column.name[:30]:30}  {FIELDS[column.field]}: {column.reason}{order}"
        yield from self.remarks
        counts = self.result.counts
        said = ", ".join(f"{counts[word]:,} {word}" for word in ("created", "updated", "unchanged", "refused"))
        yield f"{self.result.rows:,} rows: {said}."
        if self.dry_run:
            yield "Nothing was changed: this was a dry run."
        else:
            yield f"To take it back: tracker import sheet --undo {self.result.import_id}"

    def refusals(self) -> Iterator[str]:
        for row, reason in self.result.refused:
            yield f"{self.path.name}, row {row}: {reason}"


def import_sheet(wish: Wish) -> Done:
    """Import the file, or only try. Raises BadInput for a file or a wish that cannot be understood."""
    if (wish.slug is None) == (wish.journal_column is None):
        raise BadInput("Say where the rows belong: --journal SLUG, or --journal-column COLUMN for several journals.")
    journal = journal_by_slug(wish.slug) if wish.slug is not None else None
    with opened_sheet(wish.path, encoding=wish.encoding, worksheet=wish.worksheet) as sheet:
        layout = _layout(sheet, wish, journal)
        if layout.open_columns and not wish.dry_run:
            column = layout.open_columns[0]
            raise BadInput(
                f"{sheet.name}, column “{column.name}”: {column.order_words}. "
                "Say which it is with --dates dmy (day first), mdy (month first) or ymd (year first)."
            )
        with progress(layout.rows) as on_progress:
            result = _import(sheet, layout, wish, on_progress)
        if wish.refused is not None:
            write_refused(sheet, result, wish.refused)
        return Done(wish.path, layout, sheet.remarks, result, wish.dry_run)


def _layout(sheet: Sheet, wish: Wish, journal: Journal | None) -> Layout:
    fields = dict(wish.fields)
    if wish.journal_column is not None:
        fields[wish.journal_column] = "journal"
    saved = saved_mapping(journal.id) if journal else {}
    said = Said(fields=fields, saved=saved, dates=wish.dates)
    layout = read_layout(sheet, said, latest_year=clock.today(journal.timezone if journal else "UTC").year)
    return layout if journal is None else layout.into_one_journal()


def _import(sheet: Sheet, layout: Layout, wish: Wish, on_progress: Callable[[int], None]) -> SheetResult:
    now = clock.now()
    with transaction() as session:
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)  # rows make no cycles: looking for them takes a tenth of the time
        journal = journal_by_slug(wish.slug) if wish.slug is not None else None
        journal_of = journals_by_name(by=OPERATOR, now=now) if journal is None else lambda _: journal
        around = Circumstances(
            file_name=sheet.name, header=sheet.header, by=OPERATOR, now=now, journal_of=journal_of,
            today_of=clock.today, journal=journal, on_progress=on_progress,
        )  # fmt: skip
        result = import_rows(sheet, layout, around)
        if journal is not None:
            save_mapping(journal, layout, now=now)
        if wish.dry_run:
            session.rollback()
    return result


def write_refused(sheet: Sheet, result: SheetResult, target: Path) -> None:
    """Write the refused rows as they were, each with its number and the reason; CSV, or a workbook by its suffix."""
    reasons = dict(result.refused)
    header = (ROW_COLUMN, *sheet.header, REASON_COLUMN)
    rows = ((str(row.number), *row.cells, reasons[row.number]) for row in sheet.rows() if row.number in reasons)
    if target.suffix.lower() == ".xlsx":
        write_xlsx(target, header, rows)
        return
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(file, header, rows)


def undo(uid: str) -> tuple[dict[str, Any], list[str]]:
    """Take an import back: what was done, and a sentence for each manuscript that was kept."""
    with transaction():
        record = import_by_uid(uid)
        undone = undo_import(record, by=OPERATOR, now=clock.now(), today_of=clock.today)
    kept = [{"reference": reference, "reason": reason} for reference, reason in undone.kept]
    db.session.remove()
    return {"import_id": uid, "taken_back": undone.taken_back, "kept": kept}, [reason for _, reason in undone.kept]


def run(wish: Wish | None, undo_uid: str | None, echo_json: Callable[[Any], None] | None) -> None:
    """Do it and say it: what was done on standard output, refusals on standard error, status 1 where there are any."""
    if undo_uid is not None:
        document, problems = undo(undo_uid)
        lines = [f"{document['taken_back']:,} manuscripts are as they were before the import {undo_uid}."]
    else:
        assert wish is not None, "without --undo there is a file"
        done = import_sheet(wish)
        document, problems, lines = done.as_json(), list(done.refusals()), list(done.lines())
    if echo_json is not None:
        echo_json(document)
    else:
        say("\n".join(lines))
    for problem in problems:
        say(problem, err=True)
    if problems:
        raise click.exceptions.Exit(1)


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal for long work; none when piped or for a few rows. Call it with the rows done."""
    if total < 2000 or not sys.stderr.isatty():
        yield lambda rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Importing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Importing", total=total)
        yield lambda rows: bar.update(task, completed=rows)
