"""Deciding about letters to come from the command line, as the preview names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.cli.running import Terminal
from tests.services.reminding import letters, live_journal, revision_due
from tracker.db import db

LETTER = ("IJCP-2026-001", "revision:1", "-7")


@pytest.fixture
def terminal(app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal two days before a letter."""
    revision_due(live_journal(), 1, email="ada@example.org")
    db.session.rollback()
    monkeypatch.setenv("TRACKER_TODAY", "2026-05-18")
    return Terminal(capsys)


def preview(terminal: Terminal) -> list[tuple[int, str | None, str]]:
    found = terminal.run("reminders", "preview", "--json").document["letters"]
    return [(letter["step"], letter["held"], letter["subject"]) for letter in found]


def test_a_letter_is_held_released_reworded_and_sent(terminal: Terminal, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("How is it coming on?\n\n{{ facts }}", encoding="utf-8")
    assert terminal.run("reminders", "hold", *LETTER).status == 0
    assert [held for _, held, _ in preview(terminal)] == ["by_editor"]
    assert terminal.run("reminders", "release", *LETTER).status == 0
    assert terminal.run("reminders", "edit", *LETTER, "--subject", "On {{ day }}", "--words", str(words)).status == 0
    assert preview(terminal) == [(-7, None, "On 27 May 2026")]
    assert terminal.run("reminders", "send-now", *LETTER).out == "IJCP-2026-001 revision:1 -7: queued.\n"
    assert [letter.subject for letter in letters()] == ["On 27 May 2026"]
    assert "no such letter to come" in terminal.refused("reminders", "send-now", *LETTER)


def test_skipping_and_muting(terminal: Terminal) -> None:
    assert terminal.run("reminders", "skip", *LETTER).status == 0
    assert preview(terminal) == []
    assert "no such letter" in terminal.refused("reminders", "hold", *LETTER)
    assert terminal.run("reminders", "mute", "IJCP-2026-001").out == "IJCP-2026-001: reminders muted.\n"
    assert terminal.run("reminders", "arm", "IJCP-2026-001").status == 0
    terminal.refused("reminders", "mute", "IJCP-2026-999")
