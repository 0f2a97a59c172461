"""In a real browser: an editor's Sunday, and no page that somebody could not read."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.people import PASSWORD, People, manuscript_in, manuscript_that_is, step
from tests.web.test_letters import letter_about
from tracker.db import db
from tracker.domain.words import State

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser: the system's, or the one that Playwright has fetched."""
    with playwright.sync_playwright() as started:
        path = shutil.which("chromium") or shutil.which("chromium-browser") or started.chromium.executable_path
        if not os.path.exists(path):
            pytest.skip("there is no Chromium: install it, or run “playwright install chromium”")
        browser = started.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask, who: People) -> Iterator[str]:
    """The application, served by a thread."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open a page signed in as the chief editor; what the browser complains about fails the test."""
    contexts, complaints = [], []

    def opened(**wishes: Any) -> Any:
        context = chromium.new_context(base_url=address, **wishes)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/login")
        page.get_by_label("Email address").fill("chief@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def test_an_editor_catches_up_on_sunday(open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.get_by_role("link", name="Enter a manuscript").click()
    page.get_by_label("Title").fill("On the Keeping of True Dates")
    page.get_by_label("Authors").fill("Ada Lovelace <ada@example.org>")
    page.get_by_label("Received on").fill("2026-05-04")
    page.get_by_role("button", name="Enter manuscript").click()
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("On the Keeping of True Dates")

    page.get_by_role("link", name="Send to review").click()
    page.get_by_label("Reviewers").fill("Grace Hopper <grace@example.org>")
    page.get_by_label("Date").fill("2026-05-06")
    page.get_by_role("button", name="Send to review").click()
    playwright.expect(page.locator("[data-flash=success]")).to_contain_text("Sent to review on 6 May 2026")

    page.get_by_role("link", name="Request revision").click()
    page.get_by_label("Date", exact=True).fill("2026-05-20")
    page.get_by_label("Minor").check()
    page.get_by_role("button", name="Request revision").click()
    playwright.expect(page.locator("#standing")).to_have_text("Revision requested (minor)")

    page.locator("[data-flash=success]").get_by_role("button", name="Undo").click()
    playwright.expect(page.locator("#standing")).to_have_text("Under review")
    playwright.expect(page.locator(".history .undone")).not_to_have_count(0)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (1280, "dark"), (390, "dark")])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the pages are the same on both
def test_every_page_is_accessible(open_page: Callable[..., Any], who: People, width: int, theme: str) -> None:
    from axe_core_python.sync_playwright import Axe

    manuscripts = [manuscript_that_is(state, who.journal, title=f"Work {state}", editor=who.chief) for state in State]
    received, review = manuscripts[0].reference, manuscripts[1].reference
    step(manuscript_in(who.journal, title="Held"), "held", date(2026, 5, 1), note="Waiting.")
    letter = letter_about(manuscripts[1], "uncertain")
    db.session.rollback()
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 900})
    axe, found = Axe(), {}
    for path in [
        "/", "/manuscripts/", "/manuscripts/?q=nothing", "/manuscripts/new", "/settings/", "/reminders/", "/outbox/",
        "/board/", "/calendar/", "/manuscripts/quick", "/manuscripts/paste",
        "/manuscripts/?columns=open,editor,section,tags,note",
        *(f"/manuscripts/{received}/edit/{name}" for name in ("title", "tags", "handling_editor", "status_note")),
        "/reports/turnaround", f"/outbox/{letter}", "/no-such-page", f"/manuscripts/{received}/correct/1",
        *(f"/manuscripts/{one.reference}" for one in manuscripts),
        *(f"/manuscripts/{received}/record/{action}" for action in ("sent_to_review", "transferred", "published")),
        *(f"/manuscripts/{review}/record/{action}" for action in ("reviewed", "revision_requested", "extended")),
        f"/manuscripts/{manuscripts[4].reference}/record/published",
    ]:  # fmt: skip
        page.goto(path)
        result = axe.run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert result["passes"]
        broken = [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]
        if broken:
            found[path] = broken
        wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if wider:
            found.setdefault(path, []).append(("wider than the window", ""))
    assert found == {}
