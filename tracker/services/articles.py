"""Importing an article from outside, whatever the format: the record, its authors, and the dates that it tells."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.errors import BadInput, Refused
from tracker.domain.events import Event, standing_events
from tracker.domain.recording import Entry
from tracker.domain.transitions import MILESTONE_ORDER, done_words
from tracker.domain.words import Action
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact, FactKind, cleaned
from tracker.models import Journal, Manuscript
from tracker.queries.histories import ledger_of
from tracker.services.history import Actor, correct_date, record_facts
from tracker.services.manuscripts import author_row, identity_key, manuscript_like, new_record
from tracker.services.reminders import look_again
from tracker.services.search import keep_searchable

Outcome = Literal["created", "updated", "unchanged"]

IMPORTER = Actor("import", "chief_editor")
NO_DATES = "The article has no dates: expected at least when it was received, accepted or published."
PRECISIONS = ("day", "month", "year")

# What a source tells → (action, kind) of the ledger.
FACTS: dict[FactKind, tuple[Action, str]] = {
    "received": (Action.RECEIVED, ""),
    "sent_to_review": (Action.SENT_TO_REVIEW, ""),
    "revision_requested": (Action.REVISION_REQUESTED, ""),
    "resubmitted": (Action.RESUBMITTED, ""),
    "accepted": (Action.ACCEPTED, ""),
    "rejected": (Action.REJECTED, "after_review"),
    "withdrawn": (Action.WITHDRAWN, "by_author"),
    "published": (Action.PUBLISHED, ""),
    "published_in_issue": (Action.ISSUE_ASSIGNED, ""),
    "corrected": (Action.NOTICE_ADDED, "correction"),
    "expression_of_concern": (Action.NOTICE_ADDED, "expression_of_concern"),
    "retracted": (Action.NOTICE_ADDED, "retraction"),
    "removed": (Action.NOTICE_ADDED, "removal"),
}
# What may stand in a history more than once, with a date of its own each time.
REPEATED = frozenset({Action.SENT_TO_REVIEW, Action.REVISION_REQUESTED, Action.RESUBMITTED, Action.NOTICE_ADDED})
ONCE = frozenset({Action.RECEIVED, Action.ACCEPTED, Action.PUBLISHED, Action.REJECTED, Action.WITHDRAWN})


@dataclass(frozen=True)
class Imported:
    """What became of one article."""

    manuscript: Manuscript
    outcome: Outcome


def import_article(
    journal: Journal, record: ArticleRecord, *, source: str, now: datetime, today: date, is_armed: bool = False
) -> Imported:
    """Store the article as a manuscript of the journal, muted for reminders unless `is_armed`.

    A manuscript that is known (by reference, DOI, or title and first author) gets what it lacks; the same article
    again changes nothing. Raises BadInput for an article without a title or any date, and Refused where a date lies
    in the future, where the dates cannot follow one another, or where the article contradicts the ledger.
    """
    record = cleaned(record)
    manuscript = known_manuscript(journal, record)
    if manuscript is None:
        return _create(journal, record, source=source, now=now, today=today, is_armed=is_armed)
    changed = _take_over(manuscript, record)
    changed |= _take_over_authors(manuscript, record.authors)
    changed |= _take_over_dates(manuscript, record, source=source, now=now, today=today)
    if changed:
        keep_searchable([manuscript.id])
    return Imported(manuscript, "updated" if changed else "unchanged")


def known_manuscript(journal: Journal, record: ArticleRecord) -> Manuscript | None:
    """The journal's manuscript that this article is: the same reference, else DOI, else title and first author."""
    of_journal = select(Manuscript).where(Manuscript.journal_id == journal.id).order_by(Manuscript.id).limit(1)
    if record.reference:
        names = (record.reference.upper(), _prefixed(journal, record.reference).upper())
        same = of_journal.where(func.upper(Manuscript.reference).in_(names))
        if found := db.session.scalars(same).first():
            return found
    if record.doi:
        same = of_journal.where(func.lower(Manuscript.doi) == record.doi.lower())
        if found := db.session.scalars(same).first():
            return found
    twin = manuscript_like(journal, record.title, record.authors)
    return None if twin and twin.doi and record.doi else twin


def facts_of(dates: Sequence[DatedFact], *, published: date | None = None) -> list[Entry]:
    """The dates as entries for the ledger, in the order of happening; `published` is the day that is known already.

    An issue's date is the publication where no other is told. Where the issue is dated before the day of
    publication it is left out: covers carry nominal dates, such as the first of the month.
    """
    exact_first = sorted(dates, key=lambda fact: (PRECISIONS.index(fact.on.precision), fact.on.first))
    issues = [fact for fact in exact_first if fact.kind == "published_in_issue"]
    appeared = [published] if published else [fact.on.first for fact in dates if fact.kind == "published"]
    if appeared:
        kept = [fact for fact in issues if fact.on.last >= min(appeared)]
    else:
        kept = [replace(fact, kind="published") for fact in issues[:1]] + issues[1:]
    entries = [_entry(fact) for fact in exact_first if fact.kind != "published_in_issue"] + list(map(_entry, kept))
    _must_be_told_once(entries)
    # A date known only to the month or year finds its place among exact ones, so these go first.
    return sorted(entries, key=lambda entry: (PRECISIONS.index(entry.on.precision), *_usual_place(entry)))


def _must_be_told_once(entries: Sequence[Entry]) -> None:
    """Raise Refused where the article has two dates for what happens once."""
    told: dict[str, Entry] = {}
    for entry in entries:
        known = told.setdefault(entry.action, entry)
        if known.on != entry.on and entry.action in ONCE:
            what = done_words(entry.action)
            raise Refused(f"The article says {what} {known.on.words} and {what} {entry.on.words}: one must be wrong.")


def _usual_place(entry: Entry) -> tuple[date, int]:
    return entry.on.first, MILESTONE_ORDER.get(entry.action, 4)


def _entry(fact: DatedFact) -> Entry:
    action, kind = FACTS[fact.kind]
    details = {"kind": fact.detail or kind, "link": fact.link}
    return Entry(action, fact.on, {name: value for name, value in details.items() if value})


def _create(
    journal: Journal, record: ArticleRecord, *, source: str, now: datetime, today: date, is_armed: bool
) -> Imported:
    facts = facts_of(record.dates)
    if not facts:
        raise BadInput(NO_DATES)
    year = min(fact.on.first.year for fact in facts)
    reference = free_for(journal, record.reference)
    manuscript = new_record(
        journal, title=record.title, authors=record.authors, year=year, now=now, reference=reference
    )
    manuscript.is_armed = is_armed
    _take_over(manuscript, record)
    record_facts(manuscript, facts, source=source, now=now, today=today)
    return Imported(manuscript, "created")


def free_for(journal: Journal, reference: str) -> str:
    """The reference, with the journal's short name before it where another journal has the same already."""
    taken = select(Manuscript.id).where(func.upper(Manuscript.reference) == reference.upper())
    return _prefixed(journal, reference) if reference and db.session.scalar(taken) else reference


def _prefixed(journal: Journal, reference: str) -> str:
    return f"{journal.slug.upper()}-{reference}"


def _take_over(manuscript: Manuscript, record: ArticleRecord) -> bool:
    """Lay the article's facts over the record; what it does not say stays. Gives whether anything changed."""
    texts = (
        "title", "abstract", "citation", "volume", "issue", "article_number", "pages", "doi", "section", "article_type"
    )  # fmt: skip
    says = {**{name: getattr(record, name) for name in texts}, "keywords": list(record.keywords)}
    different = {name: value for name, value in says.items() if value and getattr(manuscript, name) != value}
    for name, value in different.items():
        setattr(manuscript, name, value)
    return bool(different)


def _take_over_authors(manuscript: Manuscript, authors: Sequence[AuthorRecord]) -> bool:
    """Lay the byline over the authors. An author of the same name keeps what the byline does not say."""
    known = {author.full_name: author for author in manuscript.authors}
    merged = []
    for author in authors:
        has = known.get(f"{author.given} {author.family}".strip())
        merged.append(replace(author, **_kept(author, has)) if has else author)
    old = [_facts_of_author(author) for author in manuscript.authors]
    if not authors or [_facts_of_author(author) for author in merged] == old:
        return False
    manuscript.authors = [author_row(author, position) for position, author in enumerate(merged, start=1)]
    manuscript.identity_key = identity_key(manuscript.title, merged)
    look_again([manuscript.id])
    return True


AUTHOR_FACTS = ("given", "family", "email", "orcid", "affiliation", "biography", "is_corresponding")


def _facts_of_author(author: object) -> tuple[object, ...]:
    return tuple(getattr(author, name) for name in AUTHOR_FACTS)


def _kept(author: AuthorRecord, known: object) -> dict[str, Any]:
    return {name: getattr(known, name) for name in AUTHOR_FACTS if not getattr(author, name)}


def _take_over_dates(manuscript: Manuscript, record: ArticleRecord, *, source: str, now: datetime, today: date) -> bool:
    """Record the dates that the ledger lacks, and make exact those that it knows only to the month or year."""
    events = standing_events(ledger_of(manuscript))
    published = next((event.occurred_on for event in events if event.action == Action.PUBLISHED), None)
    missing, sharper = [], []
    for fact in facts_of(record.dates, published=published):
        known = _same(events, fact)
        event = next((event for event in known if _agree(event, fact)), None)
        if event is None and _is_new(manuscript, known, fact):
            missing.append(fact)
        elif event is not None and event.precision != fact.on.precision and _is_within(fact, event):
            sharper.append((event, fact))
    changed = False
    for event, fact in sorted(sharper, key=lambda pair: pair[1].on.first, reverse=True):
        # A vague neighbour can stand in the way, since it has to stand somewhere: then the date stays as it was.
        with suppress(Refused), db.session.begin_nested():
            reason = f"more exact in {source}"
            correct_date(
                manuscript, event.position, fact.on, reason=reason, by=IMPORTER, now=now, today=today, confirmed=True
            )
            changed = True
    if missing:
        record_facts(manuscript, missing, source=source, now=now, today=today)
    return changed or bool(missing)


def _same(events: Sequence[Event], fact: Entry) -> list[Event]:
    return [
        event for event in events
        if event.action == fact.action and (fact.action != Action.NOTICE_ADDED or event.kind == fact.details["kind"])
    ]  # fmt: skip


def _agree(event: Event, fact: Entry) -> bool:
    """Whether both dates can be the same day: one may be known only to the month or year."""
    return _is_within(fact, event) or (event.on.first >= fact.on.first and event.on.last <= fact.on.last)


def _is_within(fact: Entry, event: Event) -> bool:
    return event.on.first <= fact.on.first and fact.on.last <= event.on.last


def _is_new(manuscript: Manuscript, known: Sequence[Event], fact: Entry) -> bool:
    """Whether the ledger lacks the fact. Raises Refused where it has the milestone with another date."""
    if not known or fact.action in REPEATED:
        return True
    if fact.action == Action.ISSUE_ASSIGNED:
        return False
    raise Refused(
        f"{manuscript.reference} has {done_words(fact.action)} {known[0].on.words}, the article says {fact.on.words}. "
        "Correct the date with “tracker correct” if the article is right."
    )
