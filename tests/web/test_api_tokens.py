"""The page of a person's own tokens: made and shown once, listed without the token, revoked, noted in the trail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.people import NOW, PASSWORD, Elsewhere, People, post
from tracker.db import db, transaction
from tracker.models import ApiToken
from tracker.queries.audit import audit_lines
from tracker.queries.persons import held_on, person_with
from tracker.services.actors import OPERATOR
from tracker.services.api_tokens import MOST_TOKENS, make_token
from tracker.services.persons import erase_person

As = Callable[[str], FlaskClient]
FORM = {"name": "Figures for the website", "scope": "read", "days": "90"}


def made(client: FlaskClient, **changed: str) -> str:
    """The token that the page shows."""
    page = post(client, "/account/tokens/", **{**FORM, **changed})
    assert page.status_code == 200, page.text
    return re.search(r"<code>(tracker_[0-9a-f]{8}_[\w-]{43})</code>", page.text)[1]


def opens(app: Flask, token: str) -> int:
    return app.test_client().get("/api/v1/journals", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_is_shown_once_and_works_until_it_is_revoked(app: Flask, as_: As, who: People) -> None:
    reader = as_("reader")
    assert 'href="/account/tokens/"' in reader.get("/account/").text
    assert "You have no tokens." in reader.get("/account/tokens/").text
    token = made(reader)
    assert "never" in reader.get("/account/tokens/").text  # used yet
    assert opens(app, token) == 200
    page = reader.get("/account/tokens/").text
    assert "Figures for the website" in page
    assert token not in page
    assert token[:16] in page
    assert "never" not in page
    uid = token.split("_")[1]
    assert post(reader, f"/account/tokens/{uid}/revoke").status_code == 302
    assert opens(app, token) == 401
    assert "“Figures for the website” works no more" in reader.get("/account/tokens/").text


def test_the_audit_trail_tells_of_both_and_holds_no_name(as_: As, who: People) -> None:
    token = made(as_("editor"), scope="write", days="0")
    uid = token.split("_")[1]
    post(as_("editor"), f"/account/tokens/{uid}/revoke")
    db.session.rollback()
    revoked, made_line = audit_lines([who.journal.id], limit=2)
    assert (made_line.by, made_line.whom, made_line.after) == ("Editor", "Editor", {"api_token": uid, "scope": "write"})
    assert (revoked.before, revoked.after) == (made_line.after, {})


def test_nobody_revokes_anothers_and_nobody_is_asked_without_signing_in(
    app: Flask, as_: As, visitor: FlaskClient, who: People
) -> None:
    token = made(as_("editor"))
    uid = token.split("_")[1]
    assert post(as_("chief"), f"/account/tokens/{uid}/revoke").status_code == 404
    assert uid not in as_("chief").get("/account/tokens/").text
    assert as_("editor").post(f"/account/tokens/{uid}/revoke").status_code == 400  # without the form's token
    assert opens(app, token) == 200
    assert visitor.get("/account/tokens/").location.startswith("/login")


def test_making_one_asks_for_the_password_again_and_revoking_one_does_not(app: Flask, as_: As, who: People) -> None:
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=UTC), tick=False) as moment:
        reader = as_("reader")
        token = made(reader)
        moment.shift(3600)
        asked = post(reader, "/account/tokens/", **FORM)
        assert (asked.status_code, asked.location) == (302, "/verify?next=/account/tokens/")
        assert db.session.query(ApiToken).count() == 1
        assert post(reader, f"/account/tokens/{token.split('_')[1]}/revoke").status_code == 302
        assert opens(app, token) == 401
        assert post(reader, "/verify?next=/account/tokens/", password=PASSWORD).location == "/account/tokens/"
        assert opens(app, made(reader)) == 200


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "  "}, "Give the token a name"),
        ({"name": "x" * 81}, "Give the token a name"),
        ({"scope": "everything"}, "A token may read or write"),
        ({"days": "12"}, "Choose how long"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(
    as_: As, who: People, changed: dict[str, str], sentence: str
) -> None:
    answer = post(as_("reader"), "/account/tokens/", **{**FORM, "days": "365", **changed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert changed.get("name", FORM["name"]) in answer.text
    assert db.session.query(ApiToken).count() == 0


def test_there_is_an_end_to_the_number_of_tokens(as_: As, who: People) -> None:
    with transaction() as session:
        for _ in range(MOST_TOKENS):
            make_token(session.merge(who.reader), name="one", scope="read", days=1, by=OPERATOR, now=NOW)
    answer = post(as_("reader"), "/account/tokens/", **FORM)
    assert answer.status_code == 422
    assert f"There are {MOST_TOKENS} tokens already" in answer.text
    assert answer.text.count("expired") >= MOST_TOKENS


def test_a_person_takes_their_tokens_along_and_an_erased_one_has_none(app: Flask, as_: As, who: People) -> None:
    token = made(as_("reader"))
    db.session.rollback()
    rows = held_on(person_with("reader@example.org"))["api_tokens"]
    assert [row["name"] for row in rows] == ["Figures for the website"]
    assert "token_hash" not in rows[0]
    with transaction():
        erase_person(person_with("reader@example.org"), by=OPERATOR, now=NOW)
    assert opens(app, token) == 401
    assert db.session.query(ApiToken).count() == 0


def test_the_example_asks_us_whatever_the_request_calls_us(app: Flask, as_: As, who: People) -> None:
    app.test_client_class = Elsewhere
    page = post(as_("reader"), "/account/tokens/", **FORM).text
    assert "evil.example" not in page
    assert "http://127.0.0.1:5000/api/v1/manuscripts" in page
