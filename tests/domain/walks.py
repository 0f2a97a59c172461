"""Histories for the tests, made by walking the lifecycle as the product does: no row is written by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tracker.domain.dates import PartialDate
from tracker.domain.events import Event, standing_events
from tracker.domain.recording import (
    Authority,
    Entry,
    plan_correction,
    plan_step,
    plan_undo,
    standing_before,
    written_out,
)
from tracker.domain.standing import Fold, fold_events

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY = date(2026, 6, 1)
START = date(2026, 1, 5)

# What an action needs to be told, beside its date, to be possible where the table allows it.
NEEDS: dict[str, dict[str, object]] = {
    "sent_to_review": {"reviewers": [1], "required_reviews": 1},
    "invited": {"reviewer": 9},
    "agreed": {"reviewer": 1},
    "declined": {"reviewer": 1},
    "reviewed": {"reviewer": 1, "recommendation": "accept"},
    "no_reply": {"reviewer": 1},
    "released": {"reviewer": 1},
    "revision_requested": {"kind": "minor"},
    "accepted": {"confirmed": True, "conditions_met": True},
    "rejected": {"kind": "after_review"},
    "stage_changed": {"kind": "copyedit"},
    "issue_assigned": {"volume": "2"},
    "notice_added": {"kind": "correction", "link": "https://example.org/notice"},
    "withdrawn": {"kind": "by_author"},
    "lapsed": {"due_on": "2026-01-01", "reminders": 2},
    "transferred": {"transferred_to": "Another Journal", "author_consents": True},
    "appeal_granted": {"kind": "under_review"},
    "publication_undone": {"confirmed": True},
    "extended": {"task": "screening:1", "due_on": "2026-07-01"},
}


@dataclass
class History:
    """A ledger that grows by the product's own planning. Each step is a day later unless a date is given."""

    ledger: list[Event] = field(default_factory=list)
    day: date = START

    def record(self, action: str, on: date | None = None, note: str = "a reason", **details: object) -> Fold:
        """Record one action, with what it needs unless `details` say otherwise."""
        if on is None:
            self.day = on = self.day + timedelta(days=1)
        entry = Entry(action, PartialDate(on), {**NEEDS.get(action, {}), **details}, note)
        entries = written_out(standing_before(self.ledger, on), entry)
        if action == "sent_to_review":
            entries += [Entry("invited", entry.on, {"reviewer": number}) for number in entry.details["reviewers"]]
        plan = plan_step(self.ledger, entries, Authority("editor", NOW, TODAY), confirmed=True)
        self.ledger += plan.entries
        return plan.standing

    def imported(self, *facts: tuple[str, PartialDate]) -> Fold:
        """Record printed facts as an import does."""
        entries = [Entry(action, on) for action, on in facts]
        plan = plan_step(self.ledger, entries, Authority("import", NOW, TODAY, source="import page.txt"))
        self.ledger += plan.entries
        return plan.standing

    def undo(self) -> Fold:
        plan = plan_undo(self.ledger, Authority("editor", NOW, TODAY))
        self.ledger += plan.entries
        return plan.standing

    def correct(self, position: int, on: date, reason: str = "misread") -> Fold:
        plan = plan_correction(self.ledger, position, PartialDate(on), Authority("editor", NOW, TODAY), reason=reason)
        self.ledger += plan.entries
        return plan.standing

    @property
    def standing(self) -> Fold:
        return fold_events(standing_events(self.ledger))


PATHS: dict[str, tuple[str, ...]] = {
    "received": (),
    "under_review": ("sent_to_review",),
    "revision_requested": ("revision_requested",),
    "resubmitted": ("revision_requested", "resubmitted"),
    "accepted": ("accepted",),
    "published": ("accepted", "published"),
    "rejected": ("sent_to_review", "rejected"),
    "withdrawn": ("withdrawn",),
    "transferred": ("transferred",),
}


def history_in(state: str) -> History:
    """A manuscript walked to a state."""
    history = History()
    for action in ("received", *PATHS[state]):
        history.record(action)
    return history
