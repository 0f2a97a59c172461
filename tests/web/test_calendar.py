"""The week, and the feed: a secret that can be revoked, one's own journals, and nobody's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import Elsewhere, People, manuscript_in, manuscript_that_is, post
from tracker.db import db
from tracker.domain.words import State
from tracker.models import CalendarFeed

As = Callable[[str], FlaskClient]


@pytest.fixture
def works(who: People) -> People:
    manuscript_that_is(State.UNDER_REVIEW, who.journal, title="Reviewed work")
    manuscript_in(who.journal, title="Screened work", received_on=date(2026, 5, 28))
    manuscript_in(who.other_journal, title="Their work", received_on=date(2026, 5, 28))
    return who


def address_for(client: FlaskClient) -> str:
    return re.search(r"<code>https?://[^/]+(/calendar/[^<]+)</code>", post(client, "/calendar/feed").text)[1]


def entries(client: FlaskClient, address: str) -> dict[str, date]:
    answer = client.get(address)
    assert answer.content_type == "text/calendar; charset=utf-8"
    feed = icalendar.Calendar.from_ical(answer.data)
    return {str(event["summary"]): event["dtstart"].dt for event in feed.walk("VEVENT")}


def test_the_week_shows_what_is_due_and_what_goes_out(as_: As, works: People) -> None:
    page = as_("editor").get("/calendar/").text
    assert "Screened work" in page
    assert "Their work" not in page
    assert "were due before today" in page or "was due before today" in page
    assert "A quiet week" in as_("stranger").get("/calendar/").text


def test_the_feed_holds_the_persons_journals_and_nobodys_name(as_: As, visitor: FlaskClient, works: People) -> None:
    address = address_for(as_("editor"))
    found = entries(visitor, address)
    assert found["Screening due: IJCP-2026-002"] == date(2026, 6, 4)
    assert "Late: Invitation due: IJCP-2026-001" in found
    text = visitor.get(address).text
    assert all(word not in text for word in ("OTHER", "Grace", "grace@", "Lovelace", "ada@"))


def test_only_a_hash_is_kept_and_revoking_ends_it(as_: As, visitor: FlaskClient, works: People) -> None:
    editor = as_("editor")
    first = address_for(editor)
    token = first.removeprefix("/calendar/").removesuffix(".ics")
    assert [token in row.token_hash for row in db.session.query(CalendarFeed)] == [False]
    second = address_for(editor)
    assert (visitor.get(first).status_code, visitor.get(second).status_code) == (404, 200)
    post(editor, "/calendar/feed/revoke")
    assert visitor.get(second).status_code == 404
    assert visitor.get("/calendar/x.ics").status_code == 404


def test_the_address_is_ours_whatever_the_request_calls_us(app: Flask, as_: As, works: People) -> None:
    app.test_client_class = Elsewhere
    page = post(as_("editor"), "/calendar/feed").text
    assert "evil.example" not in page
    assert "<code>http://127.0.0.1:5000/calendar/" in page
