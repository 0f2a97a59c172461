"""The dashboard, the list and the page of a manuscript: who sees what, and what they may do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import event

from tests.people import NOW, TODAY, People, manuscript_in, manuscript_that_is, post, reloaded, signed_in, step
from tracker.db import db
from tracker.domain.dates import day_in_words
from tracker.domain.roles import Role, may_record
from tracker.domain.words import State
from tracker.queries.histories import standing_of
from tracker.queries.lists import ListFilter, manuscripts_matching
from tracker.services.actors import OPERATOR

As = Callable[[str], FlaskClient]


def buttons_of(page: str) -> set[str]:
    return set(re.findall(r'data-action="([a-z_]+)"', page))


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        sent.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("role", ["chief", "editor", "assistant", "reader"])
@pytest.mark.parametrize("state", list(State))
def test_the_page_shows_the_buttons_that_state_and_role_allow(as_: As, who: People, state: State, role: str) -> None:
    manuscript = manuscript_that_is(state, who.journal)
    named = {"chief": Role.CHIEF_EDITOR}.get(role) or Role(role)
    allowed = {str(row.action) for row in standing_of(manuscript).available() if may_record(named, row.action)}
    assert buttons_of(as_(role).get(f"/manuscripts/{manuscript.reference}").text) == allowed


@pytest.mark.parametrize("name", ["stranger", "other_editor"])
def test_to_a_stranger_the_manuscript_does_not_exist(as_: As, who: People, name: str) -> None:
    manuscript = manuscript_that_is(State.UNDER_REVIEW, who.journal, title="Secret work")
    stranger, page = as_(name), f"/manuscripts/{manuscript.reference}"
    for path in (page, f"{page}/record/accepted", f"{page}/correct/1", "/settings/ijcp"):
        assert (path, stranger.get(path).status_code) == (path, 404)
    for path in (f"{page}/record/accepted", f"{page}/correct/1", f"{page}/undo"):
        assert (path, post(stranger, path, on="2026-05-01", version=3).status_code) == (path, 404)
    assert post(stranger, "/manuscripts/new", journal="ijcp", title="T", received_on="2026-05-01").status_code == 404
    assert all(
        "Secret work" not in stranger.get(path).text for path in ("/", "/manuscripts/", "/manuscripts/?q=Secret")
    )
    assert reloaded(manuscript).version == manuscript.version


def test_a_reader_sees_everything_and_changes_nothing(as_: As, who: People) -> None:
    manuscript = manuscript_in(who.journal)
    reader, page = as_("reader"), f"/manuscripts/{manuscript.reference}"
    assert manuscript.title in reader.get(page).text
    for path in (f"{page}/record/held", f"{page}/correct/1", f"{page}/undo", "/manuscripts/new", "/settings/ijcp"):
        answer = post(
            reader, path, on="2026-05-01", note="x", reason="x", version=1, journal="ijcp", title="T",
            received_on="2026-05-01",
        )  # fmt: skip
        assert (path, answer.status_code) in {(path, 403), (path, 422)}
    assert reloaded(manuscript).version == 1


def test_the_dashboard_says_what_needs_me_what_is_late_and_who_has_what(as_: As, who: People) -> None:
    manuscript_in(who.journal, title="Mine to handle", editor=who.editor)
    manuscript_in(who.journal, title="Nobody's yet")
    manuscript_that_is(State.UNDER_REVIEW, who.journal, title="With the reviewers")
    page = as_("editor").get("/").text
    assert "One manuscript needs you now" in page
    assert "84 days late" in page
    assert '<a href="#late">3 are late</a>' in page
    assert "One manuscript needs you now" in as_("chief").get("/").text
    assert "Nothing needs you now" in as_("reader").get("/").text


def test_an_empty_dashboard_offers_ways_in(as_: As) -> None:
    page = as_("editor").get("/").text
    assert "No manuscripts yet" in page
    assert "Enter a manuscript" in page
    assert "Import my spreadsheet" in page
    assert "Paste an article page" in page
    assert "Enter a manuscript" not in as_("reader").get("/").text
    assert as_("stranger").get("/").status_code == 200


def test_lists_and_dashboard_ask_as_often_for_one_row_as_for_thirty(as_: As, who: People) -> None:
    chief, paths, counts = as_("chief"), ("/", "/manuscripts/", "/manuscripts/?overdue=yes&q=work"), []
    for already, wanted in ((0, 1), (1, 30)):
        for number in range(already, wanted):
            state = list(State)[number % len(State)] if number else State.RECEIVED
            manuscript_that_is(state, who.journal, title=f"Work {number}", editor=who.editor)
        for path in paths:
            chief.get(path)
            with counted_queries() as sent:
                assert chief.get(path).status_code == 200
            counts.append(len(sent))
    assert counts[:3] == counts[3:]


def test_a_page_asks_as_often_for_a_short_history_as_for_a_long_one(as_: As, who: People) -> None:
    chief, counts = as_("chief"), []
    for manuscript in (manuscript_in(who.journal), manuscript_that_is(State.PUBLISHED, who.journal, title="Long")):
        with counted_queries() as sent:
            chief.get(f"/manuscripts/{manuscript.reference}")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_filters_are_in_the_address(as_: As, who: People) -> None:
    manuscript_in(who.journal, title="Alpha and 100% of it", received_on=date(2026, 5, 30))
    manuscript_that_is(State.UNDER_REVIEW, who.journal, title="Beta")
    manuscript_that_is(State.PUBLISHED, who.journal, title="Gamma")
    chief = as_("chief")

    def titles(query: str) -> list[str]:
        return re.findall(r'class="work"[^>]*>(Alpha|Beta|Gamma)', chief.get(f"/manuscripts/?{query}").text)

    assert titles("sort=title") == ["Alpha", "Beta", "Gamma"]
    assert titles("sort=-title") == ["Gamma", "Beta", "Alpha"]
    assert titles("state=published") == ["Gamma"]
    assert titles("state=open&sort=title") == ["Alpha", "Beta"]
    assert titles("waiting_on=reviewers") == ["Beta"]
    assert titles("overdue=yes") == ["Beta"]
    assert titles("q=100%25") == ["Alpha"]
    assert titles("q=lovelace&sort=title") == ["Alpha", "Beta", "Gamma"]
    assert titles("sort=nonsense&state=nonsense&page=-3&sort=title") == titles("")


def test_pages_of_a_list(who: People) -> None:
    for number in range(5):
        manuscript_in(who.journal, title=f"Work {number}")
    wanted = ListFilter((who.journal.id,), sort="title", page=2, per_page=2)
    listed = manuscripts_matching(wanted, today_of=lambda zone: TODAY)
    assert (listed.total, [row.title for row in listed.rows]) == (5, ["Work 2", "Work 3"])
    assert listed.rows[0].days_overdue == 84
    assert manuscripts_matching(ListFilter(()), today_of=lambda zone: TODAY).total == 0


def test_void_records_are_listed_nowhere(as_: As, who: People) -> None:
    manuscript, chief = manuscript_in(who.journal, title="Entered by mistake"), as_("chief")
    post(chief, f"/manuscripts/{manuscript.reference}/undo", version=1)
    assert "Entered by mistake" not in chief.get("/manuscripts/").text + chief.get("/").text
    assert "This record is void" in chief.get(f"/manuscripts/{manuscript.reference}").text


def test_two_journals_can_be_seen_together_or_one_at_a_time(app, who: People) -> None:
    from tracker.db import transaction
    from tracker.services.accounts import give_role

    with transaction() as session:
        give_role(session.merge(who.editor), session.merge(who.other_journal), "editor", by=OPERATOR, now=NOW)
    manuscript_in(who.journal, title="Ours")
    manuscript_in(who.other_journal, title="Theirs")
    both = signed_in(app.test_client(), who.editor)
    page = both.get("/manuscripts/").text
    assert "Ours" in page
    assert "Theirs" in page
    assert "Theirs" not in both.get("/manuscripts/?journal=ijcp").text
    assert "Theirs" not in both.get("/manuscripts/").text, "the choice is remembered"
    assert "Theirs" in both.get("/manuscripts/?journal=").text
    assert both.get("/manuscripts/?journal=nope").status_code == 404


def test_entering_a_manuscript(as_: As, who: People) -> None:
    chief = as_("chief")
    answer = post(
        chief, "/manuscripts/new", journal="ijcp", title="A new work", received_on="2026-05-04",
        authors="Ada Lovelace <ada@example.org>\ndu Châtelet, Émilie", handling_editor=who.editor.uid,
    )  # fmt: skip
    assert answer.location == "/manuscripts/IJCP-2026-001"
    page = chief.get(answer.location).text
    assert "Ada Lovelace, Émilie du Châtelet" in page
    assert "Received 4 May 2026" in page
    assert 'action="/manuscripts/IJCP-2026-001/undo?version=1"' in page


def test_an_authors_address_needs_no_brackets(as_: As, who: People) -> None:
    form = {"journal": "ijcp", "title": "A new work", "received_on": "2026-05-04"}
    entered = post(
        as_("chief"), "/manuscripts/new", **form, authors="Ana Brown ana@brown.example\nRoe, Jo (jo@roe.example)"
    )
    page = as_("chief").get(entered.location).text
    assert "<p>Ana Brown, Jo Roe</p>" in page
    assert 'href="mailto:ana@brown.example"' in page
    assert 'href="mailto:jo@roe.example"' in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": " "}, "A manuscript needs a title."),
        ({"received_on": "2026-06-02"}, "lies in the future"),
        ({"received_on": ""}, "is not a date"),
        ({"authors": "Ada <not an address>"}, "could not be read"),
        (
            {"authors": "Ada a@example.org b@example.org"},
            "The author “Ada a@example.org b@example.org” could not be read",
        ),
        ({"authors": "Ada " + "x" * 201}, "is too long"),
        ({"reference": "a b"}, "may hold letters"),
        ({"handling_editor": "nobody"}, "is no editor of this journal"),
    ],
)
def test_a_refused_entry_keeps_what_was_typed(as_: As, who: People, changed: dict[str, str], sentence: str) -> None:
    usual = {"title": "Kept", "authors": "Ada Kept", "received_on": "2026-05-04", "section": "Essays"}
    typed = {"journal": "ijcp", **usual, **changed}
    answer = post(as_("chief"), "/manuscripts/new", **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    kept = {name: str(escape(value)) for name, value in typed.items() if name != "handling_editor"}
    assert {name: value for name, value in kept.items() if value not in answer.text} == {}


def test_the_same_work_twice_is_asked_about(as_: As, who: People) -> None:
    chief, again = (
        as_("chief"),
        {"journal": "ijcp", "title": "On the keeping of true dates", "received_on": "2026-05-04"},
    )
    manuscript_in(who.journal)
    asked = post(chief, "/manuscripts/new", **again, authors="Ada Lovelace")
    assert asked.status_code == 422
    assert "Yes, this is right" in asked.text
    assert post(chief, "/manuscripts/new", **again, authors="Ada Lovelace", confirmed="y").status_code == 302


def test_the_history_marks_what_was_undone_and_corrected(as_: As, who: People) -> None:
    manuscript = step(manuscript_in(who.journal), "held", date(2026, 5, 1), note="Waiting.")
    chief, page = as_("chief"), f"/manuscripts/{manuscript.reference}"
    post(chief, f"{page}/undo", version=2)
    post(chief, f"{page}/correct/1", version=3, on="2026-03-01", reason="The letter says so.")
    html = chief.get(page).text
    assert '<span class="tag">undone</span>' in html
    assert "corrected, was 2 March 2026" in html
    assert "Undid “Put on hold”" in html
    assert "The letter says so." in html
    assert "Received 1 March 2026" in html


def test_an_open_manuscript_says_when_its_decision_may_come_and_what_that_rests_on(as_: As, who: People) -> None:
    for n in range(12):  # after 70, 71 … 81 days
        received_on = date(2025, 1, 6) + timedelta(days=n)
        decided = manuscript_in(who.journal, title=f"Decided {n}", received_on=received_on)
        step(decided, "rejected", received_on + timedelta(days=70 + n), kind="desk")
    waiting = manuscript_in(who.journal, title="Waiting", received_on=TODAY - timedelta(days=75))
    editor, place = as_("editor"), f"/manuscripts/{waiting.reference}"
    assert f'hx-get="{place}/forecast"' in editor.get(place).text
    part = editor.get(f"{place}/forecast", headers={"HX-Request": "true"}).text
    assert "half of the 6 manuscripts that were open after 75 days had it in that time" in part
    assert day_in_words(TODAY + timedelta(days=3)) in part
    assert "These are few." in part
    assert "It is an expectation, not a promise" in editor.get(f"{place}/forecast").text
    step(waiting, "rejected", TODAY, kind="desk")
    assert "/forecast" not in editor.get(place).text
