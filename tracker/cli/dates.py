"""`tracker dates` and `tracker parse-dates`: the dates that journals print."""

from __future__ import annotations

import json
import sys

import click

from tracker.cli.session import echo_json, in_app, say_as

SHAPES = ("line", "json", "jats", "crossref", "pubmed", "jsonld", "html", "markdown")


@click.command("dates")
@click.argument("reference", metavar="REF")
@click.option("--format", "shape", type=click.Choice(SHAPES), default="line", show_default=True)
@click.option("--style", default="", help="A preset in place of the journal's own words: seed, elsevier, springer, …")
@in_app
def dates_command(reference: str, shape: str, style: str) -> None:
    """Print the processing dates of a manuscript in the journal's own words, or as data for other systems."""
    from tracker.cli.articles import print_article
    from tracker.queries.manuscripts import manuscript_by_reference
    from tracker.queries.processing_dates import TEXTS, dates_document, dates_text

    manuscript = manuscript_by_reference(reference)
    if shape in TEXTS:
        say_as(shape, dates_text(manuscript, shape, preset=style))
    elif shape == "json":
        echo_json(dates_document(manuscript, preset=style))
    else:
        print_article(manuscript, shape)


@click.command("parse-dates")
def parse_dates_command() -> None:
    """Read printed history lines from standard input, one a line; print one JSON object for each."""
    from tracker.formats.history_lines import as_json, parse_history

    for line in sys.stdin.buffer:
        text = line.decode("utf-8", errors="replace").rstrip("\r\n")
        sys.stdout.write(json.dumps(as_json(parse_history(text)), ensure_ascii=False) + "\n")
