"""The demonstration shows every state and overlay, the same every time, and each journal only to its own people."""

from __future__ import annotations

import json
import os
import re
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text

from tests.conftest import CHEAP_PASSWORDS
from tests.databases import SqliteFiles
from tracker.app import create_app
from tracker.cli import main
from tracker.db import db, transaction
from tracker.demo import build
from tracker.demo.people import ACCOUNTS
from tracker.domain.reports import GROUPINGS, Period
from tracker.domain.words import NOTICE_KINDS, PRODUCTION_STAGES, State
from tracker.models import Journal, LedgerEntry, Manuscript, Task
from tracker.queries.turnaround import turnaround_report
from tracker.queries.verification import verify_all

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def built() -> None:
    with transaction():
        build.build_demo(now=NOW, today_in=lambda zone: TODAY)


@pytest.fixture(scope="module")
def demo_app(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> Iterator[Flask]:
    """The demonstration, built once for all the tests that only look at it."""
    with pytest.MonkeyPatch.context() as patch, sqlite_files.fresh() as url:
        patch.setenv("TRACKER_INSTANCE", str(tmp_path_factory.mktemp("demo")))
        app = create_app(SQLALCHEMY_DATABASE_URI=url, SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=CHEAP_PASSWORDS)
        with app.app_context():
            built()
            db.engine.dispose()
        yield app


@pytest.fixture
def shown(demo_app: Flask) -> Iterator[Flask]:
    with demo_app.app_context():
        yield demo_app
        db.session.remove()
        db.engine.dispose()


def manuscripts(slug: str = "ijcp") -> list[Manuscript]:
    wanted = select(Manuscript).join(Journal).where(Journal.slug == slug).order_by(Manuscript.reference)
    return list(db.session.scalars(wanted))


def test_every_state_kind_stage_and_overlay_is_there(shown: Flask) -> None:
    there = manuscripts()
    notices = [json.loads(entry.details)["kind"] for entry in db.session.scalars(
        select(LedgerEntry).where(LedgerEntry.action == "notice_added")
    )]  # fmt: skip

    assert {part.state for part in there} == {str(state) for state in State}
    assert {part.stage for part in there if part.stage} == set(PRODUCTION_STAGES)
    assert {part.kind for part in there if part.state == "revision_requested"} == {"minor", "major", "conditional"}
    assert {part.kind for part in there if part.state == "rejected"} == {"desk", "after_review", "resubmit_invited"}
    assert {part.kind for part in there if part.state == "withdrawn"} == {"by_author", "administrative", "lapsed"}
    assert {part.waiting_on for part in there} == {"editor", "reviewers", "author", "production", "hold", "nobody"}
    assert any(part.on_hold for part in there)
    assert any(part.returned_incomplete for part in there)
    assert any(part.appeal_open for part in there)
    assert set(notices) == set(NOTICE_KINDS)


def test_some_thirty_are_open_and_several_are_overdue(shown: Flask) -> None:
    overdue = [part for part in manuscripts() if part.due_on and part.due_on < TODAY]
    assert 25 <= sum(part.closed_on is None for part in manuscripts()) <= 40
    assert {part.waiting_on for part in overdue} == {"editor", "reviewers", "author"}
    assert db.session.query(Task).filter(Task.due_on < TODAY).count() >= 8
    assert len(manuscripts("jtt")) == 5


def test_every_year_since_the_seed_has_its_closed_manuscripts_by_both_editors(shown: Flask) -> None:
    closed = [part for part in manuscripts() if part.closed_on and part.received_on]
    by_year = Counter(part.received_on.year for part in closed if part.received_on)
    assert {year: by_year[year] >= 30 for year in range(2021, 2026)} == dict.fromkeys(range(2021, 2026), True)
    assert min(Counter(part.handling_editor_id for part in closed if part.handling_editor_id).values()) >= 50
    assert [part.reference for part in manuscripts() if part.origin_id] != []


def test_references_count_up_with_the_dates_of_receipt(shown: Flask) -> None:
    of_one_year = [part.received_on for part in manuscripts() if part.reference.startswith("IJCP-2025-")]
    assert of_one_year == sorted(filter(None, of_one_year))


def test_the_past_is_as_sound_as_what_was_recorded_step_by_step(shown: Flask) -> None:
    assert verify_all().problems == ()


@pytest.mark.parametrize("year", range(2021, 2026))
def test_every_chart_and_split_of_a_year_has_something_to_show(shown: Flask, year: int) -> None:
    journal = db.session.scalars(select(Journal).where(Journal.slug == "ijcp")).one()
    for by in GROUPINGS:
        report = turnaround_report(journal, Period.of_year(year), as_of=TODAY, by=by)
        assert len(report.groups) > (by != "year"), by
    few = {key: summary.n for key, summary in report.metrics.items() if key != "days_overdue" and summary.n < 3}
    assert few == {}
    assert report.flow.balances
    assert report.flow.received >= 30
    assert report.reviewing.on_time.percent is not None
    assert report.holders != ()


def test_the_seed_article_is_as_it_was_printed(shown: Flask) -> None:
    seed = manuscripts()[0]
    assert (seed.reference, seed.volume, seed.article_number, seed.pages) == ("IJCP-2020-001", "2", "3", "1-5")
    assert [author.full_name for author in seed.authors] == ["Alanna Henderson", "Stephen Palmer"]
    assert [seed.received_on, seed.first_resubmitted_on, seed.accepted_on, seed.published_on] == [
        date(2020, 11, 11), date(2020, 12, 2), date(2020, 12, 7), date(2021, 1, 14)
    ]  # fmt: skip


def test_nothing_happened_or_was_recorded_in_the_future(shown: Flask) -> None:
    entries = list(db.session.scalars(select(LedgerEntry)))
    assert max(entry.occurred_on for entry in entries) <= TODAY
    assert max(entry.recorded_at for entry in entries) <= NOW


def test_it_can_be_built_on_both_databases(app: Flask) -> None:
    built()
    assert {part.state for part in manuscripts()} == {str(state) for state in State}


def test_it_is_the_same_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once, again = demo_histories(tmp_path / "a", monkeypatch), demo_histories(tmp_path / "b", monkeypatch)
    assert len(once) > 300
    assert once == again


def demo_histories(instance: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    monkeypatch.setenv("TRACKER_INSTANCE", str(instance))
    return read(demo(monkeypatch))


def demo(monkeypatch: pytest.MonkeyPatch) -> str:
    """Build the demonstration by its command; gives its database's address."""
    for name in ("TRACKER_DATABASE_URL", "TRACKER_SMTP_URL", "TRACKER_BASE_URL"):
        monkeypatch.setenv(name, "")  # the command sets these for its process: have them put back
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    assert main(["demo", "--no-serve", "--json"]) == 0
    return os.environ["TRACKER_DATABASE_URL"]


def read(url: str) -> list[tuple[Any, ...]]:
    engine = create_engine(url)
    query = """
        SELECT m.reference, m.title, l.position, l.action, l.occurred_on, l.details, l.note
        FROM manuscripts m JOIN ledger l ON l.manuscript_id = m.id ORDER BY m.reference, l.position
    """
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return rows


def test_the_command_prints_what_the_contract_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_instance: Path
) -> None:
    url = demo(monkeypatch)
    printed = json.loads(capsys.readouterr().out)

    assert set(printed) == {"url", "database", "accounts"}
    assert printed["database"] == url == f"sqlite:///{own_instance / 'demo.sqlite'}"
    assert [(one["role"], one["journal"]) for one in printed["accounts"]] == [
        ("chief_editor", "ijcp"), ("editor", "ijcp"), ("assistant", "ijcp"), ("reader", "ijcp"),
        ("chief_editor", "jtt"),
    ]  # fmt: skip
    assert all(set(one) == {"email", "password", "role", "journal"} for one in printed["accounts"])


def test_letters_have_gone_out_to_the_outbox_only(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = create_engine(demo(monkeypatch))
    with engine.connect() as connection:
        sent = connection.execute(text("SELECT count(*) FROM letters WHERE state = 'sent'")).scalar_one()
        others = connection.execute(text("SELECT count(*) FROM letters WHERE state <> 'sent'")).scalar_one()
    engine.dispose()
    assert sent >= 10
    assert others == 0


def test_a_taken_port_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == 1
    assert capsys.readouterr().err.startswith(f"Port {port} of 127.0.0.1 cannot be used")


def test_the_editor_of_the_second_journal_sees_nothing_of_the_first(shown: Flask) -> None:
    client = shown.test_client()
    stranger = next(person for person in ACCOUNTS if person.journal == "jtt")
    sign_in(client, stranger.email, stranger.password)
    first, second = manuscripts("ijcp"), manuscripts("jtt")

    for page in ("/", "/manuscripts/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "IJCP-" not in answer.text
        assert "Coaching" not in answer.text
    assert {client.get(f"/manuscripts/{part.reference}").status_code for part in first} == {404}
    assert {client.get(f"/manuscripts/{part.reference}").status_code for part in second} == {200}


def test_everybody_signs_in_with_the_printed_password(shown: Flask) -> None:
    for person in ACCOUNTS:
        with shown.app_context():  # each has a request of their own
            client = shown.test_client()
            sign_in(client, person.email, person.password)
            assert client.get("/").status_code == 200


def sign_in(client: Any, email: str, password: str) -> None:
    form = client.get("/login").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
    assert token is not None
    answer = client.post("/login", data={"csrf_token": token[1], "email": email, "password": password})
    assert answer.status_code == 302, answer.text
