"""An editor who is an author of a manuscript sees of it what its authors see, on every surface, and does nothing to it.

Carlo is an author, with another spelling of his address, and has every role in turn.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.people import NOW, PASSWORD, TODAY, manuscript_in, post, reloaded, signed_in
from tests.services.reminding import deliver
from tests.web.routes import ROUTES
from tests.web.world import EDITORS_ONLY, REVIEWER, TITLE, TO_AUTHOR, World, a_world
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.errors import OwnWork
from tracker.domain.roles import Role
from tracker.domain.yearly import BoardReport
from tracker.formats.article_record import AuthorRecord
from tracker.models import Account, Journal, Manuscript
from tracker.queries.conflicts import authored_by
from tracker.queries.digests import digests_of
from tracker.services.accounts import add_account, change_address, give_role, link_orcid
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR, Actor
from tracker.services.audit import note_letter_decision
from tracker.services.calendar_feeds import make_feed
from tracker.web import reports

# Addresses that are not the conflicted person's as an editor: their author's page, secret addresses of other people.
NOT_THEIRS = {
    "answers.ask", "answers.ask_unsubscribe", "calendar.feed", "dashboard.show", "manuscripts.show", "status.show",
    "static",
    "reports.turnaround_pdf",  # its text cannot be read here: see the test of what it is made from
}  # fmt: skip


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    found = a_world(app)
    with transaction() as session:
        carlo = add_account(email="carlo@example.org", name="Carlo", password=PASSWORD, by=OPERATOR, now=NOW)
        give_role(carlo, session.merge(found.who.journal), "chief_editor", by=OPERATOR, now=NOW)
    deliver(TODAY)
    found.clients["carlo"] = signed_in(app.test_client(), carlo)
    return found


def in_every_role(world: World) -> Iterator[str]:
    """Carlo as chief editor, editor, assistant and reader from the board in turn."""
    for role in Role:
        with transaction() as session:
            carlo = session.scalars(select(Account).where(Account.email == "carlo@example.org")).one()
            give_role(carlo, session.merge(world.who.journal), role, by=OPERATOR, now=NOW)
        yield role


def texts_of(answer: object) -> str:
    """The answer as text; what a workbook or a PDF packs is unpacked."""
    data = answer.get_data()  # type: ignore[attr-defined]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(packed.read(name).decode() for name in packed.namelist())
    return str(data.decode(errors="replace"))


def walked(world: World) -> list[tuple[str, str]]:
    """Every page that can be got, with everything that a query can ask of it."""
    rules = [rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    addresses = [(rule.endpoint, world.address(rule.endpoint)) for rule in rules if rule.endpoint not in NOT_THEIRS]
    more = [
        ("manuscripts.listing", f"/manuscripts/?q={word}") for word in ("Whispers", world.args["reference"], "Lovelace")
    ]
    more += [("manuscripts.listing", "/manuscripts/?columns=reference,title,tags,note,section,author,editor")]
    more += [("manuscripts.export", f"/manuscripts.xlsx?columns=note,tags,editor&q={world.args['reference']}")]
    more += [("sheet_imports.written", "/import/sheet/ijcp.xlsx"), ("audit.trail", "/settings/audit?q=Whispers")]
    numbers = (
        "metric:first_decision",
        "metric:days_with_holder",
        "metric:open_age",
        "flow:received",
        "reviews:invited",
    )
    more += [("reports.behind", f"/reports/turnaround/manuscripts?journal=ijcp&of={of}") for of in numbers]
    more += [("outbox.show", f"/outbox/{number}") for number in range(1, 8)]
    more += [("recording.ask", world.address("recording.ask", action=action)) for action in ("accepted", "reviewed")]
    return addresses + more


def test_no_page_tells_an_editor_of_their_own_work_what_its_editors_know(world: World) -> None:
    pages = walked(world)
    seen = [*(address for _, address in pages), world.address("manuscripts.show")]
    control = "".join(texts_of(world.clients["chief"].get(address)) for address in seen)
    for words in (TITLE, world.args["reference"], *EDITORS_ONLY):
        assert words in control, f"the walk does not come by {words}"
    for role in in_every_role(world):
        for endpoint, address in pages:
            must_be_silent(world, role, endpoint, address)


def must_be_silent(world: World, role: str, endpoint: str, address: str) -> None:
    answer, reference = world.clients["carlo"].get(address), world.args["reference"]
    assert answer.status_code < 500, address
    shown = texts_of(answer).replace(address.replace("&", "&amp;"), "")
    shown = re.sub(r'value="[^"]*"', "", shown)  # the search box repeats what was asked
    is_refused = answer.status_code == 403 and reference in address
    for words in (*EDITORS_ONLY, *(() if is_refused else (TITLE, reference))):
        assert words not in shown, (role, endpoint, address, words)


def test_on_their_own_page_they_read_what_authors_read(world: World) -> None:
    for _ in in_every_role(world):
        page = world.clients["carlo"].get(world.address("manuscripts.show"))
        assert page.status_code == 200
        assert TITLE in page.text
        assert TO_AUTHOR in page.text
        assert "You are an author of this work" in page.text
        for words in (*EDITORS_ONLY, "status-link", "Record", "data-action"):
            assert words not in page.text, words
        front = world.clients["carlo"].get("/").text
        assert front.count(TITLE) == 1
        assert "Your own work" in front


def test_nothing_that_can_be_posted_touches_their_own_work(world: World) -> None:
    carlo, before = world.clients["carlo"], facts_of(world)
    rules = [rule for rule in world.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    about = [rule.endpoint for rule in rules if "reference" in rule.arguments]
    for endpoint in [*about, "outbox.cancel", "outbox.retry", "outbox.release", "upcoming.settle"]:
        args = {"reference": world.args["reference"]} if endpoint in about else {}
        form = {key: value(world) if callable(value) else value for key, value in ROUTES[endpoint].form.items()}
        answer = post(carlo, world.address(endpoint, **args), **form)
        assert answer.status_code in (403, 404), (endpoint, answer.status_code)
        for words in EDITORS_ONLY:
            assert words not in answer.text, (endpoint, words)
    for form in ({"deed": "tag", "tag": "x"}, {"deed": "record", "action": "held:", "on": "2026-06-01", "note": "x"}):
        done = post(carlo, "/manuscripts/bulk/do", selected=[world.args["reference"]], **form)
        assert done.status_code == 422
        assert TITLE not in done.text
    assert facts_of(world) == before


def facts_of(world: World) -> tuple[object, ...]:
    found = reloaded(world.manuscript)
    return (found.version, found.section, found.is_armed, found.handling_editor_id)


def test_no_service_records_for_an_author_whichever_edge_asks(world: World) -> None:
    uid = db.session.scalars(select(Account.uid).where(Account.email == "carlo@example.org")).one()
    found = reloaded(world.manuscript)
    with pytest.raises(OwnWork, match="You are an author of"), transaction():
        record_action(
            found, Wish("held", PartialDate(TODAY), note="x"),
            by=Actor(uid, "chief_editor"), now=NOW, today=TODAY,
        )  # fmt: skip


def test_the_boards_report_does_not_name_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[BoardReport] = []
    monkeypatch.setattr(reports, "board_pdf", lambda board: made.append(board) or b"%PDF")
    monkeypatch.setenv("TRACKER_TODAY", "2026-08-01")  # everything is late by then
    for name in ("chief", "carlo"):
        world.clients[name].get(world.address("reports.turnaround_pdf"))
    named = [{worry[0] for worry in [*board.late, *board.stuck]} for board in made]
    assert world.args["reference"] in named[0]
    assert named[1] == named[0] - {world.args["reference"]}


def test_a_feed_and_a_digest_are_silent_about_it(world: World) -> None:
    with transaction() as session:
        carlo = session.scalars(select(Account).where(Account.email == "carlo@example.org")).one()
        token = make_feed(carlo, now=NOW)
        manuscript = session.scalars(select(Manuscript).where(Manuscript.id == world.manuscript.id)).one()
        manuscript.handling_editor = None  # nobody's: its chief editors are told of it
    feed = world.clients["visitor"].get(f"/calendar/{token}.ics").text
    assert "BEGIN:VEVENT" in feed or "END:VCALENDAR" in feed
    assert world.args["reference"] not in feed
    assert world.args["reference"] in world.clients["visitor"].get(world.address("calendar.feed")).text
    journal = db.session.scalars(select(Journal).where(Journal.slug == "ijcp")).one()
    told = {one.account.email: str(one.sections) for one in digests_of(journal, date(2026, 8, 1))}
    assert world.args["reference"] in told["chief@example.org"]
    assert world.args["reference"] not in told.get("carlo@example.org", "")


def test_nobody_is_given_their_own_work_to_handle(world: World) -> None:
    uid = db.session.scalars(select(Account.uid).where(Account.email == "carlo@example.org")).one()
    chief = world.clients["chief"]
    answer = post(chief, world.address("editing.ask", name="handling_editor"), value=uid)
    assert answer.status_code == 422
    assert "is an author of this manuscript and cannot handle it" in answer.text
    bulk = post(chief, "/manuscripts/bulk/preview", deed="assign", editor=uid, selected=[world.args["reference"]])
    assert "cannot handle it" in bulk.text


def test_an_editor_enters_their_own_work_and_leaves_it_to_others(world: World) -> None:
    carlo = world.clients["carlo"]
    form = {"journal": "ijcp", "title": "My Own Words", "authors": "Carlo Bianchi <CARLO@example.org>"}
    entered = post(carlo, "/manuscripts/new", received_on="2026-05-20", **form)
    assert entered.status_code == 302
    assert "You are an author of this work" in carlo.get(entered.location).text
    assert post(carlo, f"{entered.location}/record/held", on="2026-06-01", note="x", version=1).status_code == 403


def test_a_sheet_and_a_pasted_page_change_nothing_of_their_own(world: World) -> None:
    carlo = world.clients["carlo"]
    sheet = f"Reference;Title;Received\n{world.args['reference']};Another Title;2026-03-01\n"
    kept = post(carlo, "/import/", journal="ijcp", sheet=(io.BytesIO(sheet.encode()), "own.csv"))
    post(carlo, kept.location, columns="3")
    page = carlo.get(f"{kept.location}/preview").text
    assert "You are an author of" in page
    post(carlo, f"{kept.location}/run")
    assert reloaded(world.manuscript).title == TITLE
    pasted = f"{TITLE}\nAda Lovelace and Carlo Bianchi\n\nReceived 1 March 2026; Accepted 2 May 2026\n"
    for path in ("/manuscripts/paste", "/manuscripts/paste/keep"):
        assert post(carlo, path, journal="ijcp", page=pasted).status_code == 403, path


def test_people_are_told_by_address_and_never_by_name(world: World) -> None:
    carlo = db.session.scalars(select(Account).where(Account.email == "carlo@example.org")).one()
    namesake = manuscript_in(
        world.who.journal, title="By a Namesake", authors=[AuthorRecord("Carlo", "Bianchi", "c.bianchi@example.org")]
    )
    assert authored_by(carlo, [world.who.journal.id]) == (world.manuscript.id,)
    assert world.clients["carlo"].get(f"/manuscripts/{namesake.reference}").status_code == 200


REPORT = "/reports/turnaround.json?journal=ijcp"


def figures(world: World, name: str, query: str = "") -> dict[str, int]:
    """The counts of a report as this person gets it."""
    found = world.clients[name].get(f"{REPORT}{query}").get_json()
    flow, reviewing, metrics = found["flow"], found["reviewing"], found["metrics"]
    return {
        "received": flow["received"], "open": flow["open_at_end"], "cohort": found["cohort"]["received"],
        "first_decision": metrics["first_decision"]["n"], "days_with": metrics["days_with_holder"]["n"],
        "invited": reviewing["invited"], "agreed": reviewing["agreed"], "reviews": reviewing["reviews"],
        "by_part": sum(group["metrics"]["first_decision"]["n"] or 0 for group in found["groups"]),
        "months": sum(month["received"] for month in found["months"]),
    }  # fmt: skip


def test_no_figure_of_a_report_counts_it(world: World) -> None:
    """It was sent to four reviewers, who have all agreed, had one review and one decision, and is open."""
    everybodys, own = figures(world, "chief"), figures(world, "carlo")
    less = {name: everybodys[name] - own[name] for name in everybodys}
    assert less == {
        "received": 1, "open": 1, "cohort": 1, "first_decision": 1, "days_with": 1, "invited": 4, "agreed": 4,
        "reviews": 1, "by_part": 0, "months": 1,
    }  # fmt: skip
    assert figures(world, "chief", "&by=section")["by_part"] - figures(world, "carlo", "&by=section")["by_part"] == 1


@pytest.mark.parametrize("day", ["2026-03-09", "2026-03-30", "2026-04-01", "2026-05-04"])
def test_a_report_of_one_day_tells_nothing_of_it(world: World, day: str) -> None:
    """The days on which its reviewers were invited, a review came in, and it was decided about."""
    query = f"&from={day}&to={day}"
    both = figures(world, "chief", query), figures(world, "carlo", query)
    assert both[0] != both[1]
    others = "2026-03-09"  # on which others were sent to review too
    assert (both[1]["invited"], both[1]["reviews"]) == (1 if day == others else 0, 0)


def test_the_list_behind_a_number_is_as_long_as_the_number_says(world: World) -> None:
    counted = figures(world, "carlo")
    for of, name in (("flow:received", "received"), ("reviews:invited", "invited"), ("reviews:agreed", "agreed"),
                     ("metric:first_decision", "first_decision"), ("cohort", "cohort")):  # fmt: skip
        page = world.clients["carlo"].get(f"/reports/turnaround/manuscripts?journal=ijcp&of={of}").text
        assert len(re.findall(r'<a href="/manuscripts/IJCP-', page)) == counted[name], of


def test_the_report_says_that_it_leaves_something_out_and_to_whom_it_does(world: World) -> None:
    sentence = "What you are an author of is in no figure here."
    assert sentence in world.clients["carlo"].get("/reports/turnaround?journal=ijcp").text
    assert sentence not in world.clients["chief"].get("/reports/turnaround?journal=ijcp").text


def test_the_years_of_all_journals_do_not_count_it(world: World) -> None:
    with transaction() as session:
        for name in ("carlo", "chief"):
            account = session.scalars(select(Account).where(Account.email == f"{name}@example.org")).one()
            give_role(account, session.merge(world.who.other_journal), Role.READER, by=OPERATOR, now=NOW)

    def counted(name: str) -> list[int]:
        page = world.clients[name].get("/reports/turnaround?journal=&metric=first_decision").text
        return [int(number) for number in re.findall(r">n = (\d+)", page)]

    assert (counted("chief"), counted("carlo")) == ([3, 3], [2, 2])  # of the journal, and of all together


def test_the_boards_report_of_a_year_counts_it_among_five_and_no_other_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[BoardReport] = []
    monkeypatch.setattr(reports, "board_pdf", lambda board: made.append(board) or b"%PDF")

    def received(name: str, query: str) -> int:
        world.clients[name].get(f"/reports/turnaround.pdf?{query}")
        return made[-1].report.flow.received

    def both(query: str) -> tuple[int, int]:
        return received("chief", query), received("carlo", query)

    assert both("journal=ijcp&year=2026") == (5, 5)
    assert both("journal=ijcp&from=2026-01-01&to=2026-12-30") == (5, 4)
    mine = AuthorRecord("Carlo", "Bianchi", "carlo@example.org")
    manuscript_in(world.who.other_journal, title="Alone in Its Year", authors=[mine])
    with transaction() as session:
        for name in ("carlo", "chief"):
            account = session.scalars(select(Account).where(Account.email == f"{name}@example.org")).one()
            give_role(account, session.merge(world.who.other_journal), Role.READER, by=OPERATOR, now=NOW)
    assert both("journal=other&year=2026") == (1, 0)


def counted_on_pages(world: World, name: str) -> dict[str, list[int]]:
    """The numbers of the dashboard, the board, the list and the calendar, as this person sees them."""
    client = world.clients[name]
    dashboard, board = client.get("/").text, client.get("/board/").text
    return {
        "dashboard": [int(number) for number in re.findall(r'class="count[^"]*">(\d+)<', dashboard)],
        "board": [int(number) for number in re.findall(r'class="count[^"]*">(\d+)<', board)],
        "list": [int(re.search(r"(\d+) manuscripts?", client.get("/manuscripts/").text)[1])],
    }


def test_no_count_of_a_page_counts_it(world: World) -> None:
    everybodys, own = counted_on_pages(world, "chief"), counted_on_pages(world, "carlo")
    less = {page: sum(everybodys[page]) - sum(own[page]) for page in own}
    assert less["list"] == 1
    assert less["board"] == 1
    assert less["dashboard"] >= 1
    for query in ("state=under_review", "q=Whispers", "tag=delicate-matter", "waiting=reviewers"):
        pages = [world.clients[name].get(f"/manuscripts/?{query}").text for name in ("chief", "carlo")]
        assert TITLE in pages[0]
        assert "Nothing found" in pages[1] or TITLE not in pages[1]


def test_the_audit_trail_does_not_tell_them_what_was_decided_of_its_letters(world: World) -> None:
    with transaction() as session:
        manuscript = session.scalars(select(Manuscript).where(Manuscript.id == world.manuscript.id)).one()
        note_letter_decision(manuscript, "held back", by=OPERATOR, now=NOW, letter="review:2:1 7")
    for path in ("/settings/audit", "/settings/audit.csv", "/settings/audit?q=review"):
        told = [world.clients[name].get(path).text for name in ("chief", "carlo")]
        assert ["review:2:1 7" in text for text in told] == [True, False], path


def test_another_address_or_no_orcid_any_more_makes_nobody_a_stranger_to_their_work(world: World) -> None:
    """Somebody who is an author by an address, and then takes another, is still its author here."""
    page = world.address("manuscripts.show")
    authored = world.who.everybody["colleague"]
    with transaction() as session:
        row = session.scalars(select(Manuscript).where(Manuscript.id == world.manuscript.id)).one()
        row.authors[1].email, row.authors[1].orcid = "Colleague@example.org", ""
    assert REVIEWER not in world.clients["colleague"].get(page).text
    with transaction() as session:
        change_address(session.merge(authored), "sneaky@example.org", by=OPERATOR, now=NOW)
    assert REVIEWER not in world.clients["colleague"].get(page).text
    orcid = "0000-0002-1825-0097"
    with transaction() as session:
        row = session.scalars(select(Manuscript).where(Manuscript.id == world.manuscript.id)).one()
        row.authors[1].email, row.authors[1].orcid = "", orcid
        link_orcid(session.merge(authored), orcid, by=OPERATOR, now=NOW)
        link_orcid(session.merge(authored), None, by=OPERATOR, now=NOW)
    assert REVIEWER not in world.clients["colleague"].get(page).text
