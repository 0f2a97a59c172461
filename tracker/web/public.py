"""A journal's published articles for everybody, if the journal has switched that on: contents and article pages."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.formats.article_html import article_body, article_head
from tracker.formats.processing_dates import printed_dates, processing_dates_html
from tracker.models import Manuscript
from tracker.queries.articles import (
    article_of,
    dates_style_of,
    imprint_of,
    public_journal,
    public_path,
    published_article,
    published_articles,
)
from tracker.queries.histories import standing_of
from tracker.web.loaders import installation
from tracker.web.sign_in import public

pages = Blueprint("public", __name__)

KEPT_SECONDS = 300  # how long a library's proxy may keep a page: a correction has to be seen the same morning


@pages.get("/j/<slug>/")
@public
def contents(slug: str) -> ResponseReturnValue:
    """The journal's published articles, newest volume first."""
    journal = public_journal(slug)
    articles = published_articles(journal)
    entries = [(article, public_path(article)) for article in articles]
    return kept(render_template("public/contents.html", journal=journal, entries=entries))


@pages.get("/j/<slug>/volume/<volume>/article/<number>")
@public
def article(slug: str, volume: str, number: str) -> ResponseReturnValue:
    """One published article, for readers, Google Scholar and reference managers."""
    journal = public_journal(slug)
    manuscript = published_article(journal, volume, number)
    return kept(render_template("public/article.html", journal=journal, **parts_of(manuscript)))


def parts_of(manuscript: Manuscript) -> dict[str, object]:
    """Head and body of the page. Both come from `formats.article_html`, which has escaped every text in them."""
    article, imprint = article_of(manuscript), imprint_of(manuscript.journal)
    style = dates_style_of(manuscript.journal)
    address = f"{installation().base_url.rstrip('/')}{public_path(manuscript)}"
    dates = processing_dates_html(printed_dates(standing_of(manuscript), style), style)
    return {
        "title": article.title,
        "address": address,
        "head": Markup(article_head(article, imprint, address=address)),  # noqa: S704  escaped where it is made
        "body": Markup(article_body(article, imprint, dates, style=style)),  # noqa: S704  escaped where it is made
    }


def kept(page: str) -> ResponseReturnValue:
    """The page with leave for others to keep it a while: nobody is signed in on it."""
    response = make_response(page)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
