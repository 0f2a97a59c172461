"""The audit trail and the looks: written with every change, read by the chief editor, changed by nobody."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.people import NOW, People, manuscript_that_is, post
from tracker.db import db, transaction
from tracker.domain.errors import BadInput
from tracker.domain.words import State
from tracker.queries.audit import audit_lines, look_lines
from tracker.services.accounts import disable, give_role
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal

As = Callable[[str], FlaskClient]
FORM = {"title": "A New Title", "timezone": "Europe/Lisbon", "country": "PT", "required_reviews": "2",
        "anonymity": "single_anonymized"}  # fmt: skip


def newest(who: People) -> list[tuple[str, str, str]]:
    db.session.rollback()
    return [(line.what, line.by, line.whom) for line in audit_lines([who.journal.id], limit=2)]


def test_settings_saved_on_their_page_are_in_the_trail_with_what_was_before(as_: As, who: People) -> None:
    assert post(as_("chief"), "/settings/ijcp", **FORM).status_code == 302
    db.session.rollback()
    line = audit_lines([who.journal.id], limit=1)[0]
    assert (line.what, line.by, line.journal) == ("settings_changed", "Chief", "ijcp")
    assert line.before == {"title": "Journal of Careful Practice", "timezone": "UTC", "country": ""}
    assert line.after["timezone"] == "Europe/Lisbon"


def test_saving_the_same_again_adds_nothing(as_: As, who: People) -> None:
    chief = as_("chief")
    post(chief, "/settings/ijcp", **FORM)
    before = newest(who)
    post(chief, "/settings/ijcp", **FORM)
    assert newest(who) == before


def test_a_change_that_is_refused_leaves_no_entry(who: People, app: Flask) -> None:
    before = newest(who)
    with pytest.raises(BadInput), transaction() as session:
        change_journal(session.merge(who.journal), by=OPERATOR, now=NOW, title="Other", timezone="Nowhere/Atall")
    assert newest(who) == before


def test_roles_and_accounts_are_in_the_trail_of_their_journal(who: People, app: Flask) -> None:
    with transaction() as session:
        give_role(session.merge(who.reader), session.merge(who.journal), "assistant", by=OPERATOR, now=NOW)
        disable(session.merge(who.reader), by=OPERATOR, now=NOW)
    assert newest(who) == [("account_disabled", "command line", "Reader"), ("role_given", "command line", "Reader")]


def test_the_chief_editor_reads_searches_and_downloads_it(as_: As, who: People) -> None:
    chief = as_("chief")
    post(chief, "/settings/ijcp", **{**FORM, "title": "=cmd()"})
    assert "timezone: UTC → Europe/Lisbon" in chief.get("/settings/audit").text
    assert "timezone" not in chief.get("/settings/audit?q=assistant").text
    assert "Nothing found" in chief.get("/settings/audit?q=no-such-word").text
    rows = list(csv.DictReader(io.StringIO(chief.get("/settings/audit.csv?q=lisbon").text)))
    assert [(row["what"], row["by"]) for row in rows] == [("settings_changed", "Chief")]


@pytest.mark.parametrize("name", ["editor", "assistant", "reader", "stranger"])
@pytest.mark.parametrize("path", ["/settings/audit", "/settings/audit.csv", "/settings/looks"])
def test_nobody_else_reads_it(as_: As, name: str, path: str) -> None:
    assert as_(name).get(path).status_code == 403


def test_the_chief_of_another_journal_does_not_see_ours(as_: As) -> None:
    page = as_("other_editor").get("/settings/audit").text
    assert "ijcp" not in page
    assert "Assistant" not in page
    assert "Another" in page


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"])
def test_the_database_refuses_to_change_the_trail(who: People, app: Flask, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(statement))


def test_the_trail_cannot_be_replaced_or_emptied(who: People, app: Flask) -> None:
    replace = "REPLACE INTO audit_entries SELECT * FROM audit_entries"
    statement = "TRUNCATE audit_entries" if db.engine.dialect.name == "postgresql" else replace
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(statement))


def test_a_look_at_reviewers_is_noted_once_an_hour(as_: As, who: People) -> None:
    manuscript = manuscript_that_is(State.UNDER_REVIEW, who.journal)
    assistant = as_("assistant")
    for _ in range(2):
        assert assistant.get(f"/manuscripts/{manuscript.reference}").status_code == 200
    db.session.rollback()
    seen = [(line.by, line.what, line.manuscript) for line in look_lines([who.journal.id])]
    assert sorted(seen) == [("Assistant", word, manuscript.reference) for word in ("review_texts", "reviewers")]
    assert "Assistant" in as_("chief").get("/settings/looks").text


def test_a_page_that_is_refused_is_no_look(as_: As, who: People) -> None:
    manuscript = manuscript_that_is(State.UNDER_REVIEW, who.journal)
    assert as_("other_editor").get(f"/manuscripts/{manuscript.reference}").status_code == 404
    db.session.rollback()
    assert look_lines(None) == []
