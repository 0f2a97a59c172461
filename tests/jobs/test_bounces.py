"""Returned letters read from a folder on a mail server: new ones once, and nothing lost when the server goes away."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.cli.running import Terminal
from tests.mail.certificates import certificate_for
from tests.mail.imap import Folder, imap_server
from tests.services.reminding import FIRST_LETTER_ON, at, letters, settings
from tests.services.test_bounces import refused, report, sent, state
from tracker.config import Settings
from tracker.db import db
from tracker.jobs import bounces
from tracker.mail import mailboxes

DAY = FIRST_LETTER_ON
SIGNED_IN = "bounces%40example.org:Gr%C3%BC%C3%9Fe%3A1"


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailboxes, "TIMEOUT_SECONDS", 1.0)


@pytest.fixture
def folder() -> Folder:
    return Folder([b"Subject: A letter from a person\r\n\r\nHello\r\n"])


@pytest.fixture
def place(folder: Folder) -> Iterator[str]:
    with imap_server(folder) as found:
        yield found


def reading(place: str, scheme: str = "imap", user: str = SIGNED_IN) -> Settings:
    return settings().model_copy(update={"bounces_url": f"{scheme}://{user}@{place}/INBOX"})


def read(told: Settings, minute: int = 0) -> str:
    return bounces.regularly(now_of=lambda: at(DAY, 12) + timedelta(minutes=minute), settings=told)


@pytest.mark.usefixtures("app")
def test_a_returned_letter_is_found_on_the_server_and_read_once(folder: Folder, place: str) -> None:
    folder.messages.append(report(message_id=sent().message_id).replace(b"\n", b"\r\n"))
    assert read(reading(place)) == ""
    assert (state()[0], refused()) == ("parked", ["ada@example.org"])
    assert folder.seen == {1, 2}
    folder.seen.discard(2)
    read(reading(place), minute=5)
    assert folder.seen == {1}, "ten minutes are one slot, whichever process asks"
    read(reading(place), minute=10)
    assert folder.seen == {1, 2}
    assert len(letters()) == 1


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("word", ["SELECT", "FETCH", "STORE"])
def test_a_server_that_hangs_up_loses_nothing(folder: Folder, place: str, word: str) -> None:
    folder.messages.append(report(message_id=sent().message_id))
    folder.hangs_up = word
    assert "127.0.0.1 cannot be read" in read(reading(place))
    assert folder.seen == set()
    folder.hangs_up = ""
    read(reading(place), minute=6)
    assert (state()[0], folder.seen) == ("parked", {1, 2})


@pytest.mark.usefixtures("app")
def test_what_keeps_the_mailbox_from_being_read_is_said_without_the_password(place: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        wrong = [
            (reading(place, user="me:s3cret"), "Invalid credentials"),
            (reading(place, scheme="imaps"), "cannot be read"),
            (reading(place, scheme="imap+starttls"), "cannot be read"),
            (reading("mail..example.org"), "cannot be read"),
            (reading(f"127.0.0.1:{silent.getsockname()[1]}"), "did not answer in time"),
        ]
        for hour, (told, says) in enumerate(wrong):
            said = read(told, minute=60 * hour)
            assert says in said
            assert "s3cret" not in said
            assert "Gr" not in said


@pytest.mark.usefixtures("app")
def test_what_keeps_it_from_being_read_is_said_by_every_pass_until_it_is_read_again(folder: Folder, place: str) -> None:
    wrong = reading(place, user="me:s3cret")
    assert "Invalid credentials" in read(wrong)
    assert [read(wrong, minute=minute) for minute in (1, 2)] == [read(wrong)] * 2
    assert read(reading(place), minute=7) == ""
    assert (read(reading(place), minute=8), folder.seen) == ("", {1})


@pytest.mark.usefixtures("app")
def test_the_connection_is_encrypted_where_the_address_says_so(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    certificate = certificate_for("127.0.0.1", tmp_path)
    folder.tls = certificate.context
    with imap_server(folder) as place:
        assert "certificate" in read(reading(place, scheme="imap+starttls"))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
        read(reading(place, scheme="imap+starttls"), minute=20)
    assert folder.seen == {1}


def test_the_command_reads_the_mailbox_of_the_settings(
    app: Flask, folder: Folder, place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal, number = Terminal(capsys), sent().id
    folder.messages.append(report(message_id=letters()[0].message_id))
    db.session.rollback()
    assert "set TRACKER_BOUNCES_URL" in terminal.refused("outbox", "bounces")
    monkeypatch.setenv("TRACKER_BOUNCES_URL", reading(place).bounces_url)
    assert f"Letter {number} to ada@example.org came back" in terminal.run("outbox", "bounces").out
    assert "No delivery report was found." in terminal.run("outbox", "bounces").out
    assert "written imaps://" in terminal.refused("outbox", "bounces", "pop3://x")
