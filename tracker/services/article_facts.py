"""The dates that an article tells as facts for the ledger: the same for every importer, for one and for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.errors import Refused
from tracker.domain.events import Event
from tracker.domain.recording import Entry
from tracker.domain.transitions import MILESTONE_ORDER, done_words
from tracker.domain.words import Action
from tracker.formats.article_record import DatedFact, FactKind

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


def facts_of(dates: Sequence[DatedFact], *, known: Sequence[Event] = ()) -> list[Entry]:
    """The dates as entries for the ledger, in the order of happening; `known` are the events that stand there already.

    An issue's date is the publication where no other is told or known. Where the issue is dated before the day of
    publication it is left out: covers carry nominal dates, such as the first of the month. Raises Refused where there
    are two dates for what happens once.
    """
    exact_first = sorted(dates, key=lambda fact: (PRECISIONS.index(fact.on.precision), fact.on.first))
    issues = [fact for fact in exact_first if fact.kind == "published_in_issue"]
    if appeared := _published_on(known) or [fact.on.first for fact in dates if fact.kind == "published"]:
        kept = [fact for fact in issues if fact.on.last >= min(appeared)]
    else:
        kept = [replace(fact, kind="published") for fact in issues[:1]] + issues[1:]
    entries = [_entry(fact) for fact in exact_first if fact.kind != "published_in_issue"] + list(map(_entry, kept))
    _must_be_told_once(entries)
    # A date known only to the month or year finds its place among exact ones, so these go first.
    return sorted(entries, key=lambda entry: (PRECISIONS.index(entry.on.precision), *_usual_place(entry)))


def is_alike(event: Event, fact: Entry) -> bool:
    """Whether both are about the same milestone, or the same kind of notice, whatever their dates."""
    return event.action == fact.action and (
        fact.action != Action.NOTICE_ADDED or event.kind == fact.details.get("kind")
    )  # fmt: skip


def _published_on(known: Sequence[Event]) -> list[date]:
    return [event.occurred_on for event in known if event.action == Action.PUBLISHED][:1]


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
