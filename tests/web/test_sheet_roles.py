"""What a sheet or a pasted page may change is what its person may by hand, wherever people record what happens."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.people import NOW, People, manuscript_in, manuscript_that_is, post, reloaded
from tracker.db import db, transaction
from tracker.domain.words import State
from tracker.models import LedgerEntry, Manuscript
from tracker.queries.verification import verify_all
from tracker.services.actors import OPERATOR
from tracker.services.records import assign_editor

As = Callable[[str], FlaskClient]
BY_EDITORS = "“Accepted” is recorded by the chief editor or an editor. Ask one of them."


def sheet_of(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def imported(client: FlaskClient, *rows: str) -> str:
    """Upload, preview and import these rows; the page that says what became of them."""
    sent = post(client, "/import/", journal="ijcp", sheet=(io.BytesIO(sheet_of(*rows)), "list.csv"))
    assert sent.status_code == 302, sent.text
    post(client, sent.location, columns=str(len(rows[0].split(","))))
    run = post(client, f"{sent.location}/run")
    return client.get(client.get(run.location).location).text


def last_entry(manuscript: Manuscript) -> LedgerEntry:
    db.session.rollback()
    entries = select(LedgerEntry).where(LedgerEntry.manuscript_id == manuscript.id)
    return db.session.scalars(entries.order_by(LedgerEntry.position.desc())).first() or LedgerEntry()


@pytest.fixture
def live(who: People) -> Manuscript:
    return manuscript_that_is(State.UNDER_REVIEW, who.journal)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("Accepted", "“Accepted” is recorded by the chief editor or an editor. Ask one of them."),
        ("Rejected", "“Rejected” is recorded by the chief editor or an editor. Ask one of them."),
        ("Revision requested", "“Revision requested” is recorded by the chief editor or an editor. Ask one of them."),
        ("Published", BY_EDITORS),
        ("Resubmitted", "“Revision requested” is recorded by the chief editor or an editor. Ask one of them."),
    ],
)
def test_no_assistant_decides_by_a_sheet(as_: As, live: Manuscript, who: People, column: str, words: str) -> None:
    other = manuscript_in(who.journal, title="Another")
    assistant = as_("assistant")
    rows = (
        f"Reference,Title,{column}",
        f"{live.reference},Quietly renamed,2026-05-04",
        f"{other.reference},A better title,",
        f"NEW-1,On archives,{'2019-05-04'}",
    )
    page = imported(assistant, *rows)
    assert words in page
    found = reloaded(live)
    assert (found.state, found.title) == ("under_review", "On the Keeping of True Dates")
    assert reloaded(other).title == "A better title", "the rest of the sheet goes on"
    made = db.session.scalars(select(Manuscript).where(Manuscript.reference == "NEW-1")).one()
    assert made.state is not None, "what is new and historical is entered by everybody who writes"
    assert verify_all().problems == ()


def test_an_editor_decides_by_a_sheet_what_they_handle_and_is_named(as_: As, live: Manuscript, who: People) -> None:
    page = imported(as_("editor"), "Reference,Accepted", f"{live.reference},2026-05-04")
    assert reloaded(live).state == "accepted", page
    entry = last_entry(live)
    assert (entry.actor, entry.source[:7], entry.source[19:]) == (who.editor.uid, "import ", ": list.csv, row 2")
    assert f"Recorded by {who.editor.name}" in as_("chief").get(f"/manuscripts/{live.reference}").text


def test_who_imports_new_manuscripts_is_named_in_their_histories(as_: As, who: People) -> None:
    imported(as_("assistant"), "Reference,Title,Accepted", "OLD-1,On archives,2019-05-04")
    made = db.session.scalars(select(Manuscript).where(Manuscript.reference == "OLD-1")).one()
    assert last_entry(made).actor == who.assistant.uid


def test_a_date_of_a_decision_is_moved_by_who_may_decide(as_: As, live: Manuscript, who: People) -> None:
    imported(as_("chief"), "Reference,Accepted", f"{live.reference},2026-05-04")
    assert BY_EDITORS in imported(as_("assistant"), "Reference,Accepted", f"{live.reference},2026-05-06")
    assert reloaded(live).accepted_on == date(2026, 5, 4)
    imported(as_("editor"), "Reference,Accepted", f"{live.reference},2026-05-07")
    entry = last_entry(live)
    assert (entry.action, entry.actor, entry.source[:7]) == ("date_corrected", who.editor.uid, "import ")


def test_a_history_that_was_undone_by_hand_is_not_decided_anew_by_a_sheet(as_: As, who: People) -> None:
    entered = manuscript_in(who.journal)
    post(as_("chief"), f"/manuscripts/{entered.reference}/undo", version="1", reason="mistaken")
    assert reloaded(entered).state is None
    rows = ("Reference,Title,Received,Accepted", f"{entered.reference},On dates,2026-03-02,2026-05-04")
    assert BY_EDITORS in imported(as_("assistant"), *rows)
    assert reloaded(entered).state is None
    imported(as_("chief"), *rows)
    assert reloaded(entered).state == "accepted"


PAGE = """On the Keeping of True Dates
Ada Lovelace

Received 2 March 2026; {what} 4 May 2026
"""


@pytest.mark.parametrize("what", ["Accepted", "Published"])
def test_a_pasted_page_decides_nothing_for_who_may_not(as_: As, live: Manuscript, who: People, what: str) -> None:
    with transaction() as session:
        chief = session.merge(who.chief)
        assign_editor(session.get_one(Manuscript, live.id), chief, by=OPERATOR, now=NOW)
    for name in ("assistant", "editor"):
        for path in ("/manuscripts/paste", "/manuscripts/paste/keep"):
            answer = post(as_(name), path, journal="ijcp", page=PAGE.format(what=what))
            assert answer.status_code == 403, (name, path)
            assert "is recorded by the chief editor or its handling editor" in answer.text, (name, path)
        assert reloaded(live).state == "under_review"
    post(as_("chief"), "/manuscripts/paste/keep", journal="ijcp", page=PAGE.format(what=what))
    assert reloaded(live).state == what.lower()
    entry = last_entry(live)
    assert (entry.actor, entry.source) == (who.chief.uid, "import of a pasted page")


@pytest.mark.parametrize("email", ["chief@example.org", "Chief@Example.org", "assistant@example.org"])
def test_no_sheet_shuts_a_colleague_out_by_naming_them_an_author(
    as_: As, live: Manuscript, who: People, email: str
) -> None:
    rows = ("Reference,Title,Authors,Email", f"{live.reference},A new title,Carl Chief,{email}")
    page = imported(as_("editor"), *rows)
    assert (
        f"{live.reference} would have Carl Chief as an author, who is a member of this journal and could see it "
        "no more as an editor. The chief editor can do that."
    ) in page
    found = reloaded(live)
    assert ([author.email for author in found.authors], found.title) == (
        ["ada@example.org"],
        "On the Keeping of True Dates",
    )
    assert as_("chief").get(f"/manuscripts/{live.reference}").text.count("You are an author of") == 0
    imported(as_("chief"), *rows)
    assert [author.email for author in reloaded(live).authors] == [email]


def test_nor_does_a_sheet_give_an_author_the_address_of_a_colleague(as_: As, live: Manuscript, who: People) -> None:
    rows = ("Reference,Authors,Email", f"{live.reference},Ada Lovelace,reader@example.org")
    assert "would have Ada Lovelace as an author" in imported(as_("assistant"), *rows)
    rows = ("Reference,Authors,Email", f"{live.reference},Ada Lovelace,ada@elsewhere.example")
    imported(as_("assistant"), *rows)
    assert [author.email for author in reloaded(live).authors] == ["ada@elsewhere.example"]


def test_a_member_is_known_by_their_orcid_too(as_: As, live: Manuscript, who: People) -> None:
    with transaction() as session:
        session.merge(who.chief).orcid = "0000-0002-1825-0097"
    page = "On the Keeping of True Dates\nAda Lovelace\n\nReceived 2 March 2026\n"
    rows = ("Reference,Authors,ORCID", f"{live.reference},Carl Chief,0000-0002-1825-0097")
    assert "would have Carl Chief as an author" in imported(as_("editor"), *rows)
    assert post(as_("editor"), "/manuscripts/paste/keep", journal="ijcp", page=page).status_code == 302
    assert [author.orcid for author in reloaded(live).authors] == [""]


def test_in_an_archive_colleagues_are_authors(as_: As, who: People) -> None:
    for email in ("", "chief@example.org"):
        imported(as_("editor"), "Reference,Title,Authors,Email,Published", f"OLD-1,On archives,Carl,{email},2019-05-04")
    made = db.session.scalars(select(Manuscript).where(Manuscript.reference == "OLD-1")).one()
    assert [author.email for author in reloaded(made).authors] == ["chief@example.org"]
