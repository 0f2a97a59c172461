"""What the API tells: the command line's documents, described by openapi.json, and what goes wrong in sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate
from pydantic import BaseModel

from tests.api.programs import NEW, REVISE, Program, questions, with_letters_to_come
from tests.cli.running import Terminal
from tests.people import NOW, People, manuscript_in, manuscript_that_is, reloaded
from tracker.api import shapes
from tracker.api.answers import HEADERS, LARGEST_REQUEST
from tracker.api.report_shapes import Turnaround
from tracker.db import db, transaction
from tracker.domain.letters import LetterState
from tracker.domain.words import State
from tracker.formats.article_record import AuthorRecord
from tracker.models import Letter

As = Callable[..., Program]
SHAPES: dict[str, type[BaseModel]] = {
    "list_journals": shapes.Journals, "list_manuscripts": shapes.Manuscripts, "show_manuscript": shapes.Manuscript,
    "show_dates": shapes.Dates, "turnaround": Turnaround, "preview_letters": shapes.Preview,
    "list_letters": shapes.Outbox, "verify": shapes.Verification, "parse_dates": shapes.ReadLines,
    "enter": shapes.Manuscript, "correct": shapes.Manuscript, "undo": shapes.Manuscript, "record": shapes.Manuscript,
}  # fmt: skip


@pytest.fixture
def works(who: People) -> People:
    """A manuscript in every state, one of them with letters to come, and a letter in the outbox."""
    for state in State:
        manuscript_that_is(state, who.journal, title=f"Work {state}")
    recent = with_letters_to_come(who.journal)
    with transaction() as session:
        session.add(
            Letter(
                journal_id=who.journal.id, manuscript_id=recent.id, to_email="ada@example.org",
                to_key="ada@example.org", subject="“Grüße”", text_body="…", message_id="<1@example.org>",
                state=LetterState.SENT, attempts=1, queued_at=NOW, not_before_at=NOW, sent_at=NOW,
            )
        )  # fmt: skip
    return who


def test_every_document_is_described_to_the_last_name(as_: As, works: People) -> None:
    manuscript = manuscript_that_is(State.UNDER_REVIEW, works.journal, title="One more")
    chief = as_("chief")
    for name, question in questions(manuscript).items():
        document = chief.ask(*question).get_data()
        SHAPES[name].model_validate_json(document, extra="forbid", strict=True)


def test_the_documents_are_those_of_the_command_line(
    as_: As, works: People, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal, chief = Terminal(capsys), as_("chief")
    db.session.rollback()
    pairs = {
        "/manuscripts?limit=500": ("list", "--json"),
        "/manuscripts?state=published&query=work": ("list", "--state", "published", "--query", "work", "--json"),
        "/manuscripts?overdue=true&waiting_on=editor": ("list", "--overdue", "--waiting-on", "editor", "--json"),
        "/manuscripts/IJCP-2026-004": ("show", "IJCP-2026-004", "--json"),
        "/manuscripts/IJCP-2026-006/dates": ("dates", "IJCP-2026-006", "--format", "json"),
        "/manuscripts/IJCP-2026-006/dates?style=elsevier": (
            "dates", "IJCP-2026-006", "--format", "json", "--style", "elsevier",
        ),
        "/reports/turnaround?journal=ijcp&from=2026&to=2026&by=month": (
            "report", "turnaround", "--journal", "ijcp", "--from", "2026", "--to", "2026", "--by", "month", "--json",
        ),
        "/reports/turnaround?journal=ijcp&from=2026&to=2026&compare_with=2024-01-01..2024-06-30&by_paper=true": (
            "report", "turnaround", "--journal", "ijcp", "--from", "2026", "--to", "2026", "--by-paper",
            "--compare-with", "2024-01-01..2024-06-30", "--json",
        ),
        "/reports/turnaround?journal=ijcp&from=2026&to=2026&compare=true&basis=received&imported=false": (
            "report", "turnaround", "--journal", "ijcp", "--from", "2026", "--to", "2026", "--compare", "--basis",
            "received", "--without-imported", "--json",
        ),
        "/reminders/preview?days=14": ("reminders", "preview", "--days", "14", "--json"),
        "/outbox": ("outbox", "list", "--json"),
        "/verify?journal=ijcp": ("verify", "--json"),
    }  # fmt: skip
    for path, command in pairs.items():
        assert chief.get(path).json == terminal.run(*command).document, path
    listed = chief.get("/manuscripts?state=published").json["manuscripts"]
    assert [row["title"] for row in listed] == ["Work published"]
    assert chief.get("/reminders/preview?days=14").json["letters"]
    assert chief.get("/outbox").json["letters"]


@pytest.mark.parametrize("shape", ["line", "html", "markdown", "jats", "pubmed", "jsonld"])
def test_the_dates_come_in_every_form(as_: As, works: People, capsys: pytest.CaptureFixture[str], shape: str) -> None:
    answer = as_("reader").get(f"/manuscripts/IJCP-2026-006/dates?format={shape}")
    printed = Terminal(capsys).run("dates", "IJCP-2026-006", "--format", shape).out
    assert answer.status_code == 200
    assert answer.text.strip() == printed.strip()


def test_what_crossref_would_not_take_is_refused(as_: As, works: People) -> None:
    answer = as_("reader").get("/manuscripts/IJCP-2026-006/dates?format=crossref")
    assert answer.status_code == 422
    assert "not ready to be deposited: Crossref needs the article's DOI" in answer.json["detail"]


def test_printed_lines_are_read_as_the_command_line_reads_them(as_: As) -> None:
    read = as_("stranger").post("/parse-dates", {"lines": ["Received 03/04/2019", "Accepted 9 May 2026"]}).json["lines"]
    assert read[0]["problems"][0]["text"] == "03/04/2019"
    assert read[1]["events"] == [{"kind": "accepted", "on": "2026-05-09", "precision": "day", "label": "Accepted"}]


def test_a_long_list_comes_a_page_at_a_time(as_: As, works: People) -> None:
    chief, path, seen = as_("chief"), "/manuscripts?limit=4&sort=reference", []
    while path:
        answer = chief.get(path)
        seen += [row["reference"] for row in answer.json["manuscripts"]]
        links = dict(reversed(link.split("; rel=")) for link in answer.headers.get("Link", "").split(", ") if link)
        path = links.get('"next"', "").strip("<>").removeprefix("/api/v1")
    assert seen == [row["reference"] for row in chief.get("/manuscripts?sort=reference&limit=500").json["manuscripts"]]
    assert len(seen) == chief.get("/manuscripts").json["total"] == len(State) + 1
    assert "<?" not in answer.headers["Link"]
    assert 'rel="prev"' in answer.headers["Link"]


def test_a_manuscript_is_entered_once_and_a_twin_asks_to_be_confirmed(as_: As, who: People) -> None:
    assistant = as_("assistant")
    made = assistant.post("/manuscripts", {**NEW, "handling_editor": "Editor@example.org", "section": "Letters"})
    assert (made.status_code, made.json["state"], made.json["authors"][0]["family"]) == (201, "received", "Lovelace")
    again = assistant.post("/manuscripts", NEW)
    assert (again.status_code, again.json["needs_confirmation"]) == (422, True)
    assert "same title and first author" in again.json["detail"]
    assert assistant.post("/manuscripts", {**NEW, "confirmed": True}).status_code == 201
    shown = assistant.client.get(made.location, headers={"Authorization": f"Bearer {assistant.token}"})
    assert shown.json == made.json
    assert assistant.get("/manuscripts").json["manuscripts"][1]["editor"] == "Editor"


def test_a_step_is_recorded_in_the_persons_name_corrected_and_undone(as_: As, who: People) -> None:
    manuscript, editor = manuscript_that_is(State.UNDER_REVIEW, who.journal), as_("editor")
    path = f"/manuscripts/{manuscript.reference}"
    step = editor.post(f"{path}/steps", REVISE).json
    assert (step["state"], step["kind"], step["due_on"]) == ("revision_requested", "minor", "2026-06-19")
    assert step["events"][-1]["actor"] == "Editor"
    event = step["events"][-1]["id"]
    moved = editor.post(f"{path}/corrections", {"event": event, "on": "2026-05-21", "reason": "A slip."}).json
    assert [entry["on"] for entry in moved["events"] if entry["action"] == "revision_requested"] == ["2026-05-21"]
    editor.post(f"{path}/undo", {})
    undone = editor.post(f"{path}/undo", {"reason": "wrong manuscript"}).json
    assert undone["state"] == "under_review"
    assert editor.get(path).json == undone
    assert as_("chief").get("/verify").json["problems"] == []


def test_a_return_that_was_invited_opens_a_new_manuscript(as_: As, who: People) -> None:
    manuscript, editor = manuscript_in(who.journal), as_("editor")
    path = f"/manuscripts/{manuscript.reference}/steps"
    editor.post(path, {"action": "sent_to_review", "on": "2026-03-09", "reviewers": ["Grace <grace@example.org>"]})
    editor.post(path, {"action": "rejected", "kind": "resubmit_invited", "on": "2026-04-06"})
    back = editor.post(path, {"action": "received", "on": "2026-05-04"}).json
    assert (back["origin"], back["state"]) == (manuscript.reference, "received")
    assert back["reference"] != manuscript.reference


def test_whoever_saw_an_older_history_changes_nothing(as_: As, who: People) -> None:
    manuscript, editor = manuscript_that_is(State.UNDER_REVIEW, who.journal), as_("editor")
    path = f"/manuscripts/{manuscript.reference}"
    seen = editor.get(path)
    assert seen.headers["ETag"] == f'"{seen.json["version"]}"'
    assert editor.post(f"{path}/steps", REVISE, If_Match=seen.headers["ETag"]).status_code == 200
    version = reloaded(manuscript).version
    calls = {"undo": {}, "corrections": {"event": 1, "on": "2026-03-01", "reason": "A slip."}, "steps": REVISE}
    for name, body in calls.items():
        by_body = editor.post(f"{path}/{name}", {**body, "expected_version": seen.json["version"]})
        by_header = editor.post(f"{path}/{name}", body, If_Match=seen.headers["ETag"])
        assert (by_body.status_code, by_header.status_code) == (409, 409), name
        assert "somebody recorded another step" in by_header.json["detail"]
    assert reloaded(manuscript).version == version
    assert editor.post(f"{path}/undo", {}, If_Match="soon").status_code == 422


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("/steps", {"action": "published", "on": "2026-05-20"}, 422, "for a manuscript that is under review."),
        ("/steps", {"action": "fly", "on": "2026-05-20"}, 422, "There is no action “fly”. What can be done"),
        ("/steps", {"action": "accepted", "on": "2026-02-30"}, 422, "on no calendar"),
        ("/steps", {"action": "accepted", "on": "2027-01-01"}, 422, "future"),
        ("/steps", {"action": "accepted"}, 422, "“on” is missing."),
        ("/steps", {"action": "accepted", "on": 20260520}, 422, "“on”: Input should be a valid string."),
        ("/steps", {"action": "accepted", "on": "2026-05-20", "kid": ""}, 422, "“kid” is not known here"),
        ("/corrections", {"event": 99, "on": "2026-03-01", "reason": "x"}, 422, "There is no event 99"),
        ("/undo", [], 422, "The body"),
    ],
)  # fmt: skip
def test_a_refusal_is_a_sentence_and_changes_nothing(
    as_: As, who: People, path: str, body: Any, status: int, sentence: str
) -> None:
    manuscript = manuscript_that_is(State.UNDER_REVIEW, who.journal)
    answer = as_("chief").post(f"/manuscripts/{manuscript.reference}{path}", body)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert sentence in answer.json["detail"]
    shapes.Problem.model_validate(answer.json, extra="forbid")
    assert reloaded(manuscript).version == manuscript.version


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/parse-dates", {"data": "{", "content_type": "application/json"}, 400),
        ("/parse-dates", {"data": b"\xff\xfe", "content_type": "application/json"}, 400),
        ("/parse-dates", {"data": '{"lines": ["\\ud800"]}', "content_type": "application/json"}, 400),
        ("/parse-dates", {"data": '{"lines": ["a\\u0000b"]}', "content_type": "application/json"}, 400),
        ("/parse-dates", {"data": "[" * 100_000, "content_type": "application/json"}, 400),
        ("/parse-dates", {"data": "lines=x"}, 415),
        ("/parse-dates", {"data": b" " * (LARGEST_REQUEST + 1), "content_type": "application/json"}, 413),
        ("/journals", {}, 405),
        ("/nowhere", {}, 404),
        ("/manuscripts/%00/undo", {"json": {}}, 404),
    ],
)
def test_what_cannot_be_read_is_a_problem_too(as_: As, who: People, path: str, sent: Any, status: int) -> None:
    chief = as_("chief")
    answer = chief.client.post(f"/api/v1{path}", headers={"Authorization": f"Bearer {chief.token}"}, **sent)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json["detail"].endswith((".", "!"))
    assert "Traceback" not in answer.text


def test_every_answer_has_the_headers(as_: As, who: People, app: Flask) -> None:
    chief = as_("chief")
    for answer in (chief.get("/journals"), chief.get("/openapi.json"), chief.get("/x"), app.test_client().get("/api")):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "Set-Cookie" not in answer.headers


def test_the_description_is_valid_openapi(app: Flask, who: People) -> None:
    document = app.test_client().get("/api/v1/openapi.json").json
    validate(document)
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert json.dumps(document).count("securitySchemes") == 1


def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(as_: As, who: People) -> None:
    counted: list[int] = []
    for number in range(3):
        manuscript_in(who.journal, title=f"Work {number}", authors=[AuthorRecord("A", "B")])
        counted.append(queries_of(as_("reader"), "/manuscripts"))
    assert counted[0] == counted[2]


def queries_of(program: Program, path: str) -> int:
    from sqlalchemy import event

    program.get(path)  # the first call of a day notes it
    seen: list[str] = []
    note = lambda *arguments: seen.append(arguments[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    program.get(path)
    event.remove(db.engine, "before_cursor_execute", note)
    assert seen
    return len(seen)
