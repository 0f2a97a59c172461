"""Passkeys in a real browser, with an authenticator that the browser plays; and the pages around accounts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.people import PASSWORD, People
from tests.web.test_browser import WCAG, address, chromium
from tracker.db import db
from tracker.models import AuditEntry, Passkey

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")
__all__ = ["address", "chromium"]  # the fixtures
ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the pages are the same on both


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open a page by the name localhost, as passkeys ask for a name; what it complains about fails the test."""
    contexts, complaints = [], []

    def opened(**wishes: Any) -> Any:
        context = chromium.new_context(base_url=address.replace("127.0.0.1", "localhost"), **wishes)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def with_device(page: Any, *, verifies: bool = True) -> tuple[Any, str]:
    """Give the browser a device for passkeys whose person is there, and known to it or not."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": verifies, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def sign_in(page: Any, name: str = "editor") -> None:
    page.goto("/login")
    page.get_by_label("Email address").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/")


def add_passkey(page: Any, name: str = "My laptop") -> None:
    page.goto("/account/")
    page.get_by_role("link", name="passkey").click()
    page.get_by_label("Name of the new passkey").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/account/")


@ONE
def test_a_passkey_is_added_signs_in_verifies_and_is_removed(visit: Callable[..., Any], who: People) -> None:
    page = visit()
    with_device(page)
    sign_in(page)
    add_passkey(page)
    playwright.expect(page.locator("[data-flash=success]")).to_contain_text("The passkey “My laptop” was added.")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url("**/login")

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/")
    playwright.expect(page.locator(".account")).to_contain_text("Editor")

    page.goto("/verify?next=/account/address")
    page.get_by_role("button", name="Use a passkey").click()
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("Change your address")

    page.goto("/account/passkeys")
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    playwright.expect(page.locator("[data-flash=success]")).to_contain_text("was removed")
    db.session.rollback()
    assert db.session.query(Passkey).count() == 0
    changes = db.session.scalars(select(AuditEntry.after).where(AuditEntry.what == "account_changed"))
    assert [change["passkey"] for change in changes] == ["added", "removed"]


@ONE
def test_a_passkey_that_does_not_know_its_person_opens_nothing(visit: Callable[..., Any], who: People) -> None:
    page = visit()
    devtools, device = with_device(page)
    sign_in(page)
    add_passkey(page)
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    playwright.expect(page.get_by_role("alert")).to_contain_text("Nothing came of it")
    page.goto("/account/")
    assert "/login" in page.url
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.goto("/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/")


@ONE
def test_a_passkey_of_a_disabled_account_opens_nothing(visit: Callable[..., Any], app: Flask, who: People) -> None:
    page = visit()
    with_device(page)
    sign_in(page)
    add_passkey(page)
    who.editor.active = False
    db.session.merge(who.editor)
    db.session.commit()
    page.goto("/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/wan-signin")
    page.goto("/account/")
    assert "/login" in page.url


@ONE
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_pages_of_an_account_are_accessible(visit: Callable[..., Any], who: People, width: int, theme: str) -> None:
    from axe_core_python.sync_playwright import Axe

    page = visit(color_scheme=theme, viewport={"width": width, "height": 900})
    with_device(page)
    axe, found = Axe(), {}

    def look(path: str, then: Callable[[], object] = lambda: None) -> None:
        if path:
            page.goto(path)
        then()
        result = axe.run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert result["passes"]
        broken = [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            broken.append(("wider than the window", ""))
        if broken:
            found[path or page.url] = broken

    for path in ("/login", "/reset", "/wan-signin"):
        look(path)
    sign_in(page, "chief")
    add_passkey(page)
    for path in ("/account/", "/account/password", "/account/address", "/account/passkeys", "/verify"):
        look(path)
    look("/account/second-factor", page.get_by_role("button", name="Set it up").click)
    look("/account/recovery-codes", page.get_by_role("button", name="Make recovery codes").click)
    look("/settings/ijcp", page.locator("details summary", has_text="Change").first.click)
    assert found == {}
