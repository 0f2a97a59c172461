"""Words as the search knows them: folded, without accents, letters and digits only. Both databases get the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 60  # characters of a word; what is longer is no word that anybody types
_UNCOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
# Scripts that put no spaces between words: each sign is a word.
_SIGN = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text in order: “Reçu, 31 août” gives `recu`, `31`, `aout`."""
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded.translate(_UNCOMPOSED))
        folded = _SIGN.sub(r" \1 ", "".join(c for c in decomposed if not unicodedata.combining(c)).casefold())
    return [word[:LONGEST] for word in _WORD.findall(folded)]


def searchable(texts: Iterable[str]) -> str:
    """All words of some texts, each once, with spaces between."""
    return " ".join(dict.fromkeys(words_of(" ".join(texts))))


def searchable_with(first: str, words: str) -> str:
    """What `searchable` gives for one more text that stands before those whose words are known."""
    return " ".join(dict.fromkeys([*words_of(first), *words.split()]))
