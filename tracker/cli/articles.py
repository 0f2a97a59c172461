"""`tracker article`: an article as its page, its citation, or its data for other systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.session import in_app, installation, say, say_as

if TYPE_CHECKING:
    from tracker.models import Manuscript

SHAPES = ("html", "apa", "bibtex", "ris", "csl", "jats", "crossref", "pubmed", "doaj", "jsonld")


@click.command("article")
@click.argument("reference", metavar="REF")
@click.option("--format", "shape", type=click.Choice(SHAPES), default="html", show_default=True)
@in_app
def article_command(reference: str, shape: str) -> None:
    """Print an article: its page as an HTML fragment, its citation (APA, BibTeX, RIS, CSL-JSON), or data."""
    from tracker.queries.manuscripts import manuscript_by_reference

    print_article(manuscript_by_reference(reference), shape)


def print_article(manuscript: Manuscript, shape: str) -> None:
    """Print the manuscript in this format. What it lacks for that is said on standard error; then status 1."""
    from tracker import clock
    from tracker.queries.article_texts import article_text, missing_for

    base_url = installation().base_url
    say_as(shape, article_text(manuscript, shape, base_url=base_url, now=clock.now()), nl=False)
    if sentence := missing_for(manuscript, shape, base_url=base_url):
        say(sentence, err=True)
        raise click.exceptions.Exit(1)
