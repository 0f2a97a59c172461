"""Courtesy letters: drafted for authors who have waited long, released by an editor, and never after a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.mail.servers import Mailbox, free_port, smtp_server
from tests.people import People, manuscript_in, people, step
from tests.services.reminding import BASE_URL, at, deliver, letters, one_pass
from tracker.db import db, transaction
from tracker.domain.errors import Refused
from tracker.models import Journal, Manuscript
from tracker.queries.courtesy import courtesy_drafts, days_until_courtesy
from tracker.services.actors import OPERATOR, Actor
from tracker.services.courtesy import leave_out_courtesy, release_courtesy

RECEIVED_ON = date(2026, 3, 2)
SIXTIETH = RECEIVED_ON + timedelta(days=60)  # Friday, 1 May


@pytest.fixture
def who(app: Flask) -> People:
    found = people()
    with transaction() as session:
        session.get_one(Journal, found.journal.id).settings = {"reminders_live": True}
    return found


@pytest.fixture
def url() -> Iterator[str]:
    with smtp_server(Mailbox()) as address:
        yield address


def journal() -> Journal:
    db.session.rollback()
    return db.session.scalars(select(Journal).where(Journal.slug == "ijcp")).one()


def drafts(on: date) -> list[tuple[str, int]]:
    return [(draft.to, draft.days_here) for draft in courtesy_drafts(journal(), on)]


def release(manuscript: Manuscript, on: date, *, by: Actor = OPERATOR, hour: int = 9) -> None:
    with transaction() as session:
        found = session.get_one(Manuscript, manuscript.id)
        release_courtesy(found, by=by, now=at(on, hour), today=on, base_url=BASE_URL)


def test_a_letter_is_drafted_after_sixty_days_and_again_after_thirty(who: People, url: str) -> None:
    manuscript = manuscript_in(who.journal, received_on=RECEIVED_ON, editor=who.editor)
    assert drafts(SIXTIETH - timedelta(days=1)) == []
    assert drafts(SIXTIETH) == [("ada@example.org", 60)]
    release(manuscript, SIXTIETH)
    assert drafts(SIXTIETH) == []
    with pytest.raises(Refused, match="No courtesy letter"):
        release(manuscript, SIXTIETH)
    deliver(SIXTIETH, url)
    assert [(letter.state, letter.reply_to) for letter in letters()] == [("sent", "editor@example.org")]
    assert drafts(SIXTIETH + timedelta(days=29)) == []
    assert drafts(SIXTIETH + timedelta(days=30)) == [("ada@example.org", 90)]
    with transaction() as session:
        again = session.get_one(Manuscript, manuscript.id)
        leave_out_courtesy(again, by=OPERATOR, today=SIXTIETH + timedelta(days=30))
    assert drafts(SIXTIETH + timedelta(days=31)) == []
    assert len(letters()) == 1


def test_it_does_not_leave_once_a_decision_is_made(who: People, url: str) -> None:
    manuscript = manuscript_in(who.journal, received_on=RECEIVED_ON)
    release(manuscript, SIXTIETH, hour=22)
    deliver(SIXTIETH, url, now=at(SIXTIETH, 22))
    assert letters()[0].state == "queued", "it is released at night, and leaves on Monday"
    step(manuscript, "rejected", SIXTIETH, kind="desk")
    deliver(date(2026, 5, 4), url)
    assert (letters()[0].state, letters()[0].attempts) == ("cancelled", 0)
    assert "A decision was made" in letters()[0].last_error


def test_it_leaves_on_the_next_working_day_where_nothing_was_decided(who: People, url: str) -> None:
    release(manuscript_in(who.journal, received_on=RECEIVED_ON), SIXTIETH, hour=22)
    for day in (SIXTIETH + timedelta(days=1), date(2026, 5, 4)):
        deliver(day, url)
    (letter,) = letters()
    assert letter.sent_at is not None
    assert (letter.state, letter.sent_at.date()) == ("sent", date(2026, 5, 4))


def test_nothing_is_released_in_dry_run_nor_by_a_reader(who: People) -> None:
    manuscript = manuscript_in(who.journal, received_on=RECEIVED_ON)
    with pytest.raises(Refused, match="by an editor or an assistant"):
        release(manuscript, SIXTIETH, by=Actor("somebody", "reader"))
    with transaction() as session:
        session.get_one(Journal, who.journal.id).settings = {}
    with pytest.raises(Refused, match="dry-run"):
        release(manuscript, SIXTIETH)
    assert (letters(), drafts(SIXTIETH)) == ([], [("ada@example.org", 60)])


def test_the_journals_own_p80_takes_the_place_of_sixty_days_once_it_has_one(who: People) -> None:
    for n in range(20):  # 5, 7, 9 … 43 days to a first decision: the eightieth of a hundred is 35
        found = manuscript_in(who.journal, title=f"On dates, part {n}", received_on=RECEIVED_ON)
        if n == 19:
            assert days_until_courtesy(journal()) == 60
        step(found, "rejected", RECEIVED_ON + timedelta(days=5 + 2 * n), kind="desk")
    assert days_until_courtesy(journal()) == 35
    manuscript_in(who.journal, title="Still Waiting", received_on=RECEIVED_ON)
    assert drafts(RECEIVED_ON + timedelta(days=34)) == []
    assert drafts(RECEIVED_ON + timedelta(days=35)) == [("ada@example.org", 35)]


def test_a_courtesy_letter_waits_for_the_day_after_another_letter_to_the_same_person(who: People, url: str) -> None:
    waiting = manuscript_in(who.journal, title="Waits", received_on=RECEIVED_ON)
    revised = manuscript_in(who.journal, title="Is Revised", received_on=RECEIVED_ON)
    step(revised, "revision_requested", SIXTIETH - timedelta(days=23), kind="minor")  # due a week from the sixtieth day
    one_pass(SIXTIETH, url)
    release(waiting, SIXTIETH)
    deliver(SIXTIETH, url, now=at(SIXTIETH, 16))
    assert [letter.state for letter in letters()] == ["sent", "queued"]
    after = SIXTIETH + timedelta(days=3)  # a Friday: Monday is next
    deliver(after, url, now=at(after, 8))
    assert [(letter.task_key, letter.state) for letter in letters()] == [("revision:1", "sent"), ("courtesy", "sent")]


def test_what_waited_for_the_server_leaves_on_different_days(who: People, url: str) -> None:
    waiting = manuscript_in(who.journal, title="Waits", received_on=RECEIVED_ON)
    revised = manuscript_in(who.journal, title="Is Revised", received_on=RECEIVED_ON)
    monday = SIXTIETH + timedelta(days=3)
    step(revised, "revision_requested", monday - timedelta(days=23), kind="minor")
    down = f"smtp://127.0.0.1:{free_port()}"
    one_pass(monday, down)
    release(waiting, monday)
    for days in (0, 1, 2):
        one_pass(monday + timedelta(days=days), down)
    assert {letter.state for letter in letters()} == {"queued"}
    back = monday + timedelta(days=3)
    for day in (back, back + timedelta(days=1)):
        one_pass(day, url, now=at(day, 9))
    sent = [(letter.task_key, letter.sent_at.date()) for letter in letters() if letter.sent_at]
    assert sent == [("revision:1", back), ("courtesy", back + timedelta(days=1))]
