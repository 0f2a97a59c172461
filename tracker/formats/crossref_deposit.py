"""Writes the XML that registers DOIs with Crossref: deposit schema 5.3.1, <journal_article>.

<acceptance_date> and <publication_date> are its own; the history of the manuscript goes into Crossmark's
<custom_metadata> as assertions of the group `publication_history` (Crossref, “Crossmark: custom metadata”).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime

from tracker.domain.dates import PartialDate
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact
from tracker.formats.author_names import is_group, parts_of
from tracker.formats.imprint import Imprint
from tracker.formats.xml_reading import Element
from tracker.formats.xml_writing import document, node, node_if

VERSION = "5.3.1"
NAMESPACE = f"http://www.crossref.org/schema/{VERSION}"
JATS = "http://www.ncbi.nlm.nih.gov/JATS1"
_NO_NAME = re.compile(r"[\d?]+")  # the schema has neither in a person's name
ASSERTIONS = {
    "received": ("received", "Received"), "revision_requested": ("revision_requested", "Revision requested"),
    "resubmitted": ("revised", "Revised"), "accepted": ("accepted", "Accepted"),
    "published": ("published_online", "Published online"),
    "published_in_issue": ("published_in_issue", "Published in issue"),
}  # fmt: skip


def missing_for_deposit(article: ArticleRecord, journal: Imprint, *, address: str = "") -> list[str]:
    """What Crossref would refuse the deposit for, in words; empty when it is ready."""
    needs = (
        ("the article's DOI", article.doi),
        ("a publication date", _publication(article)),
        ("an address for the DOI to lead to", address or journal.address),
        ("the depositor's e-mail in the journal's imprint", journal.depositor_email),
    )
    return [what for what, value in needs if not value]


def write_crossref_deposit(article: ArticleRecord, journal: Imprint, *, now: datetime, address: str = "") -> str:
    """The article as one deposit. `address` is the page that the DOI leads to; without it, the journal's own page.

    What is not known is left out; only a deposit of which `missing_for_deposit` finds nothing missing is valid.
    """
    target = address or journal.address
    root = node("doi_batch", _head(article, journal, now), node("body", _journal(article, journal, target)))
    return document(_named(root))


def _publication(article: ArticleRecord) -> PartialDate | None:
    return article.first("published") or article.first("published_in_issue")


def _named(root: Element) -> Element:
    """The tree in Crossref's namespace, abstracts in that of JATS; elements are built without for their brevity."""
    from lxml import etree

    batch = etree.Element(f"{{{NAMESPACE}}}doi_batch", nsmap={None: NAMESPACE, "jats": JATS})
    batch.set("version", VERSION)
    batch.set(
        "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation",
        f"{NAMESPACE} https://www.crossref.org/schemas/crossref{VERSION}.xsd",
    )
    batch.extend(list(root))
    for element in batch.iter():
        name = str(element.tag)
        if name.startswith("jats."):
            element.tag = f"{{{JATS}}}{name.removeprefix('jats.')}"
        elif not name.startswith("{"):
            element.tag = f"{{{NAMESPACE}}}{name}"
    return batch


def _head(article: ArticleRecord, journal: Imprint, now: datetime) -> Element:
    stamp = now.strftime("%Y%m%d%H%M%S%f")[:17]
    batch = hashlib.sha256(f"{article.doi} {stamp}".encode()).hexdigest()[:20]
    name = journal.depositor_name or journal.publisher or journal.title
    return node(
        "head",
        node("doi_batch_id", f"{journal.slug or 'tracker'}-{batch}"),
        node("timestamp", stamp),
        node("depositor", node("depositor_name", name[:130]), node("email_address", journal.depositor_email)),
        node("registrant", (journal.registrant or journal.publisher or journal.title)[:255]),
    )


def _journal(article: ArticleRecord, journal: Imprint, target: str) -> Element:
    metadata = node(
        "journal_metadata",
        node("full_title", journal.title[:255]),
        node_if("abbrev_title", journal.abbreviation[:150]),
        node_if("issn", journal.issn_print, media_type="print"),
        node_if("issn", journal.issn_online, media_type="electronic"),
        language=journal.language.partition("-")[0],
    )
    return node("journal", metadata, _issue(article), _article(article, journal, target))


def _issue(article: ArticleRecord) -> Element | None:
    published = article.first("published_in_issue") or _publication(article)
    if published is None or not (article.volume or article.issue):
        return None
    return node(
        "journal_issue",
        _date("publication_date", published, media_type="online"),
        node("journal_volume", node("volume", article.volume)) if article.volume else None,
        node_if("issue", article.issue),
    )


def _article(article: ArticleRecord, journal: Imprint, target: str) -> Element:
    published = _publication(article)
    accepted = [fact.on for fact in article.dates if fact.kind == "accepted"]
    return node(
        "journal_article",
        node("titles", node("title", article.title)),
        node("contributors", *_contributors(article)) if article.authors else None,
        *_abstract(article),
        _date("publication_date", published, media_type="online") if published else None,
        _date("acceptance_date", accepted[-1], media_type="online") if accepted else None,
        _pages(article),
        _item_number(article),
        _crossmark(article, journal),
        node("doi_data", node("doi", article.doi), node("resource", target)) if article.doi else None,
        publication_type="full_text",
    )


def _contributors(article: ArticleRecord) -> Iterator[Element]:
    for number, author in enumerate(article.authors):
        sequence = "additional" if number else "first"
        if is_group(author):
            yield node("organization", author.family[:511], sequence=sequence, contributor_role="author")
        else:
            yield _person(author, sequence)


def _person(author: AuthorRecord, sequence: str) -> Element:
    given, family, suffix = (_NO_NAME.sub("", part).strip() for part in parts_of(author))
    institution = node("institution", node("institution_name", author.affiliation[:1024]))
    return node(
        "person_name",
        node_if("given_name", given[:60]),
        node("surname", family[:60]),
        node_if("suffix", suffix),
        node("affiliations", institution) if author.affiliation else None,
        node("ORCID", f"https://orcid.org/{author.orcid}") if author.orcid else None,
        sequence=sequence,
        contributor_role="author",
    )


def _abstract(article: ArticleRecord) -> Iterator[Element]:
    paragraphs = [part for part in article.abstract.split("\n\n") if part.strip()]
    if paragraphs:
        yield node("jats.abstract", *(node("jats.p", part) for part in paragraphs))


def _date(tag: str, on: PartialDate, *, media_type: str) -> Element:
    """Month, day and year in this order, as far as they are known."""
    return node(
        tag,
        node("month", f"{on.first.month:02}") if on.precision != "year" else None,
        node("day", f"{on.first.day:02}") if on.precision == "day" else None,
        node("year", f"{on.first.year:04}"),
        media_type=media_type,
    )


def _pages(article: ArticleRecord) -> Element | None:
    low, _, high = article.pages.replace("–", "-").partition("-")
    return node("pages", node("first_page", low.strip()), node_if("last_page", high)) if low.strip() else None


def _item_number(article: ArticleRecord) -> Element | None:
    number = article.article_number[:32]
    return node("publisher_item", node("item_number", number, item_number_type="article_number")) if number else None


def _crossmark(article: ArticleRecord, journal: Imprint) -> Element | None:
    """The history, each date an assertion. The policy is the journal's, else, as the schema wants one, the article."""
    known = [fact for fact in article.dates if fact.kind in ASSERTIONS]
    if not known:
        return None
    policy = journal.crossmark_policy or article.doi
    assertions = (_assertion(fact, order) for order, fact in enumerate(known))
    return node(
        "crossmark",
        node_if("crossmark_policy", policy),
        node("custom_metadata", *assertions),
    )


def _assertion(fact: DatedFact, order: int) -> Element:
    name, label = ASSERTIONS[fact.kind]
    return node(
        "assertion",
        fact.on.iso,
        name=name, label=label, group_name="publication_history", group_label="Publication history", order=str(order),
    )  # fmt: skip
