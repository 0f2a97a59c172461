"""What the manuscript's row copies from the standing: written after each step, compared by `tracker verify`."""

from __future__ import annotations

from datetime import date

from tracker.domain.dates import PartialDate
from tracker.domain.standing import Fold
from tracker.domain.turnaround import closed_on


def copies_of(standing: Fold) -> dict[str, str | int | bool | date | None]:
    """{column: value} of everything that the row copies; dates known only to a month or year as their first day."""
    return {
        "state": standing.state and str(standing.state),
        "kind": standing.kind,
        "stage": standing.stage,
        "round": standing.round,
        "waiting_on": str(standing.holder),
        "waiting_since_on": standing.holder_since,
        "state_since_on": standing.state_since,
        "on_hold": standing.on_hold,
        "returned_incomplete": standing.returned_incomplete,
        "appeal_open": standing.appeal_open,
        "received_on": _day(standing.first("received")),
        "first_decision_on": standing.decisions[0][0].occurred_on if standing.decisions else None,
        "first_resubmitted_on": _day(standing.first("resubmitted")),
        "last_resubmitted_on": _day(standing.latest("resubmitted")),
        "accepted_on": _day(standing.latest("accepted")),
        "published_on": _day(standing.latest("published")),
        "closed_on": closed_on(standing),
        "is_imported": standing.is_imported,
    }


def _day(on: PartialDate | None) -> date | None:
    return on.first if on else None
