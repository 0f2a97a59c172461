"""`tracker reminders` and `tracker outbox` from the command line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.cli.running import Terminal
from tests.mail.servers import Mailbox, smtp_server
from tests.services.reminding import FIRST_LETTER_ON, live_journal, revision_due
from tracker.db import db


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def terminal(
    app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox
) -> Iterator[Terminal]:
    """A terminal on the day of a letter, with a mail server and two journals."""
    revision_due(live_journal(), 1, email="ada@example.org")
    revision_due(live_journal("other"), 2, email="unknown@example.org")
    db.session.rollback()
    monkeypatch.setenv("TRACKER_TODAY", FIRST_LETTER_ON.isoformat())
    with smtp_server(mailbox) as url:
        monkeypatch.setenv("TRACKER_SMTP_URL", url)
        yield Terminal(capsys)


def test_the_preview_has_the_shape_that_was_promised(terminal: Terminal) -> None:
    ran = terminal.run("reminders", "preview", "--days", "13", "--journal", "ijcp", "--json")
    assert ran.status == 0
    assert (ran.document["from"], ran.document["to"]) == ("2026-05-20", "2026-06-02")
    assert ran.document["letters"] == [
        {
            "on": "2026-05-20", "to": "ada@example.org", "role": "author", "reference": "IJCP-2026-001",
            "task": "revision:1", "step": -7, "reason": "7 days before the revised manuscript is due",
            "subject": "Your revised manuscript IJCP-2026-001 for Careful Practice, due on 27 May 2026",
            "held": None, "also": [],
        },
        {
            "on": "2026-06-01", "to": "ada@example.org", "role": "author", "reference": "IJCP-2026-001",
            "task": "revision:1", "step": 3, "reason": "3 days after the revised manuscript was due",
            "subject": "Your revised manuscript IJCP-2026-001 for Careful Practice: when may we expect it?",
            "held": None, "also": [],
        },
    ]  # fmt: skip


def test_what_is_due_is_what_today_owes(terminal: Terminal) -> None:
    due = terminal.run("reminders", "due", "--json").document
    assert [letter["on"] for letter in due["letters"]] == ["2026-05-20", "2026-05-20"]
    assert "ada@example.org" in terminal.run("reminders", "due").out


def test_send_queues_and_delivers_and_says_what_did_not_leave(terminal: Terminal, mailbox: Mailbox) -> None:
    ran = terminal.run("reminders", "send", "--json")
    assert ran.document == {
        "queued": 2, "given_up": 0, "sent": 1, "failed": 0, "parked": 1, "uncertain": 0, "problem": None
    }  # fmt: skip
    assert (ran.status, mailbox.recipients) == (1, ["ada@example.org"])
    assert "tracker outbox list" in ran.err
    again = terminal.run("reminders", "send")
    assert (again.status, again.out) == (0, "0 letters queued. 0 letters sent.\n")


def test_send_for_one_journal_queues_that_journals_letters(terminal: Terminal) -> None:
    ran = terminal.run("reminders", "send", "--journal", "ijcp")
    assert (ran.status, ran.out) == (0, "1 letter queued. 1 letter sent.\n")


def test_the_outbox_lists_every_letter_with_its_fate(terminal: Terminal) -> None:
    terminal.run("reminders", "send")
    (parked,) = terminal.run("outbox", "list", "--state", "parked", "--json").document["letters"]
    assert {key: parked[key] for key in ("to", "reference", "state", "attempts", "last_error", "sent_at")} == {
        "to": "unknown@example.org", "reference": "OTHER-2026-001", "state": "parked", "attempts": 1,
        "last_error": "550 5.1.1 no such person here", "sent_at": None,
    }  # fmt: skip
    assert set(parked) == {
        "id", "to", "subject", "reference", "state", "attempts", "message_id", "last_error", "queued_at", "sent_at"
    }  # fmt: skip
    everything = terminal.run("outbox", "list").out
    assert "sent" in everything
    assert "no such person here" in everything


def test_retry_and_release_queue_a_letter_again(terminal: Terminal) -> None:
    terminal.run("reminders", "send")
    (parked,) = terminal.run("outbox", "list", "--state", "parked", "--json").document["letters"]
    assert terminal.run("outbox", "retry", str(parked["id"]), "--json").document["state"] == "queued"
    assert terminal.run("outbox", "deliver", "--json").document["parked"] == 1
    assert "is queued" in terminal.run("outbox", "release", str(parked["id"])).out


def test_a_letter_that_is_not_there_and_one_that_has_left_are_refused(terminal: Terminal) -> None:
    terminal.run("reminders", "send")
    (sent,) = terminal.run("outbox", "list", "--state", "sent", "--json").document["letters"]
    assert "There is no letter 4711." in terminal.refused("outbox", "release", "4711")
    assert "is sent; it cannot be released" in terminal.refused("outbox", "release", str(sent["id"]))
    assert "There is no journal “nope”." in terminal.refused("reminders", "preview", "--journal", "nope")


def test_without_a_server_the_letters_wait_and_the_command_says_so(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRACKER_SMTP_URL")
    ran = terminal.run("reminders", "send")
    assert (ran.status, ran.out) == (1, "2 letters queued. 0 letters sent.\n")
    assert "No mail server is configured" in ran.err


def test_no_letters_are_said_in_a_sentence(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_TODAY", "2026-05-01")
    assert terminal.run("reminders", "due").out.startswith("No letters")
    assert terminal.run("outbox", "list").out == "The outbox is empty.\n"
