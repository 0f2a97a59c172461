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
from tracker.domain.letters import AnswerKind
from tracker.domain.policy import DAYS_DUE, LETTER_STEPS
from tracker.jobs import digests
from tracker.mail.digests import WORDS, Line, Section, Topic, digest_letter
from tracker.models import Journal, Letter

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


def test_it_is_written_in_the_journals_language(who: People) -> None:
    with transaction() as session:
        session.scalars(select(Journal).where(Journal.slug == "ijcp")).one().language = "de-AT"
    weekly(MONDAY)
    found = {letter.to_email: letter for letter in letters()}
    theirs = found["editor@example.org"]
    assert theirs.subject == "Ihre Woche bei Journal of Careful Practice: 1 Vorgang"
    assert theirs.text_body.startswith("Guten Tag Editor,\n\nhier ist Ihre Woche bei Journal of Careful Practice.\n")
    assert "Eingangsprüfung, seit 91 Tagen, 84 Tage überfällig" in theirs.text_body
    assert "Bei anderen seit mehr als 28 Tagen überfällig" in found["chief@example.org"].text_body
    assert '<html lang="de">' in theirs.html_body
    assert "Keine Wochenübersicht mehr schicken" in theirs.html_body


ONE_OF_EACH = [
    Section(Topic.WAITING, (Line("J-1", "One", "screening", 1, late=1), Line("J-2", "Two", "production", 2))),
    Section(Topic.ANSWERS, (Line("J-3", "Three", "later", 0, name="Ada"), Line("J-4", "Four", "done", 1, name="Bo"))),
    Section(Topic.RETURNED, (Line("J-5", "Five", "parked", 3, name="Cy"),)),
    Section(Topic.STUCK, (Line("J-6", "Six", "review", 40, late=15),)),
    Section(Topic.ESCALATED, (Line("J-7", "Seven", "decision", 30, late=23),), days=14),
]


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", [
            "Dear colleague,", "screening, for 1 day, 1 day late", "production, for 2 days\n",
            "Ada: needs more time, today", "Bo: says it is done, yesterday",
            "Cy: the letter did not get there, 3 days ago",
            "review: extend, release, or write personally, for 40 days, 15 days late",
            "Escalated: more than 14 days late",
        ]),
        ("de", [
            "Guten Tag,", "Eingangsprüfung, seit 1 Tag, 1 Tag überfällig", "Herstellung, seit 2 Tagen\n",
            "Ada: braucht mehr Zeit, heute", "Bo: meldet: erledigt, gestern", "Cy: der Brief kam nicht an, vor 3 Tagen",
            "Gutachten: verlängern, entbinden oder persönlich schreiben, seit 40 Tagen, 15 Tage überfällig",
            "Bei anderen seit mehr als 14 Tagen überfällig",
        ]),
    ],
)  # fmt: skip
def test_days_and_words_follow_the_language(app: Flask, language: str, says: list[str]) -> None:
    letter = digest_letter(ONE_OF_EACH, journal="A & B", language=language, to_name="", base_url="https://x.org")
    assert [words for words in says if words not in letter.text] == []
    assert "A &amp; B" in letter.html


def test_every_kind_of_task_and_answer_has_words_in_every_language() -> None:
    kinds = {*DAYS_DUE, *LETTER_STEPS, *AnswerKind} - {rule for rule in DAYS_DUE if rule.startswith("revision_")}
    assert {kind for kind in kinds if kind not in WORDS["de"].kinds} == set()
    assert WORDS["de"].todo.keys() == WORDS["en"].todo.keys() == LETTER_STEPS.keys()


def test_a_letter_that_came_back_is_told_to_whom_handles_the_manuscript(who: People) -> None:
    manuscript = manuscript_in(who.journal, title="Sent Astray", editor=who.editor)
    with transaction() as session:
        letter = Letter(
            uid="astray", journal_id=who.journal.id, manuscript_id=manuscript.id, role="author", state="parked",
            to_name="Ada Lovelace", to_email="ada@example.org", to_key="ada@example.org", subject="-", text_body="-",
            message_id="<astray@x>", queued_at=at(MONDAY), not_before_at=at(MONDAY),
        )  # fmt: skip
        session.add(letter)
    weekly(MONDAY)
    found = {letter.to_email: letter.text_body for letter in letters() if letter.role == "editor"}
    assert "Letters that wait for a decision" in found["editor@example.org"]
    assert f"{manuscript.reference}  Ada Lovelace: the letter did not get there, today" in found["editor@example.org"]
    assert "Ada Lovelace" not in found["chief@example.org"]
