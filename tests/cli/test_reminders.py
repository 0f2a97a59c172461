"""`tracker reminders` and `tracker outbox` from the command line."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from tests.cli.running import Terminal
from tests.mail.servers import Mailbox, free_port, smtp_server
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


def test_what_waits_over_a_weekend_that_was_fixed_leaves_on_the_monday(
    terminal: Terminal, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = os.environ["TRACKER_SMTP_URL"]
    for day, url, sent in (
        ("2026-05-22", f"smtp://127.0.0.1:{free_port()}", 0), ("2026-05-23", server, 0), ("2026-05-25", server, 1)
    ):  # fmt: skip
        monkeypatch.setenv("TRACKER_TODAY", day)
        monkeypatch.setenv("TRACKER_SMTP_URL", url)
        ran = terminal.run("reminders", "send", "--journal", "ijcp", "--json")
        assert ran.document["sent"] == sent
        time.sleep(2.1)  # longer than what a closed day that was fixed puts off
    assert mailbox.recipients == ["ada@example.org"]


def test_the_second_letter_leaves_on_a_later_day_that_was_fixed_before_the_real_one(
    terminal: Terminal, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-05-20", "2026-06-01"):
        monkeypatch.setenv("TRACKER_TODAY", day)
        ran = terminal.run("reminders", "send", "--journal", "ijcp", "--any-hour", "--json")
        assert (ran.document["queued"], ran.document["sent"]) == (1, 1)
    assert mailbox.recipients == ["ada@example.org"] * 2


def test_each_journals_letters_are_shown_by_its_own_calendar(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    for slug, zone in (("east", "Pacific/Auckland"), ("west", "America/Los_Angeles")):
        revision_due(live_journal(slug, timezone=zone), 1, email=f"{slug}@example.org")
    db.session.rollback()
    with time_machine.travel(datetime(2026, 5, 19, 20, tzinfo=UTC), tick=False):  # there it is Wednesday, 8 o'clock
        shown = Terminal(capsys).run("reminders", "preview", "--days", "1", "--json").document
    assert (shown["from"], shown["to"]) == ("2026-05-19", "2026-05-21")
    assert [(letter["on"], letter["to"]) for letter in shown["letters"]] == [
        ("2026-05-20", "east@example.org"), ("2026-05-20", "west@example.org")
    ]  # fmt: skip
    with time_machine.travel(datetime(2026, 5, 20, 20, tzinfo=UTC), tick=False):  # and there Thursday
        shown = Terminal(capsys).run("reminders", "preview", "--days", "1", "--json").document
    assert [(letter["on"], letter["to"]) for letter in shown["letters"]] == [
        ("2026-05-20", "west@example.org"), ("2026-05-21", "east@example.org")
    ]  # fmt: skip


def test_no_letters_are_said_in_a_sentence(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_TODAY", "2026-05-01")
    assert terminal.run("reminders", "due").out.startswith("No letters")
    assert terminal.run("outbox", "list").out == "The outbox is empty.\n"
