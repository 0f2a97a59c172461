"""Reads the JSON of Crossref's REST API: a work, a list of works, or a work a line.

Crossref REST API, work: `accepted`, `published-online`, `published-print`, `published`, and `assertion`, in which
publishers tell the history of a manuscript with labels of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact, FactKind
from tracker.formats.dated_parts import date_of_iso, date_of_parts
from tracker.formats.history_lines import parse_history
from tracker.formats.json_reading import parse_json, part, parts, text
from tracker.formats.plain_text import plain_line, plain_text
from tracker.formats.settled_dates import settled
from tracker.formats.sources import Reading

# The work's own fields, in the order of trust; `issued` is a copy of the earliest of them.
FIELDS: tuple[tuple[str, FactKind], ...] = (
    ("published-online", "published"), ("published-print", "published_in_issue"), ("accepted", "accepted"),
)  # fmt: skip
FALLBACKS = ("published", "issued")
# What the name of an assertion says where its label is in no language that we know.
NAMES: dict[str, FactKind] = {
    "received": "received", "submitted": "received", "accepted": "accepted", "revised": "resubmitted",
    "rev_recd": "resubmitted", "revision_received": "resubmitted", "resubmitted": "resubmitted",
    "online": "published", "first_online": "published", "epub": "published", "published": "published",
    "published_online": "published",
}  # fmt: skip
UPDATES: dict[str, FactKind] = {
    "retraction": "retracted", "correction": "corrected", "corrigendum": "corrected", "erratum": "corrected",
    "expression_of_concern": "expression_of_concern", "removal": "removed",
}  # fmt: skip
HISTORY_GROUPS = ("history", "dates", "publication")


def read_crossref(data: bytes) -> list[Reading]:
    """The works of the file; in the place of one that cannot be used, the reason. Raises BadInput for other files."""
    works = [work for document in parse_json(data) for work in _works(document)]
    if not works:
        raise BadInput("the file holds no works: expected the JSON of https://api.crossref.org/works.")
    return [_reading(work) for work in works]


def _works(document: Any) -> Iterator[Any]:
    if isinstance(document, list):
        yield from document
        return
    message = part(document, "message") if isinstance(part(document, "message"), dict) else document
    items = part(message, "items")
    if isinstance(items, list):
        yield from items
    elif isinstance(message, dict) and ("DOI" in message or "title" in message):
        yield message


def _reading(work: Any) -> Reading:
    try:
        return _article(work)
    except BadInput as error:
        return error


def _article(work: Any) -> ArticleRecord:
    title, subtitle = plain_line(text(part(work, "title"))), plain_line(text(part(work, "subtitle")))
    if not title:
        raise BadInput(f"The work {text(part(work, 'DOI')) or 'without a DOI'} has no title.")
    return ArticleRecord(
        title=f"{title.rstrip(' :')}: {subtitle}" if subtitle else title,
        authors=tuple(_authors(work)),
        dates=settled(_dates(work)),
        doi=text(part(work, "DOI")),
        volume=text(part(work, "volume")),
        issue=text(part(work, "issue")),
        article_number=text(part(work, "article-number")),
        pages=text(part(work, "page")).replace("-", "–"),
        abstract=plain_text(text(part(work, "abstract"))),
        article_type=text(part(work, "type"))[:80],
        journal_title=text(part(work, "container-title")),
        issns=_issns(part(work, "ISSN")),
    )


def _issns(value: Any) -> tuple[str, ...]:
    return tuple(issn for issn in value if isinstance(issn, str)) if isinstance(value, list) else ()


def _authors(work: Any) -> Iterator[AuthorRecord]:
    for author in parts(work, "author"):
        given, family = text(author.get("given")), text(author.get("family"))
        family = f"{family} {text(author.get('suffix'))}".strip() or text(author.get("name"))
        if given or family:
            places = (text(place.get("name")) for place in parts(author, "affiliation"))
            yield AuthorRecord(
                given, family, orcid=text(author.get("ORCID")), affiliation="; ".join(filter(None, places))
            )


def _dates(work: Any) -> Iterator[DatedFact]:
    """Assertions first, since they know the day; then the work's own fields, and the notices that update it."""
    asserted = [fact for assertion in parts(work, "assertion") for fact in _asserted(assertion)]
    own = [DatedFact(kind, on, name) for name, kind in FIELDS if (on := _date(part(work, name), name))]
    publications = [fact for fact in own if fact.kind == "published"]
    yield from publications
    yield from asserted
    yield from own
    if not any(fact.kind.startswith("published") for fact in (*asserted, *own)):
        yield from (DatedFact("published", on, name) for name in FALLBACKS if (on := _date(part(work, name), name)))
    for update in parts(work, "updated-by"):
        kind, on = UPDATES.get(text(update.get("type")).lower()), _date(update.get("updated"), "updated")
        if kind and on:
            yield DatedFact(kind, on, text(update.get("type")), link=_address(text(update.get("DOI"))))


def _address(doi: str) -> str:
    return f"https://doi.org/{doi}" if doi else ""


def _asserted(assertion: dict[str, Any]) -> Iterator[DatedFact]:
    """The dates of one assertion: `{"name": "received", "label": "Received", "value": "6 December 2021"}`.

    Some publishers put the whole line into the value, under a name such as `history`.
    """
    label, value, name = (text(assertion.get(key))[:400] for key in ("label", "value", "name"))
    about = " ".join([name, label, *(text(part(assertion, "group", key)) for key in ("name", "label"))]).lower()
    known = NAMES.get(name.lower().replace("-", "_").removeprefix("date_"))
    if not value or not (known or any(word in about for word in HISTORY_GROUPS)):
        return
    whole = parse_history(value)
    if whole.events and not known:
        yield from (DatedFact(event.kind, event.on, event.label) for event in whole.events)
        return
    history = parse_history(f"{label or name}: {value}")
    if history.problems:
        raise BadInput(
            f"The date “{history.problems[0].text}” of “{label}” cannot be used: {history.problems[0].reason}."
        )
    for event in history.events:
        yield DatedFact(known or event.kind, event.on, label or name)
    if not history.events and known and (on := date_of_iso(value, what=label or name)):
        yield DatedFact(known, on, label or name)


def _date(value: Any, what: str) -> PartialDate | None:
    """`{"date-parts": [[2021, 1, 14]]}`, as far as it goes."""
    dates = part(value, "date-parts")
    first = dates[0] if isinstance(dates, list) and dates and isinstance(dates[0], list) else []
    numbers = [text(number) for number in first[:3]]
    return date_of_parts(*numbers, what=what) if numbers else None
