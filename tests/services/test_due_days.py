"""Proofs are due in working days of the journal's country; everything else in calendar days."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.services.reminding import act, live_journal, revision_due
from tracker.db import db
from tracker.domain.due_days import due_after, working_days_after
from tracker.domain.policy import Policy
from tracker.formats.calendars import working_days
from tracker.models import Task

PROOFS_SENT_ON = date(2026, 4, 1)  # the Wednesday before Easter


@pytest.mark.parametrize(
    ("country", "due_on"),
    [
        ("", date(2026, 4, 8)),
        ("DE", date(2026, 4, 10)),
        ("GB", date(2026, 4, 9)),
        ("JP", date(2026, 4, 8)),
        ("US", date(2026, 4, 8)),
    ],
)
def test_proofs_are_due_after_five_working_days_of_the_country(country: str, due_on: date) -> None:
    assert due_after("proofs", PROOFS_SENT_ON, Policy(), working_days(country)) == due_on


def test_a_review_is_due_after_calendar_days() -> None:
    assert due_after("review", PROOFS_SENT_ON, Policy(), working_days("DE")) == date(2026, 4, 29)


def test_the_first_day_does_not_count_and_a_leap_day_does() -> None:
    assert working_days_after(date(2028, 2, 28), 1, working_days("")) == date(2028, 2, 29)
    assert working_days_after(date(2028, 2, 25), 1, working_days("")) == date(2028, 2, 28)
    assert working_days_after(date(2028, 2, 26), 0, working_days("")) == date(2028, 2, 26)


def test_a_country_that_never_works_still_gives_a_day() -> None:
    assert working_days_after(PROOFS_SENT_ON, 2, lambda day: False) == date(2026, 4, 3)


@pytest.mark.usefixtures("app")
def test_proofs_sent_before_easter_in_germany_are_due_after_it() -> None:
    manuscript = revision_due(live_journal(country="DE", timezone="Europe/Berlin"), requested_on=date(2026, 3, 2))
    act(manuscript, "resubmitted", date(2026, 3, 10))
    act(manuscript, "accepted", date(2026, 3, 20), confirmed=True)
    act(manuscript, "stage_changed", PROOFS_SENT_ON, kind="proofs_with_author")
    tasks = db.session.scalars(select(Task).where(Task.kind == "proofs"))
    assert [task.due_on for task in tasks] == [date(2026, 4, 10)]
