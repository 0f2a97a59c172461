"""One manuscript as the formats of the outside world: what `tracker dates`, `tracker article` and the API give.

Each format is imported when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.formats.article_record import ArticleRecord
from tracker.formats.imprint import Imprint
from tracker.models import Manuscript
from tracker.queries.articles import article_of, dates_style_of, imprint_of, public_path
from tracker.queries.histories import standing_of


@dataclass(frozen=True)
class Told:
    """What a format is written from. `address` is that of the article's public page; empty where there is none."""

    manuscript: Manuscript
    article: ArticleRecord
    journal: Imprint
    address: str
    now: datetime


def article_text(manuscript: Manuscript, shape: str, *, base_url: str, now: datetime) -> str:
    """The manuscript in one of SHAPES. `base_url` is where the tracker's public pages are found."""
    address = _address_of(manuscript, base_url)
    return SHAPES[shape](Told(manuscript, article_of(manuscript), imprint_of(manuscript.journal), address, now))


def missing_for(manuscript: Manuscript, shape: str, *, base_url: str) -> str:
    """The sentence that says what the manuscript lacks for this format; empty where it lacks nothing."""
    if shape != "crossref":
        return ""
    from tracker.formats.crossref_deposit import missing_for_deposit

    address = _address_of(manuscript, base_url)
    missing = missing_for_deposit(article_of(manuscript), imprint_of(manuscript.journal), address=address)
    needs = f"{manuscript.reference} is not ready to be deposited: Crossref needs {', '.join(missing)}."
    return needs if missing else ""


def _address_of(manuscript: Manuscript, base_url: str) -> str:
    path = public_path(manuscript)
    return f"{base_url.rstrip('/')}{path}" if path else ""


def _jats(told: Told) -> str:
    from tracker.formats.jats_writing import write_jats

    return write_jats(told.article, told.journal)


def _crossref(told: Told) -> str:
    from tracker.formats.crossref_deposit import write_crossref_deposit

    return write_crossref_deposit(told.article, told.journal, now=told.now, address=told.address)


def _pubmed(told: Told) -> str:
    from tracker.formats.pubmed_writing import write_pubmed

    return write_pubmed([(told.article, told.journal)])


def _jsonld(told: Told) -> str:
    from tracker.formats.embeddings import json_ld

    return _json(json_ld(told.article, told.journal, address=told.address))


def _doaj(told: Told) -> str:
    from tracker.formats.doaj import doaj_json

    return _json(doaj_json(told.article, told.journal, address=told.address))


def _page(told: Told) -> str:
    from tracker.formats.article_html import article_fragment
    from tracker.formats.processing_dates import printed_dates, processing_dates_html

    style = dates_style_of(told.manuscript.journal)
    dates = processing_dates_html(printed_dates(standing_of(told.manuscript), style), style)
    return article_fragment(told.article, told.journal, dates, style=style, address=told.address)


def _apa(told: Told) -> str:
    from tracker.formats.citations import cite_apa

    return f"{cite_apa(told.article, told.journal)}\n"


def _bibtex(told: Told) -> str:
    from tracker.formats.citations import cite_bibtex

    return cite_bibtex(told.article, told.journal)


def _ris(told: Told) -> str:
    from tracker.formats.citations import cite_ris

    return cite_ris(told.article, told.journal)


def _csl(told: Told) -> str:
    from tracker.formats.citations import cite_csl

    return _json(cite_csl(told.article, told.journal))


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


SHAPES: dict[str, Callable[[Told], str]] = {
    "html": _page, "apa": _apa, "bibtex": _bibtex, "ris": _ris, "csl": _csl, "jats": _jats, "crossref": _crossref,
    "pubmed": _pubmed, "doaj": _doaj, "jsonld": _jsonld,
}  # fmt: skip
