"""Retention: previewed, never by itself before it is armed, and the histories stay whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cli.running import Terminal
from tests.people import People, manuscript_in, manuscript_that_is, people, step
from tracker.db import db, transaction
from tracker.domain.audit import Look
from tracker.domain.words import Action, State
from tracker.jobs import retention
from tracker.models import Answer, Letter, LetterLink, LookEntry, Manuscript, Reviewer
from tracker.queries.verification import verify_all
from tracker.services.audit import note_look

LONG_AGO = datetime(2026, 3, 10, 9, tzinfo=UTC)
YEARS_LATER = date(2032, 1, 1)  # everything in `who` ended in spring 2026


@pytest.fixture
def terminal(app: Flask, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.fixture
def who(app: Flask, monkeypatch: pytest.MonkeyPatch) -> People:
    """A rejected manuscript, an accepted one with an idle reviewer, and an open one with a reviewer at work."""
    everybody = people()
    rejected = manuscript_in(everybody.journal, title="A Rejected One")
    step(rejected, Action.SENT_TO_REVIEW, date(2026, 3, 9), reviewers=["Grace Hopper <grace@example.org>"])
    step(rejected, Action.REJECTED, date(2026, 3, 16), kind="after_review")
    manuscript_that_is(State.PUBLISHED, everybody.journal, title="A Published One")
    busy = manuscript_in(everybody.journal, title="An Open One")
    step(busy, Action.SENT_TO_REVIEW, date(2026, 3, 9), reviewers=["Emmy Noether <emmy@example.org>"])
    db.session.remove()
    monkeypatch.setenv("TRACKER_TODAY", YEARS_LATER.isoformat())
    return everybody


def titles(terminal: Terminal) -> dict[str, str]:
    rows = terminal.run("list", "--json").document["manuscripts"]
    return {row["reference"]: row["title"] for row in rows}


def reviewers() -> list[str]:
    db.session.rollback()
    names = sorted(set(db.session.scalars(select(Reviewer.name))))
    db.session.remove()  # a read that stays open keeps SQLite's writers waiting
    return names


def pass_on(day: date) -> None:
    now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    retention.daily(now_of=lambda: now, today_of=lambda zone: day)
    db.session.remove()


def test_the_preview_shows_and_changes_nothing(terminal: Terminal, who: People) -> None:
    before = titles(terminal)
    shown = terminal.run("retention", "preview", "--journal", "ijcp", "--json").document
    assert shown == {
        "journal": "ijcp", "armed": False, "forgotten": False, "manuscripts": ["IJCP-2026-001"], "reviewers": 2
    }  # fmt: skip
    assert titles(terminal) == before
    assert reviewers() == ["Emmy Noether", "Grace Hopper"]


def test_nothing_is_due_before_its_time(terminal: Terminal, who: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_TODAY", "2028-03-15")
    assert terminal.run("retention", "preview", "--journal", "ijcp", "--json").document["manuscripts"] == []
    monkeypatch.setenv("TRACKER_TODAY", "2028-03-16")
    due = terminal.run("retention", "preview", "--journal", "ijcp", "--json").document
    assert (due["manuscripts"], due["reviewers"]) == (["IJCP-2026-001"], 0)


def test_nothing_goes_by_itself_before_somebody_has_armed_it(terminal: Terminal, who: People) -> None:
    pass_on(YEARS_LATER)
    assert reviewers() == ["Emmy Noether", "Grace Hopper"]
    terminal.run("retention", "arm", "--journal", "ijcp")
    pass_on(YEARS_LATER)  # this day's pass has been
    assert reviewers() == ["Emmy Noether", "Grace Hopper"]

    pass_on(YEARS_LATER + timedelta(days=1))

    assert reviewers() == ["Emmy Noether", "Erased person"]
    assert titles(terminal)["IJCP-2026-001"] == "A manuscript that is kept no longer"
    assert titles(terminal)["IJCP-2026-002"] == "A Published One"
    assert verify_all().problems == ()
    words = [entry["what"] for entry in terminal.run("audit", "--journal", "ijcp", "--json").document["entries"][:2]]
    assert sorted(words) == ["record_forgotten", "settings_changed"]


def test_arming_and_disarming_say_what_the_rules_are_now(terminal: Terminal, who: People) -> None:
    armed = terminal.run("retention", "arm", "--journal", "ijcp", "--rejected-months", "12", "--json").document
    assert armed == {"journal": "ijcp", "armed": True, "rejected_months": 12, "idle_months": 60}
    disarmed = terminal.run("retention", "disarm", "--journal", "ijcp", "--json").document
    assert disarmed == {**armed, "armed": False}


def test_what_is_forgotten_is_not_forgotten_again(terminal: Terminal, who: People) -> None:
    terminal.run("retention", "run", "--journal", "ijcp", "--yes")
    again = terminal.run("retention", "preview", "--journal", "ijcp", "--json").document
    assert (again["manuscripts"], again["reviewers"]) == ([], 0)


def test_looks_of_two_years_ago_are_cut(who: People) -> None:
    for year in (2029, 2031):
        with transaction():
            note_look(Look.LETTERS, by="x", now=datetime(year, 6, 1, tzinfo=UTC), journal_id=who.journal.id)
    pass_on(YEARS_LATER)
    assert db.session.scalar(select(func.count()).select_from(LookEntry)) == 1


def test_a_reviewer_whose_invitation_was_undone_is_forgotten_with_the_others(terminal: Terminal, who: People) -> None:
    taken_back = manuscript_in(who.journal, title="A Slip", received_on=date(2026, 3, 2))
    step(taken_back, Action.SENT_TO_REVIEW, date(2026, 3, 9), reviewers=["Noor Slip <noor@example.org>"])
    terminal.run("undo", taken_back.reference)
    step(taken_back, Action.REJECTED, date(2026, 3, 16), kind="desk")
    assert "Noor Slip" in reviewers()
    terminal.run("retention", "run", "--journal", "ijcp", "--yes")
    assert "Noor Slip" not in reviewers()


def test_nothing_of_a_reviewer_stays_in_letters_links_and_answers(terminal: Terminal, who: People) -> None:
    with transaction() as session:
        for row in session.scalars(select(Reviewer).where(Reviewer.name == "Grace Hopper")):
            ids = {"journal_id": row_journal(row), "manuscript_id": row.manuscript_id}
            key = f"review:1:{row.number}"
            session.add_all([
                Letter(**ids, to_email="grace@example.org", to_key="grace@example.org", to_name="Grace Hopper",
                       subject="Dear Grace Hopper", text_body="Dear Grace Hopper", message_id=f"<{row.id}@x.org>",
                       queued_at=LONG_AGO, not_before_at=LONG_AGO),
                LetterLink(**ids, token_hash=f"{row.id}", task_key=key, address="grace@example.org", made_at=LONG_AGO),
                Answer(**ids, task_key=key, kind="done", name="Grace Hopper", answered_at=LONG_AGO),
            ])  # fmt: skip
    terminal.run("retention", "run", "--journal", "ijcp", "--yes")
    db.session.rollback()
    for column in (Letter.to_name, Letter.to_email, Letter.text_body, LetterLink.address, Answer.name, Reviewer.name):
        assert not [value for value in db.session.scalars(select(column)) if "grace" in value.lower()], column
    db.session.remove()


def row_journal(reviewer: Reviewer) -> int:
    return db.session.scalars(select(Manuscript.journal_id).where(Manuscript.id == reviewer.manuscript_id)).one()
