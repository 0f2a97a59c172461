"""Several schedulers as processes of their own on one database, one of them killed: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.mail.servers import Mailbox, free_port, smtp_server
from tests.services.reminding import FIRST_LETTER_ON, live_journal, revision_due
from tracker import clock
from tracker.db import db, transaction
from tracker.jobs.scheduler import PASSES, start_in_background
from tracker.models import Letter
from tracker.queries.schedule import last_outcomes, last_seen
from tracker.services.claims import MOST_AT_ONCE
from tracker.services.delivery import set_aside_lost_claims

MANY = 1000 if os.environ.get("TRACKER_TEST_LONG") else 60
SCHEDULER = """
from tracker.app import bare_app
from tracker.jobs.scheduler import run_forever
run_forever(bare_app(), seconds=0.5)
"""


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox(delay=0.01)


@pytest.fixture
def url(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A mail server, named in the environment with a day on which letters are due."""
    with smtp_server(mailbox) as address:
        monkeypatch.setenv("TRACKER_SMTP_URL", address)
        monkeypatch.setenv("TRACKER_TODAY", FIRST_LETTER_ON.isoformat())
        yield address


@contextmanager
def schedulers(count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Scheduler processes; whichever are left at the end are stopped as an operator stops them."""
    running = [subprocess.Popen([sys.executable, "-c", SCHEDULER]) for _ in range(count)]
    try:
        yield running
        for process in running:
            process.terminate()
        assert {process.wait(timeout=30) for process in running} <= {0, -signal.SIGKILL}
    finally:
        for process in running:
            process.kill()
            process.wait()


def wait_until(happens: Callable[[], Any], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def states() -> dict[str, str]:
    """Address → state of the letters; the read ends at once, or SQLite's writers would wait for it."""
    found = db.session.execute(select(Letter.to_email, Letter.state)).all()
    db.session.rollback()
    return {email: state for email, state in found}  # noqa: C416  mypy wants the pair taken apart


def all_settled(count: int) -> bool:
    found = states()
    return len(found) == count and not {"queued", "failed"} & set(found.values())


def many_due(count: int) -> None:
    journal = live_journal()
    for n in range(count):
        revision_due(journal, n)


@pytest.mark.slow
def test_three_schedulers_one_of_them_killed_send_every_letter_and_none_twice(
    app: Flask, mailbox: Mailbox, url: str
) -> None:
    many_due(MANY)
    with schedulers(3) as running:
        wait_until(lambda: len(mailbox.letters) > MANY // 4, seconds=120)
        running[0].kill()
        wait_until(lambda: all_settled(MANY), seconds=600)
    with transaction():
        set_aside_lost_claims(now=clock.now() + timedelta(hours=1))
    with schedulers(1):  # a scheduler that is told to end gives back what it had not begun to send
        wait_until(lambda: set(states().values()) <= {"sent", "uncertain"})
    fates = Counter(states().values())
    assert fates["sent"] + fates["uncertain"] == MANY
    assert fates["uncertain"] <= MOST_AT_ONCE
    arrived = Counter(mailbox.recipients)
    assert {email for email, state in states().items() if state == "sent"} <= set(arrived)
    assert set(arrived.values()) == {1}
    assert len({str(letter["Message-ID"]) for letter in mailbox.letters}) == len(arrived)


def test_two_schedulers_send_a_letter_once_and_end_when_they_are_told_to(
    app: Flask, mailbox: Mailbox, url: str
) -> None:
    many_due(8)
    with schedulers(2):
        wait_until(lambda: list(states().values()) == ["sent"] * 8)
    assert sorted(mailbox.recipients) == sorted(f"author{n}@example.org" for n in range(8))


def test_a_scheduler_in_the_background_is_seen_and_can_be_stopped(app: Flask, mailbox: Mailbox, url: str) -> None:
    app.config["TRACKER_SETTINGS"] = app.config["TRACKER_SETTINGS"].model_copy(update={"smtp_url": url})
    assert last_seen() is None
    many_due(2)
    stop = start_in_background(app, seconds=0.2)
    try:
        wait_until(lambda: len(mailbox.letters) == 2 and {name for name, _ in PASSES} <= set(_outcomes()))
    finally:
        stop()
        stop()
    db.session.rollback()
    seen = last_seen()
    assert seen is not None
    assert clock.now() - seen < timedelta(minutes=1)
    assert (_outcomes()["plan"], _outcomes()["deliver"]) == ("", "")
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("APScheduler")]


def test_a_server_that_is_down_is_said_where_the_scheduler_is_seen(app: Flask, url: str) -> None:
    down = f"smtp://127.0.0.1:{free_port()}"
    app.config["TRACKER_SETTINGS"] = app.config["TRACKER_SETTINGS"].model_copy(update={"smtp_url": down})
    many_due(1)
    stop = start_in_background(app, seconds=0.2)
    try:
        wait_until(lambda: "cannot be used" in _outcomes().get("deliver", ""))
    finally:
        stop()


def _outcomes() -> dict[str, str]:
    outcomes = last_outcomes()
    db.session.rollback()
    return outcomes
