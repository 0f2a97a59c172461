"""Writes PubMed XML as publishers deposit it: NLM, “XML Help for PubMed Data Providers”, PubMed DTD 2.8.

Its History knows a manuscript's receipt, revisions, acceptance and publication; decisions and notices it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.domain.dates import PartialDate
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact
from tracker.formats.author_names import is_group, parts_of
from tracker.formats.imprint import Imprint
from tracker.formats.xml_reading import Element
from tracker.formats.xml_writing import document, node, node_if

DOCTYPE = (
    '<!DOCTYPE ArticleSet PUBLIC "-//NLM//DTD PubMed 2.8//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/in/PubMed.dtd">'
)
STATUSES = {
    "received": "received", "resubmitted": "revised", "accepted": "accepted", "published": "epublish",
    "published_in_issue": "ppublish",
}  # fmt: skip
LANGUAGES = {"en": "EN", "de": "DE", "fr": "FR", "es": "ES", "pt": "PT", "it": "IT", "nl": "NL", "zh": "ZH"}
_RANGE = re.compile(r"\s*(\w+)\s*[-–]\s*(\w+)\s*")


def write_pubmed(articles: Sequence[tuple[ArticleRecord, Imprint]]) -> str:
    """The articles as one <ArticleSet>. Elements stand in the order that the DTD asks for."""
    return document(node("ArticleSet", *(_article(*pair) for pair in articles)), doctype=DOCTYPE)


def _article(article: ArticleRecord, journal: Imprint) -> Element:
    return node(
        "Article",
        _journal(article, journal),
        node("ArticleTitle", article.title),
        *_pages(article),
        node_if("ELocationID", article.doi, EIdType="doi", ValidYN="Y"),
        node_if("ELocationID", article.article_number, EIdType="pii", ValidYN="Y"),
        node("Language", LANGUAGES.get(journal.language.partition("-")[0], "EN")),
        node("AuthorList", *(_author(author) for author in article.authors)) if article.authors else None,
        node("PublicationType", "Journal Article"),
        node(
            "ArticleIdList",
            node_if("ArticleId", article.doi, IdType="doi"),
            node("ArticleId", article.reference or article.article_number, IdType="pii"),
        ),
        _history(article.dates),
        node_if("Abstract", article.abstract.replace("\n\n", " ")),
        node("ObjectList", *(_keyword(word) for word in article.keywords)) if article.keywords else None,
    )


def _journal(article: ArticleRecord, journal: Imprint) -> Element:
    published = article.first("published") or article.first("published_in_issue")
    return node(
        "Journal",
        node("PublisherName", journal.publisher or journal.title),
        node("JournalTitle", journal.abbreviation or journal.title),
        node("Issn", next(iter(journal.issns), "")),
        node_if("Volume", article.volume),
        node_if("Issue", article.issue),
        _date(published, "epublish") if published else None,
    )


def _pages(article: ArticleRecord) -> Iterator[Element | None]:
    match = _RANGE.fullmatch(article.pages)
    low, high = match.groups() if match else (article.pages, "")
    yield node_if("FirstPage", low)
    yield node_if("LastPage", high)


def _author(author: AuthorRecord) -> Element:
    given, family, suffix = parts_of(author)
    if is_group(author):
        return node("Author", node("CollectiveName", family))
    return node(
        "Author",
        node("FirstName", given) if given else node("FirstName", EmptyYN="Y"),
        node("LastName", family),
        node_if("Suffix", suffix),
        node("AffiliationInfo", node("Affiliation", author.affiliation)) if author.affiliation else None,
        node("Identifier", f"https://orcid.org/{author.orcid}", Source="ORCID") if author.orcid else None,
    )


def _history(dates: Sequence[DatedFact]) -> Element | None:
    known = [fact for fact in dates if fact.kind in STATUSES]
    return node("History", *(_date(fact.on, STATUSES[fact.kind]) for fact in known)) if known else None


def _date(on: PartialDate, status: str) -> Element:
    return node(
        "PubDate",
        node("Year", f"{on.first.year:04}"),
        node("Month", f"{on.first.month:02}") if on.precision != "year" else None,
        node("Day", f"{on.first.day:02}") if on.precision == "day" else None,
        PubStatus=status,
    )


def _keyword(word: str) -> Element:
    return node("Object", node("Param", word, Name="value"), Type="keyword")
