"""The same at the same moment, six times: it is there once, and nobody is told of a fault."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.api.programs import Program, token_for
from tests.people import People, manuscript_in, token_of
from tracker.db import SAME_MOMENT, db
from tracker.models import Account, CalendarFeed, Manuscript, SavedView, Tag
from tracker.web.sign_in import one_time_password_link

As = Callable[[str], FlaskClient]
SIX = 6


@pytest.fixture(autouse=True)
def as_served(app: Flask, who: People) -> None:
    """A fault is an answer."""
    app.config["PROPAGATE_EXCEPTIONS"] = False


def at_once(asked: Sequence[Callable[[], Any]]) -> list[Any]:
    """Ask all of it at the same moment; gives the answers."""
    db.session.remove()
    start, answers = threading.Barrier(len(asked)), []

    def ask(one: Callable[[], Any]) -> None:
        start.wait(timeout=60)
        answers.append(one())

    threads = [threading.Thread(target=ask, args=(one,)) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def sent(clients: Sequence[FlaskClient], path: str, **form: str) -> list[Any]:
    """What each of these browsers is answered that sends the form, all at the same moment."""
    tokens = [token_of(client, "/") for client in clients]
    return at_once(
        [
            lambda c=client, t=token: c.post(path, data={"csrf_token": t, **form})
            for client, token in zip(clients, tokens, strict=True)
        ]
    )


def statuses(answers: Sequence[Any]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def count_of(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_password_link_works_once(app: Flask, who: People) -> None:
    link = one_time_password_link(who.reader)
    clients = [app.test_client() for _ in range(SIX)]
    tokens = [token_of(client, link) for client in clients]
    words = [f"three unlikely garden words {number}" for number in range(SIX)]
    answers = at_once(
        [
            lambda c=client, t=token, w=word: c.post(link, data={"csrf_token": t, "password": w, "password_confirm": w})
            for client, token, word in zip(clients, tokens, words, strict=True)
        ]
    )
    assert Counter(answer.location for answer in answers) == {"/login": 1, "/reset": SIX - 1}


def test_a_new_person_is_added_once(as_: As, who: People) -> None:
    chiefs = [as_("chief") for _ in range(SIX)]
    answers = sent(chiefs, "/settings/ijcp/people", email="new@example.org", person="Nadia New", role="editor")
    found = statuses(answers)
    assert found[302] == 1
    assert found[409] + found[422] == SIX - 1, "told of the same moment, or that the person belongs to the journal"
    assert all(SAME_MOMENT in answer.text for answer in answers if answer.status_code == 409)
    assert db.session.scalar(select(func.count()).where(Account.email == "new@example.org")) == 1


def test_the_calendar_has_one_address(as_: As) -> None:
    assert statuses(sent([as_("chief") for _ in range(SIX)], "/calendar/feed")) == {200: SIX}
    assert count_of(CalendarFeed) == 1


def test_tags_are_set_once(as_: As, who: People) -> None:
    reference = manuscript_in(who.journal).reference
    answers = sent([as_("editor") for _ in range(SIX)], f"/manuscripts/{reference}/edit/tags", value="late, delicate")
    assert set(statuses(answers)) <= {200, 302}
    assert sorted(db.session.scalars(select(Tag.word))) == ["delicate", "late"]


def test_a_view_is_saved_once(as_: As) -> None:
    answers = sent([as_("editor") for _ in range(SIX)], "/views", name="Late", query="overdue=yes")
    assert statuses(answers) == {302: SIX}
    assert count_of(SavedView) == 1


def test_a_manuscript_of_the_same_title_is_entered_once(as_: As) -> None:
    form = {"journal": "ijcp", "title": "New Work", "authors": "Ada Lovelace", "received_on": "2026-05-01"}
    answers = sent([as_("editor") for _ in range(SIX)], "/manuscripts/new", **form)
    assert statuses(answers) == {302: 1, 422: SIX - 1}
    assert count_of(Manuscript) == 1


def entered(app: Flask, who: People, **facts: Any) -> list[Any]:
    token = token_for(who.editor)
    other = token_for(who.other_editor)
    programs = [(Program(app.test_client(), token), "ijcp"), (Program(app.test_client(), other), "other")] * 3
    return at_once(
        [
            lambda p=program, s=slug, n=number: p.post(
                "/manuscripts", {"journal": s, "title": f"Work {n}", "received_on": "2026-05-01", **facts}
            )
            for number, (program, slug) in enumerate(programs)
        ]
    )


def test_a_reference_is_given_once_over_all_journals(app: Flask, who: People) -> None:
    answers = entered(app, who, reference="W-1")
    found = statuses(answers)
    assert found[201] == 1
    assert found[409] + found[422] == SIX - 1
    assert {answer.json["detail"] for answer in answers if answer.status_code == 409} <= {SAME_MOMENT}
    assert count_of(Manuscript) == 1
