"""`tracker record`, `undo`, `correct`, `show`, `list`, `verify`: one manuscript's life on the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from tests.cli.running import Terminal
from tests.people import manuscript_in
from tracker.db import transaction
from tracker.services.actors import OPERATOR
from tracker.services.journals import add_journal

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def terminal(app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TRACKER_TODAY", "2026-06-01")
    with transaction():
        journal = add_journal(slug="jcp", title="Journal of Careful Practice", by=OPERATOR, now=NOW)
    manuscript_in(journal, received_on=date(2026, 1, 5))
    return Terminal(capsys)


REF = "JCP-2026-001"


def walk(terminal: Terminal) -> None:
    terminal.run("record", REF, "sent_to_review", "--on", "2026-01-12", "--reviewer", "Bo Li <bo@example.org>")
    terminal.run("record", REF, "agreed", "--on", "2026-01-14", "--reviewer", "1")
    terminal.run("record", REF, "reviewed", "--on", "2026-02-10", "--reviewer", "1", "--recommendation", "accept")
    terminal.run("record", REF, "request-revision", "--kind", "minor", "--on", "2026-02-14")
    terminal.run("record", REF, "resubmitted", "--on", "2026-03-01")
    terminal.run("record", REF, "accepted", "--on", "2026-03-05")
    terminal.run("record", REF, "published", "--on", "2026-04-01", "--set", "doi=10.5555/12", "--set", "volume=5")


def test_a_whole_life_is_recorded_and_printed(terminal: Terminal) -> None:
    walk(terminal)
    shown = terminal.run("show", REF, "--json").document
    assert (shown["state"], shown["round"], shown["waiting_on"]) == ("published", 2, "nobody")
    assert (shown["doi"], shown["volume"]) == ("10.5555/12", "5")
    assert terminal.run("dates", REF).out == (
        "Received 5 January 2026; Re-submitted 1 March 2026; Accepted 5 March 2026; Published online 1 April 2026\n"
    )
    assert terminal.run("verify", "--json").document["problems"] == []


def test_an_undo_takes_back_the_last_step_and_keeps_it_on_record(terminal: Terminal) -> None:
    walk(terminal)
    undone = terminal.run("undo", REF, "--reason", "wrong manuscript", "--json").document
    assert undone["state"] == "accepted"
    assert [event["action"] for event in undone["events"] if not event["stands"]] == ["published", "undone"]


def test_a_correction_keeps_the_old_date_on_record(terminal: Terminal) -> None:
    walk(terminal)
    position = next(
        event["id"] for event in terminal.run("show", REF, "--json").document["events"] if event["action"] == "accepted"
    )
    corrected = terminal.run("correct", REF, str(position), "--on", "2026-03-06", "--reason", "misread").status
    assert corrected == 0
    shown = terminal.run("show", REF, "--json").document
    assert shown["accepted_on"] == "2026-03-06"
    note = next(event["note"] for event in shown["events"] if event["action"] == "date_corrected")
    assert note == "misread"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("accepted", "--on", "2026-07-01", "--confirm"), "lies in the future: today is 1 June 2026"),
        (("accepted", "--on", "2026-02-01"), "(Add --confirm.)"),
        (("accepted", "--on", "2026-01-04", "--confirm"), "lies before Received on 5 January 2026"),
        (
            ("published", "--on", "2026-02-01"),
            "“Published online” cannot be recorded for a manuscript that is received",
        ),
        (("frobnicated", "--on", "2026-02-01"), "There is no action “frobnicated”. What can be done with"),
        (("held", "--on", "2026-02-01"), "Give the reason"),
        (("held", "--on", "1 May"), "The date “1 May” is not a date: write it as 2020-11-30."),
        (("held", "--on", "2026-02-30"), "is on no calendar"),
        (("revision_requested", "--on", "2026-02-01"), "needs a kind (minor, major, conditional); none was given"),
        (("revision_requested", "--on", "2026-02-01", "--kind", "huge"), "“huge” is not one of them"),
        (("sent_to_review", "--on", "2026-02-01"), "Name at least one reviewer"),
    ],
)
def test_what_is_refused_is_a_sentence_and_changes_nothing(
    terminal: Terminal, arguments: tuple[str, ...], sentence: str
) -> None:
    before = terminal.run("show", REF, "--json").document
    refused = terminal.run("record", REF, *arguments)
    assert refused.status == 1
    assert sentence in refused.err
    assert refused.err.count("\n") == 1
    assert terminal.run("show", REF, "--json").document == before


def test_an_unknown_reference_is_a_sentence(terminal: Terminal) -> None:
    assert terminal.run("show", "JCP-1999-001").err == (
        "There is no manuscript “JCP-1999-001”. “tracker list” shows the references.\n"
    )


def test_a_reference_may_be_typed_in_small_letters(terminal: Terminal) -> None:
    assert terminal.run("show", REF.lower(), "--json").document["reference"] == REF


def test_the_list_says_who_has_it_since_when_and_what_is_late(terminal: Terminal) -> None:
    listed = terminal.run("list", "--journal", "jcp", "--overdue", "--json").document
    assert listed["total"] == 1
    row = listed["manuscripts"][0]
    assert (row["reference"], row["waiting_on"], row["since_on"], row["due_on"], row["days_overdue"]) == (
        REF, "editor", "2026-01-05", "2026-01-12", 140,
    )  # fmt: skip
    assert terminal.run("list", "--state", "accepted", "--json").document == {"total": 0, "manuscripts": []}
    assert terminal.run("list", "--waiting-on", "author", "--json").document["total"] == 0
    assert terminal.run("list", "--query", "keeping true", "--json").document["total"] == 1


def test_a_list_of_an_unknown_state_names_the_states(terminal: Terminal) -> None:
    assert "The state “lost” is not one of: received, under_review" in terminal.run("list", "--state", "lost").err


def test_what_comes_back_after_a_rejection_is_a_new_record_that_knows_its_origin(terminal: Terminal) -> None:
    terminal.run("record", REF, "sent_to_review", "--on", "2026-01-12", "--internal")
    terminal.run("record", REF, "rejected", "--on", "2026-02-01", "--kind", "resubmit_invited")
    assert "lies before the rejection" in terminal.run("record", REF, "received", "--on", "2026-01-31").err
    returned = terminal.run("record", REF, "received", "--on", "2026-03-01", "--json").document
    assert (returned["reference"], returned["received_on"]) == ("JCP-2026-002", "2026-03-01")
    assert (returned["origin"], returned["paper_received_on"]) == (REF, "2026-01-05")


def test_nothing_returns_where_nothing_was_invited(terminal: Terminal) -> None:
    terminal.run("record", REF, "rejected", "--on", "2026-02-01")
    refused = terminal.run("record", REF, "received", "--on", "2026-03-01")
    assert (refused.status, "without an invitation" in refused.err or "not rejected with" in refused.err) == (1, True)


def test_verify_names_the_event_that_somebody_changed_and_ends_with_status_1(terminal: Terminal) -> None:
    walk(terminal)
    with transaction() as session:
        is_sqlite = session.get_bind().dialect.name == "sqlite"
        session.execute(
            text("DROP TRIGGER ledger_no_update" if is_sqlite else "ALTER TABLE ledger DISABLE TRIGGER ALL")
        )
        session.execute(text("UPDATE ledger SET occurred_on = '2026-03-02' WHERE action = 'accepted'"))
    checked = terminal.run("verify", "--json")
    assert checked.status == 1
    assert checked.document["problems"][0]["reference"] == REF
    assert f"{REF}, event " in checked.err
    assert "“Accepted” does not match its hash" in checked.err


def test_a_terminal_obeys_no_title_and_no_note(
    app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_TODAY", "2026-06-01")
    with transaction():
        journal = add_journal(slug="jcp", title="Journal of \x1b[31mRed", by=OPERATOR, now=NOW)
    evil = "On [/red] \x1b]0;owned\x07 and \x9b2J"
    manuscript_in(journal, title=evil, received_on=date(2026, 1, 5))
    terminal = Terminal(capsys)
    terminal.run("record", REF, "held", "--on", "2026-01-12", "--note", "wait\x1b[2J\tfor it")
    for command in (f"show {REF}", "list", f"article {REF} --format apa", "journal list", "journal show jcp"):
        ran = terminal.run(*command.split())
        assert ran.status == 0, ran.err
        assert not {"\x1b", "\x07", "\x9b"} & set(ran.out + ran.err), command
    shown = terminal.run("show", REF).out
    assert r"On [/red] \x1b]0;owned\x07 and \x9b2J" in shown
    assert "wait\\x1b[2J" in shown
    assert "[/red]" in terminal.run("list").out
    refused = terminal.refused("show", "no\x1b[2Jthing")
    assert r"no\x1b[2Jthing" in refused
    assert terminal.run("show", REF, "--json").document["title"] == evil
