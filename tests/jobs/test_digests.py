"""The weekly digest: to whom, with what, once a week; and that one click ends it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.mail.servers import Mailbox, smtp_server
from tests.people import Browser, People, manuscript_in, people
from tests.services.reminding import at, deliver, letters, settings
from tracker.db import transaction
from tracker.jobs import digests
from tracker.models import Journal

MONDAY = date(2026, 6, 1)


@pytest.fixture
def who(app: Flask) -> People:
    app.test_client_class = Browser
    found = people()
    with transaction() as session:
        session.scalars(select(Journal).where(Journal.slug == "ijcp")).one().settings = {"reminders_live": True}
    manuscript_in(found.journal, title="Long Let Lie", editor=found.editor)  # received on 2 March: screening is late
    return found


def weekly(day: date) -> int:
    return digests.weekly(now_of=lambda: at(day), today_of=lambda zone: day, settings=settings())


def test_an_editor_hears_of_what_waits_and_the_chief_of_what_was_let_lie(who: People) -> None:
    assert [weekly(MONDAY), weekly(MONDAY), weekly(MONDAY + timedelta(days=2))] == [2, 0, 0]
    found = {letter.to_email: letter.text_body for letter in letters()}
    assert set(found) == {"editor@example.org", "chief@example.org"}
    assert "Waiting on you" in found["editor@example.org"]
    assert "for 91 days, 84 days late" in found["editor@example.org"]
    assert "Escalated: more than 28 days late" in found["chief@example.org"]
    assert weekly(MONDAY + timedelta(days=7)) == 2


def test_the_chief_hears_of_it_after_as_many_days_as_the_journal_says(who: People) -> None:
    with transaction() as session:
        journal = session.scalars(select(Journal).where(Journal.slug == "ijcp")).one()
        journal.settings = {**journal.settings, "escalation_days": [14, 84]}
    assert "Escalated: more than 14 days late" in _chief_reads(MONDAY), "84 days late, which is not more than 84"
    assert "Escalated: more than 84 days late" in _chief_reads(MONDAY + timedelta(days=7))
    with transaction() as session:
        journal = session.scalars(select(Journal).where(Journal.slug == "ijcp")).one()
        journal.settings = {**journal.settings, "escalation_days": []}
    assert _chief_reads(MONDAY + timedelta(days=14)) == "", "nothing else is theirs"


def _chief_reads(day: date) -> str:
    before = {letter.id for letter in letters()}
    weekly(day)
    new = [letter for letter in letters() if letter.id not in before and letter.to_email == "chief@example.org"]
    return new[0].text_body if new else ""


def test_one_click_ends_it_and_looking_does_not(app: Flask, who: People) -> None:
    weekly(MONDAY)
    mailbox = Mailbox()
    with smtp_server(mailbox) as url:
        deliver(MONDAY, url)
    letter = next(one for one in mailbox.letters if "editor@example.org" in str(one["To"]))
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.search(r"/unsubscribe/[\w-]+", str(letter["List-Unsubscribe"]))
    assert link is not None
    client = app.test_client()
    assert "no more" in client.get(link[0]).text
    assert weekly(MONDAY + timedelta(days=7)) == 2
    done = client.post(link[0], data={"List-Unsubscribe": "One-Click"})
    assert (done.status_code, done.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert client.post(link[0]).status_code == 200
    assert weekly(MONDAY + timedelta(days=14)) == 1
    assert client.get(link[0].replace("unsubscribe", "answer")).status_code == 404


def test_nothing_is_said_in_dry_run_or_outside_the_window(who: People) -> None:
    assert weekly(MONDAY - timedelta(days=1)) == 0
    with transaction() as session:
        session.scalars(select(Journal).where(Journal.slug == "ijcp")).one().settings = {}
    assert weekly(MONDAY) == 0
