"""XML to the outside, built as a tree: every text is escaped and rid of what XML cannot hold."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from tracker.formats.xml_reading import Element

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Content: TypeAlias = "Element | str | int | None"


def node(tag: str, *content: Content, **attributes: str | None) -> Element:
    """An element with texts and elements in it. Nothing stands for None."""
    element = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            element.set(name, _FORBIDDEN.sub("", value))
    for item in content:
        if isinstance(item, (str, int)):
            _append_text(element, _FORBIDDEN.sub("", str(item)))
        elif item is not None:
            element.append(item)
    return element


def node_if(tag: str, text: str, **attributes: str | None) -> Element | None:
    """The element with the text, or None where there is no text."""
    return node(tag, text, **attributes) if text.strip() else None


def hyphened(**attributes: str | None) -> dict[str, str | None]:
    """The attributes with the hyphens that JATS has in their names: `date_type` is `date-type`."""
    return {name.replace("_", "-"): value for name, value in attributes.items()}


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def document(root: Element, *, doctype: str = "") -> str:
    """The document in UTF-8 with its declaration, indented, with a line feed at its end."""
    etree.indent(root)
    written = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True, doctype=doctype or None)
    return written.decode("utf-8")
