"""What changes between the writing of a letter and its leaving, and what was on hold meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.mail.servers import Mailbox, smtp_server
from tests.people import NOW, TODAY
from tests.services.reminding import (
    BASE_URL,
    DUE_ON,
    FIRST_LETTER_ON,
    REQUESTED_ON,
    act,
    at,
    days,
    deliver,
    fates,
    letters,
    live_journal,
    one_pass,
    plan,
    revision_due,
)
from tracker.db import db, transaction
from tracker.domain.errors import Refused
from tracker.models import Author, Journal, Letter, Manuscript, RefusedAddress
from tracker.queries.reminders import planned_letters
from tracker.services.actors import OPERATOR
from tracker.services.history import undo_last_step
from tracker.services.outbox import cancel_letter
from tracker.services.records import arm_reminders
from tracker.services.upcoming import letter_to_come, send_now

pytestmark = pytest.mark.usefixtures("app")
DAY = FIRST_LETTER_ON


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def url(mailbox: Mailbox) -> Iterator[str]:
    with smtp_server(mailbox) as address:
        yield address


def rename(old: str, new: str) -> None:
    with transaction() as session:
        for author in session.scalars(select(Author).where(Author.email == old)):
            author.email = new


def outcome() -> list[tuple[str, str]]:
    return [(letter.to_email, letter.state) for letter in letters()]


def test_a_letter_follows_an_address_that_is_corrected_before_it_leaves(mailbox: Mailbox, url: str) -> None:
    revision_due(live_journal(), email="ada@example.org")
    plan(DAY)
    rename("ada@example.org", "ada@example.net")
    deliver(DAY, url)
    assert (outcome(), fates(), mailbox.letters) == ([("ada@example.org", "cancelled")], [], [])
    one_pass(DAY, url)
    assert outcome() == [("ada@example.org", "cancelled"), ("ada@example.net", "sent")]
    assert mailbox.recipients == ["ada@example.net"]


def test_an_address_in_other_letters_is_the_same_address(mailbox: Mailbox, url: str) -> None:
    revision_due(live_journal(), email="ada@example.org")
    plan(DAY)
    rename("ada@example.org", "Ada@Example.org")
    deliver(DAY, url)
    assert outcome() == [("ada@example.org", "sent")]


def test_of_a_letter_about_two_things_only_what_still_goes_there_leaves(mailbox: Mailbox, url: str) -> None:
    journal = live_journal()
    first, second = (revision_due(journal, n, email="ada@example.org") for n in (1, 2))
    plan(DAY)
    with transaction() as session:
        session.get_one(Manuscript, second.id).authors[0].email = "bo@example.org"
    deliver(DAY, url)
    one_pass(DAY, url)
    assert sorted(mailbox.recipients) == ["ada@example.org", "bo@example.org"]
    texts = {str(taken["To"].addresses[0].addr_spec): str(taken["Subject"]) for taken in mailbox.letters}
    assert first.reference in texts["ada@example.org"]
    assert second.reference in texts["bo@example.org"]


def test_muted_and_armed_again_is_owed_again(mailbox: Mailbox, url: str) -> None:
    manuscript = revision_due(live_journal())
    plan(DAY)
    for armed in (False, True):
        with transaction() as session:
            arm_reminders(session.get_one(Manuscript, manuscript.id), armed, by=OPERATOR, now=NOW)
        deliver(DAY, url)
        plan(DAY + timedelta(days=1))
    deliver(DAY + timedelta(days=1), url)
    assert [letter.state for letter in letters()] == ["cancelled", "sent"]


def test_what_fell_due_while_on_hold_is_not_sent_when_work_goes_on() -> None:
    manuscript = revision_due(live_journal())
    act(manuscript, "held", date(2026, 5, 18), note="the author is ill")
    assert [day for day in days(date(2026, 5, 18), 5) if plan(day).queued] == []
    act(manuscript, "resumed", date(2026, 5, 22), note="well again")
    queued = [day for day in days(date(2026, 5, 22), 40) if plan(day).queued]
    assert queued == [date(2026, 6, 1), date(2026, 6, 10)], "three days after the due date, and fourteen"


def test_a_hold_that_is_undone_was_none() -> None:
    manuscript = revision_due(live_journal())
    act(manuscript, "held", date(2026, 5, 18), note="a mistake")
    act(manuscript, "resumed", date(2026, 5, 21), note="a mistake")
    for _ in range(2):
        with transaction() as session:
            undo_last_step(
                session.get_one(Manuscript, manuscript.id), by=OPERATOR, now=at(DAY), today=date(2026, 5, 22)
            )
    assert plan(date(2026, 5, 22)).queued == 1


def test_a_due_date_moved_there_and_back_and_there_again_is_reminded_of_once_each() -> None:
    manuscript = revision_due(live_journal())
    assert plan(DAY).queued == 1
    moves = [
        (date(2026, 5, 21), date(2026, 6, 17)),
        (date(2026, 5, 22), DUE_ON),
        (date(2026, 5, 25), date(2026, 6, 17)),
    ]
    for on, due_on in moves:
        act(manuscript, "extended", on, due_on=due_on, details={"task": "revision:1"})
        assert plan(on).queued == 0
    queued = [day for day in days(date(2026, 5, 25), 60) if plan(day).queued]
    assert queued == [date(2026, 6, 10), date(2026, 6, 22)], "with the first that is three"


def test_a_decision_undone_and_made_again_is_not_reminded_of_twice(mailbox: Mailbox, url: str) -> None:
    manuscript = revision_due(live_journal())
    one_pass(DAY, url)
    with transaction() as session:
        undo_last_step(session.get_one(Manuscript, manuscript.id), by=OPERATOR, now=at(DAY), today=DAY)
    one_pass(DAY + timedelta(days=1), url)
    act(manuscript, "revision_requested", date(2026, 4, 27), kind="minor")
    one_pass(DAY + timedelta(days=1), url)
    assert [(letter.state, letter.step) for letter in letters()] == [("sent", -7)]


def test_reminders_about_two_things_count_for_both_when_a_manuscript_lapses(mailbox: Mailbox, url: str) -> None:
    journal = live_journal()
    first, second = (revision_due(journal, n, email="ada@example.org") for n in (1, 2))
    for day in days(DAY, 40):
        one_pass(day, url)
    assert len(mailbox.letters) == 3
    for manuscript in (first, second):
        act(manuscript, "lapsed", date(2026, 6, 30), note="no word")
        db.session.rollback()
        assert db.session.get_one(Manuscript, manuscript.id).state == "withdrawn"


def test_a_digest_is_no_letter_that_a_reminder_keeps_away_from(mailbox: Mailbox, url: str) -> None:
    journal = live_journal()
    revision_due(journal, email="editor@example.org")
    with transaction() as session:
        session.add(_letter(journal, "editor", at(DAY - timedelta(days=1))))
    assert plan(DAY).queued == 1


@pytest.mark.parametrize(("hour", "leaves"), [(7, False), (8, True), (17, False)])
def test_digests_leave_in_the_sending_hours_too(mailbox: Mailbox, url: str, hour: int, leaves: bool) -> None:
    journal = live_journal()
    with transaction() as session:
        session.add(_letter(journal, "editor", at(DAY, 6)))
    deliver(DAY, url, now=at(DAY, hour))
    assert len(mailbox.letters) == leaves


def test_nobody_is_written_to_by_hand_twice_a_day() -> None:
    journal = live_journal()
    revision_due(journal, email="ada@example.org")
    told: dict[str, Any] = {"by": OPERATOR, "now": at(TODAY), "today": TODAY, "base_url": BASE_URL}
    for step, refused in ((-7, False), (3, True)):
        with transaction() as session:
            found = session.scalars(select(Manuscript)).one()
            if refused:
                with pytest.raises(Refused, match="has been written to today"):
                    send_now(letter_to_come(found, "revision:1", step), **told)
            else:
                send_now(letter_to_come(found, "revision:1", step), **told)
    assert [letter.step for letter in letters()] == [-7]


def test_a_letter_that_waits_for_monday_counts_to_monday() -> None:
    journal, saturday = live_journal(), date(2026, 5, 2)
    revision_due(journal, email="ada@example.org")
    told: dict[str, Any] = {"by": OPERATOR, "base_url": BASE_URL}
    with transaction() as session:
        found = session.scalars(select(Manuscript)).one()
        send_now(letter_to_come(found, "revision:1", -7), now=at(saturday), today=saturday, **told)
    deliver(saturday)
    for day, why in ((saturday, "waits already and leaves on 4 May 2026"), (date(2026, 5, 4), "written to today")):
        with transaction() as session:
            later = letter_to_come(session.scalars(select(Manuscript)).one(), "revision:1", 3)
            with pytest.raises(Refused, match=why):
                send_now(later, now=at(day, 6), today=day, **told)
    assert [letter.step for letter in letters()] == [-7]


@pytest.mark.parametrize("cancelled_by", ["the author", "an editor"])
def test_a_letter_that_never_left_keeps_no_other_letter_back(cancelled_by: str) -> None:
    journal = live_journal()
    first = revision_due(journal, 1, email="ada@example.org")
    revision_due(journal, 2, email="Ada@example.org", requested_on=REQUESTED_ON + timedelta(days=2))
    later = DAY + timedelta(days=2)
    assert [plan(day).queued for day in (DAY, later)] == [1, 0], "one letter in three days"
    if cancelled_by == "the author":
        act(first, "resubmitted", later)
    else:
        with transaction() as session:
            cancel_letter(session.scalars(select(Letter)).one(), by=OPERATOR, now=NOW)
    deliver(later)
    shown = planned_letters([journal.id], later, later)
    one_pass(later)
    assert [(letter.manuscript_id == first.id, letter.state) for letter in letters()] == [
        (True, "cancelled"), (False, "sent"),
    ]  # fmt: skip
    assert len(shown) == 1


def test_a_refused_address_is_not_written_to_by_what_was_queued_before(mailbox: Mailbox, url: str) -> None:
    revision_due(live_journal(), email="ada@example.org")
    plan(DAY)
    with transaction() as session:
        session.add(RefusedAddress(address="ada@example.org", refused_at=NOW, answer="550 5.1.1"))
    deliver(DAY, url)
    assert (outcome(), mailbox.letters) == ([("ada@example.org", "parked")], [])


def test_another_zone_moves_what_waits_to_its_own_morning(mailbox: Mailbox, url: str) -> None:
    journal = live_journal()
    revision_due(journal)
    plan(DAY)
    with transaction() as session:
        session.get_one(Journal, journal.id).timezone = "America/Los_Angeles"
    deliver(DAY, url, now=at(DAY, 9))
    assert (mailbox.letters, letters()[0].not_before_at) == ([], at(DAY, 15))
    deliver(DAY, url, now=at(DAY, 15))
    assert len(mailbox.letters) == 1


def _letter(journal: Journal, role: str, queued_at: object) -> Letter:
    return Letter(
        uid=role.ljust(32, "x"), journal_id=journal.id, role=role, to_email="editor@example.org",
        to_key="editor@example.org", subject="Your week", text_body="Much.", message_id=f"<{role}@example.org>",
        queued_at=queued_at, not_before_at=queued_at,
    )  # fmt: skip
