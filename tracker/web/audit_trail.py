"""The audit trail of a manuscript as its page tells it: the ledger in the order of recording, and what was written
over on the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.audit import RecordField
from tracker.domain.dates import PartialDate
from tracker.domain.events import Event, standing_events, undone_positions
from tracker.domain.recording import chosen_of
from tracker.domain.roles import Whose, may_record
from tracker.domain.transitions import done_words
from tracker.domain.words import DATE_CORRECTED, UNDONE, spoken
from tracker.models import RecordChange
from tracker.web.days import day_in_view


@dataclass(frozen=True)
class LedgerLine:
    """One entry of the audit trail. `on` is the date in force, `was` the date before a correction of it."""

    position: int
    words: str
    facts: str
    on: PartialDate
    was: PartialDate | None
    who: str
    recorded_at: datetime
    note: str
    source: str
    is_undone: bool
    may_correct: bool


@dataclass(frozen=True)
class ChangeLine:
    """One change of the record: of what, from what to what. Long texts are not repeated: both are empty then."""

    what: str
    before: str
    after: str
    who: str
    changed_at: datetime


def known(event: Event) -> bool:
    """Whether the entry is an action of the lifecycle, and not about another entry."""
    return event.action not in (UNDONE, DATE_CORRECTED)


def people_in(ledger: Iterable[Event], changes: Iterable[RecordChange]) -> set[str]:
    """The uids of whose names the audit trail has to tell."""
    uids = {entry.actor for entry in ledger}
    for change in changes:
        uids |= {change.actor, *((change.before, change.after) if change.field == RecordField.HANDLING_EDITOR else ())}
    return uids


OF_A_REVIEWER = {RecordField.REVIEWER_NAME: "name", RecordField.REVIEWER_ADDRESS: "address"}


def change_lines(
    changes: Iterable[RecordChange], people: Mapping[str, str], reviewers: Mapping[int, str]
) -> list[ChangeLine]:
    """What was written over on the record, the last change first. Of reviewers the name is told that they have now."""
    lines = []
    for change in changes:
        what, before, after = spoken(change.field), change.before, change.after
        if change.field == RecordField.HANDLING_EDITOR:
            before, after = (people.get(uid, uid) or "nobody" for uid in (before, after))
        if change.field == RecordField.AUTHORS:
            before, after = ("; ".join(text.splitlines()) for text in (before, after))
        if change.field in OF_A_REVIEWER:
            name = reviewers.get(int(after), f"reviewer {after}")
            what = f"{OF_A_REVIEWER[RecordField(change.field)]} of {name}"
        if change.field in (RecordField.ABSTRACT, RecordField.FILES, *OF_A_REVIEWER):
            before = after = ""
        who = people.get(change.actor, change.actor)
        lines.append(ChangeLine(what, before, after, who, change.changed_at))
    return lines


def ledger_lines(
    ledger: Sequence[Event], names: Mapping[int, str], people: Mapping[str, str], role: str, whose: Whose
) -> list[LedgerLine]:
    """The audit trail in the order of recording: what was undone or corrected stays, and says so."""
    in_force = {event.position: event for event in standing_events(ledger)}
    undone = undone_positions(ledger)
    return [
        LedgerLine(
            position=entry.position,
            words=words_of(entry, ledger),
            facts=facts_of(entry, names),
            on=in_force.get(entry.position, entry).on,
            was=entry.on if in_force.get(entry.position, entry).on != entry.on else None,
            who=people.get(entry.actor, entry.actor),
            recorded_at=entry.recorded_at,
            note=entry.note,
            source=entry.source,
            is_undone=entry.position in undone,
            may_correct=entry.position in in_force and may_record(role, entry.action, whose),
        )
        for entry in ledger
    ]


def words_of(entry: Event, ledger: Sequence[Event]) -> str:
    """`Sent to review`, `Undid “Sent to review”`, `Corrected the date of “Received”`."""
    if entry.action == DATE_CORRECTED:
        return f"Corrected the date of “{done_words(ledger[entry.details['position'] - 1].action)}”"
    if entry.action == UNDONE:
        taken = [ledger[position - 1] for position in entry.details["positions"]]
        return f"Undid “{words_of(chosen_of(taken), ledger)}”"
    return done_words(entry.action)


def facts_of(entry: Event, names: Mapping[int, str]) -> str:
    """What the entry says beside its date: the kind, the reviewer, the due date, where to."""
    details = entry.details
    facts = [spoken(details.get("kind"))]
    if details.get("reviewer"):
        facts.append(names.get(details["reviewer"], f"reviewer {details['reviewer']}"))
    if details.get("recommendation"):
        facts.append(f"recommends {spoken(details['recommendation'])}")
    if details.get("internal"):
        facts.append("internal review")
    if details.get("transferred_to"):
        facts.append(f"to {details['transferred_to']}")
    if details.get("due_on"):
        facts.append(f"due {day_in_view(date.fromisoformat(details['due_on']))}")
    facts += [details[name] for name in ("link", "doi") if details.get(name)]
    return ", ".join(fact for fact in facts if fact)
