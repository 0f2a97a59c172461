"""An installation that is told nonsense says so in a sentence, and never runs with half of what it needs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.running import Terminal
from tracker.config import kept_secret
from tracker.domain.errors import BadInput


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TRACKER_DATABASE_URL", "postgresql://:::/", "TRACKER_DATABASE_URL cannot be read"),
        ("TRACKER_DATABASE_URL", "mysql://x", "is neither sqlite:///… nor postgresql://…"),
        ("TRACKER_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "Connection refused"),
        ("TRACKER_DATABASE_URL", "sqlite:////dev/null/x.sqlite", "The database cannot be opened"),
        ("TRACKER_TODAY", "yesterday", "The TRACKER_TODAY “yesterday” is not a date"),
        ("TRACKER_TODAY", "2026-05", "is not a whole day"),
        ("TRACKER_TODAY", "9999-12-31", "lies further ahead than anybody plans"),
        ("TRACKER_INSTANCE", "/dev/null", "TRACKER_INSTANCE /dev/null is a file"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    if name == "TRACKER_TODAY":
        terminal.run("init", "--journal", "ijcp", "--title", "A Journal", "--admin", "me@example.org")
    monkeypatch.setenv(name, value)
    refused = terminal.refused("list")
    assert says in refused
    assert len(refused.splitlines()) == 1


def test_a_settings_file_that_is_no_text_is_named(terminal: Terminal, own_instance: Path) -> None:
    own_instance.mkdir()
    (own_instance / "tracker.env").write_bytes(b"TRACKER_MAIL_FROM=\xff\xfe")
    assert "tracker.env is no text in UTF-8" in terminal.refused("list")


def test_all_who_start_at_once_sign_with_the_same_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(kept_secret, [tmp_path / "new"] * 8))
    assert len(set(kept)) == 1
    assert len(kept[0]) >= 48
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret_key"]
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_an_empty_secret_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(BadInput, match="is empty"):
        kept_secret(tmp_path)
