"""From a state to a letter in the outbox: what is queued on which day, and what is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from tests.mail.servers import Mailbox, smtp_server
from tests.people import NOW, TODAY
from tests.services.reminding import (
    DUE_ON,
    FIRST_LETTER_ON,
    act,
    an_editor,
    at,
    days,
    deliver,
    fates,
    letters,
    live_journal,
    next_looks,
    one_pass,
    plan,
    revision_due,
    states,
)
from tracker.db import db, transaction
from tracker.models import Author, Journal, LetterText, Manuscript, RefusedAddress, Task
from tracker.queries.reminders import planned_letters
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal
from tracker.services.reminders import Planned, replan

pytestmark = pytest.mark.usefixtures("app")


def test_a_revision_is_reminded_of_on_its_three_days() -> None:
    revision_due(live_journal(), editor=an_editor())
    queued = {day: plan(day).queued for day in days(date(2026, 4, 27), 60)}
    assert [day for day, count in queued.items() if count] == [FIRST_LETTER_ON, date(2026, 6, 1), date(2026, 6, 10)]
    first, second, _ = letters()
    assert first.subject == "Your revised manuscript IJCP-2026-001 for Careful Practice, due on 27 May 2026"
    assert second.subject == "Your revised manuscript IJCP-2026-001 for Careful Practice: when may we expect it?"
    assert (first.to_name, first.to_email, first.role) == ("Grace Author 1", "author1@example.org", "author")
    assert (first.from_name, first.reply_to) == ("Ada Editor via Careful Practice", "editor@example.org")
    assert (first.task_key, first.step, first.task_due_on) == ("revision:1", -7, DUE_ON)
    assert first.message_id == f"<{first.uid}@tracker.example.org>"
    assert first.thread_id == second.thread_id
    assert first.reason == "7 days before the revised manuscript is due"


def test_a_pass_may_run_twice_and_a_hundred_times() -> None:
    revision_due(live_journal())
    assert plan(FIRST_LETTER_ON) == Planned(looked_at=1, queued=1)
    assert plan(FIRST_LETTER_ON) == Planned()
    assert len(letters()) == 1


def test_an_idle_pass_asks_the_database_once() -> None:
    journal = live_journal()
    for n in range(3):
        revision_due(journal, n)
    plan(date(2026, 5, 7))
    asked: list[str] = []
    listen = lambda conn, cursor, statement, *rest: asked.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    assert plan(date(2026, 5, 8)) == Planned()
    event.remove(db.engine, "before_cursor_execute", listen)
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1


def test_the_first_look_finds_the_exact_day() -> None:
    revision_due(live_journal())
    plan(date(2026, 5, 6))
    assert next_looks() == [FIRST_LETTER_ON]


def test_down_for_three_days_across_a_step_sends_exactly_one_letter() -> None:
    revision_due(live_journal())
    for day in (date(2026, 5, 19), *days(date(2026, 5, 25), 3)):
        plan(day)
    assert len(letters()) == 1
    assert fates() == [(-7, "written")]


def test_a_step_more_than_five_days_stale_is_dropped_and_logged() -> None:
    revision_due(live_journal())
    assert plan(date(2026, 5, 26)) == Planned(looked_at=1, given_up=1)
    assert fates() == [(-7, "stale")]
    assert letters() == []


def test_two_hundred_imported_overdue_manuscripts_send_nothing() -> None:
    journal = live_journal()
    for n in range(5):
        revision_due(journal, n)
    with transaction() as session:
        session.execute(update(Manuscript).values(is_armed=False))
    assert [plan(day).queued for day in days(date(2026, 5, 18), 40)] == [0] * 40
    assert planned_letters([journal.id], date(2026, 5, 18), date(2026, 6, 30)) == []


def test_a_journal_in_dry_run_shows_its_letters_and_queues_none() -> None:
    journal = live_journal(settings={"reminders_live": False})
    revision_due(journal)
    assert plan(FIRST_LETTER_ON).queued == 0
    shown = planned_letters([journal.id], FIRST_LETTER_ON, FIRST_LETTER_ON)
    assert [(letter.step, letter.held) for letter in shown] == [(-7, "dry_run")]
    with transaction() as session:
        change_journal(session.merge(journal), by=OPERATOR, now=NOW, settings={"reminders_live": True})
    assert plan(FIRST_LETTER_ON + timedelta(days=1)).queued == 1


def test_without_an_address_there_is_no_letter_and_the_preview_says_why() -> None:
    journal = live_journal()
    manuscript = revision_due(journal, email="")
    assert plan(FIRST_LETTER_ON).queued == 0
    (shown,) = planned_letters([journal.id], FIRST_LETTER_ON, FIRST_LETTER_ON)
    assert (shown.to, shown.held) == ("", "no_address")
    assert shown.reason.endswith("no letter goes out: no mail address is known")
    with transaction() as session:
        session.merge(manuscript).authors[0].email = "found@example.org"
    assert plan(FIRST_LETTER_ON + timedelta(days=1)).queued == 1


def test_an_address_that_was_refused_gets_no_more_letters() -> None:
    journal = live_journal()
    revision_due(journal, email="Gone@example.org")
    with transaction() as session:
        session.add(RefusedAddress(address="gone@example.org", refused_at=at(TODAY), answer="550 5.1.1"))
    assert plan(FIRST_LETTER_ON).queued == 0
    (shown,) = planned_letters([journal.id], FIRST_LETTER_ON, FIRST_LETTER_ON)
    assert shown.held == "refused_address"


def test_one_person_gets_one_letter_about_everything() -> None:
    journal = live_journal()
    for n in (1, 2):
        revision_due(journal, n, email="Grace@Example.org" if n == 1 else "grace@example.org")
    assert plan(FIRST_LETTER_ON) == Planned(looked_at=2, queued=1)
    (letter,) = letters()
    assert "IJCP-2026-001" in letter.text_body
    assert "IJCP-2026-002" in letter.text_body
    assert fates() == [(-7, "written"), (-7, "written")]


def test_an_answer_to_a_letter_about_several_goes_to_everybody_who_handles_one() -> None:
    journal = live_journal()
    ada, bo = an_editor(), an_editor("Bo Editor", "bo@example.org")
    for n, editor in enumerate((ada, bo, ada, None), 1):
        revision_due(journal, n, email="grace@example.org", editor=editor)
    plan(FIRST_LETTER_ON)
    (letter,) = letters()
    assert (letter.from_name, letter.reply_to) == ("Careful Practice", "editor@example.org, bo@example.org")
    assert "\nAda Editor, Bo Editor\nCareful Practice\n" in letter.text_body
    mailbox = Mailbox()
    with smtp_server(mailbox) as url:
        deliver(FIRST_LETTER_ON, url)
    assert mailbox.letters[0]["Reply-To"] == "editor@example.org, bo@example.org"


def test_nobody_gets_answers_about_what_they_are_an_author_of() -> None:
    journal = live_journal()
    ada, bo = an_editor(), an_editor("Bo Editor", "bo@example.org")
    works = [revision_due(journal, n, email="grace@example.org", editor=who) for n, who in enumerate((ada, bo), 1)]
    with transaction() as session:
        theirs = Author(manuscript_id=works[0].id, position=2, given="Bo", family="Editor", email="Bo@example.org")
        session.add(theirs)
    plan(FIRST_LETTER_ON)
    assert [letter.reply_to for letter in letters()] == ["editor@example.org"]


def test_a_waiting_letter_about_several_is_answered_to_whom_is_left() -> None:
    journal = live_journal()
    ada, bo = an_editor(), an_editor("Bo Editor", "bo@example.org")
    works = [revision_due(journal, n, email="grace@example.org", editor=who) for n, who in enumerate((ada, bo), 1)]
    plan(FIRST_LETTER_ON)
    act(works[0], "resubmitted", FIRST_LETTER_ON)
    deliver(FIRST_LETTER_ON)
    (letter,) = letters()
    assert (letter.state, letter.from_name, letter.reply_to) == (
        "sent", "Bo Editor via Careful Practice", "bo@example.org",
    )  # fmt: skip


def test_own_words_may_say_for_how_long_the_manuscript_is_here() -> None:
    journal = live_journal()
    revision_due(journal)  # received on 5 January
    with transaction() as session:
        words = {"subject": "After {{ days_here }} days", "words": "{{ facts }}"}
        session.add(LetterText(journal_id=journal.id, language="en", kind="revision_before", changed_at=NOW, **words))
    plan(FIRST_LETTER_ON)
    assert [letter.subject for letter in letters()] == ["After 135 days"]


def test_moving_the_due_date_plans_anew_and_the_letters_still_count() -> None:
    journal = live_journal()
    manuscript = revision_due(journal)
    plan(FIRST_LETTER_ON)
    act(manuscript, "extended", date(2026, 5, 25), due_on=date(2026, 6, 17), details={"task": "revision:1"})
    queued = [day for day in days(date(2026, 5, 25), 60) if plan(day).queued]
    assert queued == [date(2026, 6, 10), date(2026, 6, 22)]


def test_an_extension_is_not_answered_with_a_reminder() -> None:
    journal = live_journal()
    manuscript = revision_due(journal)
    act(manuscript, "extended", date(2026, 5, 28), due_on=date(2026, 6, 3), details={"task": "revision:1"})
    assert [day for day in days(date(2026, 5, 28), 8) if plan(day).queued] == []


def test_reviewers_are_written_to_at_their_own_address() -> None:
    journal = live_journal()
    manuscript = revision_due(journal, kind="major")
    act(manuscript, "resubmitted", date(2026, 5, 4))
    act(manuscript, "sent_to_review", date(2026, 5, 4), reviewers=["Emmy Noether <emmy@example.org>", "Nameless"])
    act(manuscript, "agreed", date(2026, 5, 4), reviewer=1)
    plan(date(2026, 5, 25))
    (letter,) = letters()
    assert (letter.to_email, letter.task_key, letter.role) == ("emmy@example.org", "review:2:1", "reviewer")
    assert "Author" not in letter.text_body


@pytest.mark.parametrize(
    ("timezone", "moment", "today", "leaves"),
    [
        ("UTC", datetime(2026, 5, 20, 7, 59, tzinfo=UTC), date(2026, 5, 20), False),
        ("UTC", datetime(2026, 5, 20, 8, 0, tzinfo=UTC), date(2026, 5, 20), True),
        ("UTC", datetime(2026, 5, 20, 17, 0, tzinfo=UTC), date(2026, 5, 20), False),
        ("Pacific/Auckland", datetime(2026, 5, 19, 21, 0, tzinfo=UTC), date(2026, 5, 20), True),
        ("America/New_York", datetime(2026, 5, 20, 9, 0, tzinfo=UTC), date(2026, 5, 20), False),
        ("UTC", datetime(2026, 5, 23, 10, 0, tzinfo=UTC), date(2026, 5, 23), False),
    ],
)
def test_letters_leave_in_the_journals_office_hours(timezone: str, moment: datetime, today: date, leaves: bool) -> None:
    revision_due(live_journal(timezone=timezone))
    assert plan(today, now=moment).queued == leaves


def test_a_holiday_of_the_journals_country_moves_the_letter_to_the_day_before() -> None:
    journal = live_journal(country="GB")
    revision_due(journal, requested_on=date(2026, 5, 2))  # due on 1 June; a week before is the Spring bank holiday
    assert [letter.on for letter in planned_letters([journal.id], date(2026, 5, 11), date(2026, 5, 31))] == [
        date(2026, 5, 22)
    ]
    assert [day for day in days(date(2026, 5, 11), 21) if plan(day).queued] == [date(2026, 5, 22)]


def test_what_the_preview_shows_is_what_is_sent() -> None:
    journal = live_journal(country="NZ")
    for n in range(8):
        revision_due(journal, n, email=f"author{n % 5}@example.org", requested_on=date(2026, 4, 20 + n),
                     kind=("minor", "major")[n % 2])  # fmt: skip
    manuscript = revision_due(journal, 9, email="author1@example.org")
    act(manuscript, "resubmitted", date(2026, 5, 4))
    reviewers = ["author0@example.org", "Emmy Noether <emmy@example.org>"]
    act(manuscript, "sent_to_review", date(2026, 5, 6), reviewers=reviewers)
    act(manuscript, "agreed", date(2026, 5, 11), reviewer=2)
    first = date(2026, 5, 12)
    shown = planned_letters([journal.id], first, first + timedelta(days=90))
    for day in days(first, 91):
        one_pass(day)
    sent = [
        (letter.sent_at.date(), letter.to_email, letter.subject, letter.step) for letter in letters() if letter.sent_at
    ]
    assert sorted(sent) == sorted((letter.on, letter.to, letter.subject, letter.step) for letter in shown)
    assert len(sent) > 15
    assert set(states().values()) == {"sent"}


def test_changing_the_steps_plans_every_open_task_again() -> None:
    journal = live_journal()
    revision_due(journal)
    plan(date(2026, 5, 6))
    with transaction() as session:
        ours = session.scalars(select(Journal)).one()
        ours.settings = {**ours.settings, "letter_steps": {"revision": [-14]}}
        replan(ours)
    assert plan(date(2026, 5, 13)).queued == 1


def test_only_the_journals_asked_for_are_planned() -> None:
    ours, theirs = live_journal(), live_journal("other")
    revision_due(ours, 1)
    revision_due(theirs, 2)
    assert plan(FIRST_LETTER_ON, journal_ids=[theirs.id]).queued == 1
    assert [letter.journal_id for letter in letters()] == [theirs.id]


def test_the_number_of_reads_does_not_grow_with_the_tasks(app: Flask) -> None:
    journal = live_journal()

    def reads() -> int:
        asked: list[Any] = []
        listen = lambda conn, cursor, statement, *rest: asked.append(statement)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        planned_letters([journal.id], date(2026, 5, 1), date(2026, 6, 30))
        event.remove(db.engine, "before_cursor_execute", listen)
        db.session.rollback()
        db.session.expunge_all()
        return len(asked)

    revision_due(journal, 1)
    db.session.expunge_all()
    one = reads()
    for n in (2, 3):
        revision_due(journal, n)
    db.session.expunge_all()
    assert reads() == one
    assert db.session.scalars(select(Task)).all()
