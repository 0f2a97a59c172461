"""Text made easy to match: lower case, no accents, plain punctuation, every character still at its place.

Matching runs on the folded text and quoting on the original, so both must keep the same positions.
"""

from __future__ import annotations

import unicodedata

_PUNCTUATION = {
    "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u00ad": "-",
    "\u2012": "–", "\u2014": "–", "\u2015": "–",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"',
    "\u3001": ",", "\u3002": ".", "\u3010": "[", "\u3011": "]", "\u2022": ";", "\u00b7": ";",
    "\u00ba": "o", "\u00b0": "o", "\u00aa": "a",
    "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ſ": "s",
}  # fmt: skip


def _base(character: str) -> str:
    """The one character that a reader takes `character` for; itself if there is none."""
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    decomposed = unicodedata.normalize("NFKD", character)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return plain if len(plain) == 1 else character


# Latin with accents, spaces of every width, typographic marks, and fullwidth forms of East Asian type.
_RANGES = ((0x80, 0x250), (0x1E00, 0x1F00), (0x2000, 0x2070), (0x2212, 0x2213), (0x3000, 0x3020), (0xFF01, 0xFF5F))
_FOLD = {code: _base(chr(code)) for low, high in _RANGES for code in range(low, high)}


def tidy(text: str) -> str:
    """`text` on one line: composed letters, single spaces, a word broken at a line's end put together."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    line = " ".join(text.split())
    if "- " in line:
        line = _rejoined(line)
    return line


def _rejoined(line: str) -> str:
    """Undo the hyphenation of “Septem- ber”; a dash with a space on both sides stays."""
    parts = line.split("- ")
    joined = parts[0]
    for part in parts[1:]:
        broken_word = joined[-1:].isalpha() and part[:1].islower()
        joined += part if broken_word else "- " + part
    return joined


def fold(text: str) -> str:
    """`text` for matching, character by character: “Reçu, 31ª” becomes “recu, 31a”. The length is kept."""
    if text.isascii():
        return text.lower()
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_FOLD)
