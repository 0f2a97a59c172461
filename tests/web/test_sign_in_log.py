"""The log of sign-ins: what is noted of whom, what is not readable in it, who reads it, and that nobody changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.cli.running import Terminal
from tests.people import PASSWORD, People, post, token_of
from tests.web.test_second_factors import answer, app_set_up, begin
from tests.web.test_sign_ins import change
from tests.web.test_throttle import sign_in
from tracker.db import db, transaction
from tracker.domain.sign_in_log import Happening
from tracker.jobs import retention
from tracker.models import SignInEntry
from tracker.services.account_links import password_path
from tracker.services.sign_in_log import forget_old_sign_ins, note_sign_in

As = Callable[[str], FlaskClient]
HERE = "192.0.2.7"


@pytest.fixture
def moment() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime(2026, 11, 2, 9, 0, 15, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def log() -> list[tuple[str, str | None]]:
    """What is noted, oldest first: what, and by which way."""
    db.session.rollback()
    return [(row.what, row.way) for row in db.session.scalars(select(SignInEntry).order_by(SignInEntry.id))]


def newest() -> SignInEntry:
    db.session.rollback()
    return db.session.scalars(select(SignInEntry).order_by(SignInEntry.id.desc()).limit(1)).one()


def test_signing_in_and_out_is_noted_with_the_way_and_from_where(app: Flask, who: People) -> None:
    client = app.test_client()
    assert sign_in(client, "editor@example.org", PASSWORD, HERE).status_code == 302
    entry = newest()
    assert (entry.what, entry.way, entry.account, entry.address) == ("signed_in", "password", who.editor.uid, HERE)
    assert entry.tried is None
    post(client, "/logout")
    assert log() == [("signed_in", "password"), ("signed_out", None)]


def test_a_wrong_password_is_noted_of_the_account_and_having_to_wait_once(app: Flask, who: People) -> None:
    client = app.test_client()
    for number in range(9):
        sign_in(client, "Editor@Example.org ", f"guess {number}", HERE)
    assert log() == [("failed", "password")] * 5 + [("held_up", "password")]
    assert {row.account for row in db.session.scalars(select(SignInEntry))} == {who.editor.uid}


def test_what_is_no_account_is_told_apart_and_not_readable(app: Flask, who: People, terminal: Terminal) -> None:
    for typed in ("my secret password", "somebody.else@example.org", "my secret password"):
        sign_in(app.test_client(), typed, "another secret", HERE)
    db.session.rollback()
    rows = db.session.execute(text("SELECT * FROM sign_in_entries ORDER BY id")).mappings().all()
    tried = [row["tried"] for row in rows]
    assert tried[0] == tried[2] != tried[1]
    assert [row["account"] for row in rows] == [None] * 3
    assert "secret" not in str(rows)
    assert "somebody" not in str(rows)
    lines = terminal.run("audit", "--sign-ins", "--json").document["sign_ins"]
    assert [line["who"] for line in lines] == [f"no account {one}" for one in reversed(tried)]


def test_codes_are_noted_when_they_are_set_up_wrong_and_right(app: Flask, as_: As, who: People, moment) -> None:
    mine = app_set_up(as_("editor"))
    moment.shift(60)
    client = app.test_client()
    begin(client)
    answer(client, "000000")
    answer(client, mine.generate().token)
    assert log() == [("signed_in", "password"), ("codes_set_up", None), ("failed", "code"), ("signed_in", "code")]
    assert {row.account for row in db.session.scalars(select(SignInEntry))} == {who.editor.uid}


def test_a_new_password_is_noted_with_the_way_to_it_and_is_no_sign_in(app: Flask, as_: As, who: People) -> None:
    change(as_("editor"), PASSWORD, "three unlikely garden words")
    assert log() == [("signed_in", "password"), ("password_set", "password")]
    with app.app_context():
        path = password_path(who.reader, secret_key=app.config["SECRET_KEY"])
    client = app.test_client()
    new = {"password": "seven unlikely garden words", "password_confirm": "seven unlikely garden words"}
    assert client.post(path, data={"csrf_token": token_of(client, path), **new}).status_code == 302
    assert log()[2:] == [("password_set", "link")]
    assert newest().account == who.reader.uid


def test_the_password_asked_for_again_is_noted_when_it_is_wrong(as_: As, who: People) -> None:
    client = as_("editor")
    post(client, "/verify", password="not the password")
    assert log() == [("signed_in", "password"), ("failed", "password")]
    assert newest().account == who.editor.uid


def test_a_new_password_is_noted_in_vain_when_the_present_one_is_wrong_and_not_when_the_new_one_is_poor(
    as_: As, who: People
) -> None:
    client = as_("editor")
    change(client, "not the password", "three unlikely garden words")
    change(client, PASSWORD, "short")
    assert log() == [("signed_in", "password"), ("failed", "password")]


def test_a_person_sees_their_own_and_nobody_elses(app: Flask, as_: As, who: People) -> None:
    sign_in(app.test_client(), "editor@example.org", "a guess", "203.0.113.9")
    sign_in(app.test_client(), "reader@example.org", "a guess", "198.51.100.4")
    page = as_("editor").get("/account/").text
    assert "Failed to sign in by password" in page
    assert "203.0.113.9" in page
    assert "198.51.100.4" not in page


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def test_the_operator_reads_it_whole_or_for_the_people_of_a_journal(
    app: Flask, as_: As, who: People, terminal: Terminal
) -> None:
    for name in ("editor", "other_editor"):
        as_(name)
    whole = terminal.run("audit", "--sign-ins", "--json").document["sign_ins"]
    assert [(line["who"], line["what"], line["way"], line["address"]) for line in whole] == [
        ("Other Editor", "signed_in", "password", "127.0.0.1"), ("Editor", "signed_in", "password", "127.0.0.1"),
    ]  # fmt: skip
    ours = terminal.run("audit", "--sign-ins", "--journal", "ijcp").out
    assert "Editor  Signed in by password  127.0.0.1" in ours
    assert "Other Editor" not in ours
    assert terminal.run("audit", "--sign-ins", "--looks").status == 2


@pytest.mark.parametrize("statement", ["UPDATE sign_in_entries SET address = 'x'", "DELETE FROM sign_in_entries"])
def test_the_database_refuses_to_change_the_log(as_: As, who: People, statement: str) -> None:
    as_("editor")
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(statement))


def test_the_log_cannot_be_replaced_or_emptied(as_: As, who: People) -> None:
    as_("editor")
    replace = "REPLACE INTO sign_in_entries SELECT * FROM sign_in_entries"
    statement = "TRUNCATE sign_in_entries" if db.engine.dialect.name == "postgresql" else replace
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(statement))


def test_after_180_days_an_entry_goes_and_not_before(app: Flask, who: People) -> None:
    now = datetime.now(UTC)
    for days in (181, 179, 0):
        with transaction():
            note_sign_in(Happening.SIGNED_IN, now=now - timedelta(days=days), address=HERE, account=who.editor.uid)
    retention.daily(now_of=lambda: now, today_of=lambda zone: now.date())
    assert len(log()) == 2
    with transaction():
        assert forget_old_sign_ins(now=now) == 0
