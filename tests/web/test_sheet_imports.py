"""Importing a spreadsheet in the browser: what a person sees at each step, and what nobody else may see."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.people import NOW, People, post
from tracker.db import db
from tracker.models import Manuscript
from tracker.web import sheet_work, uploads

SHEET = """MS-Nr.;Titel;Autoren;Eingang;Angenommen;Betreut von
17/2019;Über die Pflege wahrer Daten;Müller, Änne;13.04.2019;25.05.2019;Dr. Roth
18/2019;Wege durch eine Bibliothek;Meier, Jan;03.04.2019;01.03.2019;<script>alert(1)</script>
""".encode("cp1252")
As = Callable[[str], FlaskClient]


def sent(client: FlaskClient, content: bytes = SHEET, name: str = "Einreichungen.csv", journal: str = "ijcp") -> Any:
    return post(client, "/import/", journal=journal, sheet=(io.BytesIO(content), name))


def token_in(answer: Any) -> str:
    assert answer.status_code == 302, answer.text
    return str(answer.location.rsplit("/", 1)[-1])


def columns_of(page: str) -> dict[str, str]:
    """What the mapping page says: name of the list → what is chosen in it."""
    lists = re.findall(r'<select class="input"[^>]* name="([a-z]+-\d+)".*?</select>', page, re.S)
    bodies = re.findall(r'<select class="input"[^>]* name="[a-z]+-\d+"(.*?)</select>', page, re.S)
    chosen = (re.search(r'value="(\w*)" selected', body) for body in bodies)
    return {name: match[1] if match else "" for name, match in zip(lists, chosen, strict=True)}


def said(client: FlaskClient, token: str, **other: str) -> Any:
    page = client.get(f"/import/{token}").text
    return post(client, f"/import/{token}", columns="6", **{**columns_of(page), **other})


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Manuscript)) or 0


def test_a_sheet_goes_in_by_way_of_its_columns_and_a_preview(as_: As, who: People) -> None:
    client = as_("editor")
    token = token_in(sent(client))
    page = client.get(f"/import/{token}").text
    assert "<strong>Einreichungen.csv</strong> has 2 rows for Journal of Careful Practice." in page
    assert "CSV with semicolons, Windows-1252" in page
    assert columns_of(page) == {
        "field-0": "reference", "field-1": "title", "field-2": "authors", "field-3": "received", "order-3": "dmy",
        "field-4": "accepted", "order-4": "dmy", "field-5": "note",
    }  # fmt: skip
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page

    answer = said(client, token)
    preview = client.get(answer.location).text
    assert "1 of 2 rows bring something new" in preview
    assert "Accepted on 1 March 2019 lies before Received on 3 April 2019" in preview
    assert count() == 0

    done = client.get(post(client, f"/import/{token}/run").location)
    shown = client.get(done.location).text
    assert "Einreichungen.csv is imported" in shown
    assert (count(), db.session.scalars(select(Manuscript.reference)).all()) == (1, ["17-2019"])
    assert client.get(f"/import/{token}").status_code == 404

    uid = done.location.rsplit("/", 1)[-1]
    refused = client.get(f"/import/done/{uid}/refused.csv")
    assert "attachment; filename=refused-" in refused.headers["Content-Disposition"]
    assert refused.data.decode("utf-8-sig").splitlines()[1].startswith("3,18/2019,Wege durch eine Bibliothek")
    assert client.get("/import/sheet/ijcp.csv").data.decode("utf-8-sig").splitlines()[1].startswith("17-2019,Über die")
    assert client.get("/import/sheet/ijcp.xlsx").data[:2] == b"PK"

    post(client, f"/import/done/{uid}/undo")
    assert "This import was taken back" in client.get(f"/import/done/{uid}").text
    assert db.session.scalars(select(Manuscript.state)).all() == [None]


def test_what_no_cell_settles_is_asked_and_the_answer_counts(as_: As, who: People) -> None:
    client = as_("assistant")
    token = token_in(sent(client, b"Title,Received\nOn rivers,03/04/2019\n"))
    page = client.get(f"/import/{token}").text
    assert "One column needs your answer: does the day or the month come first?" in page
    assert columns_of(page) == {"field-0": "title", "field-1": "received", "order-1": ""}
    again = post(client, f"/import/{token}", **{"columns": "2", "field-0": "title", "field-1": "received"})
    assert again.status_code == 422
    assert "whether the day or the month comes first" in again.text
    answer = post(client, f"/import/{token}", **{"columns": "2", "field-1": "received", "order-1": "mdy"})
    assert "1 of 1 rows bring something new" in client.get(answer.location).text
    post(client, f"/import/{token}/run")
    assert db.session.scalar(select(func.min(Manuscript.received_on))).isoformat() == "2019-03-04"


def test_a_mapping_is_remembered_for_the_journals_next_sheet(as_: As, who: People) -> None:
    client = as_("editor")
    token = token_in(sent(client, b"Wort,Tag\nOn rivers,2019-03-04\n"))
    post(client, f"/import/{token}", **{"columns": "2", "field-0": "title", "field-1": "received"})
    post(client, f"/import/{token}/run")
    token = token_in(sent(client, b"Tag,Wort\n2019-03-05,On roads\n"))
    page = client.get(f"/import/{token}").text
    assert columns_of(page) == {"field-0": "received", "field-1": "title"}
    assert "As for the last sheet of this journal" in page


def test_only_those_who_write_may_import_into_their_journals(as_: As, who: People, visitor: FlaskClient) -> None:
    assert "/login" in visitor.get("/import/").location
    assert as_("reader").get("/import/").status_code == 403
    assert sent(as_("reader")).status_code == 403
    assert sent(as_("editor"), journal="other").status_code == 404
    assert sent(as_("stranger")).status_code == 404
    assert as_("editor").post("/import/", data={"journal": "ijcp"}).status_code == 400


def test_an_upload_and_an_import_are_nobody_elses(as_: As, who: People) -> None:
    client = as_("editor")
    token = token_in(sent(client))
    for name in ("chief", "other_editor", "stranger"):
        for path in (f"/import/{token}", f"/import/{token}/preview"):
            assert as_(name).get(path).status_code == 404
        assert post(as_(name), f"/import/{token}/run").status_code == 404
    said(client, token)
    uid = client.get(post(client, f"/import/{token}/run").location).location.rsplit("/", 1)[-1]
    assert as_("chief").get(f"/import/done/{uid}").status_code == 200
    assert post(as_("reader"), f"/import/done/{uid}/undo").status_code == 403
    for path in (f"/import/done/{uid}", f"/import/done/{uid}/refused.csv", "/import/sheet/ijcp.csv"):
        assert as_("other_editor").get(path).status_code == 404
    assert post(as_("other_editor"), f"/import/done/{uid}/undo").status_code == 404


@pytest.mark.parametrize("token", ["..", "x" * 32, "%2e%2e%2finstance", "a" * 400])
def test_names_that_were_never_given_are_not_found(as_: As, who: People, token: str) -> None:
    assert as_("editor").get(f"/import/{token}").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "The sheet is empty"), (b"PK\x03\x04broken", "The workbook is damaged"), (b"%PDF-1.7", "not a spreadsheet")],
)
def test_what_is_no_sheet_is_said_and_not_kept(app: Flask, as_: As, who: People, content: bytes, sentence: str) -> None:
    answer = sent(as_("editor"), content)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert list((Path(app.instance_path) / "uploads").iterdir()) == []


def test_what_is_too_large_is_refused(app: Flask, as_: As, who: People) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    assert sent(as_("editor"), b"a,b\n" + b"1,2\n" * 1000).status_code == 413


def test_uploads_are_thrown_away_after_a_day_and_on_request(app: Flask, as_: As, who: People) -> None:
    client = as_("editor")
    token = token_in(sent(client))
    post(client, f"/import/{token}/discard")
    assert client.get(f"/import/{token}").status_code == 404
    token = token_in(sent(client))
    with app.app_context():
        uploads.discard_old(uploads.datetime.now(NOW.tzinfo) + timedelta(hours=25))
    assert client.get(f"/import/{token}").status_code == 404


def test_a_long_sheet_is_worked_on_beside_the_request(as_: As, who: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_work, "AT_ONCE", 0)
    client = as_("editor")
    token = token_in(sent(client))
    page = ""
    for step in (lambda: said(client, token), lambda: post(client, f"/import/{token}/run")):
        where = step().location
        for _ in range(200):
            answer = client.get(where)
            page = answer.text
            if answer.status_code == 302 or "http-equiv" not in page:
                break
            time.sleep(0.05)
    assert answer.status_code == 302
    assert "Einreichungen.csv is imported" in client.get(answer.location).text
    assert count() == 1


def test_nobody_who_writes_waits_while_a_sheet_is_read(as_: As, who: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite lets nobody write while somebody reads, in the mode that most versions need."""
    opened, held = sheet_work.opened_sheet, []

    def noted(*told: Any, **more: Any) -> Any:
        held.append(db.session().in_transaction())
        return opened(*told, **more)

    monkeypatch.setattr(sheet_work, "opened_sheet", noted)
    client = as_("editor")
    said(client, token_in(sent(client)))
    assert set(held) == {False}
