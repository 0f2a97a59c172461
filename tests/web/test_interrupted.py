"""The sign-in ends in the middle of work: nothing is done, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.people import PASSWORD, People, manuscript_in, reloaded, token_of
from tests.web.test_browser import address, chromium, open_page, playwright  # noqa: F401  fixtures
from tracker.db import db

As = Callable[[str], FlaskClient]
OURS = {"Origin": "http://localhost"}


def signed_out_meanwhile(client: FlaskClient) -> str:
    """The token of a page that stayed open while the person signed out elsewhere."""
    token = token_of(client, "/")
    client.delete_cookie("tracker_session")
    return token


def test_a_form_sent_too_late_leads_back_to_itself_and_shows_its_words(as_: As, who: People) -> None:
    manuscript, editor = manuscript_in(who.journal), as_("editor")
    path = f"/manuscripts/{manuscript.reference}/record/rejected"
    typed = {"csrf_token": signed_out_meanwhile(editor), "on": "2026-05-04", "note": "Out of <scope>.", "version": "1"}
    answer = editor.post(path, data=typed, headers=OURS)
    assert answer.status_code == 400
    assert f'href="/login?next={path}"' in answer.text
    assert "Out of &lt;scope&gt;." in answer.text
    assert typed["csrf_token"] not in answer.text
    assert reloaded(manuscript).state == "received"


def test_another_sites_words_are_not_shown(as_: As, who: People) -> None:
    editor = as_("editor")
    editor.delete_cookie("tracker_session")
    for headers in ({"Origin": "https://evil.example"}, {}):
        answer = editor.post("/manuscripts/new", data={"title": "Call this number"}, headers=headers)
        assert (answer.status_code, "Call this number" in answer.text) == (400, False)
        away = editor.post("/views", data={}, headers={**headers, "Referer": "https://evil.example/manuscripts/"})
        assert "evil.example" not in away.text


def test_a_deed_without_a_page_leads_back_to_where_it_was_asked(as_: As, who: People) -> None:
    editor = as_("editor")
    data = {"csrf_token": signed_out_meanwhile(editor), "name": "Mine", "query": "q=x"}
    answer = editor.post("/views", data=data, headers={**OURS, "Referer": "http://localhost/manuscripts/?q=x"})
    assert 'href="/login?next=/manuscripts/?q%3Dx"' in answer.text
    assert "Mine" in answer.text


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(as_: As, who: People) -> None:
    manuscript, editor = manuscript_in(who.journal), as_("editor")
    page = f"/manuscripts/{manuscript.reference}"
    token = signed_out_meanwhile(editor)
    htmx = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{page}"}
    for answer in (
        editor.get(f"{page}/edit/status_note", headers=htmx),
        editor.post(f"{page}/edit/status_note", data={"value": "x"}, headers={**htmx, "X-CSRFToken": token}),
    ):
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, f"/login?next={page}")


@pytest.mark.browser
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # it is about the browser
def test_the_form_is_back_after_signing_in_again(open_page: Callable[..., Any], who: People) -> None:  # noqa: F811
    manuscript = manuscript_in(who.journal)
    db.session.rollback()
    page = open_page()
    path = f"/manuscripts/{manuscript.reference}"

    def sign_in_again() -> None:
        page.get_by_label("Email address").fill("chief@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

    page.goto(f"{path}/record/rejected")
    page.get_by_label("Note").fill("Ten careful lines")
    page.get_by_label("Date", exact=True).fill("2026-05-04")
    page.context.clear_cookies()
    page.get_by_role("button", name="Reject").click()
    playwright.expect(page.get_by_text("Ten careful lines")).to_be_visible()
    page.get_by_role("link", name="Sign in again").click()
    sign_in_again()
    playwright.expect(page.get_by_label("Note")).to_have_value("Ten careful lines")
    playwright.expect(page.get_by_label("Date", exact=True)).to_have_value("2026-05-04")

    page.goto(path)
    page.get_by_role("link", name="Add note").click()
    page.get_by_label("Note").fill("Typed in its place")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save note").click()
    sign_in_again()
    playwright.expect(page.get_by_label("Note")).to_have_value("Typed in its place")
    page.get_by_role("button", name="Save note").click()
    playwright.expect(page.locator("#field-status_note")).to_contain_text("Saved.")
    page.reload()
    playwright.expect(page.locator("#field-status_note form")).to_have_count(0)
    assert reloaded(manuscript).status_note == "Typed in its place"


@pytest.mark.browser
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_the_server_refused_is_kept_as_well(open_page: Callable[..., Any], who: People) -> None:  # noqa: F811
    page = open_page()
    page.goto("/manuscripts/new")
    page.get_by_label("Title").fill("A title")
    page.get_by_label("Authors").fill("Ada Lovelace <not an address>")
    page.get_by_label("Received on").fill("2026-05-04")
    page.get_by_label("Reference").fill("x y")
    page.get_by_role("button", name="Enter manuscript").click()
    playwright.expect(page.locator("#error-summary")).to_be_visible()
    page.context.clear_cookies()
    page.get_by_role("button", name="Enter manuscript").click()
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("Email address").fill("chief@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    playwright.expect(page.get_by_label("Title")).to_have_value("A title")
    playwright.expect(page.get_by_label("Reference")).to_have_value("x y")
