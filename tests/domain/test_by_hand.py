"""What people have answered to imports, read from a ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tracker.domain.by_hand import (
    actions_told,
    dates_taken_back,
    events_taken_back,
    has_live_history,
    imported_dates,
    is_dated_by_hand,
)
from tracker.domain.dates import PartialDate
from tracker.domain.events import Event

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FILE = "import 1: list.csv, row 2"


def event(
    position: int, action: str, day: int, source: str = FILE, actor: str = "import", /, **details: object
) -> Event:
    return Event(position, action, date(2024, 5, day), 1000, NOW, actor, details=details, source=source, step=position)


RECEIVED, ACCEPTED = event(1, "received", 1), event(2, "accepted", 6)


def moved(position: int, day: int, source: str = "live", actor: str = "ed") -> Event:
    return event(position, "date_corrected", day, source, actor, position=2)


def undone(position: int, *positions: int, source: str = "live") -> Event:
    return event(position, "undone", 9, source, "ed", positions=list(positions))


def days(*numbers: int) -> set[PartialDate]:
    return {PartialDate(date(2024, 5, number)) for number in numbers}


def test_a_date_is_whose_who_gave_it_last() -> None:
    ledger = [RECEIVED, ACCEPTED]
    assert (has_live_history(ledger), is_dated_by_hand(ledger, 2)) == (False, False)
    ledger.append(moved(3, 4))
    assert (has_live_history(ledger), is_dated_by_hand(ledger, 2), is_dated_by_hand(ledger, 1)) == (True, True, False)
    assert not is_dated_by_hand([*ledger, undone(4, 3)], 2)
    assert not is_dated_by_hand([*ledger, moved(4, 8, FILE)], 2)
    assert not is_dated_by_hand([RECEIVED, ACCEPTED, moved(3, 4, actor="import")], 2), "as older imports have corrected"
    assert imported_dates([*ledger, moved(4, 8, FILE)], 2) == days(6, 8)


def test_what_a_person_undid_is_told_from_an_import_that_was_taken_back() -> None:
    ledger = [RECEIVED, ACCEPTED, moved(3, 8, FILE)]
    assert dates_taken_back([*ledger, undone(4, 3)], 2) == days(8)
    assert events_taken_back([*ledger, undone(4, 2)]) == [ACCEPTED]
    by_import = undone(4, 2, 3, source="undo of import 1")
    assert (dates_taken_back([*ledger, by_import], 2), events_taken_back([*ledger, by_import])) == (set(), [])
    live = replace(ACCEPTED, source="live", actor="ed")
    assert events_taken_back([RECEIVED, live, undone(3, 2)]) == [], "no import had said it"


def test_what_leaps_over_a_decision_tells_it_too() -> None:
    published, resubmitted = event(2, "published", 9), event(2, "resubmitted", 9)
    assert actions_told([RECEIVED], [published]) == ["published", "accepted"]
    assert actions_told([RECEIVED], [resubmitted]) == ["resubmitted", "revision_requested"]
    assert actions_told([RECEIVED, ACCEPTED], [event(3, "published", 9)]) == ["published"]
    assert actions_told([], [RECEIVED, ACCEPTED]) == ["received", "accepted"]
