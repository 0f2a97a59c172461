"""The byline is put right after entry: names, addresses, order, who is written to, who is added and who leaves."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import select

from tests.people import NOW, TODAY, People, manuscript_in, post, reloaded, step, token_of
from tests.services.reminding import plan, states
from tests.web.test_public import ARTICLE, PATH, publish
from tracker.db import db, transaction
from tracker.formats.article_record import AuthorRecord
from tracker.models import Author, Manuscript
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal

As = Callable[[str], FlaskClient]
ADA = AuthorRecord(
    "Ada", "Lovelace", "ada@example.org", "0000-0002-1825-0097", "Analytical Engine Works", "Ada counts."
)
CARLO = AuthorRecord("Carlo", "Bianchi", "carlo@example.org")


def address(manuscript: Manuscript) -> str:
    return f"/manuscripts/{manuscript.reference}/edit/authors"


def written(client: FlaskClient, manuscript: Manuscript) -> str:
    """The authors as the form shows them."""
    shown = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", client.get(address(manuscript)).text, re.S)
    assert shown is not None
    return unescape(shown[1])


def byline(manuscript: Manuscript) -> list[tuple[str, str, str, bool]]:
    """Name, address, ORCID and mark of each."""
    authors = reloaded(manuscript).authors
    return [(one.full_name, one.email, one.orcid, one.is_corresponding) for one in authors]


def undo_of(client: FlaskClient, page: str) -> dict[str, str]:
    """What the button that takes the change back sends."""
    form = re.search(r'<form method="post" action="[^"]*/edit/authors">(.*?)</form>', client.get(page).text, re.S)
    assert form is not None
    return {name: unescape(value) for name, value in re.findall(r'name="(value|was)" value="([^"]*)"', form[1])}


def test_authors_are_entered_where_there_were_none_and_taken_out_again(as_: As, who: People) -> None:
    found, chief = manuscript_in(who.journal, authors=()), as_("chief")
    page = f"/manuscripts/{found.reference}"
    assert "No authors entered" in chief.get(page).text
    assert f'href="{address(found)}"' in chief.get(page).text
    answer = post(
        chief, address(found), value="Ana Brown ana@brown.example\nBianchi, Carlo <carlo@example.org> *", was=""
    )
    assert answer.location == page
    assert byline(found) == [
        ("Ana Brown", "ana@brown.example", "", False),
        ("Carlo Bianchi", "carlo@example.org", "", True),
    ]
    undo = undo_of(chief, page)
    shown = chief.get(page).text
    assert "<p>Ana Brown, Carlo Bianchi</p>" in shown
    assert re.search(r'<dd>Carlo Bianchi <span class="tag">corresponding</span>', shown)
    assert found.title in chief.get("/manuscripts/?q=bianchi").text
    again = post(
        chief, "/manuscripts/new", journal="ijcp", title=found.title, authors="A. Brown", received_on="2026-05-01"
    )
    assert "has the same title and first author" in again.text
    post(chief, address(found), **undo)
    assert byline(found) == []


def test_what_the_lines_do_not_show_stays_with_whom_it_belongs_to(as_: As, who: People) -> None:
    found, chief = manuscript_in(who.journal, authors=[ADA, CARLO]), as_("chief")
    assert written(chief, found) == "Ada Lovelace <ada@example.org>\nCarlo Bianchi <carlo@example.org>"
    for text in (
        "Carlo Bianchi <carlo@example.org>\nAugusta King <ADA@example.org> *",  # the same address
        "Carlo Bianchi <carlo@example.org>\nKing, Augusta <augusta@example.org>",  # the same name
        "Augusta King\nCarlo Bianchi <c@example.org>\nEve New",
        "Augusta Kingsley\nCarlo Bianchi <c@example.org>\nEve New",  # a name put right
    ):
        assert post(chief, address(found), value=text).status_code == 302
        kept = [
            (one.orcid, one.affiliation, one.biography) for one in reloaded(found).authors if one.given == "Augusta"
        ]
        assert kept == [(ADA.orcid, ADA.affiliation, ADA.biography)]
    assert [name for name, *_ in byline(found)] == ["Augusta Kingsley", "Carlo Bianchi", "Eve New"]
    assert [orcid for *_, orcid, _ in byline(found)] == [ADA.orcid, "", ""]
    assert [one.position for one in reloaded(found).authors] == [1, 2, 3]


def test_whoever_leaves_with_what_is_known_of_them_is_asked_about(as_: As, who: People) -> None:
    found, chief = manuscript_in(who.journal, authors=[ADA, CARLO]), as_("chief")
    asked = post(chief, address(found), value="Carlo Bianchi")
    assert asked.status_code == 422
    assert "Ada Lovelace would leave the byline" in asked.text
    assert len(byline(found)) == 2
    assert post(chief, address(found), value="Carlo Bianchi", confirmed="y").status_code == 302
    assert byline(found) == [("Carlo Bianchi", "", "", False)]
    assert db.session.query(Author).count() == 1


@pytest.mark.parametrize("line", ["Ada <ada@example.org", "Ada a@example.org b@example.org", "x@example.org"])
def test_a_line_that_is_no_author_is_named_and_everything_typed_is_kept(as_: As, who: People, line: str) -> None:
    found = manuscript_in(who.journal)
    answer = post(as_("chief"), address(found), value=f"Carlo Bianchi\n{line}", was="Ada Lovelace <ada@example.org>")
    assert answer.status_code == 422
    assert f"The author “{escape(line)}” could not be read" in answer.text
    assert f"Carlo Bianchi\n{escape(line)}</textarea>" in answer.text
    assert len(byline(found)) == 1


def test_a_line_that_nobody_touches_stays_whatever_the_name(as_: As, who: People) -> None:
    odd = [
        AuthorRecord("Sammy", "Davis, Jr."),
        AuthorRecord("", "The Quiet Consortium"),
        AuthorRecord("Ludwig", "van Beethoven"),
    ]
    found, chief = manuscript_in(who.journal, authors=odd), as_("chief")
    post(chief, address(found), value=written(chief, found) + "\nCarlo Bianchi")
    assert [(one.given, one.family) for one in reloaded(found).authors] == [
        *((one.given, one.family) for one in odd), ("Carlo", "Bianchi"),
    ]  # fmt: skip


def test_the_next_letter_goes_to_whom_the_byline_says_now(as_: As, who: People) -> None:
    with transaction() as session:
        change_journal(session.merge(who.journal), settings={"reminders_live": True}, by=OPERATOR, now=NOW)
    found, chief = manuscript_in(who.journal, authors=[ADA, CARLO]), as_("chief")
    step(found, "revision_requested", date(2026, 5, 4), kind="minor")
    plan(TODAY)
    assert states() == {"ada@example.org": "queued"}
    post(chief, address(found), value="Ada Lovelace <ada@right.example>\nCarlo Bianchi <carlo@example.org>")
    plan(TODAY)
    assert states() == {"ada@example.org": "cancelled", "ada@right.example": "queued"}
    post(chief, address(found), value="Ada Lovelace <ada@right.example>\nCarlo Bianchi <carlo@example.org> *")
    plan(TODAY)
    assert states() == {
        "ada@example.org": "cancelled", "ada@right.example": "cancelled", "carlo@example.org": "queued",
    }  # fmt: skip


def test_an_editor_does_not_become_an_author_of_what_they_handle(as_: As, who: People) -> None:
    found = manuscript_in(who.journal, editor=who.editor)
    answer = post(as_("chief"), address(found), value="Ed Itor <Editor@example.org>")
    assert answer.status_code == 422
    assert "is an author of this manuscript and cannot handle it" in answer.text
    assert [email for _, email, *_ in byline(found)] == ["ada@example.org"]


def test_a_colleague_is_made_an_author_by_the_chief_editor_alone(as_: As, who: People) -> None:
    found = manuscript_in(who.journal, editor=who.editor, authors=[CARLO])
    lines = "Carlo Bianchi <carlo@example.org>\nA Colleague <chief@example.org>"
    refused = post(as_("editor"), address(found), value=lines)
    assert (refused.status_code, "The chief editor can do that" in refused.text) == (403, True)
    assert [name for name, *_ in byline(found)] == ["Carlo Bianchi"]
    assert post(as_("chief"), address(found), value=lines).status_code == 302


def test_a_published_byline_is_corrected_for_everybody(as_: As, visitor: FlaskClient, who: People) -> None:
    publish(who.journal)
    chief = as_("chief")
    published = db.session.scalars(select(Manuscript)).one()
    lines = written(chief, published)
    assert post(chief, address(published), value=f"{lines}\nEve Latecomer").status_code == 302
    page = visitor.get(PATH).text
    assert "Latecomer" in page
    assert all(author.family in page for author in ARTICLE.authors)


def test_the_trail_tells_who_changed_the_byline(as_: As, who: People) -> None:
    found = manuscript_in(who.journal)
    post(as_("editor"), address(found), value="Ada Lovelace\nCarlo Bianchi *")
    trail = as_("chief").get(f"/manuscripts/{found.reference}").text.partition("Changes of the record (1)")[2]
    line = " ".join(re.sub("<[^>]*>", " ", trail).split())
    assert "Authors changed: Ada Lovelace &lt;ada@example.org&gt; → Ada Lovelace; Carlo Bianchi *" in line


def test_in_its_place_the_whole_page_is_loaded_anew(as_: As, who: People) -> None:
    found, chief = manuscript_in(who.journal), as_("chief")
    token = {"HX-Request": "true", "X-CSRFToken": token_of(chief, "/")}
    answer = chief.post(address(found), data={"value": "Carlo Bianchi"}, headers=token)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (200, "true")
    assert undo_of(chief, f"/manuscripts/{found.reference}") == {
        "value": "Ada Lovelace <ada@example.org>", "was": "Carlo Bianchi",
    }  # fmt: skip


def test_a_long_byline_is_changed_without_an_undo_that_no_cookie_holds(as_: As, who: People) -> None:
    found, chief = manuscript_in(who.journal), as_("chief")
    many = "\n".join(f"Given{n} Family{n} <author{n}@example.org>" for n in range(200))
    assert post(chief, address(found), value=many).status_code == 302
    assert f"The authors of {found.reference} are changed." in chief.get(f"/manuscripts/{found.reference}").text
    assert len(byline(found)) == 200
