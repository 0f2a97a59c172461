"""Reads PubMed XML: what efetch gives (<PubmedArticleSet>), and what publishers deposit (<ArticleSet>).

NLM, “PubMed XML Tagged Format” and “MEDLINE/PubMed XML Element Descriptions”: History, PubMedPubDate, @PubStatus.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact, FactKind, bare_orcid
from tracker.formats.dated_parts import date_of_parts, date_of_text
from tracker.formats.settled_dates import settled
from tracker.formats.sources import Reading
from tracker.formats.xml_reading import Element, every, first, local_name, parse_xml, text_at, text_of

# PubStatus → what it tells; entrez, pubmed, medline and pmc-release are dates of databases, and left out.
STATUSES: dict[str, FactKind] = {
    "received": "received", "revised": "resubmitted", "accepted": "accepted", "epublish": "published",
    "aheadofprint": "published", "ppublish": "published_in_issue", "ecollection": "published_in_issue",
    "retracted": "retracted",
}  # fmt: skip


def read_pubmed(data: bytes) -> list[Reading]:
    """The articles of the file, or in the place of each that cannot be used the reason. Raises BadInput for others."""
    root = parse_xml(data)
    articles = [*root.iter("PubmedArticle")] or [
        item for item in root.iter("Article") if first(item, "Journal") is not None
    ]
    if not articles:
        raise BadInput(f"the file is no PubMed XML: expected <PubmedArticleSet>, found <{local_name(root) or '?'}>.")
    return [_reading(article) for article in articles]


def _reading(article: Element) -> Reading:
    try:
        return _fetched(article) if local_name(article) == "PubmedArticle" else _deposited(article)
    except BadInput as error:
        return error


def _fetched(entry: Element) -> ArticleRecord:
    article = first(entry, "MedlineCitation/Article")
    if article is None:
        raise BadInput("The entry has no article.")
    issue = "Journal/JournalIssue"
    history = [*_history(every(entry, "PubmedData/History/PubMedPubDate")), *_article_dates(article)]
    dois = [*every(entry, "PubmedData/ArticleIdList/ArticleId"), *every(article, "ELocationID")]
    return ArticleRecord(
        title=_title(article),
        authors=_authors(article),
        dates=settled([*history, *_issue_date(article, "Journal/JournalIssue/PubDate", history)]),
        doi=_doi(dois),
        volume=text_at(article, f"{issue}/Volume"),
        issue=text_at(article, f"{issue}/Issue"),
        pages=_pages(text_at(article, "Pagination/MedlinePgn")),
        abstract=_abstract(article),
        keywords=tuple(text_of(word) for word in every(entry, "MedlineCitation/KeywordList/Keyword")),
        journal_title=text_at(article, "Journal/Title"),
        issns=tuple(text_of(issn) for issn in every(article, "Journal/ISSN")),
    )


def _deposited(article: Element) -> ArticleRecord:
    history = _history(every(article, "History/PubDate"))
    formal = _history(every(article, "Journal/PubDate"))
    low, high = text_at(article, "FirstPage"), text_at(article, "LastPage")
    words = (item for item in every(article, "ObjectList/Object") if item.get("Type") == "keyword")
    numbers = [item for item in every(article, "ELocationID") if item.get("EIdType") == "pii"]
    return ArticleRecord(
        title=_title(article),
        authors=_authors(article),
        dates=settled([*history, *formal]),
        doi=_doi([*every(article, "ArticleIdList/ArticleId"), *every(article, "ELocationID")]),
        volume=text_at(article, "Journal/Volume"),
        issue=text_at(article, "Journal/Issue"),
        article_number=text_of(numbers[0]) if numbers else "",
        pages=f"{low}–{high}" if high and high != low else low,
        abstract=_abstract(article),
        keywords=tuple(text_at(word, "Param") for word in words),
        journal_title=text_at(article, "Journal/JournalTitle"),
        issns=tuple(text_of(issn) for issn in every(article, "Journal/Issn")),
    )


def _title(article: Element) -> str:
    title = text_at(article, "ArticleTitle") or text_at(article, "VernacularTitle")
    if not title:
        raise BadInput("The article has no title.")
    return title[1:].rstrip(".").removesuffix("]") if title.startswith("[") else title.removesuffix(".")


def _history(dates: list[Element]) -> list[DatedFact]:
    facts = []
    for date in dates:
        status = date.get("PubStatus") or "epublish"
        kind, on = STATUSES.get(status), _date(date, status)
        if kind and on:
            facts.append(DatedFact(kind, on, status))
    return facts


def _article_dates(article: Element) -> Iterator[DatedFact]:
    """<ArticleDate DateType="Electronic">: the day on which the publisher put the article online."""
    for date in every(article, "ArticleDate"):
        if on := _date(date, "ArticleDate"):
            yield DatedFact("published", on, "ArticleDate")


def _issue_date(article: Element, path: str, known: list[DatedFact]) -> Iterator[DatedFact]:
    """The date of the issue, where it tells more than the year of a publication that is known."""
    element = first(article, path)
    on = _date(element, "PubDate") if element is not None else None
    if on and (on.precision != "year" or not any(fact.kind.startswith("published") for fact in known)):
        yield DatedFact("published_in_issue", on, "PubDate")


def _date(date: Element, what: str) -> PartialDate | None:
    parts = [text_at(date, part) for part in ("Year", "Month", "Day")]
    return date_of_parts(*parts, what=what) or (
        date_of_text(text[:4], what=what) if (text := text_at(date, "MedlineDate")) else None
    )


def _authors(article: Element) -> tuple[AuthorRecord, ...]:
    return tuple(author for item in every(article, "AuthorList/Author") if (author := _author(item)))


def _author(author: Element) -> AuthorRecord | None:
    given = " ".join(text for part in ("ForeName", "FirstName", "MiddleName") if (text := text_at(author, part)))
    family = f"{text_at(author, 'LastName')} {text_at(author, 'Suffix')}".strip() or text_at(author, "CollectiveName")
    given = given or text_at(author, "Initials")
    if not (given or family):
        return None
    places = [*every(author, "AffiliationInfo/Affiliation"), *every(author, "Affiliation")]
    return AuthorRecord(
        given=given,
        family=family,
        orcid=next((orcid for item in every(author, "Identifier") if (orcid := bare_orcid(text_of(item)))), ""),
        affiliation="; ".join(dict.fromkeys(text_of(place) for place in places if text_of(place))),
    )


def _doi(ids: list[Element]) -> str:
    return next((text_of(item) for item in ids if "doi" in (item.get("IdType"), item.get("EIdType"))), "")


def _pages(printed: str) -> str:
    """`123-9` of Medline is `123–129`: it leaves out the digits that repeat."""
    low, dash, high = printed.partition("-")
    if dash and low.isdecimal() and high.isdecimal() and len(high) < len(low):
        high = low[: len(low) - len(high)] + high
    return f"{low}–{high}" if dash and high != low else low


def _abstract(article: Element) -> str:
    paragraphs = []
    for part in every(article, "Abstract/AbstractText") or every(article, "Abstract"):
        label, text = part.get("Label") or "", text_of(part)
        paragraphs.append(f"{label.capitalize()}: {text}" if label else text)
    return "\n\n".join(text for text in paragraphs if text)
