"""Headers on every answer, CSRF on every POST, nothing changed by a GET, and no style or script inside a page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.people import People, manuscript_in, manuscript_that_is, post, reloaded
from tracker.db import db
from tracker.domain.words import State
from tracker.formats.article_record import AuthorRecord
from tracker.migrations import state
from tracker.models import LedgerEntry
from tracker.web import dashboard
from tracker.web.safety import HEADERS
from tracker.web.sign_in import AccountStore

As = Callable[[str], FlaskClient]
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:|hx-on", re.IGNORECASE)


def pages_of(who: People) -> list[str]:
    """One address of every page, over manuscripts in every state."""
    manuscripts = {state: manuscript_that_is(state, who.journal, title=f"Work {state}") for state in State}
    received, review = manuscripts[State.RECEIVED].reference, manuscripts[State.UNDER_REVIEW].reference
    forms = ["sent_to_review", "returned", "rejected", "accepted", "held", "transferred", "withdrawn", "extended"]
    reviewing = ["invited", "agreed", "reviewed", "revision_requested"]
    return [
        "/", "/reminders/", "/outbox/", "/outbox/1", "/manuscripts/", "/manuscripts/?overdue=yes&q=work&sort=-title",
        "/manuscripts/?q=nothing", "/settings/", "/manuscripts/new", "/no-such-page", f"/manuscripts/{received}/undo",
        f"/manuscripts/{received}/correct/1", f"/manuscripts/{received}/correct/9",
        f"/manuscripts/{received}/record/published",
        *(f"/manuscripts/{one.reference}" for one in manuscripts.values()),
        *(f"/manuscripts/{received}/record/{action}" for action in forms),
        *(f"/manuscripts/{review}/record/{action}" for action in reviewing),
        f"/manuscripts/{manuscripts[State.ACCEPTED].reference}/record/published",
        f"/manuscripts/{manuscripts[State.PUBLISHED].reference}/record/notice_added",
    ]  # fmt: skip


def test_every_answer_has_the_headers_and_no_page_holds_style_or_script(as_: As, who: People) -> None:
    chief = as_("chief")
    for path in ["/login", "/healthz", *pages_of(who)]:
        answer = chief.get(path)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.status_code < 500, path
        assert INLINE.search(answer.text) is None, (path, INLINE.search(answer.text))
        assert "Traceback" not in answer.text


def test_static_files_are_named_by_content_and_kept(visitor: FlaskClient, who: People) -> None:
    address = re.search(r'href="(/static/tracker\.css\?v=[0-9a-f]{12})"', visitor.get("/login").text)
    assert address is not None
    answer = visitor.get(address[1])
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_no_get_changes_anything(as_: As, who: People) -> None:
    chief, paths = as_("chief"), pages_of(who)
    before = db.session.scalar(select(func.count()).select_from(LedgerEntry))
    for path in paths:
        chief.get(path)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(LedgerEntry)) == before


def test_every_post_without_the_token_is_refused(app: Flask, as_: As, who: People) -> None:
    chief, manuscript = as_("chief"), manuscript_in(who.journal)
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.endpoint == "answers.end_digests":  # RFC 8058: one click, no form
            continue
        values = {"reference": manuscript.reference, "action": "held", "position": 1, "slug": "ijcp", "token": "x"}
        named = {name: values.get(name, 1) for name in rule.arguments}
        path = app.url_map.bind("localhost").build(rule.endpoint, named, method="POST")
        answer = chief.post(path, data={"on": "2026-05-01", "note": "x", "version": manuscript.version})
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, 400)
        assert "open too long" in answer.text
    assert reloaded(manuscript).version == 1


def test_titles_and_names_are_text(as_: As, who: People) -> None:
    bad = "<script>alert(1)</script>"
    author = AuthorRecord(bad, f'"{bad}', "a@example.org", affiliation=bad)
    manuscript = manuscript_in(who.journal, title=f"On {bad}", authors=[author])
    chief = as_("chief")
    for path in ("/", "/manuscripts/", f"/manuscripts/{manuscript.reference}", "/manuscripts/?q=" + bad):
        page = chief.get(path).text
        assert bad not in page
        assert "&lt;script&gt;" in page


def test_a_nul_is_in_no_text(as_: As, who: People) -> None:
    manuscript, editor = manuscript_in(who.journal), as_("editor")
    page = f"/manuscripts/{manuscript.reference}"
    assert editor.get(f"{page}%00").status_code == 404
    assert manuscript.reference in editor.get(f"/manuscripts/?q={manuscript.reference}%00").text
    assert manuscript.reference in editor.get("/manuscripts/?state=%00&%00=1").text
    answer = post(editor, f"{page}/record/held", version=1, on="2026-05-01", note="a\0b")
    assert answer.status_code == 422
    assert "holds the character NUL" in answer.text
    assert reloaded(manuscript).version == 1


def test_health(visitor: FlaskClient, who: People) -> None:
    answer = visitor.get("/healthz")
    found = answer.get_json()
    assert (answer.status_code, found["status"], found["reason"]) == (200, "ok", None)


def test_a_database_that_does_not_answer_is_said_in_words(app: Flask, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("SELECT secret", {}, Exception("no such file: /secret"))

    chief = as_("chief")
    monkeypatch.setattr(AccountStore, "find_user", broken)
    answer = chief.get("/")
    assert answer.status_code == 503
    assert "The database does not answer just now" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_a_fault_of_ours_is_said_in_words(app: Flask, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret")

    chief = as_("chief")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(dashboard, "dashboard_of", broken)
    answer = chief.get("/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_healthz_says_what_is_wrong(visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "newest_revision", lambda: "9999")
    answer = visitor.get("/healthz")
    assert answer.status_code == 503
    assert "tracker db upgrade" in answer.json["reason"]
