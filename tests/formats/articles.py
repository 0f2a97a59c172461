"""Articles for the tests of the formats: one told in full, and any that hypothesis can think of."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tracker.domain.dates import PartialDate, parse_iso
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact, FactKind, cleaned
from tracker.formats.imprint import Imprint

JOURNAL = Imprint(
    title="Annals of Made-up Studies", slug="ams", language="en", publisher="Nowhere University Press",
    issn_print="1050-124X", issn_online="2049-3630", address="https://ams.example.org",
    depositor_name="Nowhere Press", depositor_email="dois@example.org",
)  # fmt: skip
ARTICLE = ArticleRecord(
    title="On <Tides> & Tables: a study of 50% of everything",
    authors=(
        AuthorRecord("Ada", "Lovelace", "ada@example.org", "0000-0002-1825-0097", "Department of Engines, London",
                     "Ada writes programs.", is_corresponding=True),
        AuthorRecord("Jean-Paul", "Möller", affiliation="Department of Engines, London"),
        AuthorRecord("", "The Tide Table Consortium"),
    ),
    dates=(
        DatedFact("received", parse_iso("2023-01-09")),
        DatedFact("revision_requested", parse_iso("2023-03-20")),
        DatedFact("resubmitted", parse_iso("2023-05-02")),
        DatedFact("resubmitted", parse_iso("2023-06-11")),
        DatedFact("accepted", parse_iso("2023-07-01")),
        DatedFact("published", parse_iso("2023-08-15")),
        DatedFact("published_in_issue", parse_iso("2023-10")),
        DatedFact("corrected", parse_iso("2024-01-30")),
    ),
    reference="AMS-2023-001", doi="10.5555/ams.2023.17", volume="7", issue="3", article_number="17", pages="101–118",
    abstract="Tides rise.\n\nTables hold.", keywords=("tides", "tables & chairs"), section="Research",
    article_type="research-article",
)  # fmt: skip


def told(article: ArticleRecord) -> list[tuple[str, str]]:
    """The dates as pairs of kind and ISO text, in order."""
    return [(fact.kind, fact.on.iso) for fact in article.dates]


def only(readings: Any) -> ArticleRecord:
    """The one article that was read."""
    (reading,) = readings
    assert isinstance(reading, ArticleRecord), reading
    return reading


def as_bytes(document: Any) -> bytes:
    return json.dumps(document).encode()


LETTERS = st.characters(categories=("L", "N", "Zs"), max_codepoint=0x2FFF, include_characters="&<>\"'()")
WORDS = st.text(LETTERS, max_size=30)  # readers trim punctuation at the ends of keywords and affiliations
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
PARTIAL = st.builds(
    lambda day, precision: PartialDate(
        day if precision == "day" else day.replace(day=1) if precision == "month" else day.replace(day=1, month=1),
        precision,
    ),
    DAYS,
    st.sampled_from(["day", "day", "month", "year"]),
)
JATS_KINDS: tuple[FactKind, ...] = (
    "received", "sent_to_review", "revision_requested", "resubmitted", "accepted", "retracted", "expression_of_concern",
)  # fmt: skip


def _with_title(article: ArticleRecord) -> bool:
    return bool(cleaned(article).title)


AUTHORS = st.builds(AuthorRecord, given=WORDS, family=WORDS.filter(str.strip), affiliation=WORDS)
ARTICLES = st.builds(
    ArticleRecord,
    title=WORDS,
    authors=st.lists(AUTHORS, max_size=3).map(tuple),
    dates=st.lists(st.builds(DatedFact, st.sampled_from(JATS_KINDS), PARTIAL), max_size=6).map(tuple),
    volume=st.from_regex(r"[0-9A-Z]{0,5}", fullmatch=True),
    keywords=st.lists(WORDS, max_size=3).map(tuple),
    abstract=WORDS,
    section=WORDS,
).filter(_with_title)  # fmt: skip
