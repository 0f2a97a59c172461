"""The page of a published article as HTML: what goes into the head of a page, and what into its body.

Laid out as journals do: volume and article, title, authors, citation, processing dates, abstract, key words,
biographies. Every text from outside is escaped; there is no style and no script that is executed.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact
from tracker.formats.author_names import in_order
from tracker.formats.citations import cite_apa
from tracker.formats.date_styles import SEED, DateStyle
from tracker.formats.embeddings import coins, highwire_html, highwire_tags, json_for_html, json_ld
from tracker.formats.imprint import Imprint

NOTICES = {
    "corrected": "Correction", "expression_of_concern": "Expression of concern", "retracted": "Retracted",
    "removed": "Removed",
}  # fmt: skip


def article_head(article: ArticleRecord, journal: Imprint, *, address: str = "") -> str:
    """Highwire tags and JSON-LD, for the head of a page."""
    tags = highwire_html(highwire_tags(article, journal, address=address))
    data = json_for_html(json_ld(article, journal, address=address))
    return f'{tags}\n<script type="application/ld+json">\n{data}\n</script>'


def article_body(article: ArticleRecord, journal: Imprint, dates_html: str, *, style: DateStyle = SEED) -> str:
    """The article as readers see it, with COinS. `dates_html` is the paragraph of processing dates."""
    parts = [
        *_notices(article, style), _volume(article), f"<h1>{escape(article.title)}</h1>", _byline(article),
        _citation(article, journal), dates_html, *_abstract(article), _keywords(article),
        *(_biography(author) for author in article.authors), coins(article, journal),
    ]  # fmt: skip
    return "\n".join(['<div class="article" role="article">', *(part for part in parts if part), "</div>"])


def article_fragment(
    article: ArticleRecord, journal: Imprint, dates_html: str, *, style: DateStyle = SEED, address: str = ""
) -> str:
    """Both parts, to be pasted into a journal's own page, each under a comment that says where it goes."""
    head = article_head(article, journal, address=address)
    body = article_body(article, journal, dates_html, style=style)
    return f"<!-- Into the head of the page: -->\n{head}\n\n<!-- Into its body: -->\n{body}\n"


def _volume(article: ArticleRecord) -> str:
    names = (("Volume", article.volume), ("Issue", article.issue), ("Article", article.article_number))
    known = ", ".join(f"{name} {escape(value)}" for name, value in names if value)
    return f'<p class="volume">{known}</p>' if known else ""


def _byline(article: ArticleRecord) -> str:
    names = [escape(in_order(author)) for author in article.authors]
    if not names:
        return ""
    joined = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f'<p class="authors">{joined}</p>'


def _citation(article: ArticleRecord, journal: Imprint) -> str:
    citation = article.citation or cite_apa(article, journal)
    return f'<p class="citation">Citation: {escape(citation)}</p>'


def _notices(article: ArticleRecord, style: DateStyle) -> Iterator[str]:
    """What was said of the article after publication comes first: a reader has to see it."""
    for fact in article.dates:
        if fact.kind in NOTICES:
            yield f'<p class="notice"><strong>{_notice(fact, style)}</strong></p>'


def _notice(fact: DatedFact, style: DateStyle) -> str:
    text = f"{NOTICES[fact.kind]}, {escape(style.date(fact.on))}"
    safe = fact.link.startswith(("https://", "http://"))
    return f'<a href="{escape(fact.link)}">{text}</a>' if safe else text


def _abstract(article: ArticleRecord) -> Iterator[str]:
    for paragraph in article.abstract.split("\n\n"):
        if paragraph.strip():
            yield f'<p class="abstract">{escape(paragraph)}</p>'


def _keywords(article: ArticleRecord) -> str:
    words = ", ".join(escape(word) for word in article.keywords)
    return f'<p class="keywords">Key words: {words}</p>' if words else ""


def _biography(author: AuthorRecord) -> str:
    return f'<p class="biography">{escape(author.biography)}</p>' if author.biography else ""
