"""Guessing gets slow: per account and per address, in every process; and nobody is locked out by it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import CHEAP_PASSWORDS
from tests.people import NOW, PASSWORD, People, token_of
from tracker.app import create_app
from tracker.db import db, transaction
from tracker.domain.sign_ins import SLOTS, Try, network_of, seconds_to_wait
from tracker.models import TryCount
from tracker.services.throttle import slot_of, try_once
from tracker.web.sign_in_words import WRONG


def sign_in(client: FlaskClient, email: str, password: str, address: str = "127.0.0.1"):
    data = {"csrf_token": token_of(client), "email": email, "password": password}
    return client.post("/login", data=data, environ_base={"REMOTE_ADDR": address})


def wait_over() -> None:
    """Time goes by."""
    with transaction() as session:
        for row in session.scalars(select(TryCount)):
            row.last_at -= timedelta(minutes=16)


def guess(app: Flask, times: int, email: str = "editor@example.org", address: str = "127.0.0.1") -> list[int]:
    client = app.test_client()
    return [sign_in(client, email, f"guess {number}", address).status_code for number in range(times)]


def test_the_sixth_guess_has_to_wait_whoever_it_is_for(app: Flask, who: People) -> None:
    for email in ("editor@example.org", "nobody@example.org"):
        assert guess(app, 6, email) == [200] * 5 + [429]


def test_the_answer_says_how_long(app: Flask, visitor: FlaskClient, who: People) -> None:
    guess(app, 5)
    with transaction() as session:
        session.scalars(select(TryCount)).one().tries = 11
    answer = sign_in(visitor, "editor@example.org", PASSWORD)
    assert answer.status_code == 429
    assert 60 <= int(answer.headers["Retry-After"]) <= 64
    assert f"Wait {answer.headers['Retry-After']} seconds" in answer.text
    assert "Nobody is locked out" in answer.text


def test_after_the_wait_the_right_password_gets_in_and_counting_begins_anew(app: Flask, who: People) -> None:
    guess(app, 6)
    wait_over()
    assert sign_in(app.test_client(), "editor@example.org", PASSWORD).status_code == 302
    assert guess(app, 6) == [200] * 5 + [429]


def test_a_browser_that_was_used_before_gets_in_at_once(app: Flask, who: People) -> None:
    theirs = app.test_client()
    sign_in(theirs, "editor@example.org", PASSWORD)
    theirs.post("/logout", data={"csrf_token": token_of(theirs, "/")})
    guess(app, 6)
    assert sign_in(app.test_client(), "editor@example.org", PASSWORD).status_code == 429
    assert sign_in(theirs, "editor@example.org", PASSWORD).status_code == 302


def test_a_known_browser_guesses_slowly_too_and_only_its_own_person(app: Flask, who: People) -> None:
    theirs = app.test_client()
    sign_in(theirs, "editor@example.org", PASSWORD)
    theirs.post("/logout", data={"csrf_token": token_of(theirs, "/")})
    assert [sign_in(theirs, "editor@example.org", "guess").status_code for _ in range(6)] == [200] * 5 + [429]
    guess(app, 6, "reader@example.org")
    assert sign_in(theirs, "reader@example.org", PASSWORD).status_code == 429


@pytest.mark.parametrize("addresses", [["203.0.113.5"], ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"]])
def test_one_address_that_tries_many_accounts_has_to_wait(app: Flask, who: People, addresses: list[str]) -> None:
    client = app.test_client()
    token = token_of(client)

    def attempt(number: int, address: str):
        data = {"csrf_token": token, "email": f"somebody{number}@example.org", "password": "guess"}
        return client.post("/login", data=data, environ_base={"REMOTE_ADDR": address}).status_code

    answers = [attempt(number, addresses[number % len(addresses)]) for number in range(31)]
    assert answers == [200] * 30 + [429]
    assert sign_in(app.test_client(), "reader@example.org", PASSWORD, "198.51.100.1").status_code == 302


def test_an_attackers_own_sign_ins_do_not_wash_their_address(app: Flask, who: People) -> None:
    guess(app, 4, address="203.0.113.5")
    sign_in(app.test_client(), "reader@example.org", PASSWORD, "203.0.113.5")
    with app.app_context():
        row = db.session.get(TryCount, slot_of(Try.ADDRESS, "203.0.113.5", app.config["SECRET_KEY"]))
    assert row is not None
    assert row.tries == 4


def test_guesses_at_one_moment_are_no_way_around(app: Flask, who: People) -> None:
    def attempt(number: int) -> int:
        client = app.test_client()
        return sign_in(client, "editor@example.org", f"guess {number}").status_code

    with ThreadPoolExecutor(12) as pool:
        answers = sorted(pool.map(attempt, range(12)))
    assert answers == [200] * 5 + [429] * 7


def test_letters_to_one_address_are_few(app: Flask, visitor: FlaskClient, who: People) -> None:
    def ask() -> int:
        data = {"csrf_token": token_of(visitor), "email": "reader@example.org"}
        return visitor.post("/reset", data=data).status_code

    assert [ask() for _ in range(4)] == [200] * 3 + [429]


def test_json_is_no_way_around(app: Flask, visitor: FlaskClient, who: People) -> None:
    token = token_of(visitor)
    answer = visitor.post(
        "/login", json={"email": "editor@example.org", "password": PASSWORD}, headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 415
    asking = visitor.post(
        "/login", data={"csrf_token": token, "email": "editor@example.org", "password": "x" * 10},
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert WRONG in asking.text


def test_there_are_so_many_counts_and_no_more(app: Flask, who: People) -> None:
    slots = {slot_of(kind, f"anybody{number}@example.org", "a key") for kind in Try for number in range(2000)}
    assert all(0 <= slot < len(Try) * SLOTS for slot in slots)
    with transaction():
        for _ in range(3):
            try_once([(Try.ACCOUNT, "a"), (Try.ADDRESS, "b")], key="a key", now=NOW)
    assert db.session.query(TryCount).count() == 2


@given(st.sampled_from(Try), st.integers(0, 10_000), st.integers(0, 200_000))
def test_every_wait_ends_and_more_tries_never_shorten_it(kind: Try, tries: int, seconds: int) -> None:
    later = NOW + timedelta(seconds=seconds)
    wait = seconds_to_wait(kind, tries, NOW, later)
    assert 0 <= wait <= 6 * 3600
    assert wait <= seconds_to_wait(kind, tries + 1, NOW, later)
    assert seconds_to_wait(kind, tries, NOW, later + timedelta(seconds=wait)) == 0


def test_passkeys_that_open_nothing_are_counted_by_the_address_they_come_from(app: Flask, who: People) -> None:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    token = token_of(client)
    answers = [
        client.post("/wan-signin/no-such-state", data={"csrf_token": token, "credential": "{}"}).status_code
        for _ in range(32)
    ]
    assert set(answers[:30]) == {302}
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:127.0.0.1", ""),
        ("::1", ""),
        ("unix:", ""),
        ("", ""),
        ("203.0.113.99:51234", "203.0.113.99"),
        ("127.0.0.1:51234", ""),
        ("[2001:db8::9]:443", "2001:db8::/64"),
        ("[2001:db8::9]", "2001:db8::/64"),
        ("[::1]:443", ""),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unreadable"),
        ("[]:443", "unreadable"),
        ("203.0.113.99:51234:1", "unreadable"),
    ],
)
def test_tries_are_counted_by_the_network_that_somebody_can_call_their_own(address: str, counted: str) -> None:
    assert network_of(address) == counted


@pytest.mark.parametrize("said", ["203.0.113.99:51234", "[2001:db8::9]:443", "_hidden"])
def test_what_a_proxy_says_is_counted_however_it_is_written(
    app: Flask, who: People, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("TRACKER_PROXIES", "1")
    client = create_app(TESTING=True, SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=CHEAP_PASSWORDS).test_client()
    token = token_of(client)
    answers = [
        client.post(
            "/login", data={"csrf_token": token, "email": f"somebody{number}@example.org", "password": "guess"},
            headers={"X-Forwarded-For": said},
        ).status_code
        for number in range(31)
    ]  # fmt: skip
    assert answers == [200] * 30 + [429]
