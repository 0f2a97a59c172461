"""What an editor decides about the letters of the coming week, and that it is obeyed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.mail.servers import Mailbox, smtp_server
from tests.people import NOW, People, manuscript_in, post, reloaded, step
from tests.services.reminding import deliver, fates, letters, plan
from tracker.db import db, transaction
from tracker.models import Journal, Manuscript, OptOut, Reviewer

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
