"""Writes JATS: the front matter of an article with its complete history.

Journal Archiving and Interchange Tag Set 1.2 (ANSI/NISO Z39.96-2019), which leaves a journal without an ISSN valid;
with one, and with an <elocation-id> or pages, the front is valid in the Publishing Tag Set too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.domain.dates import PartialDate
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact
from tracker.formats.author_names import is_group, parts_of
from tracker.formats.imprint import Imprint
from tracker.formats.xml_reading import Element
from tracker.formats.xml_writing import document, hyphened, node, node_if

VERSION = "1.2"
DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" '
    '"JATS-archivearticle1.dtd">'
)
DATE_TYPES = {
    "received": "received", "sent_to_review": "sent-to-review", "revision_requested": "rev-request",
    "resubmitted": "rev-recd", "accepted": "accepted", "rejected": "rejected", "withdrawn": "withdrawn",
    "corrected": "corrected", "expression_of_concern": "expression-of-concern", "retracted": "retracted",
    "removed": "removed",
}  # fmt: skip
PUB_DATE_TYPES = {"published": "pub", "published_in_issue": "issue-pub"}
_RANGE = re.compile(r"\s*(\w+)\s*[-–]\s*(\w+)\s*")


def write_jats(article: ArticleRecord, journal: Imprint, *, as_events: bool = False) -> str:
    """The article as a JATS document with front matter only. `as_events` writes <pub-history> in place of <history>."""
    root = node(
        "article",
        node("front", _journal_meta(journal), _article_meta(article, as_events=as_events)),
        **hyphened(article_type=article.article_type or "research-article", dtd_version=VERSION),
    )
    root.set("{http://www.w3.org/XML/1998/namespace}lang", journal.language)
    return document(root, doctype=DOCTYPE)


def _journal_meta(journal: Imprint) -> Element:
    return node(
        "journal-meta",
        node_if("journal-id", journal.slug, **hyphened(journal_id_type="publisher-id")),
        node(
            "journal-title-group",
            node("journal-title", journal.title),
            node_if("abbrev-journal-title", journal.abbreviation),
        ),
        node_if("issn", journal.issn_print, **hyphened(publication_format="print")),
        node_if("issn", journal.issn_online, **hyphened(publication_format="electronic")),
        node("publisher", node("publisher-name", journal.publisher)) if journal.publisher else None,
    )


def _article_meta(article: ArticleRecord, *, as_events: bool) -> Element:
    return node(
        "article-meta",
        node_if("article-id", article.doi, **hyphened(pub_id_type="doi")),
        node_if("article-id", article.reference, **hyphened(pub_id_type="manuscript")),
        _categories(article),
        node("title-group", node("article-title", article.title)),
        _authors(article),
        *_affiliations(article),
        *_pub_dates(article),
        node_if("volume", article.volume),
        node_if("issue", article.issue),
        *_place(article),
        _history(article, as_events=as_events),
        _abstract(article),
        node("kwd-group", *(node("kwd", word) for word in article.keywords)) if article.keywords else None,
        _custom_meta(article),
    )


def _categories(article: ArticleRecord) -> Element | None:
    if not article.section:
        return None
    return node(
        "article-categories",
        node("subj-group", node("subject", article.section), **hyphened(subj_group_type="heading")),
    )


def _authors(article: ArticleRecord) -> Element | None:
    numbers = _numbered_affiliations(article)
    authors = [_author(author, numbers) for author in article.authors]
    return node("contrib-group", *authors) if authors else None


def _author(author: AuthorRecord, numbers: dict[str, int]) -> Element:
    orcid = f"https://orcid.org/{author.orcid}"
    affiliation = numbers.get(author.affiliation)
    return node(
        "contrib",
        node("contrib-id", orcid, **hyphened(contrib_id_type="orcid")) if author.orcid else None,
        node("collab", author.family) if is_group(author) else _name(author),
        node("bio", node("p", author.biography)) if author.biography else None,
        node_if("email", author.email),
        node("xref", **hyphened(ref_type="aff", rid=f"aff{affiliation}")) if affiliation else None,
        **hyphened(contrib_type="author", corresp="yes" if author.is_corresponding else None),
    )


def _name(author: AuthorRecord) -> Element:
    if not author.family:
        return node("name", node("given-names", author.given))
    given, family, suffix = parts_of(author)
    return node("name", node_if("surname", family), node_if("given-names", given), node_if("suffix", suffix))


def _numbered_affiliations(article: ArticleRecord) -> dict[str, int]:
    distinct = dict.fromkeys(author.affiliation for author in article.authors if author.affiliation)
    return {text: number for number, text in enumerate(distinct, start=1)}


def _affiliations(article: ArticleRecord) -> Iterator[Element]:
    for text, number in _numbered_affiliations(article).items():
        yield node("aff", text, id=f"aff{number}")


def _pub_dates(article: ArticleRecord) -> Iterator[Element]:
    for fact in article.dates:
        if fact.kind in PUB_DATE_TYPES:
            yield _date("pub-date", fact.on, date_type=PUB_DATE_TYPES[fact.kind], publication_format="electronic")


def _date(tag: str, on: PartialDate, **attributes: str) -> Element:
    """JATS <date>: day, month and year as far as they are known, and the whole in ISO 8601."""
    return node(
        tag,
        node("day", f"{on.first.day:02}") if on.precision == "day" else None,
        node("month", f"{on.first.month:02}") if on.precision != "year" else None,
        node("year", f"{on.first.year:04}"),
        **hyphened(**attributes, iso_8601_date=on.iso),
    )


def _place(article: ArticleRecord) -> Iterator[Element | None]:
    """Pages, else the article's number: JATS has room for one of them here."""
    if not article.pages:
        yield node_if("elocation-id", article.article_number)
        return
    match = _RANGE.fullmatch(article.pages)
    low, high = match.groups() if match else (article.pages, "")
    yield node("fpage", low)
    yield node_if("lpage", high)


def _custom_meta(article: ArticleRecord) -> Element | None:
    """The article's number where the pages have taken its place."""
    if not (article.pages and article.article_number):
        return None
    pair = node("meta-name", "article-number"), node("meta-value", article.article_number)
    return node("custom-meta-group", node("custom-meta", *pair))


def _history(article: ArticleRecord, *, as_events: bool) -> Element | None:
    dates = [
        (fact, _date("date", fact.on, date_type=DATE_TYPES[fact.kind]))
        for fact in article.dates if fact.kind in DATE_TYPES
    ]  # fmt: skip
    if not dates:
        return None
    if as_events:
        return node("pub-history", *(node("event", _description(fact), date) for fact, date in dates))
    return node("history", *(date for _, date in dates))


def _description(fact: DatedFact) -> Element | None:
    return node_if("event-desc", fact.link)


def _abstract(article: ArticleRecord) -> Element | None:
    paragraphs = [part for part in article.abstract.split("\n\n") if part.strip()]
    return node("abstract", *(node("p", part) for part in paragraphs)) if paragraphs else None
