"""Quick entry: what was understood is shown, and only the form below it saves."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from tests.people import People, post
from tracker.db import db
from tracker.models import Manuscript

As = Callable[[str], FlaskClient]
LINE = "11 Nov 2020, Henderson & Palmer, Desperately seeking…"


def test_a_line_becomes_a_form_and_the_form_a_manuscript(as_: As, who: People) -> None:
    chief = as_("chief")
    page = post(chief, "/manuscripts/quick", line=LINE).text
    assert "Received on 11 November 2020." in page
    assert "Authors: Henderson, Palmer." in page
    assert "Nothing is saved yet" in page
    assert db.session.query(Manuscript).count() == 0
    assert re.search(r'<textarea[^>]*name="authors"[^>]*>\s*Henderson\nPalmer<', page)
    assert 'value="2020-11-11"' in page
    answer = post(
        chief, "/manuscripts/new", journal="ijcp", title="Desperately seeking…", authors="Henderson\nPalmer",
        received_on="2020-11-11",
    )  # fmt: skip
    assert "Received 11 November 2020" in chief.get(answer.location).text


def test_what_is_not_understood_is_said(as_: As, who: People) -> None:
    chief = as_("chief")
    assert "3 April 2019 or 4 March 2019" in post(chief, "/manuscripts/quick", line="03/04/2019, Vogel, A title").text
    assert "No authors were found." in post(chief, "/manuscripts/quick", line="A title").text
    refused = post(chief, "/manuscripts/quick", line=" ")
    assert (refused.status_code, "The line is empty" in refused.text) == (422, True)
    assert post(as_("reader"), "/manuscripts/quick", line=LINE).status_code == 403
