"""In a real browser: the list, the board and the record under the hands of somebody in a hurry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.people import NOW, People, manuscript_that_is, reloaded
from tests.web.every_page import reviewer_awaited
from tests.web.test_browser import WCAG, address, chromium, open_page, playwright  # noqa: F401  fixtures
from tracker.db import db, transaction
from tracker.domain.words import State
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal

pytestmark = pytest.mark.browser


@pytest.fixture
def work(who: People) -> Any:
    found = manuscript_that_is(State.ACCEPTED, who.journal, title="A work in hand")
    db.session.rollback()
    return found


def test_a_note_is_typed_in_its_place_and_undone(open_page: Callable[..., Any], work: Any) -> None:  # noqa: F811
    page = open_page()
    page.goto(f"/manuscripts/{work.reference}")
    page.get_by_role("link", name="Add note").click()
    page.get_by_label("Note").fill("The author is on leave.")
    page.get_by_role("button", name="Save note").click()
    playwright.expect(page.locator("#field-status_note")).to_contain_text("The author is on leave.")
    playwright.expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("#field-status_note").get_by_role("button", name="Undo").click()
    playwright.expect(page.locator("#field-status_note")).to_contain_text("No note.")


def test_a_refused_title_keeps_its_words_in_place(open_page: Callable[..., Any], work: Any) -> None:  # noqa: F811
    page = open_page()
    page.goto(f"/manuscripts/{work.reference}")
    page.get_by_role("link", name="Change title").click()
    page.get_by_label("Title").fill("  ")
    page.get_by_role("button", name="Save title").click()
    playwright.expect(page.locator("#field-title")).to_contain_text("A manuscript needs a title.")


def test_a_card_is_moved_by_the_keyboard(open_page: Callable[..., Any], work: Any) -> None:  # noqa: F811
    page = open_page()
    page.goto("/board/")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.get_by_role("link", name="Publish online").press("Enter")
    page.get_by_label("Date", exact=True).fill("2026-05-20")
    page.get_by_role("button", name="Publish online").click()
    page.wait_for_url("**/board/")
    playwright.expect(page.locator("[data-flash=success]")).to_contain_text("Published online on 20 May 2026")
    assert reloaded(work).state == "published"


def test_a_card_is_dropped_on_a_column(open_page: Callable[..., Any], work: Any) -> None:  # noqa: F811
    page = open_page()
    page.goto("/board/")
    page.locator("[data-card]").drag_to(page.locator("[data-lane=published]"))
    page.wait_for_url("**/record/published?then=board")


def test_a_selection_is_tagged_looked_at_and_taken_back(open_page: Callable[..., Any], work: Any) -> None:  # noqa: F811
    from axe_core_python.sync_playwright import Axe

    page = open_page()
    page.goto("/manuscripts/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    playwright.expect(page.locator("[data-picked]")).to_have_text("With the 1 selected")
    page.get_by_label("Do", exact=True).select_option("tag")
    found = []
    for button in ("Preview", "Preview", None):
        if button:
            page.get_by_role("button", name=button).first.click()
            if page.get_by_label("Tag", exact=True).count():
                page.get_by_label("Tag", exact=True).fill("urgent")
        found += Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})["violations"]
    assert found == []
    page.get_by_role("button", name="Add a tag for 1").click()
    playwright.expect(page.locator("[data-flash=success]")).to_contain_text("done for 1 of 1")
    page.get_by_role("button", name="Undo").click()
    playwright.expect(page.locator("[data-flash=success]")).to_contain_text("taken back for 1 of 1")


def test_two_editors_collide_and_the_second_loses_no_word(open_page: Callable[..., Any], work: Any) -> None:  # noqa: F811
    first, second = open_page(), open_page()
    for page in (first, second):
        page.goto(f"/manuscripts/{work.reference}/record/published")
        page.get_by_label("Date", exact=True).fill("2026-05-20")
    second.get_by_label("Note").fill("As agreed by telephone")
    first.get_by_role("button", name="Publish online").click()
    playwright.expect(first.locator("[data-flash=success]")).to_contain_text("Published online on 20 May 2026")
    second.get_by_role("button", name="Publish online").click()
    playwright.expect(second.locator("#error-summary")).to_contain_text("has changed since you opened it")
    playwright.expect(second.get_by_label("Note")).to_have_value("As agreed by telephone")


def test_what_goes_out_comes_to_the_dashboard_by_itself(open_page: Callable[..., Any], who: People) -> None:  # noqa: F811
    awaited = reviewer_awaited(who)
    with transaction() as session:
        change_journal(session.merge(who.journal), by=OPERATOR, now=NOW, settings={"reminders_live": True})
    db.session.rollback()
    page = open_page()
    playwright.expect(page.locator(".outgoing")).to_contain_text(f"{awaited.reference} to a reviewer")
    page.get_by_label("Enter one in a line").fill("11 May 2026, Henderson & Palmer, Desperately seeking")
    page.get_by_role("button", name="Read").click()
    playwright.expect(page.get_by_label("Title")).to_have_value("Desperately seeking")
    page.get_by_role("button", name="Enter manuscript").click()
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("Desperately seeking")
