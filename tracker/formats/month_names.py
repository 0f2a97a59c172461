"""The names of the months in the languages of journals, with their printed abbreviations."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache

from tracker.formats.folding import fold

_MONTH_NAMES: dict[str, tuple[str, ...]] = {
    "English": (
        "january jan", "february feb febr", "march mar", "april apr", "may", "june jun",
        "july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec",
    ),
    "German": (
        "januar jänner jän", "februar feber", "märz mär mrz", "april", "mai", "juni",
        "juli", "august", "september", "oktober okt", "november", "dezember dez",
    ),
    "French": (
        "janvier janv jan", "février févr fév", "mars", "avril avr", "mai", "juin",
        "juillet juil", "août aoû", "septembre", "octobre", "novembre", "décembre déc",
    ),
    "Spanish": (
        "enero ene", "febrero", "marzo", "abril abr", "mayo", "junio",
        "julio", "agosto ago", "septiembre setiembre set", "octubre", "noviembre", "diciembre dic",
    ),
    "Portuguese": (
        "janeiro", "fevereiro fev", "março", "abril", "maio", "junho",
        "julho", "agosto", "setembro", "outubro out", "novembro", "dezembro",
    ),
    "Italian": (
        "gennaio genn gen", "febbraio febb", "marzo", "aprile", "maggio magg mag", "giugno giu",
        "luglio lug", "agosto", "settembre sett", "ottobre ott", "novembre", "dicembre",
    ),
    "Dutch": (
        "januari", "februari", "maart mrt", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
}  # fmt: skip

_NUMBERS = {
    fold(name): number
    for names_of_year in _MONTH_NAMES.values()
    for number, names in enumerate(names_of_year, start=1)
    for name in names.split()
}
MONTH_STARTS = tuple(sorted({name[:3] for name in _NUMBERS}))
"""The first three letters of every name, folded: where a date with its month first can begin."""


def _as_scanned(word: str) -> str:
    """`word` with the letters that scanners mix up made one: c and e, 0 and o, 1 and l."""
    return word.replace("0", "o").replace("1", "l").replace("c", "e")


_SCANNED = {_as_scanned(name): number for name, number in _NUMBERS.items() if len(name) >= 4}
_LONG = tuple(name for name in _SCANNED if len(name) >= 6)
_CLOSE = 0.85  # one wrong or missing letter in a word of seven; two months are never that close


@lru_cache(maxsize=4096)
def month_number(word: str) -> int | None:
    """1 to 12 for the folded name of a month, also misspelt by a letter; None for any other word."""
    if (number := _NUMBERS.get(word)) is not None:
        return number
    scanned = _as_scanned(word)
    if (number := _SCANNED.get(scanned)) is not None or len(word) < 6:
        return number
    close = get_close_matches(scanned, _LONG, n=1, cutoff=_CLOSE)
    return _SCANNED[close[0]] if close else None


def is_month(word: str) -> bool:
    """Whether the folded `word` is the name of a month, spelt right."""
    return word in _NUMBERS
