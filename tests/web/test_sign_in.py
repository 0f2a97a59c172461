"""Signing in and out, the door before every page, and where people go afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter

from tests.people import NOW, PASSWORD, People, post, token_of
from tracker.db import transaction
from tracker.services.accounts import add_account, disable
from tracker.services.actors import OPERATOR
from tracker.web.sign_in import one_time_password_link
from tracker.web.sign_in_words import WRONG

As = Callable[[str], FlaskClient]


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, path: str = "/login"):
    return client.post(path, data={"csrf_token": token_of(client), "email": email, "password": password})


def test_the_form_has_the_fields_of_the_contract(visitor: FlaskClient, who: People) -> None:
    page = visitor.get("/login").text
    assert all(f'name="{name}"' in page for name in ("csrf_token", "email", "password"))


def test_signing_in_leads_to_the_dashboard(visitor: FlaskClient, who: People) -> None:
    answer = sign_in(visitor, "Chief@Example.org ")
    assert (answer.status_code, answer.location) == (302, "/")
    assert "Chief" in visitor.get("/").text


@pytest.mark.parametrize(
    ("email", "password"), [("chief@example.org", "wrong password"), ("nobody@example.org", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_are_told_alike(
    visitor, who: People, email: str, password: str
) -> None:
    answer = sign_in(visitor, email, password)
    assert WRONG in answer.text
    assert visitor.get("/").status_code == 302


def test_a_disabled_account_cannot_sign_in(visitor: FlaskClient, who: People) -> None:
    with transaction() as session:
        disable(session.merge(who.editor), by=OPERATOR, now=NOW)
    sign_in(visitor, "editor@example.org")
    assert visitor.get("/").status_code == 302


def test_after_signing_in_people_go_where_they_wanted(visitor: FlaskClient, who: People) -> None:
    wanted = visitor.get("/manuscripts/?state=received")
    assert wanted.location == "/login?next=/manuscripts/?state%3Dreceived"
    assert sign_in(visitor, "chief@example.org", path=wanted.location).location == "/manuscripts/?state=received"


@pytest.mark.parametrize(
    "evil",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "/ /evil.example",
     "javascript:alert(1)", "http:evil.example", "///evil.example", "/\t/evil.example", "http://localhost@evil.example"],
)  # fmt: skip
def test_next_leads_nowhere_else(visitor: FlaskClient, who: People, evil: str) -> None:
    answer = visitor.post(
        "/login",
        query_string={"next": evil},
        data={"csrf_token": token_of(visitor), "email": "chief@example.org", "password": PASSWORD, "next": evil},
    )
    assert (answer.status_code, answer.location) == (302, "/")


def test_signing_out_is_a_post(as_: As) -> None:
    editor = as_("editor")
    assert editor.get("/logout").status_code == 405
    assert post(editor, "/logout").status_code == 302
    assert editor.get("/").status_code == 302


def test_signing_in_without_the_token_is_refused(visitor: FlaskClient, who: People) -> None:
    answer = visitor.post("/login", data={"email": "chief@example.org", "password": PASSWORD})
    assert answer.status_code == 400
    assert "open too long" in answer.text
    assert visitor.get("/").status_code == 302


def test_nobody_can_register(visitor: FlaskClient, who: People) -> None:
    assert visitor.get("/register").status_code == 404


def test_a_password_link_works_once(app: Flask, visitor: FlaskClient, who: People) -> None:
    link = one_time_password_link(who.reader)
    new = "a sentence to remember"
    typed = {"csrf_token": token_of(visitor, link), "password": new, "password_confirm": new}
    assert visitor.post(link, data=typed).status_code == 302
    assert sign_in(visitor, "reader@example.org", new).location == "/"
    again = app.test_client().get(link, follow_redirects=True)
    assert "This link was used or is incomplete" in again.text


def fitting(converter: BaseConverter) -> object:
    """A value that an address of this kind takes."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else "x"


def test_every_page_asks_for_a_sign_in_unless_it_says_otherwise(app: Flask, who: People) -> None:
    open_to_all = {"static", "security", "health", "public", "turnaround_card"}
    have_their_own_secret = {"calendar.feed", "status.show", "answers.ask", "answers.ask_unsubscribe"}
    for rule in app.url_map.iter_rules():
        is_open = rule.endpoint.split(".")[0] in open_to_all or rule.endpoint in have_their_own_secret
        if "GET" not in (rule.methods or ()) or is_open:
            continue
        names = {name: fitting(converter) for name, converter in rule._converters.items()}
        answer = app.test_client().get(app.url_map.bind("localhost").build(rule.endpoint, names))
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, 302)


def test_two_people_whose_addresses_differ_by_a_letter_sign_in_to_their_own_accounts(
    visitor: FlaskClient, who: People
) -> None:
    passwords = {
        "weiß@example.org": "three unlikely garden words",
        "weiss@example.org": "four improbable kitchen words",
    }
    with transaction():
        for email, password in passwords.items():
            add_account(email=email, name=email[:5], password=password, by=OPERATOR, now=NOW)
    assert sign_in(visitor, "weiß@example.org", passwords["weiss@example.org"]).status_code == 200
    assert sign_in(visitor, " Weiß@example.org", passwords["weiß@example.org"]).status_code == 302
    assert "weiß@example.org" in visitor.get("/account/").text
