"""One article as the outside world tells of it: the neutral value between every format and the tracker.

Readers (article pages, sheets, JATS, Crossref, PubMed, OJS, DOAJ) give it, writers take it; it knows no database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeVar

from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput

FactKind = Literal[
    "received", "sent_to_review", "revision_requested", "resubmitted", "accepted", "rejected", "withdrawn",
    "published", "published_in_issue", "corrected", "expression_of_concern", "retracted", "removed",
]  # fmt: skip

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dXx]\b")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# The longest that the tracker keeps, in characters; texts that are not named here have no limit but the file's.
LONGEST = {
    "reference": 59, "volume": 20, "issue": 20, "article_number": 20, "pages": 40, "doi": 200, "section": 120,
    "article_type": 80, "given": 200, "family": 200, "email": 254, "orcid": 19,
}  # fmt: skip


@dataclass(frozen=True)
class DatedFact:
    """One dated fact of a history. `word` is what the source calls it, such as `rev-recd`; `detail` its kind."""

    kind: FactKind
    on: PartialDate
    word: str = ""
    detail: str = ""
    link: str = ""


@dataclass(frozen=True)
class AuthorRecord:
    """An author as imported or entered. A group or a person with one name has it in `family`."""

    given: str = ""
    family: str = ""
    email: str = ""
    orcid: str = ""
    affiliation: str = ""
    biography: str = ""
    is_corresponding: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.given} {self.family}".strip()


AUTHOR_FIELDS = tuple(field.name for field in fields(AuthorRecord))


@dataclass(frozen=True)
class ArticleRecord:
    """One article. What a source does not say is empty; an empty field never erases what is known."""

    title: str
    authors: tuple[AuthorRecord, ...] = ()
    dates: tuple[DatedFact, ...] = ()
    reference: str = ""
    doi: str = ""
    volume: str = ""
    issue: str = ""
    article_number: str = ""
    pages: str = ""
    citation: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    section: str = ""
    article_type: str = ""
    journal_title: str = ""
    issns: tuple[str, ...] = ()

    def first(self, kind: FactKind) -> PartialDate | None:
        """The first date of this kind as listed, or None."""
        return next((fact.on for fact in self.dates if fact.kind == kind), None)


def cleaned(record: ArticleRecord) -> ArticleRecord:
    """The record without characters that no database keeps, its lines tidied, DOI and ORCID bare.

    Raises BadInput, naming the field, where a field is longer than the tracker keeps.
    """
    authors = tuple(_clean(author) for author in record.authors)
    keywords = tuple(dict.fromkeys(word for text in record.keywords if (word := tidy(text))))
    return replace(_clean(record), authors=authors, keywords=keywords, doi=bare_doi(record.doi))


V = TypeVar("V", ArticleRecord, AuthorRecord)


def _clean(value: V) -> V:
    changed: dict[str, Any] = {}
    for name, text in vars(value).items():
        if not text or not isinstance(text, str):
            continue
        tidied = _tidy_field(name, text)
        if len(tidied) > LONGEST.get(name, len(tidied)):
            words = name.replace("_", " ")
            raise BadInput(f"The {words} “{tidied[:30]}…” is too long: {LONGEST[name]} characters at most.")
        if tidied != text:
            changed[name] = tidied
    return replace(value, **changed) if changed else value


def _tidy_field(name: str, text: str) -> str:
    if name in ("abstract", "biography"):
        return "\n\n".join(paragraph for part in text.split("\n\n") if (paragraph := tidy(part)))
    return bare_orcid(text) if name == "orcid" else tidy(text)


def tidy(text: str) -> str:
    """The text on one line, white space single, control characters gone."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def bare_doi(text: str) -> str:
    """`10.1234/abc` out of `https://doi.org/10.1234/abc`; empty where there is no DOI."""
    match = DOI.search(_UNPRINTABLE.sub("", text))
    return match[0].rstrip(".,;") if match else ""


def bare_orcid(text: str) -> str:
    """`0000-0002-1825-0097` out of an address of orcid.org; empty where there is none."""
    match = ORCID.search(text)
    return match[0].upper() if match else ""
