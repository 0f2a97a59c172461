"""Reads JATS (ANSI/NISO Z39.96) and its forerunner NLM: the front matter of articles, with their history.

Any of the three tag sets, any version, with or without a namespace, one article or a set of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord
from tracker.formats.jats_authors import authors_of
from tracker.formats.jats_dates import facts_of_dates, jats_dates
from tracker.formats.sources import Reading
from tracker.formats.xml_reading import Element, every, first, local_name, parse_xml, text_at, text_of

NOTES = ("xref", "fn", "target", "disp-formula-group")
OTHER_ABSTRACTS = frozenset(("graphical", "teaser", "toc", "key-points", "executive-summary", "editor-summary"))
OTHER_KEYWORDS = frozenset(("abbreviations", "ABR", "JEL", "msc", "pacs", "research-organism"))


def read_jats(data: bytes) -> list[Reading]:
    """The articles of a JATS file, each with its history; in the place of one that cannot be used, the reason.

    Raises BadInput for a file that is not well-formed, or holds no article with a front.
    """
    root = parse_xml(data)
    metas = list(_metas(root))
    if not metas:
        raise BadInput(
            f"the file is no JATS article: expected <article> with <front>, found <{local_name(root) or '?'}>."
        )
    return [_reading(article, meta) for article, meta in metas]


def _metas(root: Element) -> Iterator[tuple[Element, Element]]:
    """The articles with their article-meta; sub-articles, such as reviews and translations, are not articles here."""
    for article in root.iter("article"):
        meta = first(article, "front/article-meta")
        if meta is not None:
            yield article, meta


def _reading(article: Element, meta: Element) -> Reading:
    try:
        return article_of(article, meta)
    except BadInput as error:
        return error


def article_of(article: Element, meta: Element) -> ArticleRecord:
    """The record of one article. Raises BadInput for a date of its history that is on no calendar, or no title."""
    title = _title(meta)
    if not title:
        raise BadInput("The article has no title.")
    journal = first(article, "front/journal-meta")
    return ArticleRecord(
        title=title,
        authors=authors_of(meta),
        dates=facts_of_dates(jats_dates(meta)),
        doi=_id(meta, "doi"),
        volume=text_at(meta, "volume"),
        issue=text_at(meta, "issue"),
        article_number=text_at(meta, "elocation-id") or _custom_meta(meta, "article-number"),
        pages=_pages(meta),
        abstract=_abstract(meta),
        keywords=_keywords(meta),
        section=_section(meta),
        article_type=article.get("article-type") or "",
        journal_title=_journal_title(journal) if journal is not None else "",
        issns=tuple(text_of(issn) for issn in every(journal, "issn")) if journal is not None else (),
    )


def _title(meta: Element) -> str:
    group = first(meta, "title-group")
    if group is None:
        return ""
    title = text_of(first(group, "article-title"), without=NOTES)
    subtitle = text_of(first(group, "subtitle"), without=NOTES)
    return f"{title.rstrip(' :')}: {subtitle}" if title and subtitle else title


def _id(meta: Element, kind: str) -> str:
    return next((text_of(item) for item in every(meta, "article-id") if item.get("pub-id-type") == kind), "")


def _custom_meta(meta: Element, name: str) -> str:
    pairs = every(meta, "custom-meta-group/custom-meta")
    return next((text_at(pair, "meta-value") for pair in pairs if text_at(pair, "meta-name") == name), "")


def _pages(meta: Element) -> str:
    low, high = text_at(meta, "fpage"), text_at(meta, "lpage")
    if low and high and low != high:
        return f"{low}–{high}"
    return low or text_at(meta, "page-range")


def _abstract(meta: Element) -> str:
    for abstract in every(meta, "abstract"):
        if (abstract.get("abstract-type") or "") not in OTHER_ABSTRACTS:
            paragraphs = [_paragraph(block) for block in _blocks(abstract)]
            return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) or text_of(abstract)
    return ""


def _blocks(abstract: Element) -> Iterator[tuple[str, Element]]:
    """The paragraphs, each with the title of its section; the abstract's own title is left out."""
    for child in abstract:
        if local_name(child) == "sec":
            heading = text_at(child, "title")
            for number, paragraph in enumerate(every(child, "p")):
                yield heading if number == 0 else "", paragraph
        elif local_name(child) == "p":
            yield "", child


def _paragraph(block: tuple[str, Element]) -> str:
    heading, element = block
    text = text_of(element, without=("fn",))
    return f"{heading.rstrip(':.')}: {text}" if heading and text else text


def _keywords(meta: Element) -> tuple[str, ...]:
    for group in every(meta, "kwd-group"):
        if (group.get("kwd-group-type") or "") not in OTHER_KEYWORDS:
            return tuple(word for kwd in every(group, "kwd") if (word := text_of(kwd).strip(" .;,")))
    return ()


def _section(meta: Element) -> str:
    groups = every(meta, "article-categories/subj-group")
    headings = [group for group in groups if group.get("subj-group-type") == "heading"] or groups
    return text_at(headings[0], "subject")[:120] if headings else ""


def _journal_title(journal: Element) -> str:
    return text_at(journal, "journal-title-group/journal-title") or text_at(journal, "journal-title")
