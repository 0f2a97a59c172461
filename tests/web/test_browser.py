"""In a real browser: an editor's Sunday."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.people import PASSWORD, People

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
    """The application with its people, served by a thread."""
    with served(app) as url:
        yield url


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
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
        page.get_by_role("button", name="Sign in", exact=True).click()
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
