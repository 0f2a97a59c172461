"""Whatever is typed, a command answers: status 0, 1 with one line for each reason, or 2. Nothing is half-written."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.cli.running import Terminal
from tests.people import TODAY, manuscript_in, people
from tracker.domain.words import Action

REF = "IJCP-2026-001"
VALUES = (
    "", " ", "\0", "caf\udce9", "é" * 5000, "-1", "0", "²", "99999999999999999999999", "9223372036854775808",
    "../../etc/passwd", "'; DROP TABLE ledger;--", "2026-02-30", "0000-00-00", "9999-12-31", "2019", "2019-03",
    "x\r\ny", "%", "NaN",
)  # fmt: skip
V = "VALUE"
COMMANDS = (
    ("show", V), ("dates", V), ("undo", V), ("article", V), ("dates", REF, "--style", V), ("list", "--query", V),
    ("list", "--state", V), ("list", "--waiting-on", V), ("list", "--journal", V),
    ("record", V, "held", "--on", "2026-04-01", "--note", "x"), ("record", REF, V, "--on", "2026-04-01"),
    ("record", REF, "held", "--on", V, "--note", ""),
    ("record", REF, "revision_requested", "--on", "2026-04-01", "--kind", V),
    ("record", REF, "returned", "--on", "2026-04-01", "--due", V),
    ("record", REF, "sent_to_review", "--on", "2026-01-01", "--reviewer", V),
    ("record", REF, "agreed", "--on", "2026-04-01", "--reviewer", V),
    ("record", REF, "accepted", "--on", "2026-04-01", "--set", V),
    ("record", REF, "transferred", "--on", "2026-04-01", "--set", f"transferred_to={V}"),
    ("record", REF, "extended", "--on", "2026-04-01", "--due", "2026-05-01", "--set", f"task={V}"),
    ("record", REF, "accepted", "--on", "2026-04-01", "--set", f"{V}=yes"),
    ("correct", REF, V, "--on", "2026-03-01", "--reason", ""), ("correct", REF, "1", "--on", V, "--reason", ""),
    ("journal", "show", V), ("journal", "set", "ijcp", "--timezone", V), ("journal", "set", "ijcp", "--language", V),
    ("journal", "set", "ijcp", "--required-reviews", V), ("journal", "set", V, "--title", "x"),
    ("account", "disable", V), ("account", "link", V), ("account", "role", V, "ijcp", "editor"),
    ("report", "turnaround", "--journal", V), ("report", "turnaround", "--journal", "ijcp", "--by", V),
    ("report", "turnaround", "--journal", "ijcp", "--from", V, "--format", "json"),
    ("report", "doaj", "--journal", "ijcp", "--year", V, "--format", "json"),
    ("reminders", "preview", "--days", V), ("reminders", "preview", "--journal", V), ("outbox", "retry", V),
    ("outbox", "release", V), ("outbox", "list", "--state", V), ("import", "page", V, "--journal", "ijcp"),
    ("import", "jats", "nothing.xml", "--journal", V), ("import", "sheet", V, "--journal", "ijcp"),
    ("import", "export", V), ("restore", V), ("person", "export", V), ("person", "erase", V, "--yes"),
    ("retention", "preview", "--journal", V), ("audit", "--journal", V), ("db", "upgrade", V),
)  # fmt: skip


@pytest.fixture
def terminal(
    app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Terminal:
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    monkeypatch.chdir(tmp_path)
    manuscript_in(people().journal)
    return Terminal(capsys)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_bad_argument_is_a_sentence_and_changes_nothing(terminal: Terminal, command: tuple[str, ...]) -> None:
    before = terminal.run("show", REF, "--json").document
    for value in VALUES:
        ran = terminal.run(*(part.replace(V, value) for part in command))
        assert ran.status in (0, 1, 2), (value, ran)
        assert "Traceback" not in ran.err
        assert ran.status != 1 or len(ran.err.strip().splitlines()) == 1, (value, ran.err)
    assert terminal.run("show", REF, "--json").document == before
    assert terminal.run("verify").status == 0


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (("kind=huge",), "“Revision requested” takes no fact “kind”"),
        (("due_on=2020-01-01",), "takes no fact “due_on”"),
        (("required_reviews=0",), "takes no fact “required_reviews”"),
        (("reminders=9",), "takes no fact “reminders”"),
    ],
)
def test_a_fact_cannot_stand_in_for_what_the_tracker_knows(
    terminal: Terminal, facts: tuple[str, ...], says: str
) -> None:
    asked = [part for fact in facts for part in ("--set", fact)]
    command = ("record", REF, "revision_requested", "--kind", "minor", "--on", "2026-04-01", *asked)
    assert says in terminal.refused(*command)


@pytest.mark.parametrize(
    ("action", "arguments", "says"),
    [
        ("transferred", ("--set", "transferred_to=Elsewhere", "--set", "author_consents=maybe"), "neither yes nor no"),
        ("transferred", ("--set", "transferred_to=Elsewhere", "--set", "author_consents=no"), "Tick that the author"),
        ("returned", ("--note", "x", "--due", "2026-03-31"), "Due on 31 March 2026 lies before 1 April 2026"),
        ("returned", ("--note", "x", "--due", "2090-01-01"), "more than ten years after 1 April 2026"),
        ("returned", ("--note", "x", "--due", "2026-05"), "The due date “2026-05” is not a whole day"),
        ("extended", ("--due", "2026-05-01", "--set", "task=review:1:1"), "What is owed: screening:1."),
        ("sent_to_review", ("--reviewer", "1"), f"{REF} has no reviewer “1”"),
    ],
)
def test_what_cannot_be_told_is_refused(terminal: Terminal, action: str, arguments: tuple[str, ...], says: str) -> None:
    assert says in terminal.refused("record", REF, action, "--on", "2026-04-01", *arguments)


def test_a_reviewer_is_named_by_number_name_or_address(terminal: Terminal) -> None:
    def record(action: str, *arguments: str) -> None:
        assert terminal.run("record", REF, action, "--on", "2026-04-01", *arguments).status == 0

    record(Action.SENT_TO_REVIEW, "--reviewer", "Bo Li <bo@example.org>", "--reviewer", "Ann")
    record(Action.AGREED, "--reviewer", "BO@example.org")
    record(Action.DECLINED, "--reviewer", "Ann")
    assert "“Cy” is no reviewer" in terminal.refused(
        "record", REF, "reviewed", "--on", "2026-04-01", "--reviewer", "Cy"
    )
    record(Action.REVIEWED, "--reviewer", "1")
    record(Action.REVISION_REQUESTED, "--kind", "minor")
    record(Action.RESUBMITTED)
    record(Action.SENT_TO_REVIEW, "--reviewer", "1", "--reviewer", "2", "--reviewer", "1")
    acts = [event["action"] for event in terminal.run("show", REF, "--json").document["events"]]
    assert acts.count("invited") == 4


def test_a_correction_that_is_unusual_is_confirmed_by_a_person(terminal: Terminal) -> None:
    terminal.run("record", REF, "held", "--on", "2026-04-01", "--note", "x")
    slip = ("correct", REF, "1", "--on", "2016-03-02", "--reason", "misread")
    assert "3682 days lie between Received on 2 March 2016" in terminal.refused(*slip)
    assert terminal.run(*slip, "--confirm").status == 0


def test_a_folder_with_nothing_to_import_is_said(terminal: Terminal) -> None:
    assert "no file of this folder ends in" in terminal.run("import", "jats", ".", "--journal", "ijcp").err
