"""XML from outside, read with nothing of it trusted: no entity is expanded, nothing is fetched, no tree is huge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import TypeAlias

from lxml import etree

from tracker.domain.errors import BadInput
from tracker.formats.article_record import tidy

Element: TypeAlias = "etree._Element"

# Characters that separate words where an element ends: the text of two paragraphs is not one word.
_BLOCKS = frozenset(("p", "title", "sec", "list-item", "break", "label", "institution", "country", "city", "addr-line"))


def parse_xml(data: bytes) -> Element:
    """The root of the document, the names of its elements without namespaces if the root's has one.

    Raises BadInput, with the line, where it is no well-formed XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, _ = error.position
        raise BadInput(f"the file is not well-formed XML (line {line}: {_reason(error)}).") from None
    except ValueError as error:
        raise BadInput(f"the file is not XML ({error}).") from None
    if root is None:
        raise BadInput("the file is not XML: it is empty.")
    if str(root.tag).startswith("{"):
        for element in root.iter("{*}*"):
            element.tag = local_name(element)
    return root


def _reason(error: etree.XMLSyntaxError) -> str:
    message = tidy(str(error.msg or "it is empty").split(", line")[0])[:200]
    return "it breaks off" if message == "(null)" else message  # libxml2 has no words for an unclosed declaration


def local_name(element: Element) -> str:
    """The element's name without its namespace; empty for an entity."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Element | None, *, without: Iterable[str] = ()) -> str:
    """All text in the element on one line, but that of elements of these names, such as footnotes."""
    return tidy("".join(_texts(element, frozenset(without)))) if element is not None else ""


def _texts(element: Element, without: frozenset[str]) -> Iterator[str]:
    if not isinstance(element.tag, str):  # an entity that was not expanded: `&nbsp;` is known to HTML, others are not
        name = unescape(element.text or "")
        yield "" if name.startswith("&") else name
        return
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if name not in without:
            yield from _texts(child, without)
        if name in _BLOCKS:
            yield " "
        yield child.tail or ""


def first(element: Element, path: str) -> Element | None:
    """The first element at a path of names: `front/article-meta`."""
    return element.find(path)


def every(element: Element, path: str) -> list[Element]:
    """Every element at a path of names."""
    return element.findall(path)


def text_at(element: Element, path: str) -> str:
    """The text at the path; empty where there is none."""
    found = element.find(path)
    if found is None:
        return ""
    return text_of(found) if len(found) else tidy(found.text or "")
