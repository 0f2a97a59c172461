"""One deed for several manuscripts: looked at before, refused one by one, taken back together."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.people import People, manuscript_in, manuscript_that_is, post, reloaded, step
from tracker.db import db
from tracker.domain.words import State
from tracker.models import Manuscript
from tracker.queries.people import tags_of

As = Callable[[str], FlaskClient]


@pytest.fixture
def works(who: People) -> list[Manuscript]:
    """One accepted, one under review, one of another journal."""
    return [
        manuscript_that_is(State.ACCEPTED, who.journal, title="Accepted work"),
        manuscript_that_is(State.UNDER_REVIEW, who.journal, title="Reviewed work"),
        manuscript_in(who.other_journal, title="Their work"),
    ]


def bulk(client: FlaskClient, page: str, works: list[Manuscript], deed: str, **more: str):
    path = f"/manuscripts/bulk{page}"
    return post(client, path, selected=[work.reference for work in works], deed=deed, **more)


def undo_of(client: FlaskClient) -> str:
    return re.search(r'action="(/manuscripts/bulk/\w+/undo)"', client.get("/manuscripts/").text)[1]


def test_a_preview_says_what_would_become_of_each_and_keeps_nothing(as_: As, works: list[Manuscript]) -> None:
    wish = {"action": "published:", "on": "2026-05-20"}
    page = bulk(as_("chief"), "/preview", works, "record", **wish).text
    assert "1 of 2 can be done" in page
    assert "Published online on 20 May 2026" in page
    assert "Their work" not in page
    assert [reloaded(work).version for work in works] == [work.version for work in works]


def test_an_action_with_one_date_for_those_that_can_and_undo_for_all(as_: As, works: list[Manuscript]) -> None:
    chief = as_("chief")
    answer = bulk(chief, "/do", works, "record", action="published:", on="2026-05-20")
    page = chief.get(answer.location).text
    assert "done for 1 of 2" in page
    assert "IJCP-2026-002" in page
    assert [reloaded(work).state for work in works] == ["published", "under_review", "received"]
    undo = re.search(r'action="(/manuscripts/bulk/\w+/undo)"', page)[1]
    assert post(as_("editor"), undo).status_code == 404
    post(chief, undo)
    assert reloaded(works[0]).state == "accepted"
    assert "taken back already" in post(chief, undo).text


def test_what_happened_since_is_not_taken_back(as_: As, works: list[Manuscript]) -> None:
    chief = as_("chief")
    bulk(chief, "/do", works[:2], "record", action="held:", on="2026-05-20", note="Waiting.")
    undo = undo_of(chief)
    step(reloaded(works[0]), "resumed", date(2026, 5, 25), note="On again.")
    post(chief, undo)
    page = chief.get("/manuscripts/").text
    assert "taken back for 1 of 2" in page
    assert "has changed since" in page
    assert [reloaded(work).on_hold for work in works[:2]] == [False, False]


def test_editors_tags_and_reminders(as_: As, who: People, works: list[Manuscript]) -> None:
    chief = as_("chief")
    bulk(chief, "/do", works, "assign", editor=who.editor.uid)
    assert [reloaded(work).handling_editor_id for work in works] == [who.editor.id, who.editor.id, None]
    post(chief, undo_of(chief))
    assert reloaded(works[0]).handling_editor_id is None
    bulk(chief, "/do", works, "tag", tag="#Special issue")
    assert [tags_of(work) for work in works] == [["Special issue"], ["Special issue"], []]
    post(chief, undo_of(chief))
    db.session.rollback()
    assert tags_of(works[0]) == []
    bulk(chief, "/do", works, "tag", tag="Special issue")
    assert "has the tag “special ISSUE” already" in bulk(chief, "/preview", works, "tag", tag="special ISSUE").text
    bulk(chief, "/do", works, "untag", tag="special issue")
    db.session.rollback()
    assert tags_of(works[0]) == []
    bulk(chief, "/do", works, "mute")
    assert [reloaded(work).is_armed for work in works] == [False, False, True]


def test_who_may_not_may_not(as_: As, who: People, works: list[Manuscript]) -> None:
    assert bulk(as_("reader"), "/do", works, "mute").status_code == 403
    assert bulk(as_("other_editor"), "/do", works[:2], "mute").status_code == 422
    page = bulk(as_("assistant"), "/preview", works, "record", action="accepted:", on="2026-05-20").text
    assert "is recorded by the chief editor or an editor" in page
    assert all(reloaded(work).is_armed for work in works)


@pytest.mark.parametrize(
    ("deed", "more", "sentence"),
    [
        ("record", {"on": "2026-05-20"}, "Choose the action"),
        ("record", {"on": "soon", "action": "held:"}, "is not a date"),
        ("assign", {"editor": "nobody"}, "does not handle manuscripts"),
        ("tag", {"tag": ", ,"}, "Write one tag"),
        ("eat", {}, "does not say what is to be done"),
    ],
)
def test_what_cannot_be_read_is_asked_again(
    as_: As, works: list[Manuscript], deed: str, more: dict[str, str], sentence: str
) -> None:
    answer = bulk(as_("chief"), "/preview", works, deed, **more)
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_nothing_selected_is_said(as_: As, works: list[Manuscript]) -> None:
    assert "No manuscript is selected" in bulk(as_("chief"), "", [], "record").text
    assert "2 manuscripts" in bulk(as_("chief"), "", works, "record").text
