"""A program that asks too often is told how long to wait; others are not kept waiting by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from tests.api.programs import Program
from tests.people import NOW, People
from tracker.api.limits import MOST_KEYS, PER_ADDRESS, PER_TOKEN, Meter
from tracker.app import create_app
from tracker.db import db
from tracker.domain.rates import Rate

As = Callable[..., Program]
FAR = {"REMOTE_ADDR": "203.0.113.5"}


@pytest.fixture
def moment() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def asked(program: Program, times: int) -> list[int]:
    return [program.get("/journals").status_code for _ in range(times)]


def test_a_token_that_asks_too_often_waits_and_others_do_not(as_: As, who: People, moment) -> None:
    eager, other = as_("editor"), as_("reader")
    assert asked(eager, PER_TOKEN.burst + 2) == [200] * PER_TOKEN.burst + [429] * 2
    told = eager.get("/journals")
    assert told.content_type == "application/problem+json"
    assert told.headers["Retry-After"] == "1"
    assert told.json["status"] == 429
    sentence = "A token may ask 300 times at once, and 5 times a second then. Wait 1 second, and ask again."
    assert told.json["detail"] == sentence
    assert asked(other, 1) == [200]
    moment.shift(1)
    assert asked(eager, 6) == [200] * 5 + [429]


def test_an_address_of_bad_tokens_waits_but_not_who_was_right_there_before(
    app: Flask, as_: As, who: People, moment
) -> None:
    right, late = as_("editor"), as_("reader")
    wrong = Program(app.test_client(), "tracker_00000000_nothing")
    for program in (right, late, wrong):
        program.client.environ_base |= FAR
    assert asked(right, 1) == [200]
    assert asked(wrong, PER_ADDRESS.burst + 1) == [401] * PER_ADDRESS.burst + [429]
    statements: list[str] = []
    note = lambda connection, cursor, statement, *rest: statements.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    told = wrong.get("/journals")
    event.remove(db.engine, "before_cursor_execute", note)
    assert statements == []
    assert (told.headers["Retry-After"], told.json["detail"]) == (
        "10", "From your address came too many tokens that open nothing. Wait 10 seconds, and ask again."
    )  # fmt: skip
    assert asked(right, 1) == [200]
    assert asked(late, 1) == [429]
    moment.shift(11)
    assert asked(late, 1) == [200]


def test_an_answer_without_a_limit_reached_writes_nothing(as_: As, who: People) -> None:
    reader = as_("reader")
    asked(reader, 1)  # the day of its use is noted
    statements: list[str] = []
    note = lambda connection, cursor, statement, *rest: statements.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    asked(reader, 1)
    event.remove(db.engine, "before_cursor_execute", note)
    assert not [one for one in statements if one.startswith(("UPDATE", "INSERT", "DELETE"))]


def test_behind_a_web_server_the_address_is_the_one_it_tells(
    app: Flask, who: People, moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_PROXIES", "1")
    behind = create_app(TESTING=True)
    with behind.app_context():
        wrong = Program(behind.test_client(), "tracker_00000000_nothing")

        def status(address: str) -> int:
            return int(wrong.get("/journals", X_Forwarded_For=address).status_code)

        found = [status("203.0.113.5") for _ in range(PER_ADDRESS.burst + 1)]
        assert found[-1] == 429
        assert status("198.51.100.7") == 401
        db.session.remove()
        db.engine.dispose()


def test_the_meter_does_not_grow_without_end() -> None:
    meter = Meter(Rate(1, 60))
    for number in range(MOST_KEYS + 10):
        meter.seconds_to_wait(str(number), NOW.timestamp())
    assert len(meter.due) == MOST_KEYS
    assert meter.seconds_to_wait(str(MOST_KEYS), NOW.timestamp()) == 60
