"""The dates of a JATS article: `<history>`, `<pub-history>` and `<pub-date>`, and what their types mean.

JATS 1.3 (ANSI/NISO Z39.96-2021), elements <date>, <event>, <pub-date>; attributes @date-type, @pub-type and
@publication-format. Types beyond the suggested ones are those that publishers use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput
from tracker.formats.article_record import DatedFact, FactKind
from tracker.formats.dated_parts import date_of_iso, date_of_parts, date_of_text
from tracker.formats.xml_reading import Element, every, first, text_at, text_of

# date-type of <date> → what it tells. A type that is not here is the date of something else, and left out:
# registration, oa-requested, corrected-typeset, preprint, reviewer-report-received …
HISTORY_TYPES: dict[str, FactKind] = {
    "received": "received", "submitted": "received", "submission": "received", "rcvd": "received",
    "rev-request": "revision_requested", "revision-requested": "revision_requested",
    "rev-recd": "resubmitted", "revised": "resubmitted", "rev-received": "resubmitted",
    "revision-received": "resubmitted", "resubmitted": "resubmitted", "re-submitted": "resubmitted",
    "revised-received": "resubmitted", "revision": "resubmitted",
    "accepted": "accepted", "acc": "accepted", "acceptance": "accepted",
    "sent-to-review": "sent_to_review", "under-review": "sent_to_review", "rejected": "rejected",
    "withdrawn": "withdrawn",
    "online": "published", "pub": "published", "published": "published", "epub": "published",
    "published-online": "published", "first-online": "published", "online-first": "published",
    "ppub": "published_in_issue", "print": "published_in_issue", "issue-pub": "published_in_issue",
    "collection": "published_in_issue",
    "corrected": "corrected", "correction": "corrected", "retracted": "retracted", "retraction": "retracted",
    "expression-of-concern": "expression_of_concern", "removed": "removed", "withdrawal": "withdrawn",
}  # fmt: skip
# <pub-date>: its type with its format, else its type alone. The rest (pmc-release, open-access) is left out.
PUB_TYPES: dict[str, FactKind] = {
    "": "published", "epub": "published", "pub": "published", "pub/electronic": "published",
    "epub-ppub": "published", "/electronic": "published",
    "pub/print": "published_in_issue", "/print": "published_in_issue", "ppub": "published_in_issue",
    "collection": "published_in_issue", "collection/electronic": "published_in_issue",
    "collection/print": "published_in_issue", "issue-pub": "published_in_issue", "cover": "published_in_issue",
    "corrected": "corrected", "corrected/electronic": "corrected", "retracted": "retracted",
    "retracted/electronic": "retracted",
}  # fmt: skip


class JatsDate(NamedTuple):
    """One date of the file as it stands there. `word` is its type: `rev-recd`, or `pub/electronic` of a pub-date."""

    word: str
    kind: FactKind | None
    on: PartialDate | None


def jats_dates(meta: Element) -> list[JatsDate]:
    """Every date of the article's history and publication, in the file's order, the unknown types too.

    Raises BadInput for a date of the history that is on no calendar, naming it.
    """
    return [*_history(meta), *_pub_dates(meta)]


def facts_of_dates(dates: list[JatsDate]) -> tuple[DatedFact, ...]:
    """What the dates tell of the manuscript.

    The day of a <pub-date> is the publication; one in the history counts where there is no other. A year alone is
    not an issue's date, and a correction before acceptance was one of the manuscript, by its authors.
    """
    told = [DatedFact(date.kind, date.on, date.word) for date in dates if date.kind and date.on]
    formal = {date.on for date in dates if date.word.startswith("pub-date:") and date.kind == "published"}
    published = [fact for fact in told if fact.kind == "published"]
    publication = [fact for fact in published if fact.on in formal][-1:] or published[:1]
    accepted = next((fact.on for fact in told if fact.kind == "accepted"), None)
    facts = []
    for fact in told:
        vague_issue = fact.kind == "published_in_issue" and publication and fact.on.precision == "year"
        if vague_issue or (fact.kind == "published" and fact not in publication):
            continue
        if fact.kind == "corrected" and accepted and fact.on.first <= accepted.first:
            fact = DatedFact("resubmitted", fact.on, fact.word)
        facts.append(fact)
    unique = {(fact.kind, fact.on): fact for fact in reversed(facts)}
    return tuple(reversed(unique.values()))


def _history(meta: Element) -> Iterator[JatsDate]:
    for date in [*every(meta, "history/date"), *every(meta, "pub-history/event/date")]:
        word = (date.get("date-type") or "").strip()
        yield JatsDate(word, HISTORY_TYPES.get(word.lower().replace("_", "-")), _date(date, word))


def _pub_dates(meta: Element) -> Iterator[JatsDate]:
    for date in every(meta, "pub-date"):
        word = date.get("pub-type") or date.get("date-type") or ""
        manner = f"{word}/{date.get('publication-format')}" if date.get("publication-format") else word
        kind = PUB_TYPES.get(manner.lower(), PUB_TYPES.get(word.lower()))
        try:
            yield JatsDate(f"pub-date:{manner}", kind, _date(date, "pub-date"))
        except BadInput:
            if kind == "published":
                raise


def _date(date: Element, word: str) -> PartialDate | None:
    what = word or "date"
    parts = [text_at(date, part) for part in ("year", "month", "day")]
    found = date_of_parts(*parts, what=what) or date_of_iso(date.get("iso-8601-date") or "", what=what)
    if found is None and (text := text_of(first(date, "string-date"))):
        found = date_of_text(text, what=what)
    return found
