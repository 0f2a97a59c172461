"""What holds for every page: it is there, small, readable by everybody, and asks as often for much as for little."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.people import People, manuscript_in, manuscript_that_is
from tests.web.every_page import FOR_VISITORS, clients, live_in, pages_of, reviewer_awaited
from tests.web.test_browser import WCAG, address, chromium, open_page, playwright  # noqa: F401  fixtures
from tests.web.test_compression import STATIC, size_of
from tests.web.test_letters import letter_about
from tests.web.test_manuscripts import counted_queries
from tracker.db import db
from tracker.domain.words import State

KIB = 1024


def test_every_page_is_there_and_small_however_much_there_is(app: Flask, who: People) -> None:
    lived, client_of = live_in(app, who), clients(app, who)
    for number in range(60):
        manuscript_in(who.journal, title=f"Some work on the subject of number {number}")
    sizes = {}
    for endpoint, path in pages_of(app, lived):
        answer = client_of(endpoint).get(path, headers={"Accept-Encoding": "gzip"})
        expected = 422 if (endpoint, answer.status_code) == ("recording.ask", 422) else 200  # not on offer, it says why
        assert (path, answer.status_code, answer.mimetype) == (path, expected, "text/html")
        sizes[path] = len(answer.data)
    assert len(sizes) > 60
    assert {path: size for path, size in sizes.items() if size > 30 * KIB} == {}
    styles = sum(size_of(client_of(""), f"/static/{name}") for name in STATIC)
    assert styles + max(sizes.values()) <= 120 * KIB


DESK = ("dashboard.", "manuscripts.", "board.", "bulk.", "quick.", "paste.", "editing.", "recording.")


def test_every_page_asks_as_often_for_much_as_for_little(app: Flask, who: People) -> None:
    lived, client_of = live_in(app, who), clients(app, who)
    pages = list(pages_of(app, lived))

    def counts() -> dict[str, int]:
        found = {}
        for endpoint, path in pages:
            client_of(endpoint).get(path)  # that somebody looked at it for the first time is written down
            with counted_queries() as sent:
                client_of(endpoint).get(path)
            found[path] = sum(not statement.startswith("BEGIN") for statement in sent)
        return found

    few = counts()
    for number in range(6):
        for state in State:
            manuscript_that_is(state, who.journal, title=f"{state} {number}", editor=who.chief)
        reviewer_awaited(who)
    for state in ("sent", "queued", "failed"):
        letter_about(manuscript_in(who.journal, title=f"Of a letter {state}"), state)
    many = counts()
    assert {path: (few[path], many[path]) for path in few if few[path] != many[path]} == {}
    desk = {path for endpoint, path in pages if endpoint.startswith(DESK)}
    assert {path: count for path, count in many.items() if path in desk and count > 15} == {}


WIDTHS = (390, 1280, 2560)
# Each theme at one width; the other pairs cost another minute.
LOOKS = [(1280, "light"), (390, "dark")]
if os.environ.get("TRACKER_TEST_LONG"):
    LOOKS += [(1280, "dark"), (390, "light")]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the pages are the same on both
def test_every_page_is_accessible(
    app: Flask,
    who: People,
    open_page: Callable[..., Any],  # noqa: F811  fixtures
    chromium: Any,  # noqa: F811
    address: str,  # noqa: F811
) -> None:
    from axe_core_python.sync_playwright import Axe

    pages = list(pages_of(app, live_in(app, who)))
    db.session.rollback()
    chief, visitor = open_page(), chromium.new_context(base_url=address).new_page()
    axe, found = Axe(), {}
    for endpoint, path in [*pages, ("", "/no-such-page")]:
        page = visitor if endpoint in FOR_VISITORS else chief
        page.goto(path)
        playwright.expect(page.locator(".htmx-request")).to_have_count(0)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[path, width] = "wider than the window"
        for width, theme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            result = axe.run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
            assert result["passes"]
            broken = [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]
            if broken:
                found[path, width, theme] = broken
    visitor.context.close()
    assert found == {}
