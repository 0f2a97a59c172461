"""Every address as every person, asked for and sent nonsense: no answer says that something went wrong on our side.

The nonsense is drawn by hypothesis from values that have broken web applications before, in the parts of an address,
its query and its forms; the same draws every time. TRACKER_TEST_LONG=1 draws nearly twenty times as many.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.people import TODAY
from tests.web.routes import ROUTES
from tests.web.test_roles import routes_of, sqlite_only
from tests.web.world import World, a_world
from tracker.api import build

DRAWS = 150 if os.environ.get("TRACKER_TEST_LONG") else 8
PEOPLE = ("chief", "editor", "assistant", "reader", "other_editor", "stranger", "visitor")
NASTY = (
    "", " ", "0", "-1", "9" * 30, "9223372036854775808", "2147483648", "1e400", "NaN", "\0", "a\x00b", "\r\nX-Evil: 1",
    "a" * 70_000, "é" * 400, "\u202eevil", "\ud7ff\ufffd", "\U0001f600", "%", "%00", "%ff", "_", "'", '"', "';--",
    "{{ 7*7 }}", "${7*7}", "<script>alert(1)</script>", "../../etc/passwd", "//evil.example", "=1+1", "0000-00-00",
    "2026-02-30", "9999-12-31", "10000-01-01", "0001-01-01", "-2026-01-01", "2026-13-01", "\uff12\uff10\uff12\uff16",
    "2026-06-01T00:00", "on", "yes", "null", "[]", "{}", "None", "accepted", "rejected:desk", "nobody", "ijcp", "other",
    "metric:first_decision", "flow:closed:x", "-title", "<>", "a@b", "Ada <ada@example.org>",
)  # fmt: skip
NAMES = (
    "q", "sort", "page", "state", "waiting_on", "editor", "section", "tag", "overdue", "columns", "journal", "year",
    "from", "to", "basis", "imported", "by", "value", "of", "metric", "compare", "picture", "size", "ground", "on",
    "task", "reviewer", "then", "shown", "language", "next", "version", "note", "kind", "due_on", "reviewers", "origin",
    "was", "selected", "deed", "action", "name", "query", "title", "authors", "received_on", "reason", "armed",
    "answer", "until", "subject", "words", "field-0", "order-0", "line", "timezone", "country", "required_reviews",
)  # fmt: skip
BYTES = (b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x9f")

nasty = st.one_of(st.sampled_from(NASTY), st.text(max_size=20), st.integers().map(str), st.dates().map(str))
pairs = st.lists(st.tuples(st.sampled_from(NAMES), nasty), max_size=4)


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    app.config["PROPAGATE_EXCEPTIONS"] = False  # as it is served: a fault is an answer
    return a_world(app)


def ask(world: World, person: str, method: str, endpoint: str, data: st.DataObject) -> None:
    """One request with something wrong in it; its answer must not be a fault of ours."""
    changed = {name: data.draw(nasty, name) for name in ROUTES[endpoint].args if data.draw(st.booleans())}
    try:
        address = world.address(endpoint, **changed)
    except Exception:
        return
    client, query = world.clients[person], data.draw(pairs)
    if method == "GET":
        answer = client.get(f"{address}{'&' if '?' in address else '?'}{urlencode(query)}")
    else:
        form: dict[str, Any] = {
            name: value(world) if callable(value) else value for name, value in ROUTES[endpoint].form.items()
        }
        spoilt = {name: data.draw(nasty, name) for name in form if name != "sheet" and data.draw(st.booleans())}
        form |= {**spoilt, **dict(data.draw(pairs)), "csrf_token": world.tokens[person]}
        if data.draw(st.integers(0, 9)) == 0:
            form["sheet"] = (io.BytesIO(data.draw(st.sampled_from(BYTES))), data.draw(nasty))
        answer = client.post(address, data=form)
    status = answer.status_code
    answer.close()
    assert status < 500, (person, method, address, query, status)


def faults_of(world: World, method: str, endpoint: str) -> list[str]:
    """What a number of draws brought to light at one address, each as the smallest request that does it."""

    @seed(7)
    @settings(max_examples=DRAWS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(person=st.sampled_from(PEOPLE), data=st.data())
    def any_request(person: str, data: st.DataObject) -> None:
        ask(world, person, method, endpoint, data)

    try:
        any_request()
    except BaseExceptionGroup as group:
        return [str(error) for error in group.exceptions]
    except AssertionError as error:
        return [str(error)]
    return []


def test_no_nonsense_brings_a_page_down(world: World, tmp_path: Path) -> None:
    is_file = str(world.app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")
    back = world.snapshot(tmp_path) if is_file else lambda: None
    faults = []
    for method, endpoint in sorted(routes_of(world.app)):
        faults += faults_of(world, method, endpoint)
        if method == "POST":
            back()
    assert faults == []


def test_a_text_with_a_nul_is_not_read_wherever_it_stands(world: World) -> None:
    chief, form = world.clients["chief"], {"csrf_token": world.tokens["chief"]}
    for path in ("/views", "/manuscripts/new", "/settings/ijcp", world.address("editing.save")):
        answer = chief.post(path, data={**form, "name": "\0", "title": "a\0b", "value": "\0", "journal": "ijcp"})
        assert answer.status_code == 422, path
        assert "holds the character NUL" in answer.text
    for path in ("/manuscripts/a%00b", "/status/%00"):
        assert chief.get(path).status_code == 404, path
    for path in ("/manuscripts/?q=%00", "/?journal=%00"):
        assert chief.get(path).status_code == 200, path


LARGE = ("2147483648", "9223372036854775808", "9" * 20, "9" * 5000)


def test_a_number_larger_than_any_row_has_is_the_address_of_nothing(world: World) -> None:
    chief, token, reference = world.clients["chief"], world.tokens["chief"], world.args["reference"]
    for number in LARGE:
        paths = [f"/outbox/{number}/{deed}" for deed in ("retry", "release", "cancel", "address")]
        paths += [f"/answers/{number}/settle", f"/account/sign-ins/{number}/end"]
        paths += [f"/manuscripts/{reference}/correct/{number}", f"/reminders/{reference}/review:2:3/-{number}/skip"]
        for path in paths:
            assert chief.post(path, data={"csrf_token": token}).status_code == 404, path
        assert chief.get(f"/outbox/{number}").status_code == 404
        for listed in ("/outbox/", "/manuscripts/", "/settings/audit", "/settings/looks"):
            assert chief.get(f"{listed}?page={number}").status_code == 200, listed


def test_no_address_of_the_api_holds_a_number_of_a_row(app: Flask) -> None:
    """Rows have words there; the numbers in its queries and bodies have bounds of their own."""
    rules = build(app).url_map.iter_rules()
    assert [rule.rule for rule in rules if "<int" in rule.rule] == []


@pytest.mark.parametrize("raw", BYTES)
@sqlite_only
def test_bytes_that_are_no_text_are_no_fault(world: World, raw: bytes) -> None:
    chief, token = world.clients["chief"], world.tokens["chief"]
    words = "".join(f"%{byte:02x}" for byte in raw)
    for path in (
        f"/manuscripts/?q={words}",
        f"/manuscripts/{words}",
        f"/{words}",
        f"/?journal={words}",
        f"/status/{words}",
    ):
        assert chief.get(path.format(words)).status_code < 500, path
    body = f"csrf_token={token}&title={words}&journal=ijcp&received_on=2026-05-01&authors={words}"
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data", "application/json", words, ""):
        answer = chief.post("/manuscripts/new", data=body, content_type=kind)
        assert answer.status_code < 500, kind
    assert chief.open("/", method="BREW").status_code < 500
    assert chief.get("/", headers={"Cookie": f"tracker_session={words}", "Accept-Language": words}).status_code < 500
