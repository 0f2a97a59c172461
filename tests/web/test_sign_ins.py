"""Browsers that are signed in: listed, ended one by one, and over by themselves; passwords and their changes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from tests.cli.running import Terminal
from tests.people import PASSWORD, People, post, signed_in, token_of
from tracker.db import db, transaction
from tracker.models import Account, AuditEntry, SignIn

As = Callable[[str], FlaskClient]
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1"


def browser(app: Flask, user_agent: str, address: str = "192.0.2.7", **more: str) -> FlaskClient:
    """The editor's browser of this kind, signed in from this address."""
    client = app.test_client()
    client.environ_base |= {"HTTP_USER_AGENT": user_agent, "REMOTE_ADDR": address}
    data = {"csrf_token": token_of(client), "email": "editor@example.org", "password": PASSWORD, **more}
    assert client.post("/login", data=data).status_code == 302
    return client


def is_in(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def age(**change: timedelta) -> None:
    """Make every sign-in older."""
    with transaction() as session:
        for row in session.scalars(select(SignIn)):
            for name, by in change.items():
                setattr(row, name, getattr(row, name) - by)


def test_the_account_page_lists_browsers_and_ends_one(app: Flask, who: People) -> None:
    laptop, phone = browser(app, LAPTOP), browser(app, PHONE, "2001:db8::9")
    page = laptop.get("/account/").text
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert "192.0.2.7" in page
    assert "2001:db8::9" in page
    (end,) = re.findall(r'action="(/account/sign-ins/\d+/end)"', page)
    assert post(laptop, end).status_code == 302
    assert (is_in(laptop), is_in(phone)) == (True, False)
    assert post(laptop, end).status_code == 404


def test_nobody_ends_the_sign_in_of_another(app: Flask, as_: As, who: People) -> None:
    editor, reader = browser(app, LAPTOP), as_("reader")
    theirs = db.session.scalars(select(SignIn.id).where(SignIn.account_id == who.editor.id)).one()
    assert post(reader, f"/account/sign-ins/{theirs}/end").status_code == 404
    assert is_in(editor)


def test_signing_out_everywhere_else(app: Flask, as_: As, who: People) -> None:
    here, there, other = browser(app, LAPTOP), browser(app, PHONE, remember="y"), as_("reader")
    post(here, "/account/sign-ins/end-others")
    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)


def test_signing_out_ends_the_sign_in_and_not_only_the_cookie(app: Flask, who: People) -> None:
    here, copy = browser(app, LAPTOP), app.test_client()
    cookie = here.get_cookie("tracker_session")
    assert cookie is not None
    copy.set_cookie("tracker_session", cookie.value)
    assert is_in(copy)
    post(here, "/logout")
    assert not is_in(copy)
    assert db.session.query(SignIn).count() == 0


@pytest.mark.parametrize(
    ("remember", "begun", "seen", "lasts"),
    [
        ("", timedelta(hours=11), timedelta(hours=11), True),
        ("", timedelta(hours=13), timedelta(hours=13), False),
        ("", timedelta(days=13), timedelta(0), True),
        ("", timedelta(days=15), timedelta(0), False),
        ("y", timedelta(days=13), timedelta(days=13), True),
        ("y", timedelta(days=15), timedelta(0), False),
    ],
)
def test_a_sign_in_ends_when_idle_and_when_old(
    app: Flask, who: People, remember: str, begun: timedelta, seen: timedelta, lasts: bool
) -> None:
    client = browser(app, LAPTOP, **({"remember": remember} if remember else {}))
    age(begun_at=begun, seen_at=seen)
    assert is_in(client) is lasts


def test_staying_signed_in_survives_the_browser_and_not_its_end(app: Flask, who: People) -> None:
    client = browser(app, LAPTOP, remember="y")
    client.delete_cookie("tracker_session")
    assert is_in(client)
    post(client, "/account/sign-ins/end-others")
    with transaction() as session:
        session.query(SignIn).delete()
    client.delete_cookie("tracker_session")
    assert not is_in(client)


def test_what_is_over_is_swept_at_the_next_sign_in(app: Flask, who: People) -> None:
    browser(app, LAPTOP)
    age(begun_at=timedelta(days=15))
    browser(app, PHONE)
    assert [row.device for row in db.session.scalars(select(SignIn))] == ["Safari on iPhone"]


def test_a_page_asks_once_who_it_is_and_notes_nothing_within_minutes(app: Flask, who: People) -> None:
    client, sent = browser(app, LAPTOP), []
    client.get("/settings/ijcp")
    note = lambda connection, cursor, statement, *rest: sent.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    client.get("/settings/ijcp")
    assert sum("sign_ins" in statement for statement in sent) == 1
    assert not [statement for statement in sent if statement.startswith(("UPDATE", "INSERT", "DELETE"))]
    age(seen_at=timedelta(minutes=6))
    client.get("/settings/ijcp")
    sent.clear()
    client.get("/settings/ijcp")
    event.remove(db.engine, "before_cursor_execute", note)
    assert not [statement for statement in sent if statement.startswith("UPDATE")], "it was noted by the page before"


def change(client: FlaskClient, old: str, new: str):
    token = token_of(client, "/account/password")
    data = {"csrf_token": token, "password": old, "new_password": new, "new_password_confirm": new}
    return client.post("/account/password", data=data)


def test_changing_the_password_keeps_this_browser_and_ends_the_others(app: Flask, who: People) -> None:
    here, there = browser(app, LAPTOP), browser(app, PHONE, remember="y")
    assert "The password is not right" in change(here, "wrong password", "three unlikely garden words").text
    assert change(here, PASSWORD, "three unlikely garden words").location == "/account/"
    assert (is_in(here), is_in(there)) == (True, False)
    there.delete_cookie("tracker_session")
    assert not is_in(there)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.what, entry.actor, entry.account) == ("password_set", who.editor.uid, who.editor.uid)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs between the two
@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "10 characters at least"),
        ("x" * 201, "200 characters at most"),
        ("password123", "easy to guess"),
        ("qwertyuiop", "easy to guess"),
        ("editor@example.org", "easy to guess"),
        (PASSWORD, "This is the password you have"),
    ],
)
def test_passwords_that_are_refused(app: Flask, who: People, password: str, sentence: str) -> None:
    client = browser(app, LAPTOP)
    assert sentence in change(client, PASSWORD, password).text
    signed_in(app.test_client(), who.editor)


def test_a_person_changes_their_name(as_: As, who: People) -> None:
    reader = as_("reader")
    post(reader, "/account/name", name="  Rita   Reader ")
    assert "Rita Reader" in reader.get("/").text
    refused = post(reader, "/account/name", name="x" * 201)
    assert (refused.status_code, "too long" in refused.text) == (422, True)
    assert db.session.scalar(select(Account.name).where(Account.uid == who.reader.uid)) == "Rita Reader"


def test_the_operator_signs_somebody_or_everybody_out(as_: As, who: People, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(capsys)
    editor, reader, again = as_("editor"), as_("reader"), as_("editor")
    ended = terminal.run("account", "sign-out", "editor@example.org", "--json").document["ended"]
    assert ended == {"editor@example.org": 2}
    assert [is_in(client) for client in (editor, reader, again)] == [False, True, False]
    editor = as_("editor")
    assert terminal.run("account", "sign-out", "--everybody").out == "2 browsers of 6 accounts signed out.\n"
    assert [is_in(client) for client in (editor, reader)] == [False, False]
    assert terminal.run("account", "sign-out").status == 2
    assert terminal.run("account", "sign-out", "editor@example.org", "--everybody").status == 2


@pytest.mark.parametrize("place", ["first", "middle", "last", "absent"])
def test_a_password_that_has_leaked_is_refused(app: Flask, as_: As, who: People, tmp_path: Path, place: str) -> None:
    new = "three unlikely garden words"
    mine = hashlib.sha1(new.encode()).hexdigest().upper()  # noqa: S324  as such lists are made
    others = sorted(hashlib.sha1(f"{number}".encode()).hexdigest().upper() for number in range(500))  # noqa: S324
    wanted = {"first": [h for h in others if h > mine], "last": [h for h in others if h < mine]}.get(place, others)
    lines = sorted([*wanted, *([] if place == "absent" else [mine])])
    known = tmp_path / "leaked.txt"
    known.write_text("".join(f"{line}:{number}\r\n" for number, line in enumerate(lines, start=1)))
    app.config["TRACKER_SETTINGS"] = app.config["TRACKER_SETTINGS"].model_copy(update={"breached_passwords": known})
    answer = change(as_("editor"), PASSWORD, new)
    assert (answer.status_code, "has leaked somewhere" in answer.text) == (
        (302, False) if place == "absent" else (200, True)
    )
