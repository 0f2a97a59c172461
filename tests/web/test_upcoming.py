"""What an editor decides about the letters of the coming week, and that it is obeyed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.mail.servers import Mailbox, smtp_server
from tests.people import NOW, People, manuscript_in, post, reloaded, step
from tests.services.reminding import deliver, fates, letters, plan
from tracker.db import db, transaction
from tracker.formats.article_record import AuthorRecord
from tracker.models import Answer, Journal, Manuscript, OptOut, Reviewer

As = Callable[[str], FlaskClient]
MONDAY = date(2026, 6, 1)  # the pages' today
DUE_ON = MONDAY + timedelta(days=9)  # a letter 7 days before: Wednesday, 3 June
LETTER_ON = date(2026, 6, 3)


@pytest.fixture
def manuscript(who: People) -> Manuscript:
    """A live journal's manuscript whose reviewer is to be reminded on Wednesday."""
    with transaction() as session:
        journal = session.scalars(select(Journal).where(Journal.id == who.journal.id)).one()
        journal.settings = {"reminders_live": True}
    found = manuscript_in(who.journal, editor=who.editor)
    step(found, "sent_to_review", date(2026, 5, 4), reviewers=["Grace Hopper <grace@example.org>"])
    step(found, "agreed", date(2026, 5, 5), reviewer=1, due_on=DUE_ON)
    return found


def of(manuscript: Manuscript, deed: str) -> str:
    return f"/reminders/{manuscript.reference}/review:1:1/-7/{deed}"


def test_a_letter_that_is_held_waits_until_it_is_let_go(as_: As, manuscript: Manuscript) -> None:
    editor = as_("editor")
    assert of(manuscript, "hold") in editor.get("/reminders/").text
    assert post(editor, of(manuscript, "hold")).location == "/reminders/"
    page = editor.get("/reminders/").text
    assert "held back" in page
    assert of(manuscript, "release") in page
    plan(LETTER_ON)
    assert letters() == []
    post(editor, of(manuscript, "release"))
    assert "held back" not in editor.get("/reminders/").text
    plan(LETTER_ON)
    assert [letter.step for letter in letters()] == [-7]


def test_who_wanted_no_reminders_is_reminded_again_when_an_editor_says_so(as_: As, manuscript: Manuscript) -> None:
    with transaction() as session:
        where = {"journal_id": manuscript.journal_id, "address": "grace@example.org"}
        session.add(OptOut(**where, kind="reminders", opted_out_at=NOW))
    editor = as_("editor")
    assert "they have asked for no reminders" in editor.get("/reminders/").text
    plan(LETTER_ON)
    assert letters() == []
    assert post(as_("reader"), of(manuscript, "remind-again")).status_code == 403
    post(editor, of(manuscript, "remind-again"))
    assert "they have asked for no reminders" not in editor.get("/reminders/").text
    plan(LETTER_ON)
    assert [letter.to_email for letter in letters()] == ["grace@example.org"]


def test_a_letter_that_is_skipped_is_left_out_and_the_next_one_goes(as_: As, manuscript: Manuscript) -> None:
    editor = as_("editor")
    post(editor, of(manuscript, "skip"))
    assert fates() == [(-7, "skipped")]
    assert of(manuscript, "hold") not in editor.get("/reminders/").text
    for day in range(14):
        plan(MONDAY + timedelta(days=day))
    assert [letter.step for letter in letters()] == [1]
    assert "There is no such letter to come" in post(editor, of(manuscript, "skip")).text


def test_what_was_skipped_comes_again_when_it_is_taken_back(as_: As, manuscript: Manuscript) -> None:
    editor = as_("editor")
    post(editor, of(manuscript, "skip"))
    assert f'action="{of(manuscript, "unskip")}"' in editor.get("/reminders/").text
    assert post(as_("reader"), of(manuscript, "unskip")).status_code == 403
    assert fates() == [(-7, "skipped")]
    for _ in range(2):
        post(editor, of(manuscript, "unskip"))
        assert fates() == []
    assert "goes out after all" in editor.get("/reminders/").text
    plan(LETTER_ON)
    assert [letter.step for letter in letters()] == [-7]
    assert "There is no such letter to come" in post(editor, of(manuscript, "unskip")).text
    assert fates() == [(-7, "written")]


def test_a_letter_is_read_before_it_goes_as_it_will_leave(as_: As, manuscript: Manuscript) -> None:
    editor = as_("editor")
    page = of(manuscript, "")[:-1]
    assert f'<a href="{page}">' in editor.get("/reminders/").text
    shown = {name: as_(name).get(page).text for name in ("editor", "reader")}
    plan(LETTER_ON)
    (letter,) = letters()
    for text in shown.values():
        assert "It goes out on Wednesday, <time" in text
        assert "Grace Hopper &lt;grace@example.org&gt;" in text
        assert "(a link that only the recipient has)" in text
        assert "~answer" not in text
        assert read_in(text) == read_in(editor.get(f"/outbox/{letter.id}").text)
    assert (of(manuscript, "edit") in shown["editor"], of(manuscript, "edit") in shown["reader"]) == (True, False)
    assert "There is no such letter to come" in editor.get(page).text


def read_in(page: str) -> str:
    """The letter on a page."""
    body = re.search(r'<div class="letter-body"[^>]*>(.*?)</div>', page, re.DOTALL)
    return str(body[1])


def test_a_letter_in_german_is_read_in_german_and_says_that_it_was_edited(as_: As, manuscript: Manuscript) -> None:
    with transaction() as session:
        session.get_one(Journal, manuscript.journal_id).language = "de"
    editor, page = as_("editor"), of(manuscript, "")[:-1]
    assert '<span class="tag">edited</span>' not in editor.get("/reminders/").text
    post(editor, of(manuscript, "edit"), subject="Zu {{ reference }}", words="Wie steht es?\n\n{{ facts }}")
    text = editor.get(page).text
    assert f'<dd lang="de">Zu {manuscript.reference}</dd>' in text
    assert "Guten Tag Grace Hopper" in text
    assert "Wie steht es?" in text
    for address in (page, "/reminders/"):
        assert '<span class="tag">edited</span>' in editor.get(address).text


def test_a_letter_that_is_put_off_is_announced_for_the_same_day_everywhere(as_: As, manuscript: Manuscript) -> None:
    """A second letter to Grace would fall on the day after the first, and waits until three days have passed."""
    second = manuscript_in(manuscript.journal, title="Another Work")
    step(second, "sent_to_review", date(2026, 5, 4), reviewers=["Grace Hopper <grace@example.org>"])
    step(second, "agreed", date(2026, 5, 5), reviewer=1, due_on=DUE_ON + timedelta(days=1))
    editor, page = as_("editor"), f"/reminders/{second.reference}/review:1:1/-7"
    week = editor.get("/reminders/").text
    assert page in week.split('id="day-2026-06-08"')[1]
    for address in (page, f"{page}/edit"):
        assert 'Monday, <time datetime="2026-06-08">8 June 2026</time>' in editor.get(address).text


def test_a_letter_about_several_is_read_whole_but_by_no_author_of_one(as_: As, who: People) -> None:
    own = AuthorRecord("The", "Editor", "editor@example.org")
    works = [
        manuscript_in(who.journal, title="A Work of Theirs", authors=[own]),
        manuscript_in(who.journal, title="A Work of Another"),
    ]
    for work in works:
        step(work, "sent_to_review", date(2026, 5, 4), reviewers=["Grace Hopper <grace@example.org>"])
        step(work, "agreed", date(2026, 5, 5), reviewer=1, due_on=DUE_ON)
    page = f"/reminders/{works[1].reference}/review:1:1/-7"
    assert read_in(as_("chief").get(page).text).count("A Work of ") == 2
    for address in (page, f"{page}/edit"):
        refused = as_("editor").get(address)
        assert (refused.status_code, "Theirs" in refused.text) == (422, False)


def test_a_letter_that_nobody_gets_says_why_where_it_is_read(as_: As, manuscript: Manuscript) -> None:
    editor, page = as_("editor"), of(manuscript, "")[:-1]
    post(editor, of(manuscript, "hold"))
    assert "It does not go out: an editor holds it back." in editor.get(page).text
    post(editor, of(manuscript, "release"))
    post(editor, f"/manuscripts/{manuscript.reference}/reminders", armed="no")
    assert "It does not go out: the manuscript&#39;s reminders are muted." in editor.get(page).text
    post(editor, f"/manuscripts/{manuscript.reference}/reminders", armed="yes")
    with transaction() as session:
        reviewer = session.scalars(select(Reviewer)).one()
        reviewer.email = reviewer.email_key = ""
    assert "It does not go out: no mail address is known." in editor.get(page).text


def test_what_goes_out_is_counted_and_what_does_not_is_named(as_: As, manuscript: Manuscript) -> None:
    silent = manuscript_in(manuscript.journal, title="Without an Address")
    step(silent, "sent_to_review", date(2026, 5, 4), reviewers=["Ada Byron"])
    step(silent, "agreed", date(2026, 5, 5), reviewer=1, due_on=DUE_ON)
    editor = as_("editor")
    assert "<h1>One letter goes out in the next 7 days; 1 does not: no address</h1>" in editor.get("/reminders/").text
    assert ", one letter goes out; 1 does not: no address</h1>" in editor.get("/calendar/").text
    corner = editor.get("/outgoing").text
    assert (manuscript.reference in corner, silent.reference in corner) == (True, False)
    assert "1 does not: no address." in corner
    post(editor, of(manuscript, "hold"))
    heading = "<h1>No letter goes out in the next 7 days; 2 do not: 1 held back, 1 no address</h1>"
    assert heading in editor.get("/reminders/").text
    assert "No letter goes out in the next 7 days; 2 do not:" in editor.get("/outgoing").text
    with transaction() as session:
        session.get_one(Journal, manuscript.journal_id).settings = {"reminders_live": False}
    assert ", no letter goes out; 1 does not: no address</h1>" in editor.get("/calendar/").text


@time_machine.travel(NOW)  # a letter that waits counts from the day on which it was queued
def test_a_manuscript_says_what_goes_out_next_or_why_nothing_does(as_: As, manuscript: Manuscript) -> None:
    editor = as_("editor")
    page = f"/manuscripts/{manuscript.reference}/letters-to-come"
    assert page in editor.get(f"/manuscripts/{manuscript.reference}").text
    assert 'goes out on <time class="nowrap" datetime="2026-06-03">' in editor.get(page).text
    assert f'href="{of(manuscript, "")[:-1]}"' in editor.get(page).text
    post(editor, of(manuscript, "send"))  # the next one is the one after it: a day after the review was due
    assert 'goes out on <time class="nowrap" datetime="2026-06-11">' in editor.get(page).text
    with transaction() as session:
        told = {"journal_id": manuscript.journal_id, "manuscript_id": manuscript.id, "task_key": "review:1:1"}
        session.add(Answer(kind="done", name="Grace Hopper", answered_at=NOW, stops_letters=True, **told))
    assert "none goes out: they have answered, and nobody has looked" in editor.get(page).text
    with transaction() as session:
        session.delete(session.scalars(select(Answer)).one())
        reviewer = session.scalars(select(Reviewer)).one()
        reviewer.email = reviewer.email_key = ""
    assert "none goes out: no mail address is known" in editor.get(page).text


def test_a_letter_goes_out_in_the_words_that_were_kept_for_it(as_: As, manuscript: Manuscript) -> None:
    editor = as_("editor")
    page = editor.get(of(manuscript, "edit")).text
    assert "Thank you for agreeing to review" in page
    assert "{{ facts }}" in page
    wrong = post(editor, of(manuscript, "edit"), subject="Your review", words="Dear {{ nobody }}")
    assert wrong.status_code == 422
    assert "There is no name “nobody”" in wrong.text
    words = "May I ask how {{ reference }} is coming on?\n\n{{ facts }}\n\n{{ 1 }}"
    assert post(editor, of(manuscript, "edit"), subject="Your review", words=words).status_code == 422
    post(editor, of(manuscript, "edit"), subject="On {{ reference }}", words=words.replace("{{ 1 }}", "Yours."))
    assert f"On {manuscript.reference}" in editor.get("/reminders/").text
    plan(LETTER_ON)
    (letter,) = letters()
    assert letter.subject == f"On {manuscript.reference}"
    assert f"May I ask how {manuscript.reference} is coming on?" in letter.text_body
    assert "due on Wednesday, 10 June 2026" in letter.text_body
    assert "Thank you for agreeing" not in letter.text_body


def test_a_letter_that_is_sent_now_is_queued_once_and_counts(as_: As, manuscript: Manuscript) -> None:
    editor = as_("editor")
    post(editor, of(manuscript, "send"))
    assert "is queued, and leaves today." in editor.get("/reminders/").text
    assert [(letter.step, letter.state) for letter in letters()] == [(-7, "queued")]
    assert fates() == [(-7, "written")]
    assert post(editor, of(manuscript, "send")).status_code == 422
    plan(LETTER_ON)
    assert len(letters()) == 1
    deliver(MONDAY, now=datetime.now(UTC))
    assert [letter.state for letter in letters()] == ["sent"]


def test_a_muted_manuscript_sends_nothing_not_even_what_was_queued(as_: As, manuscript: Manuscript) -> None:
    editor = as_("editor")
    post(editor, of(manuscript, "send"))
    post(editor, f"/manuscripts/{manuscript.reference}/reminders", armed="no")
    assert not reloaded(manuscript).is_armed
    deliver(MONDAY, now=datetime.now(UTC))
    assert [letter.state for letter in letters()] == ["cancelled"]
    assert "1 manuscript is muted" in editor.get("/reminders/").text
    plan(LETTER_ON)
    assert len(letters()) == 1
    post(editor, f"/manuscripts/{manuscript.reference}/reminders", armed="yes")
    plan(LETTER_ON)
    assert [letter.state for letter in letters()] == ["cancelled", "queued"]


def test_an_address_that_was_refused_is_corrected_where_it_is_seen(as_: As, manuscript: Manuscript) -> None:
    editor = as_("editor")
    with transaction() as session:
        reviewer = session.scalars(select(Reviewer)).one()
        reviewer.email = reviewer.email_key = "unknown@example.org"
    mailbox = Mailbox()
    with smtp_server(mailbox) as url:
        plan(LETTER_ON)
        deliver(LETTER_ON, url)
        (parked,) = letters()
        page = f"/outbox/{parked.id}"
        assert parked.state == "parked"
        assert "Is the address wrong?" in editor.get(page).text
        wrong = post(editor, f"{page}/address", email="nobody at all")
        assert (wrong.status_code, "is no mail address" in wrong.text) == (422, True)
        assert post(as_("reader"), f"{page}/address", email="grace@example.net").status_code == 403
        assert post(as_("other_editor"), f"{page}/address", email="grace@example.net").status_code == 404
        assert post(editor, f"{page}/address", email="grace@example.net").location == page
        plan(LETTER_ON)
        deliver(LETTER_ON, url)
    assert mailbox.recipients == ["grace@example.net"]
    assert [letter.state for letter in letters()] == ["cancelled", "sent"]
    assert post(editor, f"{page}/address", email="again@example.net").status_code == 422


def test_readers_and_strangers_decide_nothing(as_: As, manuscript: Manuscript) -> None:
    reader, stranger = as_("reader"), as_("other_editor")
    assert "/hold" not in reader.get("/reminders/").text
    for deed in ("hold", "release", "skip", "send"):
        assert post(reader, of(manuscript, deed)).status_code == 403
        assert post(stranger, of(manuscript, deed)).status_code == 404
    assert stranger.get(of(manuscript, "edit")).status_code == 404
    assert post(reader, f"/manuscripts/{manuscript.reference}/reminders", armed="no").status_code == 403
    assert (letters(), fates()) == ([], [])


def test_in_dry_run_nothing_is_sent_by_hand_either(app: Flask, as_: As, who: People, manuscript: Manuscript) -> None:
    with transaction():
        db.session.get_one(Journal, who.journal.id).settings = {}
    assert "dry-run" in post(as_("editor"), of(manuscript, "send")).text
    assert letters() == []
