"""The scheduler: calls each pass once a minute, in UTC. Run as many as you like on one database.

What is due is asked of the database, never of the clock's exact minute, so a pass that was missed is caught up by the
next one, and the nights on which clocks change are nights like any other.
"""

from __future__ import annotations

import atexit
import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC, timedelta

from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]  # it has no types
from flask import Flask

from tracker import clock
from tracker.config import Settings, instance_folder
from tracker.db import db, transaction
from tracker.jobs import backups, bounces, digests, passes, retention
from tracker.services.schedule import note_run

SECONDS_BETWEEN = 60
Pass = Callable[[Settings, threading.Event], str]
log = logging.getLogger(__name__)


def start_in_background(app: Flask, *, seconds: float = SECONDS_BETWEEN) -> Callable[[], None]:
    """Start the scheduler on threads of its own, the first pass at once; gives the function that stops it.

    Stopping lets the letter that is being sent finish, and sends no other.
    """
    stopping = threading.Event()
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    begin = clock.now()
    for name, run in PASSES:
        scheduler.add_job(
            _one_pass, "interval", args=(app, name, run, stopping), seconds=seconds, id=name, next_run_time=begin
        )
        begin += timedelta(seconds=seconds / 10)  # what is planned leaves with the same minute's delivery
    scheduler.start()

    def stop() -> None:
        if not stopping.is_set():
            stopping.set()
            scheduler.shutdown(wait=True)

    atexit.register(stop)
    return stop


def run_forever(app: Flask, *, seconds: float = SECONDS_BETWEEN) -> None:
    """Run the scheduler until SIGTERM or Ctrl-C."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    stop = start_in_background(app, seconds=seconds)
    while not ended.wait(timeout=3600):
        pass
    stop()


def _one_pass(app: Flask, name: str, run: Pass, stopping: threading.Event) -> None:
    with app.app_context():
        try:
            outcome = run(app.config["TRACKER_SETTINGS"], stopping)
            with transaction():
                note_run(name, now=clock.now(), outcome=outcome)
        except Exception:  # one pass that fails must not end the scheduler; the next one catches up
            log.exception("The pass “%s” failed; the next one will try again.", name)
        finally:
            db.session.remove()


def _plan(settings: Settings, stopping: threading.Event) -> str:
    passes.plan(now_of=clock.now, today_of=clock.today, settings=settings)
    return ""


def _digest(settings: Settings, stopping: threading.Event) -> str:
    digests.weekly(now_of=clock.now, today_of=clock.today, settings=settings)
    return ""


def _deliver(settings: Settings, stopping: threading.Event) -> str:
    done = passes.deliver(now_of=clock.now, today_of=clock.today, settings=settings, stopping=stopping)
    return done.problem


def _backup(settings: Settings, stopping: threading.Event) -> str:
    return backups.nightly(instance_folder() / backups.FOLDER, now_of=clock.now, settings=settings)


def _retention(settings: Settings, stopping: threading.Event) -> str:
    return retention.daily(now_of=clock.now, today_of=clock.today)


def _bounces(settings: Settings, stopping: threading.Event) -> str:
    return bounces.regularly(now_of=clock.now, settings=settings)


PASSES = (
    ("plan", _plan), ("digest", _digest), ("deliver", _deliver), ("bounces", _bounces), ("backup", _backup),
    ("retention", _retention),
)  # fmt: skip
