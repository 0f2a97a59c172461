"""What an author can see: where it stands, and decided reviews; never who wrote them, unless all are named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.people import NOW, People, manuscript_in, manuscript_that_is, post, step
from tracker.db import db, transaction
from tracker.domain.words import State
from tracker.models import Journal, Letter, Manuscript, StatusLink
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal

NAMES = ("Bo", "Li", "bo@example.org")
SECRET = "The design cannot carry the conclusion."


As = Callable[[str], FlaskClient]


def anonymity(journal: Journal, word: str) -> None:
    with transaction() as session:
        change_journal(
            session.merge(journal), settings={"anonymity": word, "public_status": True}, by=OPERATOR, now=NOW
        )


def reviewed(journal: Journal) -> Manuscript:
    manuscript = manuscript_in(journal)
    step(manuscript, "sent_to_review", date(2026, 3, 9), reviewers=["Bo Li <bo@example.org>"])
    step(manuscript, "agreed", date(2026, 3, 10), reviewer=1)
    return step(
        manuscript, "reviewed", date(2026, 3, 30), reviewer=1, details={"recommendation": "reject"},
        to_author="Please say how the sample was drawn.", to_editor=SECRET,
    )  # fmt: skip


def shared_path(client: FlaskClient, manuscript: Manuscript) -> str:
    """The address of the author's page, as the editor is shown it once."""
    post(client, f"/manuscripts/{manuscript.reference}/status-link")
    html = client.get(f"/manuscripts/{manuscript.reference}/as-author").text
    return "/status/" + html.split("/status/", 1)[1].split(" ", 1)[0]


def page_of(client: FlaskClient, manuscript: Manuscript) -> str:
    return client.get(shared_path(client, manuscript)).text


@pytest.mark.parametrize("word", ["single_anonymized", "double_anonymized", "triple_anonymized"])
def test_nothing_that_an_author_sees_names_a_reviewer(as_: As, who: People, word: str) -> None:
    anonymity(who.journal, word)
    manuscript = reviewed(who.journal)
    step(manuscript, "revision_requested", date(2026, 4, 2), kind="minor")
    page = page_of(as_("editor"), manuscript)
    assert "Reviewer 1, round 1" in page
    assert "Please say how the sample was drawn." in page
    letters = db.session.scalars(select(Letter).where(Letter.role == "author")).all()
    everything = [page, *(f"{letter.subject} {letter.text_body} {letter.html_body}" for letter in letters)]
    main = [text.split("<main", 1)[-1] for text in everything]
    assert not [name for name in ("Bo Li", "bo@example.org", SECRET, "recommend") for text in main if name in text]


def test_reviewers_are_named_where_the_journal_shows_all_identities(as_: As, who: People) -> None:
    anonymity(who.journal, "all_identities_visible")
    manuscript = reviewed(who.journal)
    step(manuscript, "revision_requested", date(2026, 4, 2), kind="minor")
    page = page_of(as_("editor"), manuscript)
    assert "Bo Li, round 1" in page
    assert SECRET not in page


def test_a_review_is_not_shown_before_its_round_is_decided(as_: As, who: People) -> None:
    anonymity(who.journal, "single_anonymized")
    assert "how the sample was drawn" not in page_of(as_("editor"), reviewed(who.journal))


def test_the_address_dies_when_it_is_revoked(as_: As, who: People) -> None:
    anonymity(who.journal, "single_anonymized")
    manuscript = manuscript_in(who.journal)
    editor = as_("editor")
    path = shared_path(editor, manuscript)
    answer = editor.get(path)
    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert path.rsplit("/", 1)[1] not in db.session.scalars(select(StatusLink.token_hash)).all()

    post(editor, f"/manuscripts/{manuscript.reference}/status-link/revoke")
    assert editor.get(path).status_code == 404


def test_a_new_address_takes_the_place_of_the_old(as_: As, who: People) -> None:
    anonymity(who.journal, "single_anonymized")
    manuscript = manuscript_in(who.journal)
    editor = as_("editor")
    old, new = shared_path(editor, manuscript), shared_path(editor, manuscript)
    assert (editor.get(old).status_code, editor.get(new).status_code) == (404, 200)


def test_a_journal_that_keeps_it_closed_has_no_status_pages(as_: As, who: People) -> None:
    manuscript = manuscript_in(who.journal)
    assert post(as_("editor"), f"/manuscripts/{manuscript.reference}/status-link").status_code == 422
    assert as_("editor").get("/status/guessed").status_code == 404


def test_the_page_needs_no_account(as_: As, who: People, visitor: FlaskClient) -> None:
    anonymity(who.journal, "single_anonymized")
    manuscript = manuscript_in(who.journal)
    page = visitor.get(shared_path(as_("editor"), manuscript))
    assert "It has been with the editors since" in page.text
    assert f'<span class="brand-title">{who.journal.title}</span>' in page.text
    assert '<a class="brand-title"' not in page.text


def test_an_appeal_reads_as_one(as_: As, who: People) -> None:
    anonymity(who.journal, "single_anonymized")
    manuscript = manuscript_that_is(State.REJECTED, who.journal)
    assert ">Rejected</h2>" in page_of(as_("editor"), manuscript)
    step(manuscript, "appealed", date(2026, 5, 20))
    page = page_of(as_("editor"), manuscript)
    assert "Your appeal is being considered</h2>" in page
    assert "Your appeal has been with the editors since" in page
    assert "Rejected</h2>" not in page


def test_reviewers_keep_their_numbers_and_the_page_says_who_has_reported(as_: As, who: People) -> None:
    anonymity(who.journal, "single_anonymized")
    manuscript = manuscript_in(who.journal)
    named = ["Bo Li <bo@example.org>", "Ada Byron <byron@example.org>", "Grace Hopper <grace@example.org>"]
    step(manuscript, "sent_to_review", date(2026, 3, 9), reviewers=named)
    step(manuscript, "declined", date(2026, 3, 10), reviewer=2)
    for number in (1, 3):
        step(manuscript, "reviewed", date(2026, 3, 30), reviewer=number, to_author=f"The words of {number}.")
    step(manuscript, "revision_requested", date(2026, 4, 2), kind="minor")
    page = page_of(as_("editor"), manuscript)
    assert "Reviewer 1 and Reviewer 3 have reported in round 1." in page
    assert "Reviewer 3, round 1" in page
    assert "Reviewer 2" not in page


@pytest.mark.parametrize(("person", "status"), [("reader", 403), ("other_editor", 404), ("stranger", 404)])
def test_only_those_who_write_in_the_journal_share_it(as_: As, who: People, person: str, status: int) -> None:
    anonymity(who.journal, "single_anonymized")
    manuscript = manuscript_in(who.journal)
    assert post(as_(person), f"/manuscripts/{manuscript.reference}/status-link").status_code == status
