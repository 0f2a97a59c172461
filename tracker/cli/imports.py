"""`tracker import`: what comes in from outside. Each article is imported whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tracker.cli.session import complain, echo_json, in_app, json_option, say
from tracker.cli.sheets import import_sheet_command


@click.group("import")
def import_command() -> None:
    """Read articles, sheets or an export into a journal."""


def _article_command(kind: str, text: str, *, needs_journal: bool = False) -> None:
    """Add `tracker import KIND`: the article formats differ in nothing but their reader."""

    @import_command.command(kind, help=text)
    @click.argument("files", nargs=-1, required=True, metavar="FILE|DIR…", type=click.Path(path_type=Path))
    @click.option("--journal", "slug", required=needs_journal, help="The journal's short name.")
    @json_option
    @in_app
    def command(files: tuple[Path, ...], slug: str | None, as_json: bool) -> None:
        from tracker.cli.article_import import import_files

        _say(import_files(files, kind, slug), as_json)


def _say(result: Any, as_json: bool) -> None:
    if as_json:
        echo_json(result.as_json())
    else:
        for line in result.lines():
            say(line)
    for refusal in result.refused:
        complain(refusal["reason"])
    if result.refused:
        raise click.exceptions.Exit(1)


_article_command(
    "page",
    "Read the pages of published articles, as text or HTML; a folder stands for the files in it.",
    needs_journal=True,
)
_article_command("jats", "Read JATS XML; a folder stands for every .xml file below it.", needs_journal=True)
_article_command("ojs", "Read the native XML that OJS 3.x exports.", needs_journal=True)
_article_command("pubmed", "Read PubMed XML (PubmedArticleSet), as efetch gives it or publishers deposit it.")
_article_command("crossref", "Read the JSON of the Crossref REST API: one work, a list, or a JSON object a line.")
_article_command("doaj", "Read articles as the API of DOAJ gives them, or as CSV.")


@import_command.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
@in_app
def export_command(folder: Path, as_json: bool) -> None:
    """Read an export of the tracker into an empty installation; every history is verified, or nothing taken over."""
    from tracker.cli.export import take_over

    take_over(folder, as_json)


import_command.add_command(import_sheet_command)
