"""The public turnaround card: only where it is switched on, and without small numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient

from tests.people import People, manuscript_in, post, step
from tracker.models import Journal

As = Callable[[str], FlaskClient]


def decided(journal: Journal, number: int, *, accepted: bool) -> None:
    manuscript = manuscript_in(journal, title=f"On {number}", received_on=date(2025, 3, 1))
    if accepted:
        step(manuscript, "accepted", date(2025, 3, 11), details={"confirmed": True})
    else:
        step(manuscript, "rejected", date(2025, 3, 8), kind="desk")


def switch_on(chief: FlaskClient) -> None:
    """On the page of the settings, as the chief editor does it."""
    facts = {"title": "Journal of Careful Practice", "timezone": "UTC", "country": "", "required_reviews": "2"}
    form = {**facts, "anonymity": "single_anonymized", "public_turnaround": "y"}
    assert post(chief, "/settings/ijcp", **form).status_code == 302


def test_a_journal_that_has_not_switched_it_on_has_no_card(who: People, visitor: FlaskClient) -> None:
    for path in ("/turnaround/ijcp", "/turnaround/ijcp.svg", "/turnaround/no-such-journal"):
        assert visitor.get(path).status_code == 404


def test_the_card_shows_the_last_whole_year_to_everybody(as_: As, who: People, visitor: FlaskClient) -> None:
    switch_on(as_("chief"))
    for number in range(10):
        decided(who.journal, number, accepted=number < 5)
    page, picture = visitor.get("/turnaround/ijcp"), visitor.get("/turnaround/ijcp.svg")
    for answer in (page, picture):
        assert "Journal of Careful Practice" in answer.text
        assert "8.5 days" in answer.text
        assert "5 of 10; 95 % interval 24–76 %" in answer.text
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert picture.content_type == "image/svg+xml"
    assert "style" not in picture.text


def test_the_code_for_another_page_leads_here_whatever_the_request_calls_us(
    as_: As, who: People, visitor: FlaskClient
) -> None:
    switch_on(as_("chief"))
    page = visitor.get("/turnaround/ijcp", headers={"Host": "evil.example"}).text
    assert "evil.example" not in page
    assert "&lt;a href=&#34;http://127.0.0.1:5000/turnaround/ijcp&#34;" in page.replace('"', "&#34;")
    assert "src=&#34;http://127.0.0.1:5000/turnaround/ijcp.svg&#34;" in page.replace('"', "&#34;")


def test_cells_under_five_are_held_back(as_: As, who: People, visitor: FlaskClient) -> None:
    switch_on(as_("chief"))
    for number in range(4):
        decided(who.journal, number, accepted=True)
    for number in range(5):
        decided(who.journal, 10 + number, accepted=False)
    text = visitor.get("/turnaround/ijcp.svg").text
    assert "median of 9" in text
    assert "4 of 9" not in text
    assert text.count("fewer than 5: not shown") == 3  # acceptance, publication, and the rate that would tell both
