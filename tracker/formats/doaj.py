"""Articles of the Directory of Open Access Journals: read from JSON (its API and data dump) or CSV, written as JSON.

DOAJ API v4, “article”: `bibjson`. It knows the month of publication; the history of a manuscript is not in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact
from tracker.formats.dated_parts import date_of_iso, date_of_parts
from tracker.formats.folding import fold
from tracker.formats.imprint import Imprint
from tracker.formats.json_reading import parse_json, part, parts, text
from tracker.formats.page_text import decode
from tracker.formats.plain_text import plain_line, plain_text
from tracker.formats.sources import Reading

# Header of a CSV, folded → field. Names of several authors are parted by semicolons.
COLUMNS = {
    "title": "title", "article title": "title", "author": "authors", "authors": "authors", "author(s)": "authors",
    "doi": "doi", "year": "year", "month": "month", "publication date": "date", "date": "date", "abstract": "abstract",
    "keywords": "keywords", "journal": "journal", "journal title": "journal", "volume": "volume", "issue": "issue",
    "number": "issue", "start page": "start", "end page": "end", "issn": "issn", "eissn": "eissn",
}  # fmt: skip


def read_doaj(data: bytes) -> list[Reading]:
    """The articles of the file, or in the place of each that cannot be used the reason. Raises BadInput for others."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _of_json(data)
    return _of_csv(decode(data))


def _of_json(data: bytes) -> list[Reading]:
    entries = [entry for document in parse_json(data) for entry in _entries(document)]
    if not entries:
        raise BadInput("the file holds no articles of DOAJ: expected objects with “bibjson”.")
    return [_read(_article, entry) for entry in entries]


def _entries(document: Any) -> Iterator[Any]:
    results = document if isinstance(document, list) else part(document, "results")
    if isinstance(results, list):
        yield from results
    elif isinstance(part(document, "bibjson"), dict):
        yield document


def _read(read: Any, entry: Any) -> Reading:
    try:
        article: ArticleRecord = read(entry)
    except BadInput as error:
        return error
    return article


def _article(entry: Any) -> ArticleRecord:
    about = part(entry, "bibjson")
    title = plain_line(text(part(about, "title")))
    if not title:
        raise BadInput("The article has no title.")
    on = date_of_parts(text(part(about, "year")), text(part(about, "month")), what="published")
    low, high = text(part(about, "start_page")), text(part(about, "end_page"))
    ids = {text(item.get("type")).lower(): text(item.get("id")) for item in parts(about, "identifier")}
    words = part(about, "keywords")
    return ArticleRecord(
        title=title,
        authors=tuple(_authors(about)),
        dates=(DatedFact("published", on, "year"),) if on else (),
        doi=ids.get("doi", ""),
        volume=text(part(about, "journal", "volume")),
        issue=text(part(about, "journal", "number")),
        pages=_pages(low, high),
        abstract=plain_text(text(part(about, "abstract"))),
        keywords=tuple(text(word) for word in words) if isinstance(words, list) else (),
        journal_title=text(part(about, "journal", "title")),
        issns=tuple(ids[kind] for kind in ("eissn", "pissn", "issn") if ids.get(kind)),
    )


def _pages(low: str, high: str) -> str:
    return f"{low}–{high}" if high and high != low else low


def _authors(about: Any) -> Iterator[AuthorRecord]:
    for author in parts(about, "author"):
        given, family = _split(text(author.get("name")))
        if family:
            affiliation, orcid = text(author.get("affiliation")), text(author.get("orcid_id"))
            yield AuthorRecord(given, family, orcid=orcid, affiliation=affiliation)


def _split(name: str) -> tuple[str, str]:
    """Given and family name of `Ada Lovelace` or `Lovelace, Ada`."""
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip(), family.strip()
    given, _, family = name.strip().rpartition(" ")
    return given.strip(), family


def _of_csv(content: str) -> list[Reading]:
    rows = csv.reader(io.StringIO(content))
    try:
        header = [COLUMNS.get(fold(name).strip(" \ufeff"), "") for name in next(rows, [])]
        if "title" not in header:
            raise BadInput("the file is no list of articles: expected a column “Title” in its first row.")
        lines = [dict(zip(header, row, strict=False)) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadInput(f"the file is no CSV ({error}).") from None
    return [_read(_row, line) for line in lines]


def _row(cells: Mapping[str, str]) -> ArticleRecord:
    if not cells.get("title", "").strip():
        raise BadInput("The row has no title.")
    on = date_of_iso(cells.get("date", ""), what="publication date") or date_of_parts(
        cells.get("year", "").strip(), cells.get("month", "").strip(), what="published"
    )
    names = (_split(name) for name in cells.get("authors", "").split(";") if name.strip())
    return ArticleRecord(
        title=plain_line(cells["title"]),
        authors=tuple(AuthorRecord(given, family) for given, family in names),
        dates=(DatedFact("published", on, "year"),) if on else (),
        doi=cells.get("doi", ""),
        volume=cells.get("volume", ""),
        issue=cells.get("issue", ""),
        pages=_pages(cells.get("start", "").strip(), cells.get("end", "").strip()),
        abstract=plain_text(cells.get("abstract", "")),
        keywords=tuple(word.strip() for word in cells.get("keywords", "").replace(";", ",").split(",")),
        journal_title=cells.get("journal", "").strip(),
        issns=tuple(issn for name in ("eissn", "issn") if (issn := cells.get(name, "").strip())),
    )


def doaj_json(article: ArticleRecord, journal: Imprint, *, address: str = "") -> dict[str, Any]:
    """The article as DOAJ's API takes it for upload; what is not known is left out."""
    published = article.first("published") or article.first("published_in_issue")
    low, _, high = article.pages.replace("–", "-").partition("-")
    ids = {"doi": article.doi, "eissn": journal.issn_online, "pissn": journal.issn_print}
    own_journal = {
        "title": journal.title, "publisher": journal.publisher, "volume": article.volume, "number": article.issue,
        "language": [journal.language.partition("-")[0].upper()],
    }  # fmt: skip
    about = {
        "title": article.title,
        "author": [_author_json(author) for author in article.authors],
        "year": str(published.first.year) if published else "",
        "month": str(published.first.month) if published and published.precision != "year" else "",
        "abstract": article.abstract,
        "keywords": list(article.keywords)[:6],
        "journal": _known(own_journal),
        "start_page": low.strip(),
        "end_page": high.strip(),
        "identifier": [{"type": kind, "id": value} for kind, value in ids.items() if value],
        "link": [{"type": "fulltext", "content_type": "HTML", "url": address}] if address else [],
    }
    return {"bibjson": _known(about)}


def _author_json(author: AuthorRecord) -> dict[str, Any]:
    orcid = f"https://orcid.org/{author.orcid}" if author.orcid else ""
    return _known({"name": author.full_name, "affiliation": author.affiliation, "orcid_id": orcid})


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
