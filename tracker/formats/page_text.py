"""The text of a file from outside: bytes in any usual encoding, plain or HTML, to lines of text.

Blank lines part blocks. Nothing is fetched: lxml reads HTML without a network and without loading entities.
"""

from __future__ import annotations

import codecs
import re
from itertools import groupby

from lxml import etree, html

from tracker.domain.errors import BadInput

LONGEST_FILE = 20_000_000  # bytes; an article page has a few thousand
_BINARY_STARTS = {
    b"%PDF": "a PDF", b"\x89PNG": "a PNG picture", b"GIF8": "a GIF picture", b"\xff\xd8\xff": "a JPEG picture",
    b"PK\x03\x04": "a ZIP, Word or Excel file", b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x1f\x8b": "a GZIP file",
}  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|main|div|p|h[1-6]|article|section|table|span|br|meta)\b[^<>]*>", re.I
)
_DROPPED = frozenset(
    ("script", "style", "noscript", "template", "head", "nav", "form", "button", "select", "textarea", "svg",
     "iframe", "object", "canvas")
)  # fmt: skip
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
     "var", "wbr")
)  # fmt: skip
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FOOTNOTE_MARKS = re.compile(r"[\d\s,*†‡§¶#]*|[a-h](?:\s*,\s*[a-h\d*])*")
_ODD_SPACES = re.compile("[ \t\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CELL = "\x1f"  # stands where a cell of a table begins or ends
_HEAD_CELL = re.compile(
    rf"^[ {_CELL}]*(abstract|summary|key ?words?|title|citation|processing dates|doi)[ {_CELL}]*{_CELL}", re.I | re.M
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def decode(data: bytes) -> str:
    """The text that `data` holds: UTF-8, UTF-16 with its mark, or else Windows-1252.

    Raises BadInput for an empty, an overlong or a binary file.
    """
    if not data.strip():
        raise BadInput("the file is empty.")
    if len(data) > LONGEST_FILE:
        raise BadInput(f"the file is larger than {LONGEST_FILE // 1_000_000} MB: that is no article page.")
    for start, name in _BINARY_STARTS.items():
        if data.startswith(start):
            raise BadInput(f"this is {name}, not text: save the page as text or HTML.")
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = _windows_text(data)
    if _CONTROL.search(text):
        raise BadInput("this is not text but a binary file: save the page as text or HTML.")
    return text


def _windows_text(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    readable = sum(character.isalnum() or character.isspace() for character in text)
    if readable < 0.7 * len(data):
        raise BadInput("the encoding of the file is unknown: save the page as text in UTF-8.")
    return text


def lines_of_page(text: str) -> list[str]:
    """The lines of a page, plain or HTML, each trimmed; a blank one, never two, where a block ends."""
    if _HTML.search(text[:20_000]):
        text = _HEAD_CELL.sub(r"\1: ", _text_of_html(text)).replace(_CELL, " ")
    lines = [_ODD_SPACES.sub(" ", line).strip() for line in _INVISIBLE.sub("", text).splitlines()]
    blocks = [list(block) for has_text, block in groupby(lines, key=bool) if has_text]
    return [line for block in blocks for line in [*block, ""]]


def _text_of_html(text: str) -> str:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return ""
    pieces: list[str] = []
    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipping is None and event == "start":
            if element.tag in _DROPPED:
                skipping = element
            else:
                pieces += _opening(element)
        elif event == "end" and (skipping is None or skipping is element):
            if skipping is None:
                pieces += _closing(element)
            skipping = None
            pieces.append(_flat(element.tail))
    return "".join(pieces)


def _opening(element: etree._Element) -> list[str]:
    if element.tag == "sup":
        return [_superscript(_flat(element.text))]
    return [_break(element), _flat(element.text)]


def _closing(element: etree._Element) -> list[str]:
    return [] if element.tag in ("br", "li", "tr") else [_break(element)]


def _break(element: etree._Element) -> str:
    if element.tag in _INLINE:
        return ""
    return {"br": "\n", "tr": "\n", "li": "\n", "td": _CELL, "th": _CELL}.get(str(element.tag), "\n\n")


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _superscript(text: str) -> str:
    """Footnote marks stay apart from the name before them: “Vogel1” becomes “Vogel¹”."""
    if not _FOOTNOTE_MARKS.fullmatch(text):
        return text
    return re.sub("[a-h]", "*", text).translate(_SUPERSCRIPTS)
