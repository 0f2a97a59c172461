"""Single dates as journals print them: where they stand in a line, and which day they mean.

`find_dates` finds them; `settle` reads those of one line together, because a line may settle for all of its
dates whether the day or the month comes first, and may print a year once for several dates.
Nothing is guessed: 03/04/2019 on its own is refused with both readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from tracker.formats.month_names import MONTH_STARTS, is_month, month_number


class FoundDate(NamedTuple):
    """What stands at `start` to `end` of a folded line. Parts that are not printed are None."""

    start: int
    end: int
    year: str | None
    month: int | None
    day: int | None
    pair: tuple[int, int] | None = None
    """The first two numbers of 03/04/2019, day and month in an order still to be settled."""
    mark: str = ""
    """What separates the numbers of `pair`: dates of one line share their order if they share the mark."""
    year_leads: bool = False
    year_is_cut: bool = False


# A year may be torn apart by a scanner (“20 10”, “1 994”) or hold a letter for a digit (“20l9”).
_GOOD_YEAR = r"(?:(?:1[5-9]|2[0o])[\doli]{2}(?![\dlix])|(?:19|20|1 9|2 0) ?\d ?\d(?!:?\d|x))"
_YEAR = rf"(?:{_GOOD_YEAR}|\d{{3,6}}(?![\dx]))"
_DAY = r"(?:\d{1,2}|[li]\d|\d[li])(?!\d)"
_ORDINAL = r"(?: ?(?:st|nd|rd|th|er|eme|o|a)(?![a-z]))?"
_MONTH = rf"(?P<word>(?:{'|'.join(MONTH_STARTS)})[a-z]{{0,9}})"
_ANY_WORD = r"(?P<word>0?[a-z]{3,12}|[a-z]{2,8}1[a-z]{1,8})"
_OF = r"(?:(?:de|of|di|do|du|den|del) |d')?"
_YEAR_GAP = r"[ ,.]{0,3}(?:(?:of|del? ano(?: de)?|do ano de|de|del|do|-|/|–) ?)?"
_SPAN = r"(?P<span> ?[-–±] ?\d{1,2}(?!\d))?"
_CLOCK = r"(?: \d\d?:\d\d(?::\d\d)?)?"
# “20” in “3 March 20” and “20XX” are years that cannot be read; “18” in “25 August, 18 September” is a day.
_CUT = r"[ ,.]{0,2}(?:x|_|\?|\d{1,3}x|\d{1,2}(?! ?[-a-z./:\d]))"
_NO_SPAN, _NO_DAY = r"(?P<span>(?!))?", r"(?P<day>(?!))?"  # all worded patterns have the same groups
_NO_SHORT = r"(?P<short>(?!))?(?P<cut>(?!))?"
_MAYBE_YEAR = rf"(?:{_YEAR_GAP}(?P<year>{_YEAR})|[ ,]{{0,2}}'(?P<short>\d\d)(?!\d)|(?P<cut>(?={_CUT})))?"

_DAY_MONTH_SHORT = re.compile(
    rf"(?P<day>[0-3]?\d)(?P<mark>[-/.]){_ANY_WORD}(?P=mark)(?P<year>\d\d)(?!\d|[-/.]\d){_NO_SHORT}{_NO_SPAN}"
)
_DAY_MONTH = re.compile(rf"(?P<day>{_DAY}){_ORDINAL}[ .,/–-]{{0,3}}{_OF}{_ANY_WORD}\.?{_MAYBE_YEAR}{_NO_SPAN}")
_YEAR_MONTH_WORD = re.compile(
    rf"(?P<year>\d{{4}}|[4-9]\d(?=-))[ ,./-]{{1,2}}{_MONTH}\.?{_NO_SHORT}"
    rf"(?:[ /-]?(?P<day>\d{{1,2}}){_ORDINAL}{_SPAN}(?!\d|, ?\d{{4}})|(?![a-z ,-]{{0,2}}\d))"
)
_MONTH_YEAR = re.compile(rf"{_MONTH}\.?{_YEAR_GAP}(?P<year>{_GOOD_YEAR}){_NO_DAY}{_NO_SHORT}{_NO_SPAN}")
_MONTH_DAY = re.compile(rf"{_MONTH}\.?[ ,-]{{0,3}}(?:the )?(?P<day>{_DAY}){_SPAN}{_ORDINAL}{_CLOCK}{_MAYBE_YEAR}")
_ISO = re.compile(r"(\d{4,6}) ?([-/.–]) ?(\d{1,2}) ?\2 ?(\d{1,2})(?!\d|[-/.]\d)")
_ISO_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})(?!\d|[-/.]\d)")
_ROMAN = re.compile(
    rf"({_DAY})(\.? | ?[-./] ?)(i{{1,3}}|i?[vx]|vi{{1,3}}|xi{{1,2}})\2"
    r"((?:1[6-9]|20)\d\d|(?<=[-./])\d\d)(?![\dx]|[-/.]\d)"
)
_EAST_ASIAN = re.compile(r"(?:(\d{4,6}) ?年 ?)?(\d{1,2}) ?月(?: ?(\d{1,2}) ?[日号號])?|(\d{4}) ?年(?! ?\d)")
_NUMBERS = re.compile(r"(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4,6}|\d\d)(?!\d|[-/.]\d)")
_MONTH_NUMBER_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})(?!\d|[-/.–]\d)")
_YEAR_ALONE = re.compile(r"((?:1[6-9]|20)\d\d)(?![\dx]|[-–/.]\d)")

_ANCHOR = re.compile(rf"(?<!\d)\d+|(?<![a-z])(?:{'|'.join(MONTH_STARTS)})[a-z]{{0,9}}|(?<![a-z\d])[li]\d(?!\d)")
_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_DASHES = frozenset("-–±")
_MARKS = frozenset("-/.")
_SCANNED_DIGITS = str.maketrans({"l": "1", "i": "1", "o": "0", " ": None})
_END_OF_SPAN = re.compile(r"(?<!\d)\d{1,2} ?[-–±] ?$")
_ADDRESS = re.compile(r"(?:https?:|www\.|(?<![\d./-])10\.\d{4,9}/)[^ ]*")


def find_dates(folded: str) -> list[FoundDate]:
    """Every date in a folded line, in printed order; linear in the length of the line.

    Digits inside web addresses and DOIs are passed over. A span of days (“17–21 June 2007”) is known to the month.
    """
    if "10." in folded or "www." in folded or "http" in folded:
        folded = _ADDRESS.sub(lambda match: "#" * len(match[0]), folded)
    found = []
    position = 0
    while anchor := _ANCHOR.search(folded, position):
        date = _date_at(folded, anchor.start(), anchor.end() - anchor.start())
        if date:
            found.append(date)
        position = date.end if date else anchor.end()
    return found


def _date_at(folded: str, start: int, length: int) -> FoundDate | None:
    is_word = folded[start] > "9"
    if not is_word and (length == 3 or length > 6):
        return None  # a volume, a page, a number of an article
    if is_word:
        readers = _LETTER_LED
    elif length > 2:
        readers = _YEAR_LED
    else:
        readers = _DAY_LED if folded[start + length : start + length + 1] in _MARKS else _DAY_LED_SPACED
    for pattern, reader in readers:
        if (match := pattern.match(folded, start)) and (date := reader(match)):
            return date
    return None


def _worded(match: re.Match[str]) -> FoundDate | None:
    word, day, year, short, span, cut = match.group("word", "day", "year", "short", "span", "cut")
    parts = _worded_parts(word, day, year or short, span is not None)
    if parts is None or _ends_a_span(match):
        return None
    leads = year is not None and match.start("year") == match.start()
    return FoundDate(match.start(), match.end(), *parts, None, "", leads, cut is not None)


@lru_cache(maxsize=16384)
def _worded_parts(
    word: str, day: str | None, year: str | None, is_span: bool
) -> tuple[str | None, int, int | None] | None:
    """Year, month and day, if `word` is a month; without a year only if it is spelt right."""
    month = month_number(word)
    number = int(_digits(day)) if day else None
    if month is None or (year is None and (not is_month(word) or (number or 0) > 31)):
        return None
    return _digits(year) if year else None, month, None if is_span else number


def _ends_a_span(match: re.Match[str]) -> bool:
    line, start = match.string, match.start()
    last = start - 2 if line[start - 1 : start] == " " else start - 1
    if last < 0 or line[last] not in _DASHES:
        return False
    return _END_OF_SPAN.search(line[max(0, start - 6) : start]) is not None


def _digits(text: str) -> str:
    """The number that a scanner's reading of it means."""
    return text if text.isdecimal() else text.translate(_SCANNED_DIGITS)


def _iso(match: re.Match[str]) -> FoundDate:
    year, _, month, day = match.groups()
    return FoundDate(match.start(), match.end(), year, int(month), int(day), year_leads=True)


def _iso_month(match: re.Match[str]) -> FoundDate:
    return FoundDate(match.start(), match.end(), match[1], int(match[2]), None, year_leads=True)


def _east_asian(match: re.Match[str]) -> FoundDate:
    year, month, day, year_alone = match.groups()
    return FoundDate(
        match.start(),
        match.end(),
        year or year_alone,
        int(month) if month else None,
        int(day) if day else None,
        year_leads=True,
    )


def _numbers(match: re.Match[str]) -> FoundDate | None:
    first, mark, second, year = match.groups()
    if _follows_number(match):
        return None
    if len(year) == 2 and int(first) > 31:  # 98/11/12: a year can only lead here
        return FoundDate(match.start(), match.end(), first, int(second), int(year), year_leads=True)
    return FoundDate(match.start(), match.end(), year, None, None, (int(first), int(second)), mark)


def _roman(match: re.Match[str]) -> FoundDate | None:
    """5.VI.2014, as zoologists and botanists write."""
    day, _, month, year = match.groups()
    if _follows_number(match):
        return None
    return FoundDate(match.start(), match.end(), year, _ROMAN_MONTHS.index(month) + 1, int(_digits(day)))


def _month_number_year(match: re.Match[str]) -> FoundDate | None:
    if _follows_number(match) or not 1 <= int(match[1]) <= 12:
        return None
    return FoundDate(match.start(), match.end(), match[2], int(match[1]), None)


def _year_alone(match: re.Match[str]) -> FoundDate | None:
    if _follows_number(match):
        return None
    return FoundDate(match.start(), match.end(), match[1], None, None)


def _follows_number(match: re.Match[str]) -> bool:
    """Whether the match is the tail of a longer number, as in 12.03.04.2019 or a range of pages."""
    before = match.string[max(0, match.start() - 2) : match.start()]
    return len(before) == 2 and before[0].isdigit() and before[1] in "-/.–±"


_Reader = Callable[[re.Match[str]], FoundDate | None]
_Readers = tuple[tuple[re.Pattern[str], _Reader], ...]
_DAY_LED: _Readers = (
    (_DAY_MONTH_SHORT, _worded),
    (_DAY_MONTH, _worded),
    (_NUMBERS, _numbers),
    (_ROMAN, _roman),
    (_EAST_ASIAN, _east_asian),
    (_YEAR_MONTH_WORD, _worded),
    (_MONTH_NUMBER_YEAR, _month_number_year),
)
_DAY_LED_SPACED = _DAY_LED[1:]
_YEAR_LED: _Readers = (
    (_ISO, _iso),
    (_EAST_ASIAN, _east_asian),
    (_YEAR_MONTH_WORD, _worded),
    (_ISO_MONTH, _iso_month),
    (_YEAR_ALONE, _year_alone),
)
_LETTER_LED: _Readers = (
    (_MONTH_YEAR, _worded),
    (_MONTH_DAY, _worded),
    (_DAY_MONTH, _worded),
)
