"""Taking a sheet's import back is done in a person's own role, and leaves their own works alone and unnamed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.people import People, manuscript_in, manuscript_that_is, post, reloaded
from tracker.db import db, transaction
from tracker.domain.words import State
from tracker.formats.article_record import AuthorRecord
from tracker.models import LedgerEntry, Manuscript
from tracker.queries.verification import verify_all

As = Callable[[str], FlaskClient]
HEADER = "Reference,Title,Authors,Email,Received,Rejected"


def imported(client: FlaskClient, *rows: str) -> str:
    """Upload, preview and import these rows; the address of what became of them."""
    sent = post(client, "/import/", journal="ijcp", sheet=(io.BytesIO("\n".join(rows).encode()), "list.csv"))
    post(client, sent.location, columns=str(len(rows[0].split(","))))
    return str(client.get(post(client, f"{sent.location}/run").location).location)


def taken_back(client: FlaskClient, address: str) -> str:
    """Take the import back; the page after it."""
    return client.get(post(client, f"{address}/undo").location).text


def states() -> dict[str, str | None]:
    db.session.rollback()
    return dict(db.session.execute(select(Manuscript.reference, Manuscript.state)).all())  # type: ignore[arg-type]


def test_an_editor_takes_an_import_back_but_for_their_own_works(as_: As, who: People) -> None:
    address = imported(
        as_("assistant"),
        HEADER,
        "OLD-1,My own,Eve Editor,Editor@Example.org,2019-01-02,",
        "OLD-2,Another's,Ada Lovelace,ada@example.org,2019-01-02,",
        "OLD-3,My own and live,Eve Editor,editor@example.org,2019-01-02,",
        "OLD-4,Live,Ada Lovelace,ada@example.org,2019-01-02,",
    )
    for reference in ("OLD-3", "OLD-4"):
        page = f"/manuscripts/{reference}/record/rejected"
        done = post(as_("chief"), page, on="2026-05-04", kind="desk", version="1", confirmed="yes")
        assert done.status_code == 302, done.text
    page = taken_back(as_("editor"), address)
    assert "1 manuscripts are as they were before the import." in page
    assert "OLD-4 has moved on: Rejected 4 May 2026 is not of this import." in page
    assert not re.search("OLD-1|OLD-3|My own", page)
    assert states() == {"OLD-1": "received", "OLD-2": None, "OLD-3": "rejected", "OLD-4": "rejected"}
    actors = db.session.scalars(select(LedgerEntry.actor).where(LedgerEntry.action == "undone")).all()
    assert actors == [who.editor.uid]
    assert verify_all().problems == ()


def test_what_an_import_changed_of_their_own_works_stays_too(as_: As, who: People) -> None:
    own = manuscript_in(who.journal, title="My own", authors=[AuthorRecord("Eve", "Editor", "editor@example.org")])
    address = imported(as_("chief"), "Reference,Sent to review", f"{own.reference},2026-05-04")
    assert reloaded(own).state == "under_review"
    page = taken_back(as_("editor"), address)
    assert own.reference not in page
    assert reloaded(own).state == "under_review"
    taken_back(as_("assistant"), address)
    assert reloaded(own).state == "received", "where the editor could do nothing, somebody else still may"


def test_a_decision_is_taken_back_by_who_may_decide(as_: As, who: People) -> None:
    live = manuscript_that_is(State.UNDER_REVIEW, who.journal)
    address = imported(as_("chief"), "Reference,Accepted", f"{live.reference},2026-05-04")
    page = taken_back(as_("assistant"), address)
    words = "“Accepted” is recorded by the chief editor or an editor. Ask one of them."
    assert f"{live.reference}: {words}" in page
    assert reloaded(live).state == "accepted"
    taken_back(as_("chief"), address)
    assert reloaded(live).state == "under_review"


def test_an_archive_is_taken_back_by_everybody_who_writes(as_: As, who: People) -> None:
    address = imported(as_("chief"), HEADER, "OLD-1,Old,Ada,,2019-01-02,2019-03-04", "OLD-2,Old too,Ada,,2019-01-02,")
    second = imported(as_("chief"), HEADER, "OLD-2,,,,,2019-05-04")
    taken_back(as_("assistant"), second)
    assert states() == {"OLD-1": "rejected", "OLD-2": "received"}
    taken_back(as_("assistant"), address)
    assert states() == {"OLD-1": None, "OLD-2": None}


def test_refused_rows_of_a_colleagues_sheet_are_silent_about_own_works(as_: As, who: People) -> None:
    own = manuscript_in(who.journal, title="My own", authors=[AuthorRecord("Eve", "Editor", "editor@example.org")])
    theirs = manuscript_in(who.journal, title="Another's")
    number = own.reference.removeprefix("IJCP-")
    address = imported(
        as_("chief"),
        HEADER,
        f"{own.reference},,,,2026-05-01,",
        f"{own.reference.replace('-', '/')},secret one,,,2026-02-30,",
        f"{number.replace('-', ' ')},secret two,,,2026-02-30,",
        "NEW-1,secret three,Eve,EDITOR@example.org,2026-02-30,",
        "NEW-2,My own,Eve,,2026-02-30,",
        f"{theirs.reference},,,,2026-05-01,",
        "NEW-3,Somebody's,Joan,anna.editor@example.org.au,2026-02-30,",
    )
    for path in (address, f"{address}/refused.csv"):
        everything, shown = as_("chief").get(path).text, as_("editor").get(path).text
        assert own.reference in everything, path
        assert theirs.reference in shown, path
        assert not re.search(rf"{own.reference}|{number}|My own|secret|EDITOR@", shown), path
    assert "Refused rows: 7" in as_("chief").get(address).text
    assert "Refused rows: 2" in as_("editor").get(address).text


def test_who_has_another_address_now_is_spared_the_rows_with_the_former_one(as_: As, who: People) -> None:
    with transaction() as session:
        session.merge(who.editor).known_as = ["eve@former.example", "0000-0002-1825-0097"]
    address = imported(
        as_("chief"),
        f"{HEADER},ORCID",
        "NEW-1,First,Eve,Eve@Former.example,2026-02-30,,",
        "NEW-2,Second,Eve,,2026-02-30,,https://orcid.org/0000-0002-1825-0097",
        "NEW-3,Third,Ada,ada@example.org,2026-02-30,,",
    )
    shown = as_("editor").get(f"{address}/refused.csv").text
    assert [name for name in ("First", "Second", "Third") if name in shown] == ["Third"]
