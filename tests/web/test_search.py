"""The search of the list: whatever somebody types is a question, and both databases answer it alike."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people import TODAY, People, manuscript_in
from tracker.db import db, transaction
from tracker.formats.article_record import AuthorRecord
from tracker.models import Manuscript
from tracker.queries.lists import ListFilter, counts_of, manuscripts_matching
from tracker.services.search import keep_all_searchable, keep_searchable

As = Callable[[str], FlaskClient]


@pytest.fixture
def works(who: People) -> People:
    manuscript_in(who.journal, title="On the Keeping of True Dates")
    manuscript_in(who.journal, title="Über Supervision", authors=[AuthorRecord("Émilie", "du Châtelet")])
    manuscript_in(who.other_journal, title="Keeping Theirs")
    with transaction() as session:
        first = session.query(Manuscript).filter_by(title="Über Supervision").one()
        first.abstract, first.keywords = "Waiting is taught by example.", ["silence", "監督"]
        keep_searchable([first.id])
    return who


def found(who: People, query: str) -> list[str]:
    wanted = ListFilter((who.journal.id,), query=query, sort="title")
    return [row.title for row in manuscripts_matching(wanted, today_of=lambda zone: TODAY).rows]


DATES, SUPERVISION = ["On the Keeping of True Dates"], ["Über Supervision"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("keep", DATES),
        ("DATES keeping", DATES),
        ("lovelace", DATES),
        ("keeping silence", []),
        ("uber", SUPERVISION),
        ("Chatelet Émi", SUPERVISION),
        ("taught exam", SUPERVISION),
        ("silence", SUPERVISION),
        ("監", SUPERVISION),
        ("IJCP-2026-002", SUPERVISION),
        ("ijcp", [*DATES, *SUPERVISION]),
        ('"keeping" AND NOT (dates OR * ^ NEAR', []),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_words_are_found_wherever_they_stand(works: People, query: str, titles: list[str]) -> None:
    assert found(works, query) == titles


def test_no_text_is_a_mistake(works: People) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(max_size=40) | st.text("\"'*&|!():<>-^{}+ NEAROT\\\x00\t%_", max_size=20))
    def ask(query: str) -> None:
        found(works, query)

    ask()


def test_what_changed_is_found_by_its_new_words_only(works: People) -> None:
    with transaction() as session:
        manuscript = session.query(Manuscript).filter_by(title=DATES[0]).one()
        manuscript.title = "Late Letters"
        keep_searchable([manuscript.id])
    assert found(works, "letters") == ["Late Letters"]
    assert found(works, "keeping") == []


def test_several_searches_are_counted_at_once(works: People) -> None:
    views = [ListFilter((works.journal.id,), query=query) for query in ("ijcp", "lovelace", "nothing", "")]
    assert counts_of(views, today_of=lambda zone: TODAY) == [2, 1, 0, 2]


def test_writing_all_anew_changes_nothing(works: People) -> None:
    with transaction():
        keep_all_searchable()
    db.session.rollback()
    assert found(works, "ijcp") == [*DATES, *SUPERVISION]


def test_the_page_searches_within_the_persons_journals(as_: As, works: People) -> None:
    page = as_("chief").get("/manuscripts/?q=keep").text
    assert re.findall(r'class="work"[^>]*>([^<]*)', page) == DATES
    assert "Keeping Theirs" in as_("other_editor").get("/manuscripts/?q=keep").text
    assert as_("reader").get("/manuscripts/?q=%22*%20NEAR(%00").status_code == 200
