"""Four schedulers on one database, one of them killed with -9 every second: what became of every letter is known."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.jobs.test_scheduler import all_settled, many_due, states
from tests.mail.servers import Mailbox, smtp_server
from tests.services.reminding import FIRST_LETTER_ON, letters
from tracker import clock
from tracker.db import db, transaction
from tracker.jobs.passes import deliver
from tracker.models import Letter
from tracker.services.actors import OPERATOR
from tracker.services.claims import MOST_AT_ONCE
from tracker.services.delivery import set_aside_lost_claims
from tracker.services.outbox import release_letter

LETTERS = 1000 if os.environ.get("TRACKER_TEST_LONG") else 60
SCHEDULERS = 4
# A process that has loaded the product and forks a scheduler for each line it reads, so that a kill hits work only.
NURSERY = """
import os, signal, sys
from tracker.app import bare_app
from tracker.jobs.scheduler import run_forever
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in sys.stdin:
    child = os.fork()
    if not child:
        run_forever(bare_app(), seconds=0.5)
        os._exit(0)
    print(child, flush=True)
"""


class Schedulers:
    """Scheduler processes; the oldest is killed, and another takes its place."""

    def __init__(self, nursery: subprocess.Popen[str]) -> None:
        self.nursery, self.running, self.killed = nursery, list[int](), 0

    def start(self) -> None:
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write("another\n")
        self.nursery.stdin.flush()
        self.running.append(int(self.nursery.stdout.readline()))

    def kill_the_oldest(self) -> None:
        os.kill(self.running.pop(0), signal.SIGKILL)
        self.killed += 1
        self.start()

    def stop(self) -> None:
        """All end at once; what they were at is in doubt."""
        for child in self.running:
            os.kill(child, signal.SIGKILL)
        self.running.clear()


@contextmanager
def schedulers(count: int) -> Iterator[Schedulers]:
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as nursery:
        found = Schedulers(nursery)
        try:
            for _ in range(count):
                found.start()
            yield found
        finally:
            found.stop()
            nursery.terminate()


def release_all_uncertain() -> set[str]:
    """Release what is in doubt, as an editor does who would rather have it arrive twice; gives the addresses."""
    with transaction() as session:
        doubtful = list(session.scalars(select(Letter).where(Letter.state == "uncertain")))
        for letter in doubtful:
            release_letter(letter, by=OPERATOR, now=clock.now(), today=FIRST_LETTER_ON)
        return {letter.to_email for letter in doubtful}


@pytest.mark.slow
def test_one_scheduler_killed_every_second_loses_nothing_and_hides_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox(delay=0.02)  # slow enough for kills to hit a letter on its way
    monkeypatch.setenv("TRACKER_TODAY", FIRST_LETTER_ON.isoformat())
    with smtp_server(mailbox) as url:
        monkeypatch.setenv("TRACKER_SMTP_URL", url)
        many_due(LETTERS)
        killed = _killed_until_settled()
        with transaction():
            set_aside_lost_claims(now=clock.now() + timedelta(hours=1))
        fates, arrived = states(), Counter(mailbox.recipients)
        doubtful = {email for email, state in fates.items() if state == "uncertain"}
        assert set(fates.values()) <= {"sent", "uncertain"}
        assert {email for email, state in fates.items() if state == "sent"} <= set(arrived)
        assert set(arrived.values()) == {1}, "nothing is sent again by itself"
        assert len(doubtful) <= MOST_AT_ONCE * (killed + SCHEDULERS)
        assert release_all_uncertain() == doubtful, "every letter in doubt is listed"
        app.config["TRACKER_SETTINGS"] = app.config["TRACKER_SETTINGS"].model_copy(update={"smtp_url": url})
        told = {"now_of": clock.now, "today_of": clock.today, "settings": app.config["TRACKER_SETTINGS"]}
        deliver(**told)
    names = {(str(letter["To"].addresses[0].addr_spec), str(letter["Message-ID"])) for letter in mailbox.letters}
    assert names == {(letter.to_email, letter.message_id) for letter in letters()}, "every letter, under one name each"
    assert {email for email, count in Counter(mailbox.recipients).items() if count > 1} <= doubtful


def _killed_until_settled() -> int:
    deadline = time.monotonic() + (1200 if LETTERS > 100 else 120)
    with schedulers(SCHEDULERS) as running:
        while not all_settled(LETTERS):
            assert time.monotonic() < deadline, "the letters were not dealt with in time"
            time.sleep(1)
            running.kill_the_oldest()
        db.session.remove()
        return running.killed
