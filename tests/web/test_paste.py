"""A pasted article page: read, shown, and taken over with its dates."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.pages import LINE, PAGE
from tests.people import People, post
from tracker.db import db
from tracker.models import Manuscript

As = Callable[[str], FlaskClient]


def test_a_page_is_shown_before_it_is_taken_over(as_: As, who: People) -> None:
    chief = as_("chief")
    shown = post(chief, "/manuscripts/paste", journal="ijcp", page=PAGE).text
    assert "This will be a new manuscript" in shown
    assert "Marta Oyelaran, Jonas Lindqvist" in shown
    assert "3 March 2024" in shown
    assert db.session.query(Manuscript).count() == 0
    answer = post(chief, "/manuscripts/paste/keep", journal="ijcp", page=PAGE)
    page = chief.get(answer.location).text
    assert LINE in page
    assert "Undo" in page
    assert "has all of this already" in post(chief, "/manuscripts/paste", journal="ijcp", page=PAGE).text


def test_what_is_no_page_is_said_and_kept(as_: As, who: People) -> None:
    chief = as_("chief")
    refused = post(chief, "/manuscripts/paste", journal="ijcp", page="Nothing to see")
    assert (refused.status_code, "Nothing to see" in refused.text) == (422, True)
    assert post(chief, "/manuscripts/paste", journal="ijcp", page="").status_code == 422
    assert post(chief, "/manuscripts/paste", journal="other", page=PAGE).status_code == 404
    assert post(as_("reader"), "/manuscripts/paste/keep", journal="ijcp", page=PAGE).status_code == 403
