"""One manuscript as the formats of the outside world: what `tracker dates` and `tracker article` print."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click
from flask import current_app

from tracker import clock
from tracker.formats.article_record import ArticleRecord
from tracker.formats.imprint import Imprint
from tracker.models import Manuscript
from tracker.queries.articles import article_of, dates_style_of, imprint_of, public_path
from tracker.queries.histories import standing_of

Printer = Callable[[Manuscript, ArticleRecord, Imprint], str]


def print_article(manuscript: Manuscript, shape: str) -> None:
    """Print the manuscript in one of SHAPES. What it lacks for that is said on standard error; then status 1."""
    click.echo(SHAPES[shape](manuscript, article_of(manuscript), imprint_of(manuscript.journal)), nl=False)
    if shape == "crossref" and (missing := _missing(manuscript)):
        click.echo(
            f"{manuscript.reference} is not ready to be deposited: Crossref needs {', '.join(missing)}.", err=True
        )
        raise click.exceptions.Exit(1)


def address_of(manuscript: Manuscript) -> str:
    """The address of the article's public page; empty where the journal has none."""
    path = public_path(manuscript)
    base: str = current_app.config["TRACKER_SETTINGS"].base_url
    return f"{base.rstrip('/')}{path}" if path else ""


def _missing(manuscript: Manuscript) -> list[str]:
    from tracker.formats.crossref_deposit import missing_for_deposit

    article, journal = article_of(manuscript), imprint_of(manuscript.journal)
    return missing_for_deposit(article, journal, address=address_of(manuscript))


def _jats(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.jats_writing import write_jats

    return write_jats(article, journal)


def _crossref(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.crossref_deposit import write_crossref_deposit

    return write_crossref_deposit(article, journal, now=clock.now(), address=address_of(manuscript))


def _pubmed(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.pubmed_writing import write_pubmed

    return write_pubmed([(article, journal)])


def _jsonld(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.embeddings import json_ld

    return _json(json_ld(article, journal, address=address_of(manuscript)))


def _doaj(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.doaj import doaj_json

    return _json(doaj_json(article, journal, address=address_of(manuscript)))


def _page(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.article_html import article_fragment
    from tracker.formats.processing_dates import printed_dates, processing_dates_html

    style = dates_style_of(manuscript.journal)
    dates = processing_dates_html(printed_dates(standing_of(manuscript), style), style)
    return article_fragment(article, journal, dates, style=style, address=address_of(manuscript))


def _apa(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.citations import cite_apa

    return f"{cite_apa(article, journal)}\n"


def _bibtex(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.citations import cite_bibtex

    return cite_bibtex(article, journal)


def _ris(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.citations import cite_ris

    return cite_ris(article, journal)


def _csl(manuscript: Manuscript, article: ArticleRecord, journal: Imprint) -> str:
    from tracker.formats.citations import cite_csl

    return _json(cite_csl(article, journal))


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


SHAPES: dict[str, Printer] = {
    "html": _page, "apa": _apa, "bibtex": _bibtex, "ris": _ris, "csl": _csl, "jats": _jats, "crossref": _crossref,
    "pubmed": _pubmed, "doaj": _doaj, "jsonld": _jsonld,
}  # fmt: skip
