"""The record is changed in its place, with and without JavaScript, and nobody writes over another's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.people import People, manuscript_in, manuscript_that_is, post, reloaded, step, token_of
from tracker.db import db
from tracker.domain.words import State
from tracker.queries.people import notes_of, tags_of

As = Callable[[str], FlaskClient]
HTMX = {"HX-Request": "true"}


def flashed_undo(page: str) -> str:
    return re.search(
        r'action="([^"]*)">\s*<input type="hidden" name="csrf_token"[^>]*>\s*<button class="btn btn-small"', page
    )[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("name", "value", "shows"),
    [
        ("title", " Another   title ", "Another title"),
        ("section", "Essays", "Essays"),
        ("tags", "urgent, Special issue,urgent", ">Special issue</a>"),
        ("status_note", "Waiting for the\nsecond review.", "Waiting for the\nsecond review."),
        ("keywords", "silence; waiting", "silence, waiting"),
        (
            "files",
            "Figures  https://files.example.org/a%20b?x=1&y=2",
            'href="https://files.example.org/a%20b?x=1&amp;y=2"',
        ),
        ("abstract", "It asks what they do.", "It asks what they do."),
    ],
)
def test_a_field_is_changed_and_undone_without_javascript(
    as_: As, who: People, name: str, value: str, shows: str
) -> None:
    manuscript, chief = manuscript_in(who.journal), as_("chief")
    page = f"/manuscripts/{manuscript.reference}"
    assert "Save" in chief.get(f"{page}/edit/{name}").text
    answer = post(chief, f"{page}/edit/{name}", value=value, was=manuscript.title if name == "title" else "")
    assert answer.location == page
    html = chief.get(page).text
    assert shows in html
    post(chief, flashed_undo(html))
    chief.get(page)  # what was just done is said once
    assert shows not in re.sub(r"<ol class=.*?</ol>", "", chief.get(page).text, flags=re.S)


def test_with_htmx_only_the_field_comes_back_with_an_undo(as_: As, who: People) -> None:
    manuscript, chief = manuscript_in(who.journal), as_("chief")
    path = f"/manuscripts/{manuscript.reference}/edit/handling_editor"
    assert chief.get(path, headers=HTMX).text.strip().startswith('<form class="form editable"')
    token = {**HTMX, "X-CSRFToken": token_of(chief, "/")}
    shown = chief.post(path, data={"value": who.editor.uid, "was": ""}, headers=token).text
    assert shown.strip().startswith('<div class="editable"')
    assert "Editor" in shown
    assert "Undo" in shown
    chief.post(path, data={"value": "", "was": who.editor.uid}, headers=token)
    assert reloaded(manuscript).handling_editor_id is None
    assert "Nobody yet" in chief.get(f"{path}?shown=yes", headers=HTMX).text


def test_two_who_change_one_field_are_told(as_: As, who: People) -> None:
    manuscript, chief, editor = manuscript_in(who.journal), as_("chief"), as_("editor")
    path, was = f"/manuscripts/{manuscript.reference}/edit/title", manuscript.title
    post(chief, path, value="Chief's title", was=was)
    answer = post(editor, path, value="Editor's title", was=was)
    assert answer.status_code == 409
    assert "It reads now: “Chief&#39;s title”" in answer.text
    assert "Editor&#39;s title" in answer.text
    assert reloaded(manuscript).title == "Chief's title"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", " ", "A manuscript needs a title."),
        ("section", "x" * 121, "too long"),
        ("files", "javascript:alert(1)", "is no link"),
        ("files", "http://[ and nothing", "is no link"),
        ("tags", "x" * 61, "is too long"),
        ("handling_editor", "nobody", "is no editor of this journal"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(as_: As, who: People, name: str, value: str, sentence: str) -> None:
    manuscript = manuscript_in(who.journal)
    answer = post(as_("chief"), f"/manuscripts/{manuscript.reference}/edit/{name}", value=value)
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_notes_are_only_ever_added(as_: As, who: People) -> None:
    manuscript, chief = manuscript_in(who.journal), as_("chief")
    path = f"/manuscripts/{manuscript.reference}/edit/status_note"
    for value, was in (("First.", ""), ("Second.", "First."), ("", "Second."), ("", "")):
        post(chief, path, value=value, was=was)
    assert [note.text for note, _ in notes_of(reloaded(manuscript))] == ["", "Second.", "First."]
    assert "Earlier notes" in chief.get(f"/manuscripts/{manuscript.reference}").text


def test_the_page_tells_who_wrote_over_what(as_: As, who: People) -> None:
    reference = manuscript_in(who.journal).reference
    editor = who.editor.uid
    for name, value in (("section", "Essays"), ("handling_editor", editor), ("abstract", "Long."), ("section", "")):
        post(as_("chief"), f"/manuscripts/{reference}/edit/{name}", value=value)
    post(as_("chief"), f"/manuscripts/{reference}/edit/tags", value="no part of the trail")
    post(as_("chief"), f"/manuscripts/{reference}/reminders", armed="no")
    trail = as_("chief").get(f"/manuscripts/{reference}").text.partition("Changes of the record (5)")[2]
    lines = [" ".join(re.sub("<[^>]*>", " ", line).split()) for line in re.findall(r"<li>(.*?)</li>", trail, re.S)]
    assert [re.sub(r"^\d+ \w+ \d+ |, \d\d:\d\d UTC$", "", line) for line in lines[:5]] == [
        "Reminders changed: armed → muted Chief",
        "Section changed: Essays → nothing Chief",
        "Abstract changed Chief",
        "Handling editor changed: nobody → Editor Chief",
        "Section changed: nothing → Essays Chief",
    ]


def test_what_is_changed_is_found(as_: As, who: People) -> None:
    manuscript, chief = manuscript_in(who.journal), as_("chief")
    post(chief, f"/manuscripts/{manuscript.reference}/edit/status_note", value="Ombudsman asked", was="")
    assert manuscript.title in chief.get("/manuscripts/?q=ombuds").text


def test_a_reader_and_a_stranger_change_nothing(as_: As, who: People) -> None:
    manuscript = manuscript_in(who.journal)
    page = f"/manuscripts/{manuscript.reference}"
    for name, status in (("reader", 403), ("other_editor", 404)):
        client = as_(name)
        for path in (f"{page}/edit/tags", f"{page}/reminders", f"{page}/unlink", f"{page}/link"):
            assert (name, path, post(client, path, value="x").status_code) == (name, path, status)
    db.session.rollback()
    assert tags_of(manuscript) == []
    assert "/edit/" not in as_("reader").get(page).text


def test_what_was_invited_back_comes_as_a_new_record_with_its_clock_restarted(as_: As, who: People) -> None:
    origin = manuscript_that_is(State.UNDER_REVIEW, who.journal)
    step(origin, "rejected", date(2026, 4, 1), kind="resubmit_invited")
    chief, page = as_("chief"), f"/manuscripts/{origin.reference}"
    assert "Enter the re-submission" in chief.get(page).text
    answer = post(chief, f"{page}/record/received", on="2026-05-04", version=reloaded(origin).version)
    html = chief.get(answer.location).text
    assert "clock restarted" in html
    assert "The paper first came in on" in html
    assert answer.location.rpartition("/")[2] in chief.get(page).text
    post(chief, f"{answer.location}/unlink")
    html = chief.get(answer.location).text
    assert "clock restarted" not in html
    post(chief, flashed_undo(html))
    assert "clock restarted" in chief.get(answer.location).text


def test_reminders_are_muted_and_armed(as_: As, who: People) -> None:
    manuscript, chief = manuscript_in(who.journal), as_("chief")
    page = f"/manuscripts/{manuscript.reference}"
    post(chief, f"{page}/reminders", armed="no")
    html = chief.get(page).text
    assert not reloaded(manuscript).is_armed
    post(chief, flashed_undo(html))
    assert reloaded(manuscript).is_armed
