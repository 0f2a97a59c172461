"""Signing in with ORCID, against a provider of OpenID Connect that runs beside the test."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import CHEAP_PASSWORDS
from tests.people import TODAY, Browser, People, people, post, signed_in, token_of
from tests.web.orcid_provider import CLIENT, SECRET, Provider, running
from tests.web.test_second_factors import app_set_up
from tracker import clock
from tracker.app import create_app
from tracker.db import db, transaction
from tracker.models import Account, AuditEntry, Letter
from tracker.services.accounts import disable
from tracker.services.actors import OPERATOR

pytest.importorskip("authlib")


@pytest.fixture(scope="module")
def provider_of_all() -> Iterator[Provider]:
    with running(Provider()) as provider:
        yield provider


@pytest.fixture
def provider(provider_of_all: Provider) -> Provider:
    """A provider that keeps to the protocol, until a test says otherwise."""
    provider_of_all.who, provider_of_all.fault = "0000-0002-1825-0097", ""
    provider_of_all.refused.clear()
    return provider_of_all


@pytest.fixture
def app(database_url: str, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application, known to the provider."""
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url.replace("+psycopg", ""))
    monkeypatch.setenv("TRACKER_ORCID_CLIENT_ID", CLIENT)
    monkeypatch.setenv("TRACKER_ORCID_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("TRACKER_ORCID_ISSUER", provider.issuer)
    app = create_app(TESTING=True, SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=CHEAP_PASSWORDS)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def who(app: Flask, monkeypatch: pytest.MonkeyPatch) -> People:
    app.test_client_class = Browser
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    return people()


def through(client: FlaskClient, path: str = "/sign-in/orcid") -> str:
    """Go to ORCID and come back; gives where the browser is sent then."""
    there = client.get(path).location
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    return str(client.get(f"{urlsplit(back).path}?{urlsplit(back).query}").location)


def link(client: FlaskClient) -> str:
    page = post(client, "/account/orcid")
    assert 'href="/sign-in/orcid"' in page.text
    return through(client)


def is_in(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def test_somebody_who_linked_their_orcid_signs_in_with_it(app: Flask, who: People) -> None:
    editor = signed_in(app.test_client(), who.editor)
    assert link(editor) == "/account/"
    assert "0000-0002-1825-0097" in editor.get("/account/").text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "account_changed")).one()
    assert (entry.account, entry.before, entry.after) == (who.editor.uid, {"orcid": "none"}, {"orcid": "linked"})
    assert db.session.scalars(select(Letter.to_email)).all() == ["editor@example.org"]

    visitor = app.test_client()
    assert 'href="/sign-in/orcid"' in visitor.get("/login").text
    assert through(visitor, "/sign-in/orcid?next=/outbox/") == "/outbox/"
    assert "Editor" in visitor.get("/account/").text
    assert through(app.test_client(), "/sign-in/orcid?next=//evil.example") == "/"


def test_an_orcid_that_nobody_linked_opens_nothing(app: Flask, who: People, provider: Provider) -> None:
    visitor = app.test_client()
    assert through(visitor) == "/login"
    assert "No account here is linked to this ORCID iD" in visitor.get("/login").text
    assert not is_in(visitor)
    assert db.session.query(Account).count() == 6


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs between the two
@pytest.mark.parametrize(
    "fault", ["state", "nonce", "no nonce", "signature", "issuer", "audience", "expired", "no id token"]
)
def test_what_cannot_be_believed_opens_nothing(app: Flask, who: People, provider: Provider, fault: str) -> None:
    link(signed_in(app.test_client(), who.editor))
    provider.fault = fault
    visitor = app.test_client()
    assert through(visitor) == "/login"
    assert not is_in(visitor)
    provider.fault = ""
    assert through(visitor) == "/"
    assert is_in(visitor)


def test_an_answer_works_once_and_in_its_own_browser(app: Flask, who: People, provider: Provider) -> None:
    link(signed_in(app.test_client(), who.editor))
    theirs, another = app.test_client(), app.test_client()
    back = requests.get(theirs.get("/sign-in/orcid").location, allow_redirects=False, timeout=10).headers["Location"]
    answer = f"{urlsplit(back).path}?{urlsplit(back).query}"
    another.get("/sign-in/orcid")
    assert another.get(answer).location == "/login"
    assert not is_in(another)
    assert theirs.get(answer).location == "/"
    post(theirs, "/logout")
    assert theirs.get(answer).location == "/login"
    assert not is_in(theirs)


def test_the_code_alone_is_of_no_use_without_the_verifier(app: Flask, who: People, provider: Provider) -> None:
    there = app.test_client().get("/sign-in/orcid").location
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    sent = {
        "grant_type": "authorization_code", "code": parse_qs(urlsplit(back).query)["code"][0], "client_id": CLIENT,
        "client_secret": SECRET, "redirect_uri": parse_qs(urlsplit(there).query)["redirect_uri"][0],
    }  # fmt: skip
    assert requests.post(f"{provider.issuer}/oauth/token", data=sent, timeout=10).status_code == 400
    assert len(provider.refused) == 1


def test_nothing_is_linked_that_the_person_did_not_ask_for(app: Flask, who: People) -> None:
    editor = signed_in(app.test_client(), who.editor)
    assert through(editor) == "/", "a link from elsewhere leads here, and does nothing"
    assert editor.post("/account/orcid").status_code == 400, "without the token of our own form"
    assert through(editor) == "/"
    assert db.session.scalars(select(Account.orcid)).all() == [None] * 6


def test_one_orcid_opens_one_account(app: Flask, who: People) -> None:
    link(signed_in(app.test_client(), who.editor))
    reader = signed_in(app.test_client(), who.reader)
    page = post(reader, "/account/orcid")
    assert page.status_code == 200
    back = requests.get(reader.get("/sign-in/orcid").location, allow_redirects=False, timeout=10).headers["Location"]
    refused = reader.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
    assert (refused.status_code, "linked to another account" in refused.text) == (422, True)


def test_an_orcid_is_unlinked(app: Flask, who: People) -> None:
    editor = signed_in(app.test_client(), who.editor)
    link(editor)
    assert post(editor, "/account/orcid/unlink").status_code == 302
    assert through(app.test_client()) == "/login"
    assert post(editor, "/account/orcid/unlink").status_code == 422


def test_a_disabled_account_opens_by_nothing(app: Flask, who: People) -> None:
    link(signed_in(app.test_client(), who.editor))
    with transaction() as session:
        disable(session.merge(who.editor), by=OPERATOR, now=clock.now())
    visitor = app.test_client()
    assert through(visitor) == "/login"
    assert not is_in(visitor)


def test_the_second_factor_is_asked_for_all_the_same(app: Flask, who: People) -> None:
    editor = signed_in(app.test_client(), who.editor)
    link(editor)
    app_set_up(editor)
    visitor = app.test_client()
    assert through(visitor).startswith("/tf-validate")
    assert not is_in(visitor)


def test_a_provider_that_cannot_be_reached_is_said(app: Flask, who: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ORCID_ISSUER", "http://127.0.0.1:9")
    lonely = create_app(TESTING=True)
    lonely.test_client_class = Browser
    visitor = lonely.test_client()
    assert visitor.get("/sign-in/orcid").location == "/login"
    assert "ORCID cannot be reached" in visitor.get("/login").text
    assert token_of(visitor)


def test_without_settings_there_is_no_such_page(who: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_ORCID_CLIENT_ID")
    plain = create_app(TESTING=True).test_client()
    assert plain.get("/sign-in/orcid").status_code == 404
    assert "orcid" not in plain.get("/login").text.lower()
