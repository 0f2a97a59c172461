"""The people of an article page: its byline, the authors of its citation, its biographies."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tracker.formats.folding import fold


@dataclass(frozen=True)
class PageAuthor:
    """An author as the page prints them. `full` is the printed name without titles, degrees and footnote marks."""

    given: str
    family: str
    full: str
    biography: str = ""
    email: str = ""
    orcid: str = ""


@dataclass(frozen=True)
class CitedAuthor:
    """A name of the citation: “Henderson, A.” has the family name Henderson and the initial A."""

    family: str
    initials: str = ""


_TITLE = (
    r"(?:Dr|Drs|Prof|Professor|Professorin|Mr|Mrs|Ms|Mx|Miss|Sir|Dame|Lord|Rev|Reverend|Assoc|Associate|Asst|"
    r"Assistant|Emeritus|Emerita|Hon|Ing|Dipl|Mag|Lic|PD|Priv|Doz|habil|rer|nat|phil|med|psych)"
)
_TITLES = re.compile(rf"^(?:{_TITLE}\b[.\s-]*)+(?=\S)", re.I)
_DEGREE = (
    r"(?:Ph\.?\s?D\.?|D\.?Phil\.?|M\.?D\.?|M\.?Sc\.?|B\.?Sc\.?|M\.?A\.?|B\.?A\.?|M\.?B\.?A\.?|Ed\.?D\.?|M\.?Ed\.?|"
    r"Psy\.?D\.?|D\.?Psych\.?|D\.?Clin\.?Psy\.?|M\.?Phil\.?|M\.?P\.?H\.?|Dr\.?P\.?H\.?|M\.?S\.?|B\.?S\.?|LL\.?[BM]|"
    r"J\.?D\.?|R\.?N\.?|C\.?Psychol\.?|AFBPsS|FBPsS|FRSA|FRSM|FRCP|FHEA|SFHEA|FISCP|MISCP|MBPsS|OBE|MBE|CBE|Hons|"
    r"FAcSS|CSci|DSc|D\.?Sc\.?|DBA|DProf|ProfD|PCC|MCC|ACC|PGCE|PGDip|DipEd|MRes|MSW|LCSW)"
)
_DEGREES = re.compile(rf"(?:[,\s]+\(?{_DEGREE}\)?)+(?=\s*(?:[,;&]|$|and\b))")
_ONLY_DEGREES = re.compile(rf"\(?{_DEGREE}\)?(?:[\s,]+\(?{_DEGREE}\)?)*")
_MARKS = re.compile(r"\s*[\d⁰¹²³⁴-⁹*†‡§¶#]+(?:\s*,\s*[\d⁰¹²³⁴-⁹*†‡§¶#]+)*|\([^()]*\)|\[[^\[\]]*\]")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b")
_ORCID_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/|ORCID(?:\s*iD)?\s*:?\s*", re.I)
_BETWEEN_NAMES = re.compile(
    r"\s*;\s*(?:(?:and|&)\s+)?|\s*,?\s+(?:and|&|und|et|y|e|en|with)\s+|\s*,\s*(?:&\s*)?|\s*&\s*|\s*\|\s*"
)
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_]*(?:[-'’.‐][^\W\d_]*)*\.?")
_INSTITUTION = re.compile(
    r"\b(?:university|universit\w+|institut\w*|college|school|department|faculty|cent(?:re|er)|hospital|society|journal)\b",
    re.I,
)
_PARTICLES = frozenset(
    ("van", "von", "vom", "zu", "zur", "zum", "der", "den", "de", "del", "della", "dalla", "di", "da", "das", "do",
     "dos", "du", "la", "le", "las", "los", "ter", "ten", "te", "bin", "ibn", "al", "el", "af", "av", "st", "st.",
     "san", "'t", "y", "e")
)  # fmt: skip
_PREFIXED = re.compile(
    r"(?:a[bdhlnrstz]|ash|abu|e[ls]|u[lrd]|ben|bin|ibn|d|l|t|n|dell|dall|nell|sant|ter|zur)[-'’‐](?=[^\W\d_])", re.I
)  # “al-Rashid”, “d'Hondt”
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_INITIALS = r"(?:[^\W\d_a-z]\.?[\s‐-]*){1,6}"
_CITED = re.compile(rf"([^,;&]{{2,60}}?),\s*({_INITIALS})(?=\s*(?:,|;|&|\band\b|$))")
_BY = re.compile(r"^(?:authors?|by|written by)\s*:?\s+", re.I)
_ABOUT = 60  # a biography names its author within so many characters


def cited_authors(text: str) -> tuple[CitedAuthor, ...]:
    """The authors before the year of a citation: “Vogel, A., de Wit, P.-J., & Roe, C.”, or names in plain order."""
    inverted = [
        CitedAuthor(_BETWEEN_NAMES.sub(" ", f" {family}").strip(" ,.&"), initials.strip())
        for family, initials in _CITED.findall(text)
    ]
    if inverted:
        return tuple(CitedAuthor(re.sub(r"^(?:and|&)\s+", "", a.family), a.initials) for a in inverted)
    return tuple(CitedAuthor(author.family, author.given[:1]) for author in read_byline(text))


def read_byline(text: str, cited: tuple[CitedAuthor, ...] = ()) -> tuple[PageAuthor, ...]:
    """The authors of a byline; empty if `text` is not one. The citation tells where a family name begins."""
    plain = _ORCID_ADDRESS.sub(" ", ORCID.sub(" ", EMAIL.sub(" ", _BY.sub("", text))))
    plain = _MARKS.sub(" ", plain)
    names = _split_names(plain)
    if not names or not all(_is_name(name) for name in names):
        return ()
    authors = [_author(name, cited) for name in names]
    ends = [text.find(author.family) + len(author.family) for author in authors] + [len(text)]
    return tuple(
        replace(author, email=_first(EMAIL, text[end:stop]), orcid=_first(ORCID, text[end:stop]))
        for author, end, stop in zip(authors, ends, ends[1:], strict=False)
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""


def _split_names(text: str) -> list[str]:
    people = [part for part in text.split(";") if part.strip()]
    if len(people) > 1 or text.count(",") == 1:
        turned = [_turned_round(part) for part in people]
        if len(people) > 1 and all(turned):
            return [name for name in turned if name]
    parts = [_without_titles(part) for part in _BETWEEN_NAMES.split(_DEGREES.sub("", text))]
    return [part for part in parts if part and not _ONLY_DEGREES.fullmatch(part)]


def _turned_round(part: str) -> str | None:
    """“Vogel, Anna” as “Anna Vogel”; None if that is not how it is printed."""
    part = re.sub(r"^\s*(?:and|&)\s+", "", part)
    pieces = [piece.strip() for piece in _DEGREES.sub("", part).split(",") if piece.strip()]
    return f"{pieces[1]} {pieces[0]}" if len(pieces) == 2 else None


def _without_titles(part: str) -> str:
    return _DEGREES.sub("", " " + _TITLES.sub("", part.strip(" .,;"))).strip(" ,;")


def _is_name(name: str) -> bool:
    words = name.split()
    if not 1 < len(words) <= 7 or len(name) > 70 or _INSTITUTION.search(name):
        return False
    return all(
        _NAME_WORD.fullmatch(word) is not None
        and (word[0].isupper() or not word.isascii() or word.lower() in _PARTICLES or _PREFIXED.match(word))
        for word in words
    ) and (words[0][0].isupper() or not words[0].isascii())


def _author(name: str, cited: tuple[CitedAuthor, ...]) -> PageAuthor:
    words = name.split()
    split = _cited_split(words, cited) or _usual_split(words)
    given, family = " ".join(words[:split]), " ".join(words[split:])
    return PageAuthor(given, family, name)


def _cited_split(words: list[str], cited: tuple[CitedAuthor, ...]) -> int | None:
    for split in range(1, len(words)):
        family = comparable(" ".join(words[split:]))
        if any(comparable(author.family) == family for author in cited):
            return split
    return None


def _usual_split(words: list[str]) -> int:
    last = len(words) - 1
    if words[last].lower() in _SUFFIXES and last > 1:
        last -= 1
    while last > 1 and words[last - 1].lower() in _PARTICLES:
        last -= 1
    return last


def comparable(text: str) -> str:
    """Letters and digits only, folded: equal for two printings of one name or title."""
    return "".join(character for character in fold(text) if character.isalnum())


def biography_of(text: str, authors: tuple[PageAuthor, ...]) -> int | None:
    """The number of the author whose biography `text` begins: the one named first in its opening words."""
    opening = fold(_TITLES.sub("", text)[:_ABOUT])
    best: tuple[int, int] | None = None
    for index, author in enumerate(authors):
        match = re.search(rf"(?<![a-z]){re.escape(fold(author.family))}(?![a-z])", opening)
        if match and _has_given(opening[: match.start()], author) and (best is None or match.start() < best[0]):
            best = (match.start(), index)
    return best[1] if best else None


def _has_given(before: str, author: PageAuthor) -> bool:
    """Whether the words before a family name can be its bearer's given names, or are a title or nothing."""
    words = [word for word in re.findall(r"[^\W\d_]+", before) if not _TITLES.match(word + " x")]
    given = fold(author.given)
    return not words or (
        len(words) <= 4
        and words[0][0] == given[:1]
        and (len(words[0]) == 1 or words[0] in given or given[1:2] in ("", "."))
    )
