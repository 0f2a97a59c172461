"""What an article's page says to machines: Highwire tags for Google Scholar, schema.org JSON-LD, COinS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urlencode

from tracker.formats.article_record import ArticleRecord, AuthorRecord, tidy
from tracker.formats.author_names import in_order, is_group, parts_of
from tracker.formats.citations import pages_of, publication_of
from tracker.formats.imprint import Imprint


def highwire_tags(article: ArticleRecord, journal: Imprint, *, address: str = "") -> list[tuple[str, str]]:
    """Names and contents of the meta elements (Google Scholar, “Inclusion Guidelines for Webmasters”, 2.B)."""
    published, (low, high) = publication_of(article), pages_of(article)
    online = article.first("published")
    tags = [("citation_title", article.title)]
    for author in article.authors:
        given, family, suffix = parts_of(author)
        tags.append(("citation_author", ", ".join(text for text in (family, f"{given} {suffix}".strip()) if text)))
        tags.append(("citation_author_institution", author.affiliation))
        tags.append(("citation_author_orcid", f"https://orcid.org/{author.orcid}" if author.orcid else ""))
    tags += [
        ("citation_publication_date", published.iso.replace("-", "/") if published else ""),
        ("citation_online_date", online.iso.replace("-", "/") if online else ""),
        ("citation_journal_title", journal.title),
        ("citation_journal_abbrev", journal.abbreviation),
        ("citation_publisher", journal.publisher),
        *(("citation_issn", issn) for issn in journal.issns),
        ("citation_volume", article.volume),
        ("citation_issue", article.issue),
        ("citation_firstpage", low or article.article_number),
        ("citation_lastpage", high),
        ("citation_doi", article.doi),
        ("citation_abstract_html_url", address),
        ("citation_language", journal.language),
        ("citation_keywords", "; ".join(article.keywords)),
    ]
    return [(name, tidy(content)) for name, content in tags if tidy(content)]


def highwire_html(tags: list[tuple[str, str]]) -> str:
    """The tags as meta elements, one a line."""
    return "\n".join(f'<meta name="{escape(name)}" content="{escape(content)}">' for name, content in tags)


def json_ld(article: ArticleRecord, journal: Imprint, *, address: str = "") -> dict[str, Any]:
    """The article as schema.org ScholarlyArticle; submission and acceptance as Dublin Core dates, which it lacks."""
    published = publication_of(article)
    received, accepted = article.first("received"), article.first("accepted")
    notices = [fact for fact in article.dates if fact.kind in ("corrected", "retracted")]
    corrections = [fact for fact in notices if fact.link.startswith(("https://", "http://"))]
    document = {
        "@context": ["https://schema.org", {"dcterms": "http://purl.org/dc/terms/"}],
        "@type": "ScholarlyArticle",
        "@id": f"https://doi.org/{article.doi}" if article.doi else address,
        "headline": article.title,
        "name": article.title,
        "author": [_person(author) for author in article.authors],
        "datePublished": published.iso if published else None,
        "dcterms:dateSubmitted": received.iso if received else None,
        "dcterms:dateAccepted": accepted.iso if accepted else None,
        "abstract": article.abstract,
        "keywords": list(article.keywords),
        "pagination": article.pages,
        "identifier": _identifiers(article),
        "url": address,
        "inLanguage": journal.language,
        "isPartOf": _container(article, journal),
        "publisher": {"@type": "Organization", "name": journal.publisher} if journal.publisher else None,
        "correction": [{"@type": "CorrectionComment", "url": fact.link} for fact in corrections],
    }
    return {name: value for name, value in document.items() if value}


def _person(author: AuthorRecord) -> dict[str, Any]:
    kind = "Organization" if is_group(author) else "Person"
    given, family, suffix = parts_of(author)
    person = {
        "@type": kind,
        "name": in_order(author),
        "givenName": given,
        "familyName": family if given else "",
        "honorificSuffix": suffix,
        "affiliation": {"@type": "Organization", "name": author.affiliation} if author.affiliation else None,
        "sameAs": f"https://orcid.org/{author.orcid}" if author.orcid else "",
    }
    return {name: value for name, value in person.items() if value}


def _identifiers(article: ArticleRecord) -> list[dict[str, str]]:
    pairs = (("doi", article.doi), ("article number", article.article_number))
    return [{"@type": "PropertyValue", "propertyID": kind, "value": value} for kind, value in pairs if value]


def _container(article: ArticleRecord, journal: Imprint) -> dict[str, Any]:
    """The periodical, in it the volume, in it the issue, as far as they are known."""
    container: dict[str, Any] = {"@type": "Periodical", "name": journal.title}
    if journal.issns:
        container["issn"] = list(journal.issns)
    if article.volume:
        container = {"@type": "PublicationVolume", "volumeNumber": article.volume, "isPartOf": container}
    if article.issue:
        container = {"@type": "PublicationIssue", "issueNumber": article.issue, "isPartOf": container}
    return container


def json_for_html(document: Any) -> str:
    """JSON that may stand in a script element: nothing in it can end the element or begin another."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def coins(article: ArticleRecord, journal: Imprint) -> str:
    """The span that reference managers look for (COinS 1.0; ANSI/NISO Z39.88-2004, journal)."""
    return f'<span class="Z3988" title="{escape(urlencode(list(_openurl(article, journal))))}"></span>'


def _openurl(article: ArticleRecord, journal: Imprint) -> Iterator[tuple[str, str]]:
    published, (low, high) = publication_of(article), pages_of(article)
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
    first = article.authors[0] if article.authors else AuthorRecord()
    pairs = [
        ("rft.genre", "article"), ("rft.atitle", article.title), ("rft.jtitle", journal.title),
        ("rft.stitle", journal.abbreviation), ("rft.volume", article.volume), ("rft.issue", article.issue),
        ("rft.artnum", article.article_number), ("rft.spage", low), ("rft.epage", high),
        ("rft.date", published.iso if published else ""), ("rft.issn", next(iter(journal.issns), "")),
        ("rft.aulast", first.family), ("rft.aufirst", first.given),
        *(("rft.au", in_order(author)) for author in article.authors),
        ("rft_id", f"info:doi/{article.doi}" if article.doi else ""),
    ]  # fmt: skip
    yield from ((name, tidy(value)) for name, value in pairs if tidy(value))
