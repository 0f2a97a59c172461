"""Reads the page of a published article, as text or HTML: title, authors, citation, processing dates, abstract.

The order of the blocks is free. The citation is a second witness: it confirms the title and the family names, and
finds them where the page is laid out unusually; given names come from the byline. A saved page's tags for search
engines are a third.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact
from tracker.formats.history_lines import HistoryLine, parse_history
from tracker.formats.page_blocks import Block, blocks_of
from tracker.formats.page_citation import Citation, read_citation
from tracker.formats.page_layout import Layout, lay_out
from tracker.formats.page_meta import Tags, authors_in, completed, first, tags_of
from tracker.formats.page_people import PageAuthor
from tracker.formats.page_text import decode, lines_of_page


@dataclass(frozen=True)
class ArticlePage:
    """What the page says. Text that it does not have is empty; a number that it does not have is None."""

    title: str
    authors: tuple[PageAuthor, ...]
    citation: str
    volume: int | str | None
    issue: str
    article_number: str
    pages: str
    doi: str
    history: HistoryLine
    abstract: str
    keywords: tuple[str, ...]
    year: int | None

    @property
    def record(self) -> ArticleRecord:
        """The page as the value that every format is imported from."""
        authors = (
            AuthorRecord(author.given, author.family or author.full, author.email, author.orcid,
                         biography=author.biography)
            for author in self.authors
        )  # fmt: skip
        return ArticleRecord(
            title=self.title, authors=tuple(authors), citation=self.citation, abstract=self.abstract,
            volume="" if self.volume is None else str(self.volume), issue=self.issue, keywords=self.keywords,
            article_number=self.article_number, pages=self.pages, doi=self.doi,
            dates=tuple(DatedFact(event.kind, event.on, event.label) for event in self.history.events),
        )  # fmt: skip


_VOLUME = re.compile(r"vol(?:ume|\.)\s*(\w+)", re.I)
_ISSUE = re.compile(r"(?:issue|number|no\.?|nr\.?)\s*(\w[\w–-]*)", re.I)
_ISSUE_IN_BRACKETS = re.compile(r"vol(?:ume|\.)\s*\w+\s*\((\w[\w–-]*)\)", re.I)
_ARTICLE = re.compile(r"art(?:icle|\.)\s*(?:(?:number|no\.?)\s*)?(\w[\w.-]*)", re.I)
_PAGES = re.compile(r"(?:pages?|pp?\.)\s*(\w?\d+(?:\s*[–-]\s*\w?\d+)?)", re.I)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_NO_DATES = (
    "The page has no processing dates: expected a line such as “Received 11 November 2020; Accepted 7 December 2020”."
)


def read_article_file(path: Path | str) -> ArticlePage:
    """Read a page from a text or HTML file; see `read_article_page`.

    Raises BadInput, its sentence beginning with the file's name, if the file cannot be read, is not text, or is
    refused as a page.
    """
    path = Path(path)
    try:
        return read_article_page(decode(path.read_bytes()))
    except OSError as error:
        raise BadInput(f"{path.name}: the file cannot be read ({error.strerror or 'unknown reason'}).") from error
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from error


def read_pages(data: bytes) -> list[ArticleRecord]:
    """The one article of a saved page, as text or HTML; see `read_article_page`."""
    return [read_article_page(decode(data)).record]


def read_article_page(text: str) -> ArticlePage:
    """Read the text or HTML of a published article's page.

    Whether its dates agree with each other is not judged here. Raises BadInput for a page without processing
    dates, with one that is impossible or could be two days, or without a title.
    """
    blocks = blocks_of(lines_of_page(text))
    tags = tags_of(text)
    tagged = authors_in(tags)
    citation = completed(read_citation(_joined(blocks, "citation")), tags, tagged)
    history = _history(blocks)
    layout = lay_out(blocks, citation, tagged)
    if not layout.title:
        raise BadInput("The page has no title: expected it on a line of its own, above the authors.")
    return _page(blocks, citation, history, layout, tags)


def _page(blocks: list[Block], citation: Citation, history: HistoryLine, layout: Layout, tags: Tags) -> ArticlePage:
    heading = _joined(blocks, "volume")
    volume = _first(_VOLUME, heading) or citation.volume
    article_number = _first(_ARTICLE, heading) or citation.article_number
    return ArticlePage(
        title=layout.title,
        authors=layout.authors,
        citation=citation.text,
        volume=int(volume) if volume.isdecimal() else volume or None,
        issue=_first(_ISSUE, heading) or _first(_ISSUE_IN_BRACKETS, heading) or citation.issue,
        article_number=article_number,
        pages=_first(_PAGES, heading) or citation.pages,
        doi=_doi(blocks, citation) or _first_doi(first(tags, "citation_doi", "dc.identifier.doi")),
        history=history,
        abstract=layout.abstract,
        keywords=_keywords(next((block for block in blocks if block.part == "keywords" and block.joined), None)),
        year=citation.year or _published_year(history),
    )


def _history(blocks: list[Block]) -> HistoryLine:
    lines = dict.fromkeys(block.joined for block in blocks if block.part == "history")
    history = parse_history("; ".join(line.rstrip(" ;.") for line in lines if line))
    if history.problems:
        problem = history.problems[0]
        raise BadInput(
            f"The processing date “{problem.text}” cannot be used: {problem.reason}. Write it as 11 November 2020."
        )
    if not history.events:
        raise BadInput(_NO_DATES)
    return history


def _joined(blocks: list[Block], part: str) -> str:
    return next((block.joined for block in blocks if block.part == part and block.joined), "")


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1].strip(" .") if match else ""


def _doi(blocks: list[Block], citation: Citation) -> str:
    own = [block.joined for block in blocks if block.part in ("doi", "volume")]
    return next((doi for text in (*own, citation.text) if (doi := _first_doi(text))), "")


def _first_doi(text: str) -> str:
    match = _DOI.search(text)
    return match[0].rstrip(".,;)]") if match else ""


def _keywords(block: Block | None) -> tuple[str, ...]:
    if block is None:
        return ()
    text = "; ".join(block.lines) if block.is_under_heading and len(block.lines) > 1 else block.joined
    words = re.split(r"[;•·|]" if re.search(r"[;•·|]", text) else ",", text)
    return tuple(dict.fromkeys(word.strip(" .") for word in words if word.strip(" .")))


def _published_year(history: HistoryLine) -> int | None:
    return next((event.on.first.year for event in history.events if event.kind == "published"), None)
