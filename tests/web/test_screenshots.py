"""The picture of the dashboard in the README, taken from the demonstration by the same browser as the tests.

TRACKER_TEST_SCREENSHOTS=docs writes it there; otherwise it is taken, looked at and thrown away.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.people import NOW, TODAY
from tests.web.test_browser import chromium, playwright, served  # noqa: F401  fixtures
from tracker.db import db, transaction
from tracker.demo.build import build_demo
from tracker.demo.people import ACCOUNTS
from tracker.mail.smtp import DEMO

PNG, WIDTH, HEIGHT = b"\x89PNG\r\n\x1a\n", 1280, 1060


@pytest.mark.browser
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_readme_shows_the_dashboard_as_it_is(
    app: Flask,
    chromium: Any,  # noqa: F811
    tmp_path: Path,
) -> None:
    app.config["TRACKER_SETTINGS"] = app.config["TRACKER_SETTINGS"].model_copy(update={"smtp_url": DEMO})
    with transaction():
        build_demo(now=NOW, today_in=lambda zone: TODAY)
    db.session.remove()
    path = Path(os.environ.get("TRACKER_TEST_SCREENSHOTS") or tmp_path) / "dashboard.png"
    with time_machine.travel(NOW), served(app) as url:
        context = chromium.new_context(base_url=url, viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page = context.new_page()
        page.goto("/login")
        page.get_by_label("Email address").fill(ACCOUNTS[0].email)
        page.get_by_label("Password").fill(ACCOUNTS[0].password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        playwright.expect(page.get_by_role("heading", level=1)).to_contain_text("need")
        playwright.expect(page.get_by_role("heading", name="Late, and with whom")).to_be_visible()
        playwright.expect(page.locator(".outgoing li")).not_to_have_count(0)
        page.screenshot(path=path)
        context.close()
    head = path.read_bytes()[:24]
    assert (head[:8], int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (PNG, WIDTH, HEIGHT)
