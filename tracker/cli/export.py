"""`tracker export`: everything as CSV and JSON, so that nobody is locked in; `tracker import export` reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from tracker.cli.session import echo_json, in_app, json_option, say

Row = tuple[int, Mapping[str, Any]]


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--journal", "slug", help="Only this journal, with its people. All journals otherwise.")
@json_option
@in_app
def export_command(folder: Path, slug: str | None, as_json: bool) -> None:
    """Write everything but passwords as CSV and JSON Lines into DIR, with a README of every column."""
    from tracker.cli.article_import import progress
    from tracker.cli.export_files import write_export
    from tracker.queries.exports import Export, sheets
    from tracker.queries.manuscripts import journal_by_slug

    journal = journal_by_slug(slug) if slug is not None else None
    with progress(len(sheets()), "Exporting") as advance:
        counts = write_export(Export(journal), folder, advance=advance)
    if as_json:
        echo_json({"folder": str(folder), "rows": counts})
    else:
        say(f"{sum(counts.values())} rows of {len(counts)} tables were written to {folder}.")


def take_over(folder: Path, as_json: bool) -> None:
    """Read an export into an empty installation: what `tracker import export` does."""
    from tracker.cli.article_import import progress
    from tracker.cli.export_files import ExportFolder
    from tracker.db import transaction
    from tracker.services.restoring import restore_export

    files = ExportFolder(folder)
    with progress(sum(files.counts.values())) as advance, transaction():
        counts = restore_export(lambda name: _counted(files.rows_of(name), advance))
    if as_json:
        echo_json({"folder": str(folder), "rows": counts})
    else:
        say(f"{sum(counts.values())} rows of {len(counts)} tables were taken over, and every history verified.")
        say("Nobody has a password yet: print a link for each with “tracker account link EMAIL”.")


def _counted(rows: Iterable[Row], advance: Callable[[], None]) -> Iterator[Row]:
    for row in rows:
        advance()
        yield row
