"""A reviewer's name and address are put right, and letters go by what is known then."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.people import NOW, TODAY, People, manuscript_in, post, reloaded, step
from tests.services.reminding import plan, states
from tracker.db import db, transaction
from tracker.models import Letter, Manuscript, RecordChange
from tracker.queries.people import reviewers_of
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal

As = Callable[[str], FlaskClient]


@pytest.fixture
def awaited(who: People) -> Manuscript:
    """Two reviewers owe a review in three days, and the journal's reminders go out: one has no address."""
    with transaction() as session:
        change_journal(session.merge(who.journal), settings={"reminders_live": True}, by=OPERATOR, now=NOW)
    found = manuscript_in(who.journal, editor=who.editor)
    step(found, "sent_to_review", date(2026, 5, 4), reviewers=["Grace Hopper <grace@example.org>", "Nameless"])
    step(found, "agreed", date(2026, 5, 5), reviewer=1, due_on=TODAY + timedelta(days=7))
    return step(found, "agreed", date(2026, 5, 5), reviewer=2, due_on=TODAY + timedelta(days=7))


def address(manuscript: Manuscript, number: int) -> str:
    return f"/manuscripts/{manuscript.reference}/reviewers/{number}"


def known(manuscript: Manuscript) -> list[tuple[str, str, str]]:
    return [(one.name, one.email, one.email_key) for one in reviewers_of(reloaded(manuscript))]


GRACE = ("Grace Hopper", "grace@example.org", "grace@example.org")


def test_who_has_no_address_is_given_one_from_the_list_of_reminders(as_: As, awaited: Manuscript) -> None:
    editor, way = as_("editor"), f"{address(awaited, 2)}?then=reminders"
    listed = editor.get("/reminders/").text
    assert f'Nobody: no address is known <a href="{way}">Add address' in listed
    assert 'value="Nameless"' in editor.get(way).text
    answer = post(editor, address(awaited, 2), name="N. Ameless", email="n@Example.org", then="reminders")
    assert answer.location == "/reminders/"
    assert known(awaited) == [GRACE, ("N. Ameless", "n@Example.org", "n@example.org")]
    listed = editor.get("/reminders/").text
    assert "n@Example.org" in listed
    assert "no address is known" not in listed
    plan(TODAY)
    assert states() == {"grace@example.org": "queued", "n@Example.org": "queued"}


def test_an_author_without_an_address_is_given_one_from_there_too(as_: As, who: People, awaited: Manuscript) -> None:
    found = manuscript_in(who.journal, title="Of Nobody Known", authors=())
    step(found, "revision_requested", date(2026, 5, 4), kind="minor")
    assert f'<a href="/manuscripts/{found.reference}/edit/authors">Add address' in as_("editor").get("/reminders/").text
    assert "Add address" not in as_("reader").get("/reminders/").text


@pytest.mark.parametrize("state", ["queued", "parked", "failed", "uncertain"])
def test_what_did_not_reach_the_old_address_is_written_anew(as_: As, awaited: Manuscript, state: str) -> None:
    plan(TODAY)
    with transaction() as session:
        session.scalars(select(Letter)).one().state = state
    post(as_("editor"), address(awaited, 1), name="Grace Hopper", email="grace@right.example")
    plan(TODAY)
    assert states() == {"grace@example.org": "cancelled", "grace@right.example": "queued"}


def test_the_page_has_a_way_to_each_reviewer_and_names_them_anew(as_: As, awaited: Manuscript) -> None:
    editor, page = as_("editor"), f"/manuscripts/{awaited.reference}"
    for number in (1, 2):
        assert f'href="{address(awaited, number)}"' in editor.get(page).text
        assert f'href="{address(awaited, number)}"' not in as_("reader").get(page).text
    assert post(editor, address(awaited, 1), name="Grace B. M. Hopper", email="grace@example.org").location == page
    shown = editor.get(page).text
    assert "Grace B. M. Hopper is changed" in shown
    assert "Grace Hopper" not in shown


def test_the_trail_tells_what_was_changed_and_holds_no_name(as_: As, awaited: Manuscript) -> None:
    editor = as_("editor")
    post(editor, address(awaited, 1), name="Gráce Hopper", email="new@example.org")
    post(editor, address(awaited, 1), name="Gráce Hopper", email="new@example.org")
    db.session.rollback()
    changes = db.session.scalars(select(RecordChange).order_by(RecordChange.id))
    assert [(one.field, one.before, one.after) for one in changes] == [
        ("reviewer_name", "1", "1"), ("reviewer_address", "1", "1"),
    ]  # fmt: skip
    trail = editor.get(f"/manuscripts/{awaited.reference}").text.partition("Changes of the record (2)")[2]
    lines = [" ".join(re.sub("<[^>]*>", " ", line).split()) for line in re.findall(r"<li>(.*?)</li>", trail, re.S)]
    assert "Address of Gráce Hopper changed" in lines[0]
    assert "Name of Gráce Hopper changed" in lines[1]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "N. A.", "email": "GRACE@example.org"}, "Another reviewer of the manuscript has the address"),
        ({"name": "N. A.", "email": "nowhere"}, "is no mail address"),
        ({"name": "N. A. <n@example.org>", "email": ""}, "is no name"),
        ({"name": " ", "email": " "}, "write at least one of them"),
        ({"name": "x" * 201, "email": ""}, "is too long"),
        ({"name": "Ada", "email": "ada@example.org"}, "is an author of this manuscript. Confirm"),
    ],
)
def test_what_cannot_be_is_refused_and_kept(as_: As, awaited: Manuscript, typed: dict[str, str], sentence: str) -> None:
    answer = post(as_("editor"), address(awaited, 2), **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert known(awaited) == [GRACE, ("Nameless", "", "nameless")]


def test_an_author_is_a_reviewer_only_if_somebody_says_so(as_: As, awaited: Manuscript) -> None:
    assert post(as_("editor"), address(awaited, 2), name="A", email="ada@example.org", confirmed="y").status_code == 302
    assert known(awaited)[1] == ("A", "ada@example.org", "ada@example.org")


def test_two_who_change_one_reviewer_are_told(as_: As, awaited: Manuscript) -> None:
    editor, was = as_("editor"), "Nameless <>"
    post(as_("chief"), address(awaited, 2), name="Chief's", email="", was=was)
    answer = post(editor, address(awaited, 2), name="Editor's", email="", was=was)
    assert answer.status_code == 409
    assert 'value="Editor&#39;s"' in answer.text
    assert known(awaited)[1] == ("Chief's", "", "chief's")


def test_there_is_nobody_behind_another_number(as_: As, awaited: Manuscript) -> None:
    for path in (address(awaited, 3), address(awaited, 0)):
        assert as_("editor").get(path).status_code == 404
        assert post(as_("editor"), path, name="x").status_code == 404
