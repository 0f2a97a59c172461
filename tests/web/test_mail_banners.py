"""What keeps letters from leaving is said on every page, and where a watching script asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import People
from tracker import clock
from tracker.db import db, transaction
from tracker.models import Journal
from tracker.queries.schedule import late_since
from tracker.services.schedule import note_run

As = Callable[[str], FlaskClient]
NOW = datetime(2026, 6, 1, 12, 30, tzinfo=UTC)


def ran(*jobs: str, at: datetime, outcome: str = "") -> None:
    with transaction():
        for job in jobs:
            note_run(job, now=at, outcome=outcome)


@pytest.fixture
def live(who: People) -> None:
    with transaction() as session:
        for journal in session.query(Journal):
            journal.settings = {**journal.settings, "reminders_live": True}


def served_with(app: Flask, smtp_url: str) -> None:
    settings = app.config["TRACKER_SETTINGS"]
    app.config["TRACKER_SETTINGS"] = settings.model_copy(update={"smtp_url": smtp_url})


def page(as_: As, path: str = "/") -> str:
    return as_("editor").get(path).get_data(as_text=True)


@pytest.mark.usefixtures("live")
def test_a_scheduler_that_never_ran_and_one_that_stopped_are_said_on_every_page(app: Flask, as_: As) -> None:
    served_with(app, "smtp://127.0.0.1")
    for path in ("/", "/manuscripts/"):
        assert "The scheduler has never run: no reminder leaves." in page(as_, path)
    ran("plan", "deliver", at=datetime(2026, 5, 4, 7, 5, tzinfo=UTC))
    assert "The scheduler has not run since 4 May 2026, 07:05 UTC: no reminder leaves." in page(as_)
    ran("plan", "deliver", at=clock.now())
    assert "The scheduler" not in page(as_)


def test_a_pass_that_stopped_is_late_though_the_other_runs(app: Flask) -> None:
    ran("plan", "backup", at=NOW)
    assert late_since(NOW) is not None
    ran("deliver", at=NOW - timedelta(minutes=15))
    assert late_since(NOW) is None
    assert late_since(NOW + timedelta(seconds=1)) == NOW - timedelta(minutes=15)


def test_in_dry_run_nobody_is_alarmed(app: Flask, as_: As) -> None:
    served_with(app, "")
    text = page(as_)
    assert "The scheduler" not in text
    assert "No mail server" not in text


@pytest.mark.usefixtures("live")
def test_letters_that_wait_for_a_server_and_letters_to_nobody_are_said(app: Flask, as_: As) -> None:
    served_with(app, "")
    assert "No mail server is configured: letters wait." in page(as_)
    served_with(app, "demo:")
    assert "letters are shown as sent and go to nobody" in page(as_)


def test_healthz_says_when_the_scheduler_was_seen_and_keeps_its_complaints_to_itself(
    app: Flask, visitor: FlaskClient
) -> None:
    assert visitor.get("/healthz").json == {
        "status": "ok", "reason": None, "scheduler": {"last_seen": None, "is_late": True, "passes": {}}
    }  # fmt: skip
    now = clock.now()
    ran("plan", at=now)
    ran("deliver", at=now, outcome="mail.example.org cannot be used: 535 wrong password")
    db.session.remove()
    answer = visitor.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ok", "reason": None,
        "scheduler": {
            "last_seen": now.isoformat(), "is_late": False,
            "passes": {
                "deliver": {"ran_at": now.isoformat(), "ok": False}, "plan": {"ran_at": now.isoformat(), "ok": True}
            },
        },
    }  # fmt: skip
