"""The journal's numbers and words: what they would do is shown first, and what is saved is what goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cli.running import Terminal
from tests.people import TODAY, People, manuscript_in, post, step
from tests.services.reminding import days, letters, plan, settings
from tracker.db import db, transaction
from tracker.jobs.digests import weekly
from tracker.models import Journal, LetterText
from tracker.queries.courtesy import courtesy_drafts
from tracker.queries.reminders import planned_letters
from tracker.queries.stuck import stuck_tasks
from tracker.services.policies import as_typed

As = Callable[[str], FlaskClient]
PAGE = "/settings/ijcp/reminders"


def live(who: People, **settings: object) -> None:
    with transaction() as session:
        journal = session.scalars(select(Journal).where(Journal.id == who.journal.id)).one()
        journal.settings = {"reminders_live": True, **settings}


def review_due(who: People, due_on: date) -> None:
    found = manuscript_in(who.journal, editor=who.editor)
    step(found, "sent_to_review", date(2026, 5, 4), reviewers=["Grace Hopper <grace@example.org>"])
    step(found, "agreed", date(2026, 5, 5), reviewer=1, due_on=due_on)


def numbers(who: People, **changed: str) -> dict[str, str]:
    db.session.rollback()
    policy = db.session.get_one(Journal, who.journal.id, populate_existing=True).policy
    return {**as_typed(policy), **{name.replace("__", "."): value for name, value in changed.items()}}


def test_the_consequences_are_shown_and_nothing_is_saved_before_a_second_click(as_: As, who: People) -> None:
    live(who)
    review_due(who, TODAY + timedelta(days=9))  # a letter 7 days before: in 2 days
    review_due(who, TODAY - timedelta(days=10))  # letters 7 days before, 1 and 7 after: all in the last 30 days
    chief = as_("chief")
    shown = post(chief, PAGE, **numbers(who, steps__review="-7, -3, 7"))
    assert shown.status_code == 200
    assert "would have gone out in the last 30 days" in shown.text
    assert numbers(who)["steps.review"] == "-7, 1, 7"
    none = post(chief, PAGE, **numbers(who, steps__review=""))
    assert "<strong>0 letters</strong>" in none.text
    assert "<strong>0</strong> would go out in the next 7" in none.text
    assert "(3 with the numbers of now)" in none.text
    assert "(2 now)" in none.text  # one of them catches up: nothing was sent in truth
    post(chief, PAGE, **numbers(who, steps__review="-5"), save="y")
    assert numbers(who)["steps.review"] == "-5"
    plan(TODAY + timedelta(days=2))
    assert letters() == []
    plan(TODAY + timedelta(days=4))
    assert [letter.step for letter in letters()] == [-5]


def test_numbers_that_cannot_be_are_named(as_: As, who: People) -> None:
    chief = as_("chief")
    assert "Review: “0” is no number of days" in post(chief, PAGE, **numbers(who, due__review="0")).text
    assert "at most 3 letters" in post(chief, PAGE, **numbers(who, steps__review="1,2,3,4")).text
    assert "“x” is no day" in post(chief, PAGE, **numbers(who, steps__proofs="x")).text
    minus = post(chief, PAGE, **numbers(who, due__review="−5"))
    assert (minus.status_code, "Review: “−5” is no number of days" in minus.text) == (422, True)
    assert post(as_("editor"), PAGE, **numbers(who), save="y").status_code == 403
    assert post(as_("other_editor"), PAGE, **numbers(who), save="y").status_code == 404


def test_what_concerns_the_editors_is_changed_and_switched_off(as_: As, who: People) -> None:
    live(who)
    review_due(who, TODAY - timedelta(days=14))
    chief = as_("chief")
    assert "One task is stuck" in chief.get("/reminders/").text
    assert "Extend, release, or write personally" in chief.get("/reminders/").text
    post(chief, PAGE, **numbers(who, editor__review="15", escalation="10", courtesy__first="45"), save="y")
    assert "is stuck" not in chief.get("/reminders/").text
    changed = numbers(who)
    assert (changed["editor.review"], changed["escalation"], changed["courtesy.first"]) == ("15", "10", "45")
    typed = numbers(who, editor__review="", escalation="", courtesy__first="")
    typed.pop("digest")
    post(chief, PAGE, **typed, save="y")
    off = numbers(who)
    assert (off["editor.review"], off["escalation"], off["courtesy.first"], "digest" in off) == ("", "", "", False)
    with transaction():
        journal = db.session.get_one(Journal, who.journal.id)
        assert (courtesy_drafts(journal, TODAY), stuck_tasks(journal, TODAY)) == ([], [])
    moment = datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert weekly(now_of=lambda: moment, today_of=lambda zone: TODAY, settings=settings()) == 0
    assert "Escalation: “-3” is no day" in post(chief, PAGE, **numbers(who, escalation="-3")).text
    assert "Proofs: “x”" in post(chief, PAGE, **numbers(who, escalation="14", editor__proofs="x")).text


def test_other_holidays_move_the_letters_from_the_command_line_too(
    app: Flask, who: People, capsys: pytest.CaptureFixture[str]
) -> None:
    live(who)
    review_due(who, date(2026, 7, 10))  # a week before: Friday, 3 July, the eve of Independence Day
    plan(TODAY)
    db.session.rollback()
    assert Terminal(capsys).run("journal", "set", "ijcp", "--country", "US").status == 0
    assert [letter.on for letter in planned_letters([who.journal.id], TODAY, date(2026, 7, 5))] == [date(2026, 7, 2)]
    assert [day for day in days(TODAY, 35) if plan(day).queued] == [date(2026, 7, 2)]


def test_a_journal_writes_in_its_own_words_and_language(as_: As, who: People) -> None:
    live(who)
    with transaction() as session:
        session.scalars(select(Journal).where(Journal.id == who.journal.id)).one().language = "de"
    review_due(who, TODAY + timedelta(days=7))
    chief, page = as_("chief"), "/settings/ijcp/letters/de/review_before"
    shown = chief.get(page).text
    assert "vielen Dank, dass Sie das Gutachten" in shown
    assert "{{ due }}" in shown
    assert "On the Keeping of True Dates" in shown
    wrong = post(chief, page, subject="Zu {{ referenz }}", words="Text")
    assert (wrong.status_code, "There is no name “referenz”" in wrong.text) == (422, True)
    assert "stands alone" in post(chief, page, subject="x", words="{% for x in y %}").text
    assert "Nur zur Probe" in post(chief, page, subject="Nur zur Probe", words="Text", deed="preview").text
    assert list(db.session.scalars(select(LetterText))) == []
    post(chief, page, subject="Ihr Gutachten zu {{ reference }}", words="Wir freuen uns darauf.\n\n{{ facts }}")
    plan(TODAY)
    (letter,) = letters()
    assert letter.subject.startswith("Ihr Gutachten zu IJCP-")
    assert "Guten Tag Grace Hopper," in letter.text_body
    assert "Wir freuen uns darauf." in letter.text_body
    assert "erbeten bis Montag, 8. Juni 2026" in letter.text_body
    post(chief, page, subject="x", words="y", deed="reset")
    assert "vielen Dank, dass Sie das Gutachten" in chief.get(page).text


def test_a_test_letter_goes_to_oneself_and_only_the_chief_changes_words(as_: As, who: People) -> None:
    page = "/settings/ijcp/letters/en/revision_after"
    post(as_("chief"), page, subject="About {{ reference }}", words="{{ to_name }}, please.", deed="test")
    (letter,) = letters()
    assert (letter.to_email, letter.subject) == ("chief@example.org", "[Test] About SAMPLE-1")
    assert list(db.session.scalars(select(LetterText))) == []
    assert post(as_("editor"), page, subject="x", words="y").status_code == 403
    assert as_("other_editor").get(page).status_code == 404
