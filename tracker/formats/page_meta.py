"""What a saved page tells search engines about its article: Highwire's `citation_…` tags, and Dublin Core."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree, html

from tracker.formats.page_citation import Citation
from tracker.formats.page_people import CitedAuthor, PageAuthor, read_byline

_HAS_TAGS = re.compile(r"<meta\b[^<>]{0,40}\bname\s*=\s*[\"']?(?:citation_|DC\.)", re.I)
_HEAD = 200_000  # characters that are looked at: the tags stand in the page's head

Tags = Mapping[str, list[str]]


def tags_of(text: str) -> Tags:
    """The tags of an HTML page by their names in lower case, each with its values in order; none for plain text."""
    tags: defaultdict[str, list[str]] = defaultdict(list)
    head = text[:_HEAD]
    if not _HAS_TAGS.search(head):
        return tags
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        root = html.document_fromstring(head.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return tags
    for element in root.iter("meta"):
        name, value = element.get("name", "").lower(), " ".join(element.get("content", "").split())
        if value and name.startswith(("citation_", "dc.")):
            tags[name].append(value)
    return tags


def authors_in(tags: Tags) -> tuple[PageAuthor, ...]:
    """The authors, as “Anna Vogel” or “Vogel, Anna”; none where a name is not a person's."""
    names = tags.get("citation_author") or tags.get("dc.creator.personalname") or tags.get("dc.creator") or []
    people = [read_byline(" ".join(reversed(name.split(", ", 1)))) for name in names]
    return tuple(found[0] for found in people) if all(len(found) == 1 for found in people) else ()


def completed(citation: Citation, tags: Tags, authors: tuple[PageAuthor, ...]) -> Citation:
    """The citation with what the page's tags know and it does not."""
    return replace(
        citation,
        authors=citation.authors or tuple(CitedAuthor(author.family, author.given[:1]) for author in authors),
        title=citation.title or first(tags, "citation_title", "dc.title"),
        volume=citation.volume or first(tags, "citation_volume", "dc.source.volume"),
        issue=citation.issue or first(tags, "citation_issue", "dc.source.issue"),
        pages=citation.pages or _pages(tags),
    )


def first(tags: Tags, *names: str) -> str:
    """The first value of the first of the tags that the page has; empty without one."""
    return next((tags[name][0] for name in names if tags.get(name)), "")


def _pages(tags: Tags) -> str:
    pages = [first(tags, "citation_firstpage"), first(tags, "citation_lastpage")]
    return "-".join(dict.fromkeys(page for page in pages if page)) or first(tags, "dc.identifier.pagenumber")
