"""Who may ask what: every operation of the API by everybody, and by tokens that open nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tests.api.programs import (
    REVISE,
    WRITES,
    Program,
    expired_token_for,
    questions,
    statuses,
    token_for,
    with_letters_to_come,
)
from tests.people import NOW, People, manuscript_in, manuscript_that_is, post, signed_in, step
from tests.web.test_roles import PEOPLE
from tracker.db import db, transaction
from tracker.domain.words import State
from tracker.formats.article_record import AuthorRecord
from tracker.models import ApiToken, LedgerEntry
from tracker.queries.api_tokens import tokens_of
from tracker.services.accounts import add_account, disable, give_role, take_role
from tracker.services.actors import OPERATOR
from tracker.services.api_tokens import revoke_token

As = Callable[..., Program]

READS = ("list_manuscripts", "show_manuscript", "show_dates", "turnaround", "preview_letters", "list_letters")
OPEN = {"list_journals": 200, "parse_dates": 200}  # they tell nothing of anybody else's journal
SEES, WRITES_ALL = dict.fromkeys(READS, 200), {"enter": 201, "correct": 200, "undo": 200, "record": 200}
NOBODY = dict.fromkeys((*READS, *OPEN, "verify", *WRITES), 401)
STRANGER = {**OPEN, **dict.fromkeys((*READS, "verify", *WRITES), 404)}
EXPECTED = {
    "chief": {**OPEN, **SEES, "verify": 200, **WRITES_ALL},
    "editor": {**OPEN, **SEES, "verify": 403, **WRITES_ALL},
    "colleague": {**OPEN, **SEES, "verify": 403, **WRITES_ALL, "record": 403},  # another editor handles it
    "assistant": {**OPEN, **SEES, "verify": 403, **WRITES_ALL, "record": 403},  # a decision is an editor's
    "reader": {**OPEN, **SEES, "verify": 403, **dict.fromkeys(WRITES, 403)},
    "other_editor": STRANGER,
    "stranger": STRANGER,
    "disabled": NOBODY,  # their token was made before the account was closed
    "visitor": NOBODY,
}


def program_of(app: Flask, who: People, name: str) -> Program:
    """A program of one of the nine people of the pages' own matrix (tests/web/test_roles.py)."""
    if name == "visitor":
        return Program(app.test_client())
    if name in ("colleague", "disabled"):
        with transaction() as session:
            account = add_account(email=f"{name}@example.org", name=name.title(), by=OPERATOR, now=NOW)
            give_role(account, session.merge(who.journal), "editor", by=OPERATOR, now=NOW)
        who.everybody[name] = account
    program = Program(app.test_client(), token_for(who.everybody[name]))
    if name == "disabled":
        with transaction() as session:
            disable(session.merge(who.everybody[name]), by=OPERATOR, now=NOW)
    return program


@pytest.mark.parametrize("name", EXPECTED)
def test_everybody_may_what_their_role_in_the_journal_allows(app: Flask, who: People, name: str) -> None:
    manuscript = manuscript_that_is(State.UNDER_REVIEW, who.journal, editor=who.editor)
    assert statuses(program_of(app, who, name), manuscript) == EXPECTED[name]


def test_the_people_are_those_of_the_pages() -> None:
    assert sorted(EXPECTED) == sorted(PEOPLE)


def test_every_operation_that_is_documented_is_asked_here(as_: As, who: People) -> None:
    paths = as_("reader").get("/openapi.json").json["paths"].values()
    documented = {operation["operationId"] for path in paths for operation in path.values()}
    assert documented == set(questions(manuscript_that_is(State.RECEIVED, who.journal)))


def test_a_token_that_reads_changes_nothing(as_: As, who: People) -> None:
    manuscript = manuscript_that_is(State.UNDER_REVIEW, who.journal)
    chief = as_("chief", scope="read")
    before = db.session.query(LedgerEntry).count()
    assert statuses(chief, manuscript) == {**EXPECTED["chief"], **dict.fromkeys(WRITES, 403)}
    db.session.rollback()
    assert db.session.query(LedgerEntry).count() == before
    refused = chief.post(f"/manuscripts/{manuscript.reference}/undo", {})
    assert 'error="insufficient_scope"' in refused.headers["WWW-Authenticate"]
    assert "may read and change nothing" in refused.json["detail"]


def test_what_a_program_may_not_is_in_the_log(as_: As, who: People, caplog: pytest.LogCaptureFixture) -> None:
    ours = manuscript_that_is(State.RECEIVED, who.journal).reference
    caplog.set_level(logging.WARNING)
    assert as_("reader").post(f"/manuscripts/{ours}/undo", {}).status_code == 403
    assert as_("other_editor").get(f"/manuscripts/{ours}").status_code == 404
    reader, other = (who.everybody[name].uid for name in ("reader", "other_editor"))
    assert [record.getMessage() for record in caplog.records] == [
        f"NotAllowed: account {reader}, POST recording.undo {{'reference': '{ours}'}}",
        f"NotFound: account {other}, GET manuscripts.show_manuscript {{'reference': '{ours}'}}",
    ]


def test_a_token_that_opens_nothing_is_told_so_everywhere(app: Flask, who: People) -> None:
    manuscript = manuscript_that_is(State.UNDER_REVIEW, who.journal)
    revoked, of_disabled = token_for(who.chief), token_for(who.assistant)
    with transaction() as session:
        uid = tokens_of(who.chief.id)[0].uid
        revoke_token(session.merge(who.chief), uid, by=OPERATOR, now=NOW)
        disable(session.merge(who.assistant), by=OPERATOR, now=NOW)
    programs = {
        "none": Program(app.test_client()),
        "mistyped": Program(app.test_client(), token_for(who.chief)[:-1]),
        "revoked": Program(app.test_client(), revoked),
        "expired": Program(app.test_client(), expired_token_for(who.chief)),
        "of a disabled account": Program(app.test_client(), of_disabled),
    }
    every = dict.fromkeys(questions(manuscript), 401)
    assert {name: statuses(program, manuscript) for name, program in programs.items()} == dict.fromkeys(programs, every)
    told = programs["expired"].get("/journals")
    assert told.json["detail"].startswith("This token has expired.")
    assert told.headers["WWW-Authenticate"] == 'Bearer realm="Journal Tracker", error="invalid_token"'


def test_a_role_that_is_taken_is_taken_from_the_token_too(as_: As, who: People) -> None:
    manuscript, editor = manuscript_that_is(State.RECEIVED, who.journal), as_("editor")
    assert editor.get(f"/manuscripts/{manuscript.reference}").status_code == 200
    with transaction() as session:
        take_role(session.merge(who.editor), session.merge(who.journal), by=OPERATOR, now=NOW)
    assert editor.get(f"/manuscripts/{manuscript.reference}").status_code == 404
    assert editor.get("/journals").json == {"journals": []}


def test_lists_without_a_journal_hold_ones_own_only(as_: As, who: People) -> None:
    ours, theirs = with_letters_to_come(who.journal), with_letters_to_come(who.other_journal)
    listed = as_("other_editor").get("/manuscripts").json
    assert (listed["total"], [row["reference"] for row in listed["manuscripts"]]) == (1, [theirs.reference])
    assert [one["slug"] for one in as_("other_editor").get("/journals").json["journals"]] == ["other"]
    for name, manuscript in (("chief", ours), ("other_editor", theirs)):
        letters = as_(name).get("/reminders/preview?days=30").json["letters"]
        assert {letter["reference"] for letter in letters} == {manuscript.reference}
    assert as_("other_editor").get("/verify").json["manuscripts"] == 1
    assert as_("stranger").get("/manuscripts").json == {"total": 0, "manuscripts": []}


def test_nobody_sees_or_handles_their_own_work_as_an_editor(as_: As, who: People) -> None:
    mine = AuthorRecord("Chief", "Editor", "Chief@example.org")
    own = manuscript_in(who.journal, title="Own work", authors=[mine], received_on=date(2026, 5, 18))
    step(own, "sent_to_review", date(2026, 5, 25), reviewers=["Grace Hopper <grace@example.org>"])
    chief, editor = as_("chief"), as_("editor")
    assert statuses(chief, own) == {**EXPECTED["chief"], "show_manuscript": 403, "show_dates": 403,
                                    "correct": 403, "undo": 403, "record": 403}  # fmt: skip
    assert "You are an author of IJCP-2026-001" in chief.get("/manuscripts/IJCP-2026-001").json["detail"]
    for path in ("/manuscripts", "/reminders/preview", "/outbox", "/reports/turnaround?journal=ijcp", "/verify"):
        assert "IJCP-2026-001" not in chief.get(path).text, path
    assert "IJCP-2026-001" in editor.get("/manuscripts").text
    assert "IJCP-2026-001" in editor.get("/reminders/preview").text


def test_an_editor_decides_about_nobody_elses_manuscript(as_: As, who: People) -> None:
    others = manuscript_that_is(State.UNDER_REVIEW, who.journal, editor=who.chief)
    answer = as_("editor").post(f"/manuscripts/{others.reference}/steps", REVISE)
    assert answer.status_code == 403
    assert "is recorded by the chief editor or its handling editor" in answer.json["detail"]


def test_a_sign_in_on_the_pages_opens_nothing_here_and_a_token_nothing_there(app: Flask, as_: As, who: People) -> None:
    client = signed_in(app.test_client(), who.chief)
    assert client.get("/api/v1/journals?journal=ijcp").status_code == 401
    assert post(client, "/api/v1/parse-dates", lines="x").status_code == 401
    answer = app.test_client().get("/manuscripts/", headers={"Authorization": f"Bearer {token_for(who.chief)}"})
    assert answer.status_code == 302
    assert "/login" in answer.location
    assert "Set-Cookie" not in as_("chief").get("/journals").headers


def test_the_database_holds_a_hash_and_the_day_of_the_last_use(as_: As, who: People) -> None:
    chief = as_("chief")
    row = db.session.query(ApiToken).one()
    assert chief.token.startswith(f"tracker_{row.uid}_")
    secret = chief.token.removeprefix(f"tracker_{row.uid}_")
    assert len(secret) == 43  # 256 bits, six in a character
    assert all(secret not in str(getattr(row, name)) for name in ("uid", "name", "token_hash"))
    assert row.last_used_on is None
    chief.get("/journals")
    db.session.rollback()
    assert db.session.query(ApiToken).one().last_used_on.isoformat() == "2026-06-01"
