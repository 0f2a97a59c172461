"""`tracker article`: an article as its page, its citation, or its data for other systems."""

from __future__ import annotations

import click

from tracker.cli.session import in_app

SHAPES = ("html", "apa", "bibtex", "ris", "csl", "jats", "crossref", "pubmed", "doaj", "jsonld")


@click.command("article")
@click.argument("reference", metavar="REF")
@click.option("--format", "shape", type=click.Choice(SHAPES), default="html", show_default=True)
@in_app
def article_command(reference: str, shape: str) -> None:
    """Print an article: its page as an HTML fragment, its citation (APA, BibTeX, RIS, CSL-JSON), or data."""
    from tracker.cli.article_output import print_article
    from tracker.queries.manuscripts import manuscript_by_reference

    print_article(manuscript_by_reference(reference), shape)
