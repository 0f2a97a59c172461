"""Codes of an app and recovery codes, through the pages; the app is played by passlib."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import select

from tests.cli.running import Terminal
from tests.people import PASSWORD, Browser, People, post, token_in, token_of
from tracker.app import create_app
from tracker.db import db, transaction
from tracker.domain.errors import BadInput
from tracker.models import Account, AuditEntry, TryCount

As = Callable[[str], FlaskClient]


def begin(client: FlaskClient, **more: str):
    data = {"csrf_token": token_of(client), "email": "editor@example.org", "password": PASSWORD, **more}
    return client.post("/login", data=data)


def is_in(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def app_that_read(page: str) -> TOTP:
    """The app of the person, which has read the key that the page shows."""
    assert re.search(r'<img class="qr" src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+"', page)
    key = re.search(r"<code>([A-Z2-7 -]+)</code>", page)
    assert key is not None
    return TOTP(key=key[1].replace("-", "").replace(" ", ""))


def app_set_up(client: FlaskClient) -> TOTP:
    """Set up codes on the account page; gives the app of the person."""
    page = post(client, "/account/second-factor", setup="authenticator")
    mine = app_that_read(page.text)
    check = re.search(r'action="(/account/second-factor/[^"]+)"', page.text)
    assert check is not None
    assert "code is not right" in post_following(client, check[1], code="000000")
    assert post(client, check[1], code=mine.generate().token).location == "/account/recovery-codes"
    return mine


def post_following(client: FlaskClient, path: str, **data: str) -> str:
    page = client.post(path, data={"csrf_token": token_of(client, "/"), **data}, follow_redirects=True)
    return str(page.text)


def code_at(mine: TOTP, later: timedelta) -> str:
    return str(mine.generate(datetime.now(UTC) + later).token)


def answer(client: FlaskClient, code: str):
    return client.post("/tf-validate", data={"csrf_token": token_of(client, "/tf-validate"), "code": code})


@pytest.fixture
def moment() -> time_machine.Coordinates:
    """Time stands still, in the middle of a code's thirty seconds, until it is moved."""
    with time_machine.travel(datetime(2026, 6, 1, 9, 0, 15, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_after_the_password_a_code_is_asked_for(app: Flask, as_: As, who: People, moment) -> None:
    mine = app_set_up(as_("editor"))
    moment.shift(60)
    client = app.test_client()
    assert begin(client).location.startswith("/tf-validate")
    assert not is_in(client)
    wrong = answer(client, "000000")
    assert "This code is not right" in wrong.text
    assert not is_in(client)
    assert answer(client, mine.generate().token).status_code == 302
    assert is_in(client)


def test_a_code_works_once(app: Flask, as_: As, who: People, moment) -> None:
    mine = app_set_up(as_("editor"))
    moment.shift(60)
    code = mine.generate().token
    for works in (True, False):
        client = app.test_client()
        begin(client)
        answer(client, code)
        assert is_in(client) is works


def test_people_go_where_they_wanted_after_the_code(app: Flask, as_: As, who: People, moment) -> None:
    mine = app_set_up(as_("editor"))
    moment.shift(60)
    client = app.test_client()
    data = {"csrf_token": token_of(client), "email": "editor@example.org", "password": PASSWORD}
    asked = client.post("/login?next=/outbox/", data=data).location
    page = client.get(asked)
    action = re.search(r'action="(/tf-validate[^"]*)"', page.text)
    assert action is not None
    done = client.post(action[1], data={"csrf_token": token_of(client, asked), "code": mine.generate().token})
    assert done.location == "/outbox/"


def test_guessing_codes_gets_slow(app: Flask, as_: As, who: People, moment) -> None:
    mine = app_set_up(as_("editor"))
    moment.shift(60)
    client = app.test_client()
    begin(client)
    assert [answer(client, f"{number:06}").status_code for number in range(6)] == [200] * 5 + [429]
    again = app.test_client()
    begin(again)
    assert answer(again, mine.generate().token).status_code == 429, "another sign-in is no way around"
    with transaction() as session:
        for row in session.scalars(select(TryCount)):
            row.last_at -= timedelta(minutes=16)
    assert answer(again, mine.generate().token).status_code == 302


def test_recovery_codes_are_shown_once_kept_as_hashes_and_work_once(app: Flask, as_: As, who: People, moment) -> None:
    editor = as_("editor")
    app_set_up(editor)
    codes = re.findall(r"<li><code>([0-9a-f-]+)</code></li>", post(editor, "/account/recovery-codes").text)
    assert len(set(codes)) == 8
    assert not any(code in editor.get("/account/recovery-codes?show_codes=y").text for code in codes)
    kept = db.session.scalars(select(Account.mf_recovery_codes).where(Account.uid == who.editor.uid)).one()
    assert kept is not None
    assert not set(codes) & set(kept)
    for code, works in ((codes[0].upper(), True), (codes[0], False), (codes[1], True)):
        client = app.test_client()
        begin(client)
        client.post("/mf-recovery", data={"csrf_token": token_of(client, "/mf-recovery"), "code": code})
        assert is_in(client) is works
    assert "6 left" in editor.get("/account/").text


def test_new_recovery_codes_replace_the_old(app: Flask, as_: As, who: People, moment) -> None:
    editor = as_("editor")
    app_set_up(editor)
    old, new = (re.findall(r"<li><code>([0-9a-f-]+)", post(editor, "/account/recovery-codes").text) for _ in range(2))
    for code, works in ((old[0], False), (new[0], True)):
        client = app.test_client()
        begin(client)
        client.post("/mf-recovery", data={"csrf_token": token_of(client, "/mf-recovery"), "code": code})
        assert is_in(client) is works


def test_codes_are_given_up_and_every_change_is_noted(app: Flask, as_: As, who: People, moment) -> None:
    editor = as_("editor")
    app_set_up(editor)
    post(editor, "/account/recovery-codes")
    assert post(editor, "/account/second-factor", setup="disable").status_code == 302
    assert begin(app.test_client()).location == "/"
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "account_changed").order_by(AuditEntry.id))
    assert [entry.after for entry in entries] == [
        {"second factor": "codes of an app"}, {"recovery codes": "made anew"}, {"second factor": "none"},
    ]  # fmt: skip
    account = db.session.scalars(select(Account).where(Account.uid == who.editor.uid)).one()
    assert (account.tf_totp_secret, account.mf_recovery_codes) == (None, None)


def test_what_decides_about_the_account_asks_for_the_password_again(app: Flask, as_: As, who: People) -> None:
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=UTC), tick=False) as moment:
        editor = as_("editor")
        moment.shift(3600)
        pages = ("second-factor", "recovery-codes", "passkeys", "address", "tokens/")
        for path in (f"/account/{page}" for page in pages):
            asked = editor.get(path)
            assert (asked.status_code, asked.location) == (302, f"/verify?next={path}")
        assert post(editor, "/account/address", email="x@example.org").location.startswith("/verify")
        assert "password is not right" in post(editor, "/verify?next=/account/address", password="wrong password").text
        assert post(editor, "/verify?next=/account/address", password=PASSWORD).location == "/account/address"
        assert editor.get("/account/address").status_code == 200


def test_the_operator_takes_lost_factors_off(app: Flask, as_: As, who: People, moment, capsys) -> None:
    editor = as_("editor")
    app_set_up(editor)
    post(editor, "/account/recovery-codes")
    db.session.rollback()
    dropped = Terminal(capsys).run("account", "drop-factors", "editor@example.org", "--json").document["dropped"]
    assert dropped == ["second factor", "recovery codes"]
    assert not is_in(editor)
    assert begin(app.test_client()).location == "/"


def test_the_secret_of_the_app_is_kept_encrypted(app: Flask, as_: As, who: People, moment) -> None:
    mine = app_set_up(as_("editor"))
    kept = db.session.scalars(select(Account.tf_totp_secret).where(Account.uid == who.editor.uid)).one()
    assert kept is not None
    assert mine.base32_key not in kept
    assert '"enckey"' in kept


@pytest.fixture
def strict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The same installation, started so that everybody has to set codes up."""
    monkeypatch.setenv("TRACKER_SECOND_FACTOR", "required")
    again = create_app(TESTING=True, SQLALCHEMY_DATABASE_URI=app.config["SQLALCHEMY_DATABASE_URI"])
    again.test_client_class = Browser
    return again


def test_where_codes_are_required_nobody_gets_in_by_password_alone(strict: Flask, who: People, moment) -> None:
    client = strict.test_client()
    assert begin(client).location == "/account/second-factor"
    assert not is_in(client)
    setup = client.get("/account/second-factor").text
    assert "asks everybody for a second step" in setup
    data = {"csrf_token": token_in(setup), "setup": "authenticator"}
    page = client.post("/account/second-factor", data=data).text
    mine = app_that_read(page)
    assert not is_in(client)
    assert 'action="/tf-validate"' in page
    done = client.post("/tf-validate", data={"csrf_token": token_in(page), "code": mine.generate().token})
    assert done.status_code == 302
    assert is_in(client)
    assert "Ask for no codes any more" not in client.get("/account/second-factor").text
    refused = post(client, "/account/second-factor", setup="disable")
    assert refused.status_code == 200
    moment.shift(60)
    again = strict.test_client()
    assert begin(again).location.startswith("/tf-validate")


def test_a_setting_that_is_none_is_said(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SECOND_FACTOR", "sometimes")
    with pytest.raises(BadInput, match="TRACKER_SECOND_FACTOR cannot be read: Input should be '' or 'required'"):
        create_app()
