"""The board: a column a state, and moves that are the lifecycle's own actions."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.people import People, manuscript_in, manuscript_that_is, post, reloaded, step
from tests.web.test_manuscripts import counted_queries
from tracker.domain.ageing import age_of
from tracker.domain.roles import Role, may_record
from tracker.domain.transitions import transitions_of
from tracker.domain.words import State
from tracker.queries.boards import COLUMNS

As = Callable[[str], FlaskClient]


def targets(page: str) -> set[str]:
    return set(re.findall(r'data-target="(\w+)"', page))


@pytest.mark.parametrize("role", ["chief", "editor", "assistant", "reader"])
@pytest.mark.parametrize("state", COLUMNS)
def test_a_card_moves_where_the_lifecycle_and_the_role_allow(as_: As, who: People, state: State, role: str) -> None:
    manuscript_that_is(state, who.journal)
    named = {"chief": Role.CHIEF_EDITOR}.get(role) or Role(role)
    allowed = {
        str(row.target)
        for row in transitions_of(state)
        if row.target and row.target != state and not row.opens_linked and may_record(named, row.action)
    }
    if state is State.REVISION_REQUESTED:
        allowed.discard("accepted")  # only a conditional one
    assert targets(as_(role).get("/board/").text) == allowed


def test_a_move_is_recorded_with_its_date_and_comes_back_to_the_board(as_: As, who: People) -> None:
    manuscript, chief = manuscript_that_is(State.ACCEPTED, who.journal), as_("chief")
    href = re.search(r'href="([^"]*)" data-target="published"', chief.get("/board/").text)[1].replace("&amp;", "&")
    form = chief.get(href).text
    assert 'name="then" value="board"' in form
    answer = post(chief, href.partition("?")[0], on="2026-05-20", version=manuscript.version, then="board")
    assert answer.location == "/board/"
    assert "Published online on 20 May 2026" in chief.get("/board/").text
    assert reloaded(manuscript).state == "published"


def test_a_refused_move_keeps_the_way_back_to_the_board(as_: As, who: People) -> None:
    manuscript = manuscript_that_is(State.ACCEPTED, who.journal)
    path = f"/manuscripts/{manuscript.reference}/record/published"
    answer = post(as_("chief"), path, on="2026-06-02", version=manuscript.version, then="board")
    assert answer.status_code == 422
    assert "lies in the future" in answer.text
    assert 'name="then" value="board"' in answer.text


def test_cards_say_how_old_they_are(as_: As, who: People) -> None:
    manuscript_that_is(State.UNDER_REVIEW, who.journal)
    assert "84 days</span> here, very old" in as_("reader").get("/board/").text
    assert [age_of(days)[1] for days in (0, 13, 14, 29, 30, 59, 60)] == [
        "fresh", "fresh", "ageing", "ageing", "old", "old", "very old",
    ]  # fmt: skip


def test_only_the_persons_journals_are_on_it(as_: As, who: People) -> None:
    manuscript_in(who.journal, title="Secret work")
    assert "Secret work" not in as_("other_editor").get("/board/").text
    assert as_("stranger").get("/board/").status_code == 200


def test_many_cards_ask_as_often_as_one(as_: As, who: People) -> None:
    chief, counts = as_("chief"), []
    for wanted in (1, 12):
        for number in range(wanted):
            work = manuscript_in(who.journal, title=f"Work {wanted} {number}")
            if number % 2:
                step(work, "rejected", work.received_on, kind="desk")
        with counted_queries() as sent:
            chief.get("/board/")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 15
