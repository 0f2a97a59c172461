"""Sixty days played day by day: what the preview showed is what was sent, whatever the calendar does.

Over both nights on which clocks change, a leap day, holidays and three days on which nothing ran.
"""

from __future__ import annotations

import os
import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from sqlalchemy import select

from tests.people import NOW
from tests.services.reminding import days, letters, live_journal, one_pass, revision_due
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.sending_window import CLOSES, OPENS
from tracker.formats.calendars import working_days
from tracker.models import Journal, Letter, Manuscript, ReminderStep, Task
from tracker.queries.reminders import planned_letters
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR

SPRING_2028 = date(2028, 2, 21)  # 29 February, and the nights of 12 March (US) and 26 March (EU)
AUTUMN_2026 = date(2026, 10, 5)  # the nights of 25 October (EU) and 1 November (US)
CASES = [
    ("Europe/Berlin", "DE", SPRING_2028), ("Europe/Berlin", "DE", AUTUMN_2026), ("America/New_York", "US", SPRING_2028),
    ("America/New_York", "US", AUTUMN_2026), ("Pacific/Auckland", "NZ", date(2026, 9, 7)),
]  # fmt: skip
NIGHTS = [
    ("Europe/Berlin", "DE", date(2028, 3, 26)), ("Europe/Berlin", "DE", date(2026, 10, 25)),
    ("America/New_York", "US", date(2028, 3, 12)), ("America/New_York", "US", date(2026, 11, 1)),
    ("Pacific/Auckland", "NZ", date(2026, 9, 27)),
]  # fmt: skip
LENGTH = 60
LONG = bool(os.environ.get("TRACKER_TEST_LONG"))


def many_tasks(timezone: str, country: str, first: date, offsets: list[int]) -> Journal:
    """Revisions that fall due in and around the days played; some authors have two."""
    journal = live_journal(f"j{uuid.uuid4().hex[:8]}", timezone=timezone, country=country)
    for n, offset in enumerate(offsets):
        revision_due(journal, n, email=f"author{n % 4}@example.org", requested_on=date(2026, 1, 6))
        moved_to = (first + timedelta(days=offset)).isoformat()
        with transaction() as session:
            manuscript = session.scalars(select(Manuscript).order_by(Manuscript.id.desc())).first()
            assert manuscript is not None
            details = {"task": "revision:1"}
            wish = Wish("extended", PartialDate(date(2026, 1, 6)), due_on=date.fromisoformat(moved_to), details=details)
            record_action(manuscript, wish, by=OPERATOR, now=NOW, today=date(2026, 6, 1))
    return journal


def sent_on(zone: str) -> list[tuple[date, str, str, int | None]]:
    """What has left, by the journal's day: noon in Auckland is the day before in UTC while its summer lasts."""
    return sorted(
        (letter.sent_at.astimezone(ZoneInfo(zone)).date(), letter.to_email, letter.subject, letter.step)
        for letter in letters() if letter.sent_at
    )  # fmt: skip


def noon(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)


def empty() -> None:
    """Muted, so that a new example sees none of what was there before."""
    with transaction() as session:
        for table in (ReminderStep, Letter, Task):
            session.query(table).delete()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("zone", "country", "first"), CASES)
@budget(deadline=None, max_examples=3 if LONG else 1, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offsets=st.lists(st.integers(-5, LENGTH + 10), min_size=3, max_size=6))
def test_each_days_preview_is_what_is_sent_that_day(zone: str, country: str, first: date, offsets: list[int]) -> None:
    empty()
    journal = many_tasks(zone, country, first, offsets)
    whole = planned_letters([journal.id], first, first + timedelta(days=LENGTH - 1))
    before: list[tuple[date, str, str, int | None]] = []
    for day in days(first, LENGTH):
        shown = [letter for letter in planned_letters([journal.id], day, day) if letter.on == day]
        one_pass(day, now=noon(day, zone))
        after = sent_on(zone)
        new = sorted(set(after) - set(before))
        assert new == sorted((letter.on, letter.to, letter.subject, letter.step) for letter in shown)
        before = after
    assert before == sorted((letter.on, letter.to, letter.subject, letter.step) for letter in whole)
    is_working_day = working_days(country)
    assert all(is_working_day(on) for on, *_ in before)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("down", [date(2028, 3, 24), date(2028, 2, 28)])
def test_three_days_on_which_nothing_ran_lose_nothing_and_double_nothing(down: date) -> None:
    journal = many_tasks("Europe/Berlin", "DE", SPRING_2028, [8, 15, 37, 40, 48])
    shown = planned_letters([journal.id], SPRING_2028, SPRING_2028 + timedelta(days=LENGTH - 1))
    for day in days(SPRING_2028, LENGTH):
        if not down <= day < down + timedelta(days=3):
            one_pass(day, now=noon(day, "Europe/Berlin"))
    sent = [(letter.to_email, letter.task_key, letter.step) for letter in letters()]
    assert len(sent) == len({letter.message_id for letter in letters()})
    by_step = db.session.execute(select(ReminderStep.manuscript_id, ReminderStep.step, ReminderStep.fate)).all()
    assert len(by_step) == len({(manuscript, step) for manuscript, step, _ in by_step}), "each step decided once"
    assert not [fate for *_, fate in by_step if fate == "stale"], "three days are caught up, not given up"
    assert len(sent) <= len(shown)


@pytest.mark.usefixtures("app")
def test_hourly_passes_over_each_night_of_the_clocks_send_once_and_in_office_hours() -> None:
    for zone, country, night in NIGHTS:
        empty()
        friday = night - timedelta(days=2)
        journal = many_tasks(zone, country, friday, [7, 8, 10, 11, 0, -2])  # letters from Friday to Tuesday
        shown = planned_letters([journal.id], friday, friday + timedelta(days=4))
        for day in days(friday, 5):
            for hour in (0, 2, 3, 7, 8, 9, 16, 17, 23):
                moment = datetime.combine(day, time(hour, 30), ZoneInfo(zone)).astimezone(UTC)
                one_pass(moment.astimezone(ZoneInfo(zone)).date(), now=moment)
        went_out = [
            (letter.sent_at.astimezone(ZoneInfo(zone)), letter.to_email) for letter in letters() if letter.sent_at
        ]
        assert sorted((at.date(), to) for at, to in went_out) == [(letter.on, letter.to) for letter in shown]
        assert {night - timedelta(days=2), night + timedelta(days=1)} <= {at.date() for at, _ in went_out}
        assert all(OPENS <= at.time() < CLOSES for at, _ in went_out)
