"""The pages in the middle of signing in, as people with a telephone or a dark screen meet them: each is accessible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from passlib.totp import TOTP
from sqlalchemy import select

from tests.people import PASSWORD, People
from tests.web.test_browser import WCAG, address, chromium
from tests.web.test_passkeys import ONE, add_passkey, sign_in, visit, with_device
from tracker.db import transaction
from tracker.models import Passkey

pytestmark = pytest.mark.browser
pytest.importorskip("playwright.sync_api")
__all__ = ["address", "chromium", "visit"]  # the fixtures


class Eye:
    """Looks at a page by axe's rules, and whether it is wider than its window; remembers what is wrong."""

    def __init__(self, page: Any) -> None:
        from axe_core_python.sync_playwright import Axe

        self.page, self.axe = page, Axe()
        self.seen: list[str] = []
        self.wrong: dict[str, list[tuple[str, str]]] = {}

    def look(self, heading: str) -> None:
        """The page in view, which must be the one with this heading."""
        assert self.page.get_by_role("heading", level=1).inner_text() == heading
        result = self.axe.run(self.page, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert result["passes"]
        found = [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]
        if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(("wider than the window", ""))
        self.seen.append(heading)
        self.wrong |= {f"{heading} ({len(self.seen)})": found} if found else {}


def codes_set_up(page: Any) -> str:
    """Set up codes and recovery codes; gives one of these."""
    page.goto("/account/second-factor")
    page.get_by_role("button", name="Set it up").click()
    mine = TOTP(key=page.locator("code").first.inner_text().replace("-", "").replace(" ", ""))
    page.get_by_label("The code that the app shows now").fill(mine.generate().token)
    page.get_by_role("button", name="Check the code").click()
    page.wait_for_url("**/account/recovery-codes")
    page.get_by_role("button", name="Make recovery codes").click()
    return str(page.locator("code").first.inner_text())


def begin(page: Any, password: str = PASSWORD) -> None:
    page.goto("/login")
    page.get_by_label("Email address").fill("editor@example.org")
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Any) -> None:
    page.goto("/")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url("**/login")


@ONE
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_pages_in_the_middle_of_signing_in_are_accessible(
    visit: Callable[..., Any], who: People, width: int, theme: str
) -> None:
    page = visit(color_scheme=theme, viewport={"width": width, "height": 900})
    with_device(page)
    eye = Eye(page)
    sign_in(page)
    add_passkey(page)
    recovery = codes_set_up(page)
    sign_out(page)

    begin(page)
    eye.look("The code of your app")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    eye.look("The code of your app")  # which says that it was not right
    page.get_by_role("link", name="use a recovery code").click()
    eye.look("Recovery code")
    page.get_by_label("Recovery code").fill("not one")
    page.get_by_role("button", name="Sign in").click()
    eye.look("Recovery code")
    page.get_by_label("Recovery code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    page.goto("/account/")
    eye.look("Your account")  # with the log of all this

    page.goto("/verify?next=/account/address")
    eye.look("Is it you?")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Go on").click()
    eye.look("Is it you?")
    page.goto("/wan-verify?next=/account/address")
    eye.look("Is it you?")
    sign_out(page)

    page.goto("/wan-signin")
    eye.look("Sign in with a passkey")
    passkey_comes_second()
    begin(page)
    eye.look("How do you go on?")
    page.get_by_label("a code of your app").check()
    page.get_by_role("button", name="Go on").click()
    eye.look("The code of your app")
    for number in range(14):  # each waits twice as long: one comes too soon on the slowest machine
        begin(page, f"guess {number}")
        if page.get_by_role("heading", level=1).inner_text() != "Sign in":
            break
    eye.look("Please wait a moment")
    assert eye.wrong == {}


def passkey_comes_second() -> None:
    """The passkey is one that is asked for after the password: so there are two ways to choose from."""
    with transaction() as session:
        session.scalars(select(Passkey)).one().usage = "secondary"
