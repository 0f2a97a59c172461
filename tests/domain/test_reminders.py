"""The reminder engine on plain values: which letter is owed on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.letters import StepFate
from tracker.domain.policy import Policy
from tracker.domain.reminders import (
    DAYS_BETWEEN_LETTERS,
    MOST_LETTERS_A_TASK,
    PersonDay,
    Topic,
    first_letter_on,
    letter_of_day,
    outlook,
    reason_in_words,
    steps_of,
)
from tracker.domain.sending_window import is_open, is_weekday, next_opening
from tracker.domain.tasks import Task
from tracker.domain.words import Holder
from tracker.formats.calendars import working_days

POLICY = Policy()


def task(
    kind: str = "review", started_on: date = date(2026, 5, 4), due_on: date = date(2026, 6, 1), n: int = 1
) -> Task:
    return Task(f"{kind}:1:{n}", kind, Holder.REVIEWERS, 1, started_on, due_on, n)


def topic(role: str = "reviewer", **of_task: object) -> Topic:
    owed = task(**of_task)  # type: ignore[arg-type]
    return Topic(key=owed.key, task=owed, role=role, known_since=owed.started_on)


def after(subject: Topic, day: PersonDay) -> Topic:
    decided = day.decided[subject.key]
    written = sum(fate is StepFate.WRITTEN for _, fate in decided)
    return replace(subject, taken=subject.taken | {step.days for step, _ in decided}, letters=subject.letters + written)


def played(subjects: list[Topic], days: list[date]) -> list[tuple[date, list[tuple[str, int]]]]:
    """The letters of a person over these days, the engine running on each."""
    letters, last = [], None
    for day in days:
        done = letter_of_day(subjects, POLICY, day, is_weekday, last_letter_on=last)
        subjects = [after(subject, done) for subject in subjects]
        if done.parts:
            last = day
            letters.append((day, [(part.key, step.days) for part, step in done.parts]))
    return letters


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(count)]


def test_a_review_gets_its_three_letters_on_their_days() -> None:
    sent = played([topic()], days_from(date(2026, 5, 4), 60))
    assert sent == [
        (date(2026, 5, 25), [("review:1:1", -7)]),
        (date(2026, 6, 2), [("review:1:1", 1)]),
        (date(2026, 6, 8), [("review:1:1", 7)]),
    ]


def test_steps_before_the_due_date_roll_back_and_those_after_it_forward() -> None:
    due_on_a_saturday = task(due_on=date(2026, 5, 30))
    days = {step.days: step.send_on for step in steps_of(due_on_a_saturday, POLICY, is_weekday)}
    assert days == {-7: date(2026, 5, 22), 1: date(2026, 6, 1), 7: date(2026, 6, 8)}


def test_an_invitation_is_counted_from_its_sending() -> None:
    invited = task("invitation", started_on=date(2026, 5, 4), due_on=date(2026, 5, 11))
    assert [step.send_on for step in steps_of(invited, POLICY, is_weekday)] == [date(2026, 5, 8), date(2026, 5, 12)]


def test_holidays_are_no_working_days() -> None:
    england = working_days("GB")
    assert not england(date(2026, 12, 25))
    assert england(date(2026, 12, 24))
    due = task("revision", due_on=date(2026, 12, 22))
    assert steps_of(due, POLICY, england)[1].send_on == date(
        2026, 12, 29
    )  # +3 is Christmas, Monday is kept for Boxing Day
    assert working_days("")(date(2026, 12, 25))
    assert working_days("AQ")(date(2026, 12, 24))


def test_down_for_three_days_across_a_step_sends_exactly_one_letter() -> None:
    up_again = [date(2026, 5, 22), *days_from(date(2026, 5, 28), 4)]
    assert played([topic()], up_again) == [(date(2026, 5, 28), [("review:1:1", -7)])]


def test_missed_steps_collapse_into_the_latest() -> None:
    subject = topic("author", kind="proofs", started_on=date(2026, 5, 4), due_on=date(2026, 5, 12))
    seen = outlook(subject, POLICY, date(2026, 5, 15), is_weekday)
    assert seen.owed is not None
    assert seen.owed.days == 2
    assert [(step.days, fate) for step, fate in seen.given_up] == [(-1, StepFate.COLLAPSED)]


def test_a_step_more_than_five_days_stale_is_given_up_and_said_to_be() -> None:
    fifth, sixth = (outlook(topic(), POLICY, date(2026, 5, day), is_weekday) for day in (30, 31))
    assert fifth.owed is not None
    assert sixth.owed is None
    assert [(step.days, fate) for step, fate in sixth.given_up] == [(-7, StepFate.STALE)]


def test_nothing_is_owed_for_days_before_the_task_was_known() -> None:
    short = topic(started_on=date(2026, 5, 27), due_on=date(2026, 6, 1))
    assert outlook(short, POLICY, date(2026, 5, 27), is_weekday).owed is None
    extended = replace(topic(), known_since=date(2026, 5, 26))
    assert outlook(extended, POLICY, date(2026, 5, 26), is_weekday).owed is None


def test_a_task_has_three_automatic_letters_at_most_whatever_its_due_date_does() -> None:
    moved = replace(topic(due_on=date(2026, 7, 1)), letters=MOST_LETTERS_A_TASK)
    seen = outlook(moved, POLICY, date(2026, 6, 24), is_weekday)
    assert (seen.owed, seen.next_on) == (None, None)
    assert {fate for _, fate in seen.given_up} == {StepFate.CAPPED}


def test_several_tasks_of_one_person_make_one_letter() -> None:
    both = [topic(n=1), topic(n=2)]
    sent = played(both, [date(2026, 5, 25)])
    assert sent == [(date(2026, 5, 25), [("review:1:1", -7), ("review:1:2", -7)])]


def test_letters_to_one_person_are_three_days_apart() -> None:
    subjects = [topic(n=1), topic(n=2, due_on=date(2026, 6, 2))]
    sent = played(subjects, days_from(date(2026, 5, 25), 5))
    assert sent == [(date(2026, 5, 25), [("review:1:1", -7)]), (date(2026, 5, 28), [("review:1:2", -7)])]


def test_what_is_owed_as_an_author_and_as_a_reviewer_never_stands_in_one_letter() -> None:
    as_author = topic("author", kind="revision", due_on=date(2026, 6, 2), n=2)
    sent = played([as_author, topic(n=1)], days_from(date(2026, 5, 25), 5))
    assert [[key for key, _ in parts] for _, parts in sent] == [["review:1:1"], ["revision:1:2"]]


def test_29_february_is_a_day_like_any_other() -> None:
    leap = task("revision", started_on=date(2028, 2, 1), due_on=date(2028, 2, 29))
    assert [step.send_on for step in steps_of(leap, POLICY, is_weekday)][:2] == [date(2028, 2, 22), date(2028, 3, 3)]
    after_it = task("revision", started_on=date(2028, 1, 1), due_on=date(2028, 3, 7))
    assert steps_of(after_it, POLICY, is_weekday)[0].send_on == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-03-27T17:00+00:00", "2026-03-30T07:00+00:00"),  # Friday evening; London's clocks go forward on Sunday
        ("2026-10-23T16:00+00:00", "2026-10-26T08:00+00:00"),  # and back
        ("2026-03-30T06:59+00:00", "2026-03-30T07:00+00:00"),
        ("2026-03-30T07:00+00:00", "2026-03-30T07:00+00:00"),
    ],
)
def test_the_window_opens_at_eight_by_the_journals_clock_after_both_nights(at: str, opens: str) -> None:
    now = datetime.fromisoformat(at)
    today = now.astimezone(ZoneInfo("Europe/London")).date()
    assert next_opening(now, "Europe/London", today, is_weekday) == datetime.fromisoformat(opens)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Pacific/Auckland", "America/Santiago", "UTC"])
@pytest.mark.parametrize("year", [2024, 2026])
def test_every_weekday_has_one_window_of_nine_hours(zone: str, year: int) -> None:
    hours = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=count) for count in range(365 * 24))
    open_hours: dict[date, int] = {}
    for hour in hours:
        day = hour.astimezone(ZoneInfo(zone)).date()
        open_hours[day] = open_hours.get(day, 0) + is_open(hour, zone, day, is_weekday)
    inner = sorted(open_hours)[1:-1]
    assert {(is_weekday(day), open_hours[day]) for day in inner} == {(True, 9), (False, 0)}


def test_a_day_that_was_fixed_counts_as_the_whole_day() -> None:
    midnight = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
    assert is_open(midnight, "UTC", date(2020, 11, 11), is_weekday)
    assert not is_open(midnight, "UTC", date(2020, 11, 14), is_weekday)
    assert not is_open(midnight, "UTC", date(2026, 6, 1), is_weekday)


def test_reasons_are_said_in_words() -> None:
    assert reason_in_words(task(), -7) == "7 days before the review is due"
    assert reason_in_words(task(), 1) == "1 day after the review was due"
    assert reason_in_words(task("invitation"), 4) == "4 days after the invitation"


KINDS = st.sampled_from(["invitation", "review", "revision", "proofs", "completion"])
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def people(draw: st.DrawFn) -> list[Topic]:
    topics = []
    for number in range(draw(st.integers(1, 4))):
        started = draw(DAYS)
        due = started + timedelta(days=draw(st.integers(1, 70)))
        topics.append(topic(draw(st.sampled_from(["reviewer", "author"])), kind=draw(KINDS), started_on=started,
                            due_on=due, n=number))  # fmt: skip
    return topics


@settings(deadline=None)
@given(people(), st.sets(st.integers(0, 120), max_size=40))
def test_no_person_is_ever_written_to_too_often(subjects: list[Topic], down: set[int]) -> None:
    start = min(subject.task.started_on for subject in subjects)
    days = [day for offset, day in enumerate(days_from(start, 480)) if offset not in down]
    sent = played(subjects, days)
    gaps = [(later - earlier).days for (earlier, _), (later, _) in pairwise(sent)]
    assert all(gap >= DAYS_BETWEEN_LETTERS for gap in gaps)
    steps = [part for _, parts in sent for part in parts]
    assert len(steps) == len(set(steps))
    assert all(sum(key == subject.key for key, _ in steps) <= MOST_LETTERS_A_TASK for subject in subjects)
    assert all(is_weekday(day) for day, _ in sent)


@settings(deadline=None)
@given(people())
def test_the_first_look_is_never_too_late(subjects: list[Topic]) -> None:
    for subject in subjects:
        first = first_letter_on(subject.task, POLICY)
        steps = steps_of(subject.task, POLICY, working_days("JP"))
        assert first is not None
        assert first <= steps[0].send_on


@settings(deadline=None)
@given(people(), DAYS)
def test_looking_again_on_the_day_that_was_named_loses_nothing(subjects: list[Topic], start: date) -> None:
    """Playing only the days that `next_on` names sends what playing every day sends."""
    every_day = played(subjects, days_from(start, 200))
    looks = {subject.key: start for subject in subjects}
    sent, last = [], None
    for day in days_from(start, 200):
        due = [subject for subject in subjects if looks[subject.key] <= day]
        done = letter_of_day(due, POLICY, day, is_weekday, last_letter_on=last)
        subjects = [after(subject, done) if subject.key in done.decided else subject for subject in subjects]
        looks.update({key: next_on or date.max for key, next_on in done.next_on.items()})
        if done.parts:
            last = day
            sent.append((day, [(part.key, step.days) for part, step in done.parts]))
    assert sent == every_day
