"""Importing an article from outside, whatever the format: the record, its authors, and the dates that it tells."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.errors import BadInput, Refused
from tracker.domain.events import Event, standing_events
from tracker.domain.recording import Entry
from tracker.domain.transitions import done_words
from tracker.domain.words import Action
from tracker.formats.article_record import ArticleRecord, cleaned
from tracker.models import Journal, Manuscript
from tracker.queries.articles import byline_of
from tracker.queries.histories import ledger_of
from tracker.services.actors import Actor
from tracker.services.article_changes import (
    changed_byline,
    changed_fields,
    fields_of,
    must_name_no_member,
    write_record,
)
from tracker.services.article_facts import REPEATED, facts_of, is_alike
from tracker.services.history import correct_date, record_facts
from tracker.services.manuscripts import manuscript_like, new_record
from tracker.services.references import prefixed, told_apart

Outcome = Literal["created", "updated", "unchanged"]

NO_DATES = "The article has no dates: expected at least when it was received, accepted or published."


@dataclass(frozen=True)
class Imported:
    """What became of one article."""

    manuscript: Manuscript
    outcome: Outcome


def import_article(
    journal: Journal, record: ArticleRecord, *, source: str, by: Actor, now: datetime, today: date,
    is_armed: bool = False,
) -> Imported:  # fmt: skip
    """Store the article as a manuscript of the journal, muted for reminders unless `is_armed`.

    A manuscript that is known (by reference, DOI, or title and first author) gets what it lacks; the same article
    again changes nothing. Raises BadInput for an article without a title or any date; Refused where a date lies in the
    future, where the dates cannot follow one another, or where the article contradicts the ledger; and NotAllowed where
    people record what happens and this person may not by hand, or may not name an author.
    """
    record = cleaned(record)
    manuscript = known_manuscript(journal, record)
    if manuscript is None:
        return _create(journal, record, source=source, by=by, now=now, today=today, is_armed=is_armed)
    changed = _take_over(manuscript, record, by=by)
    changed |= _take_over_dates(manuscript, record, source=source, by=by, now=now, today=today)
    return Imported(manuscript, "updated" if changed else "unchanged")


def known_manuscript(journal: Journal, record: ArticleRecord) -> Manuscript | None:
    """The journal's manuscript that this article is: the same reference, else DOI, else title and first author."""
    of_journal = select(Manuscript).where(Manuscript.journal_id == journal.id).order_by(Manuscript.id).limit(1)
    if record.reference:
        names = (record.reference.upper(), prefixed(journal, record.reference).upper())
        same = of_journal.where(func.upper(Manuscript.reference).in_(names))
        if found := db.session.scalars(same).first():
            return found
    if record.doi:
        same = of_journal.where(func.lower(Manuscript.doi) == record.doi.lower())
        if found := db.session.scalars(same).first():
            return found
    twin = manuscript_like(journal, record.title, record.authors)
    return None if twin and twin.doi and record.doi else twin


def _create(
    journal: Journal, record: ArticleRecord, *, source: str, by: Actor, now: datetime, today: date, is_armed: bool
) -> Imported:
    facts = facts_of(record.dates)
    if not facts:
        raise BadInput(NO_DATES)
    year = min(fact.on.first.year for fact in facts)
    reference = told_apart(journal, record.reference)
    manuscript = new_record(
        journal, title=record.title, authors=record.authors, year=year, now=now, reference=reference
    )
    manuscript.is_armed = is_armed
    write_record(manuscript, fields_of(record), None)
    record_facts(manuscript, facts, source=source, by=by, now=now, today=today)
    return Imported(manuscript, "created")


def _take_over(manuscript: Manuscript, record: ArticleRecord, *, by: Actor) -> bool:
    """Lay what the article says over the record and its authors. Gives whether anything changed."""
    fields, known = changed_fields(fields_of(manuscript), record), byline_of(manuscript)
    authors = changed_byline(known, record.authors)
    if authors:
        must_name_no_member(manuscript, known, authors, ledger_of(manuscript), by=by)
    if fields or authors:
        write_record(manuscript, fields, authors)
    return bool(fields or authors)


def _take_over_dates(
    manuscript: Manuscript, record: ArticleRecord, *, source: str, by: Actor, now: datetime, today: date
) -> bool:
    """Record the dates that the ledger lacks, and make exact those that it knows only to the month or year."""
    events = standing_events(ledger_of(manuscript))
    missing, sharper = [], []
    for fact in facts_of(record.dates, known=events):
        known = [event for event in events if is_alike(event, fact)]
        event = next((event for event in known if _agree(event, fact)), None)
        if event is None and _is_new(manuscript, known, fact):
            missing.append(fact)
        elif event is not None and event.precision != fact.on.precision and fact.on.lies_within(event.on):
            sharper.append((event, fact))
    changed = False
    for event, fact in sorted(sharper, key=lambda pair: pair[1].on.first, reverse=True):
        # A vague neighbour can stand in the way, since it has to stand somewhere: then the date stays as it was.
        with suppress(Refused), db.session.begin_nested():
            reason = f"more exact in {source}"
            correct_date(
                manuscript, event.position, fact.on, reason=reason, by=by, now=now, today=today, confirmed=True,
                source=source,
            )  # fmt: skip
            changed = True
    if missing:
        record_facts(manuscript, missing, source=source, by=by, now=now, today=today)
    return changed or bool(missing)


def _agree(event: Event, fact: Entry) -> bool:
    """Whether both dates can be the same day: one may be known only to the month or year."""
    return fact.on.lies_within(event.on) or event.on.lies_within(fact.on)


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
