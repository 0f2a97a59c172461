"""The list: its orders, columns, files and saved views."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from tests.people import NOW, People, manuscript_in, manuscript_that_is, post
from tests.web.test_manuscripts import counted_queries
from tracker.db import transaction
from tracker.domain.words import State
from tracker.models import Manuscript
from tracker.services.actors import OPERATOR
from tracker.services.records import put_in_section
from tracker.services.remarks import set_tags

As = Callable[[str], FlaskClient]


@pytest.fixture
def three(who: People) -> People:
    """Alpha: new, in Essays, tagged. Beta: with reviewers, old. Gamma: published after 14 days."""
    alpha = manuscript_in(who.journal, title="Alpha", received_on=date(2026, 5, 30), editor=who.editor)
    manuscript_that_is(State.UNDER_REVIEW, who.journal, title="Beta")
    manuscript_that_is(State.PUBLISHED, who.journal, title="Gamma", editor=who.chief)
    with transaction() as session:
        found = session.query(Manuscript).filter_by(id=alpha.id).one()
        put_in_section(found, "Essays", by=OPERATOR, now=NOW)
        set_tags(found, ["Special issue", "=1+1"])
    return who


def titles(client: FlaskClient, query: str) -> list[str]:
    return re.findall(r'class="work"[^>]*>(Alpha|Beta|Gamma)', client.get(f"/manuscripts/?{query}").text)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("received", "Beta Gamma Alpha"),
        ("-open", "Beta Gamma Alpha"),
        ("open", "Alpha Gamma Beta"),
        ("-held", "Beta Alpha Gamma"),
        ("due", "Beta Alpha Gamma"),
        ("state", "Gamma Alpha Beta"),
        ("editor", "Beta Gamma Alpha"),
        ("section", "Alpha Beta Gamma"),
        ("-round", "Gamma Beta Alpha"),
        ("holder", "Alpha Gamma Beta"),
    ],
)
def test_it_sorts_by_every_column(as_: As, three: People, sort: str, order: str) -> None:
    assert " ".join(titles(as_("chief"), f"sort={sort}")) == order


def test_filters_of_editor_section_and_tag(as_: As, three: People) -> None:
    chief = as_("chief")
    assert titles(chief, f"editor={three.editor.uid}") == ["Alpha"]
    assert titles(chief, "editor=nobody") == ["Beta"]
    assert titles(chief, "section=Essays") == ["Alpha"]
    assert titles(chief, "tag=special+ISSUE") == ["Alpha"]
    assert titles(chief, "tag=none") == []


def test_columns_are_chosen_in_the_address(as_: As, three: People) -> None:
    page = as_("chief").get("/manuscripts/?columns=open&columns=tags&q=alpha").text
    assert 'data-label="Days open"' in page
    assert '<span class="tag">Special issue</span>' in page
    assert 'data-label="Due"' not in page


def test_the_files_hold_exactly_what_is_shown(as_: As, three: People) -> None:
    chief, query = as_("chief"), "columns=state,open,tags&sort=title&state=open"
    text = chief.get(f"/manuscripts.csv?{query}").data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Reference", "Title", "First author", "State", "Days open", "Tags"],
        ["IJCP-2026-001", "Alpha", "Lovelace", "received", "2", "'=1+1, Special issue"],
        ["IJCP-2026-002", "Beta", "Lovelace", "under review", "91", ""],
    ]
    answer = chief.get(f"/manuscripts.xlsx?{query}")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[1] == ["IJCP-2026-001", "Alpha", "Lovelace", "received", "2", "=1+1, Special issue"]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert chief.get("/manuscripts.pdf").status_code == 404
    assert "Alpha" not in as_("other_editor").get("/manuscripts.csv").text


def test_views_of_a_person_and_of_the_journal(as_: As, three: People) -> None:
    chief, editor = as_("chief"), as_("editor")
    saved = post(editor, "/views", name="With reviewers", query="waiting_on=reviewers&sort=due&page=3&evil=1")
    assert saved.location == "/manuscripts/?waiting_on=reviewers&sort=due"
    assert 'aria-current="page">With reviewers <span class="count">1</span>' in editor.get(saved.location).text
    assert "With reviewers" not in chief.get("/manuscripts/").text
    assert post(editor, "/views", name="Ours", query="state=open", journal="ijcp").status_code == 403
    post(chief, "/views", name="Ours", query="state=open", journal="ijcp")
    assert 'Ours <span class="count">2</span>' in as_("reader").get("/manuscripts/").text
    assert "Ours" not in as_("other_editor").get("/manuscripts/").text
    assert post(editor, "/views", name=" ", query="state=open").status_code == 422


def test_a_view_can_be_removed_and_put_back(as_: As, three: People) -> None:
    editor = as_("editor")
    post(editor, "/views", name="Mine", query="state=open")
    uid = re.search(r"/views/(\w+)/remove", editor.get("/manuscripts/").text)[1]
    assert post(as_("chief"), f"/views/{uid}/remove").status_code == 404
    post(editor, f"/views/{uid}/remove")
    page = editor.get("/manuscripts/").text
    again = re.search(r'action="(/views\?[^"]*)"', page)[1].replace("&amp;", "&")
    post(editor, again)
    assert 'Mine <span class="count">2</span>' in editor.get("/manuscripts/").text


def test_no_page_asks_the_database_more_than_fifteen_times(as_: As, three: People) -> None:
    chief, counts = as_("chief"), {}
    post(chief, "/views", name="Mine", query="state=open")
    for path in ("/", "/manuscripts/", "/manuscripts/?q=alpha&sort=-open", "/board/", "/manuscripts/IJCP-2026-003"):
        chief.get(path)  # that somebody looked at it for the first time is written down
        with counted_queries() as sent:
            assert chief.get(path).status_code == 200
        counts[path] = len([statement for statement in sent if not statement.startswith("BEGIN")])
    assert {path: count for path, count in counts.items() if count > 15} == {}
