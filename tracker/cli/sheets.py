"""`tracker import sheet` and `tracker sheet`: a spreadsheet in, a spreadsheet out."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.session import echo_json, in_app, json_option, say


@click.command("sheet")
@click.argument("file", required=False, metavar="FILE", type=click.Path(path_type=Path))
@click.option("--journal", "slug", help="The journal's short name.")
@click.option("--journal-column", metavar="COLUMN", help="The column that names each row's journal; new ones are made.")
@click.option("--map", "pairs", multiple=True, metavar="COLUMN=FIELD", help="Say what a column is; may be repeated.")
@click.option(
    "--dates", type=click.Choice(["dmy", "mdy", "ymd"]), help="The order of day and month where no cell settles it."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--undo", "undo_uid", metavar="ID", help="Take a whole import back.")
@click.option(
    "--refused", metavar="FILE", type=click.Path(path_type=Path), help="Write refused rows here, with the reasons."
)
@click.option("--encoding", default="", help="The encoding of a text file, where it is not found out.")
@click.option("--worksheet", default="", help="The sheet of a workbook; the first with rows if not given.")
@json_option
@in_app
def import_sheet_command(
    file: Path | None,
    slug: str | None,
    journal_column: str | None,
    pairs: tuple[str, ...],
    dates: str | None,
    dry_run: bool,
    undo_uid: str | None,
    refused: Path | None,
    encoding: str,
    worksheet: str,
    as_json: bool,
) -> None:
    """Read a spreadsheet: CSV, TSV or XLSX, also as .gz; one row a manuscript or one row an event."""
    from tracker.cli import sheet_import
    from tracker.formats.sheet_columns import said_fields
    from tracker.formats.sheet_dates import ORDERS

    wish = None
    if undo_uid is None:
        if file is None:
            raise click.UsageError("Say which file, or with --undo which import to take back.")
        order = next((known for known in ORDERS if known == dates), None)
        wish = sheet_import.Wish(
            file, slug, journal_column, said_fields(pairs), order, dry_run, refused, encoding, worksheet
        )
    sheet_import.run(wish, undo_uid, echo_json if as_json else None)


@click.command("sheet")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--journal", "slug", required=True, help="The journal's short name.")
@in_app
def sheet_command(file: Path, slug: str) -> None:
    """Write a journal's manuscripts as a sheet: a workbook if FILE ends in .xlsx, else CSV."""
    from tracker.formats.sheets.writing import write_csv, write_xlsx
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.queries.sheet_rows import sheet_header, sheet_rows

    journal = journal_by_slug(slug)
    header = sheet_header(journal.id)
    if file.suffix.lower() == ".xlsx":
        write_xlsx(file, header, sheet_rows(journal.id, header))
    else:
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            write_csv(out, header, sheet_rows(journal.id, header))
    say(f"{file}: the manuscripts of {journal.title}.")
