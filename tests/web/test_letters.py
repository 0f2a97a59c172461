"""The outbox and the coming week: who sees which letter, and what may be decided about it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.people import NOW, People, manuscript_that_is, post
from tracker.db import db, transaction
from tracker.domain.letters import LetterState
from tracker.domain.words import State
from tracker.models import Answer, Letter, Manuscript

As = Callable[[str], FlaskClient]


def letter_about(manuscript: Manuscript, state: str, subject: str = "Your review is due") -> int:
    """A letter in this state; gives its number."""
    with transaction() as session:
        letter = Letter(
            journal_id=manuscript.journal_id, manuscript_id=manuscript.id, role="reviewer", to_name="Grace Hopper",
            to_email="grace@example.org", to_key="grace@example.org", subject=subject, text_body="Dear <b>Grace</b>,",
            message_id=f"<{state}@example.org>", state=state, queued_at=NOW, not_before_at=NOW, last_error="",
        )  # fmt: skip
        session.add(letter)
        session.flush()
        return letter.id


def state_of(letter_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Letter, letter_id, populate_existing=True).state


@pytest.mark.parametrize(
    ("state", "buttons", "then"),
    [
        ("queued", {"cancel"}, "cancelled"),
        ("failed", {"retry", "cancel"}, "queued"),
        ("parked", {"retry", "cancel"}, "queued"),
        ("uncertain", {"release", "cancel"}, "queued"),
        ("sent", set(), ""),
        ("cancelled", set(), ""),
    ],
)
def test_a_letter_offers_what_its_state_allows(as_: As, who: People, state: str, buttons: set[str], then: str) -> None:
    letter = letter_about(manuscript_that_is(State.UNDER_REVIEW, who.journal), state)
    editor, page = as_("editor"), f"/outbox/{letter}"
    shown = editor.get(page).text
    assert {deed for deed in ("retry", "release", "cancel") if f'action="{page}/{deed}"' in shown} == buttons
    assert "Dear &lt;b&gt;Grace&lt;/b&gt;," in shown
    if buttons:
        assert post(editor, f"{page}/{next(iter(sorted(buttons, reverse=True)))}").location == page
        assert state_of(letter) == then


def test_strangers_do_not_know_of_letters_and_readers_decide_nothing(as_: As, who: People) -> None:
    letter = letter_about(manuscript_that_is(State.UNDER_REVIEW, who.journal), "parked")
    stranger, reader = as_("other_editor"), as_("reader")
    assert stranger.get(f"/outbox/{letter}").status_code == 404
    assert post(stranger, f"/outbox/{letter}/retry").status_code == 404
    assert "Your review is due" not in stranger.get("/outbox/").text
    assert "Your review is due" in reader.get("/outbox/").text
    assert "/retry" not in reader.get(f"/outbox/{letter}").text
    assert post(reader, f"/outbox/{letter}/retry").status_code == 403
    assert state_of(letter) == "parked"


def test_the_outbox_says_what_waits_for_a_person(as_: As, who: People) -> None:
    manuscript, editor = manuscript_that_is(State.UNDER_REVIEW, who.journal), as_("editor")
    assert "No letters yet" in editor.get("/outbox/").text
    for state in (LetterState.PARKED, LetterState.UNCERTAIN, LetterState.SENT):
        letter_about(manuscript, state, subject=f"A letter that is {state}")
    page = editor.get("/outbox/").text
    assert "2 letters wait for a decision" in page
    assert "A letter that is sent" in page
    assert "A letter that is sent" not in editor.get("/outbox/?state=parked").text
    assert "Nothing here" in editor.get("/outbox/?state=failed").text


def test_the_week_shows_what_falls_due(as_: As, who: People) -> None:
    editor = as_("editor")
    assert "No letters in the next 7 days" in editor.get("/reminders/").text
    manuscript = manuscript_that_is(State.UNDER_REVIEW, who.journal)
    page = editor.get("/reminders/")
    assert page.status_code == 200
    assert "is in dry-run" in page.text
    assert manuscript.reference not in as_("other_editor").get("/reminders/").text


def test_the_dashboard_says_what_waits_for_a_person(as_: As, who: People) -> None:
    manuscript = manuscript_that_is(State.UNDER_REVIEW, who.journal)
    letter_about(manuscript, "sent")
    assert "did not get there" not in as_("editor").get("/").text
    letter_about(manuscript, "parked")
    letter_about(manuscript, "uncertain")
    with transaction() as session:
        told = {"journal_id": manuscript.journal_id, "manuscript_id": manuscript.id, "task_key": "review:1:1"}
        session.add(Answer(kind="done", name="Grace Hopper", answered_at=NOW, **told))
    page = as_("editor").get("/").text
    assert '<a href="/outbox/?state=parked">One letter did not get there</a>' in page
    assert '<a href="/outbox/?state=uncertain">One letter may or may not have left</a>' in page
    assert '<a href="/reminders/">One answer to letters</a> waits to be looked at' in page
    for nobody in ("reader", "other_editor"):
        assert "did not get there" not in as_(nobody).get("/").text
