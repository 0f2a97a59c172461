"""The one door for history: copies, conflicts, two editors at once, and what `verify` finds when somebody cheats."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.people import NOW, TODAY, manuscript_in, people, step
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.errors import Conflict, Refused, TrackerError
from tracker.domain.recording import Entry
from tracker.models import Interval, LedgerEntry, Manuscript, Review
from tracker.queries.histories import standing_of
from tracker.queries.people import returns_of
from tracker.queries.verification import verify_all
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR, Actor
from tracker.services.history import correct_date, record_facts, undo_last_step
from tracker.services.manuscripts import receive_return, unlink_from_origin

EDITOR = Actor("somebody", "editor")
ASSISTANT = Actor("somebody", "assistant")
READER = Actor("somebody", "reader")


@pytest.fixture
def manuscript(app: Flask) -> Manuscript:
    return manuscript_in(people().journal, received_on=date(2026, 1, 5))


def held(manuscript: Manuscript, **told: object) -> None:
    wish = Wish("held", PartialDate(date(2026, 2, 1)), note="asked to")
    with transaction():
        record_action(manuscript, wish, **{"by": EDITOR, "now": NOW, "today": TODAY, **told})  # type: ignore[arg-type]


def test_the_row_holds_what_the_ledger_says(manuscript: Manuscript) -> None:
    step(manuscript, "sent_to_review", date(2026, 1, 12), reviewers=["Bo Li <bo@example.org>"])
    assert (manuscript.state, manuscript.waiting_on, manuscript.waiting_since_on) == (
        "under_review", "reviewers", date(2026, 1, 12),
    )  # fmt: skip
    assert (manuscript.due_on, manuscript.version) == (date(2026, 1, 19), 3)


def test_the_second_of_two_editors_is_told_that_the_manuscript_changed(manuscript: Manuscript) -> None:
    seen = manuscript.version
    held(manuscript, expected_version=seen)
    with pytest.raises(Conflict, match="has changed since you opened it"):
        held(manuscript, expected_version=seen)
    assert db.session.get_one(Manuscript, manuscript.id).version == seen + 1


def test_the_second_editor_is_told_of_the_change_before_anything_else(manuscript: Manuscript) -> None:
    """Also where what they ask for does not fit what it has become: that would be told of the wrong manuscript."""
    seen = manuscript.version
    step(manuscript, "sent_to_review", date(2026, 1, 12), reviewers=["Bo Li <bo@example.org>"])
    wish = Wish("rejected", PartialDate(date(2026, 1, 13)), kind="desk")
    with pytest.raises(Conflict, match="has changed since you opened it"), transaction():
        record_action(manuscript, wish, by=EDITOR, now=NOW, today=TODAY, expected_version=seen)


def test_two_editors_at_the_same_moment_leave_one_chain(app: Flask, manuscript: Manuscript) -> None:
    """Whoever comes second finds the first one's step, and is refused: a manuscript is put on hold once."""
    reference, start, outcomes = manuscript.reference, threading.Barrier(4), []

    def record() -> None:
        with app.app_context():
            start.wait(timeout=10)
            try:
                own = db.session.scalars(select(Manuscript).filter_by(reference=reference)).one()
                held(own)
                outcomes.append("recorded")
            except TrackerError:
                outcomes.append("refused")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=record) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["recorded", "refused", "refused", "refused"]
    assert verify_all().problems == ()


@pytest.mark.parametrize(
    ("actor", "action", "may"),
    [
        (ASSISTANT, "held", True), (ASSISTANT, "accepted", False), (EDITOR, "accepted", True),
        (EDITOR, "acceptance_rescinded", False), (READER, "held", False),
    ],
)  # fmt: skip
def test_who_may_record_what(manuscript: Manuscript, actor: Actor, action: str, may: bool) -> None:
    wish = Wish(action, PartialDate(date(2026, 2, 1)), note="x", confirmed=True, details={"confirmed": True})
    if may:
        with transaction():
            record_action(manuscript, wish, by=actor, now=NOW, today=TODAY)
    else:
        with pytest.raises(Refused, match="is recorded by"), transaction():
            record_action(manuscript, wish, by=actor, now=NOW, today=TODAY)


def test_an_assistant_cannot_undo_an_editors_decision(manuscript: Manuscript) -> None:
    step(manuscript, "accepted", date(2026, 2, 1), confirmed=True, details={"confirmed": True})
    with pytest.raises(Refused, match="is recorded by the chief editor or an editor"), transaction():
        undo_last_step(manuscript, by=ASSISTANT, now=NOW, today=TODAY)


def test_a_corrected_date_moves_the_figures_at_once(manuscript: Manuscript) -> None:
    step(manuscript, "accepted", date(2026, 2, 1), confirmed=True, details={"confirmed": True})
    with transaction():
        correct_date(manuscript, 1, PartialDate(date(2026, 1, 10)), reason="misread", by=EDITOR, now=NOW, today=TODAY)
    days = select(Interval.days).where(Interval.manuscript_id == manuscript.id, Interval.metric == "acceptance")
    assert (manuscript.received_on, db.session.scalar(days)) == (date(2026, 1, 10), 22)


def test_a_return_counts_from_its_own_receipt_and_by_the_paper_from_the_first(manuscript: Manuscript) -> None:
    step(manuscript, "sent_to_review", date(2026, 1, 12), details={"internal": True})
    step(manuscript, "rejected", date(2026, 2, 1), kind="resubmit_invited")
    with transaction():
        returned = receive_return(manuscript, PartialDate(date(2026, 3, 1)), by=EDITOR, now=NOW, today=TODAY)
    step(returned, "accepted", date(2026, 3, 11), confirmed=True, details={"confirmed": True})
    days = select(Interval.days, Interval.paper_days).where(
        Interval.manuscript_id == returned.id, Interval.metric == "acceptance"
    )
    assert db.session.execute(days).one() == (10, 65)
    assert returned.clock_restarted

    with transaction():
        correct_date(manuscript, 1, PartialDate(date(2026, 1, 6)), reason="misread", by=EDITOR, now=NOW, today=TODAY)
    assert db.session.execute(days).one() == (10, 64)
    with transaction():
        unlink_from_origin(returned)
    assert db.session.execute(days).one() == (10, 10)


def test_what_was_invited_back_comes_back_once(manuscript: Manuscript) -> None:
    step(manuscript, "sent_to_review", date(2026, 1, 12), reviewers=["Bo Li <bo@example.org>"])
    step(manuscript, "reviewed", date(2026, 1, 26), reviewer=1)
    step(manuscript, "rejected", date(2026, 2, 2), kind="resubmit_invited")
    on = PartialDate(date(2026, 3, 1))
    with transaction():
        first = receive_return(manuscript, on, by=EDITOR, now=NOW, today=TODAY)
    for _ in range(2):
        said = f"{first.reference} has come back from {manuscript.reference} already"
        with pytest.raises(Refused, match=said), transaction():
            receive_return(manuscript, on, by=EDITOR, now=NOW, today=TODAY)
    assert returns_of(manuscript) == [first.reference]


def test_a_review_entered_again_after_an_undo_replaces_its_text(manuscript: Manuscript) -> None:
    step(manuscript, "sent_to_review", date(2026, 1, 12), reviewers=["Bo Li <bo@example.org>"])
    for text_of_review in ("First", "Second"):
        step(manuscript, "reviewed", date(2026, 2, 1), reviewer=1, to_author=text_of_review)
        if text_of_review == "First":
            with transaction():
                undo_last_step(manuscript, by=EDITOR, now=NOW, today=TODAY)
    assert [review.to_author for review in db.session.scalars(select(Review))] == ["Second"]
    with transaction():
        undo_last_step(manuscript, by=EDITOR, now=NOW, today=TODAY)
    step(manuscript, "reviewed", date(2026, 2, 2), reviewer=1)
    assert [review.to_author for review in db.session.scalars(select(Review))] == [""]


def texts() -> dict[tuple[int, int], str]:
    """What each reviewer wrote to the author, by round and reviewer's number."""
    db.session.rollback()
    return {(row.round, row.reviewer_number): row.to_author for row in db.session.scalars(select(Review))}


def test_a_review_entered_late_is_filed_in_the_round_that_it_belongs_to(manuscript: Manuscript) -> None:
    for sent_on, asked_on in ((date(2026, 1, 12), date(2026, 2, 9)), (date(2026, 3, 2), None)):
        step(manuscript, "sent_to_review", sent_on, reviewers=["Bo Li <bo@example.org>"])
        if asked_on:
            step(manuscript, "revision_requested", asked_on, kind="major", confirmed=True)
            step(manuscript, "resubmitted", date(2026, 2, 20))
    step(manuscript, "reviewed", date(2026, 3, 16), reviewer=1, to_author="Of the second round")
    step(manuscript, "reviewed", date(2026, 2, 1), reviewer=1, to_author="Of the first, found late")
    assert texts() == {(1, 1): "Of the first, found late", (2, 1): "Of the second round"}


def test_a_round_entered_late_moves_the_texts_of_those_after_it_and_its_undoing_brings_them_back(
    manuscript: Manuscript,
) -> None:
    step(manuscript, "sent_to_review", date(2026, 3, 2), reviewers=["Bo Li <bo@example.org>"])
    step(manuscript, "reviewed", date(2026, 3, 16), reviewer=1, to_author="Before")
    step(manuscript, "revision_requested", date(2026, 3, 20), kind="minor")
    step(manuscript, "resubmitted", date(2026, 4, 1))
    step(manuscript, "sent_to_review", date(2026, 4, 2), reviewers=["Bo Li <bo@example.org>"])
    step(manuscript, "reviewed", date(2026, 4, 16), reviewer=1, to_author="After")
    assert texts() == {(1, 1): "Before", (2, 1): "After"}
    missing = [
        Entry("revision_requested", PartialDate(date(2026, 1, 20)), {"kind": "major"}),
        Entry("resubmitted", PartialDate(date(2026, 2, 20))),
    ]
    with transaction():
        record_facts(manuscript, missing, source="import archive", by=OPERATOR, now=NOW, today=TODAY)
    assert texts() == {(2, 1): "Before", (3, 1): "After"}
    with transaction():
        undo_last_step(manuscript, by=EDITOR, now=NOW, today=TODAY)
    assert texts() == {(1, 1): "Before", (2, 1): "After"}


def test_reviewers_are_numbers_in_the_ledger_and_names_nowhere_in_it(manuscript: Manuscript) -> None:
    step(manuscript, "sent_to_review", date(2026, 1, 12), reviewers=["Bo Li <bo@example.org>"])
    rows = db.session.scalars(select(LedgerEntry.details)).all()
    assert not any("Bo" in details or "example.org" in details for details in rows)
    assert standing_of(manuscript).current_reviewing[0].reviewer == 1


def cheat(statement: str) -> None:
    """Change the ledger as somebody with the database's own tools could: triggers first."""
    with transaction() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("ALTER TABLE ledger DISABLE TRIGGER ALL"))
        else:
            for name in ("ledger_no_update", "ledger_no_delete"):
                session.execute(text(f"DROP TRIGGER {name}"))
        for part in statement.split("; "):
            session.execute(text(part))
    db.session.expire_all()


@pytest.mark.parametrize(
    ("statement", "event", "says"),
    [
        ("UPDATE ledger SET occurred_on = '2026-01-06' WHERE position = 1", 1, "does not match its hash"),
        ("UPDATE ledger SET note = 'another' WHERE position = 2", 2, "does not match its hash"),
        ("DELETE FROM ledger WHERE position = 2", 3, "entry 2 is missing"),
        ("DELETE FROM ledger WHERE position = 3", 3, "the row counts 3 entries, the ledger has 2"),
        (
            "UPDATE ledger SET position = 9 WHERE position = 2; UPDATE ledger SET position = 2 WHERE position = 3; "
            "UPDATE ledger SET position = 3 WHERE position = 9",
            2, "“Resumed” does not match its hash",
        ),
        ("UPDATE manuscripts SET state = 'accepted'", None, "the stored state is accepted, the ledger says"),
        ("UPDATE manuscripts SET accepted_on = '2026-05-05'", None, "the stored accepted_on is 2026-05-05"),
        ("UPDATE manuscripts SET due_on = '2027-05-05'", None, "the stored due_on is 2027-05-05, its tasks say 2026-"),
        ("UPDATE manuscripts SET paper_received_on = '2020-01-01'", None, "the stored paper_received_on is 2020-01-01"),
    ],
)  # fmt: skip
def test_verify_says_which_event_of_which_manuscript_is_wrong(
    manuscript: Manuscript, statement: str, event: int | None, says: str
) -> None:
    held(manuscript)
    step(manuscript, "resumed", date(2026, 2, 3), note="goes on")
    assert verify_all().problems == ()
    cheat(statement)
    problems = verify_all().problems
    assert any(
        problem.reference == manuscript.reference and problem.event == event and says in problem.problem
        for problem in problems
    ), problems


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE tasks SET started_on = '2026-01-01'", "the stored started_on of the task review:1:1 is 2026-01-01"),
        ("UPDATE tasks SET due_on = '2027-01-01'", "the stored due_on of the task review:1:1 is 2027-01-01"),
        ("UPDATE tasks SET key = 'review:1:2'", "the stored task review:1:2 is not in the ledger"),
        ("DELETE FROM tasks", "the task review:1:1 that the ledger says is not stored"),
        ("UPDATE intervals SET days = 1", "the stored days of the interval first_editorial_action 1 is 1, the ledger"),
        ("UPDATE intervals SET paper_days = 1", "the stored paper_days of the interval first_editorial_action 1"),
        ("DELETE FROM intervals", "the interval first_editorial_action 1 that the ledger says is not stored"),
        ("UPDATE assignments SET status = 'declined'", "stored status of the reviewer's assignment 1 1 1 is declined"),
        ("INSERT INTO exclusions SELECT id, 'review', journal_id, 'x' FROM manuscripts", "exclusion review is not in"),
        ("INSERT INTO closings SELECT id, 1, journal_id, 'accepted', '2026-02-01', NULL FROM manuscripts",
         "the stored closing 1 is not in the ledger"),
        ("INSERT INTO holder_days SELECT id, 'author', journal_id, 3, '2026-02-01', received_on FROM manuscripts",
         "the stored holder's days author is not in the ledger"),
    ],
)  # fmt: skip
def test_verify_says_which_task_or_figure_is_not_what_the_ledger_says(
    manuscript: Manuscript, statement: str, says: str
) -> None:
    step(manuscript, "sent_to_review", date(2026, 1, 12), reviewers=["Bo Li <bo@example.org>"])
    step(manuscript, "agreed", date(2026, 1, 14), reviewer=1)
    assert verify_all().problems == ()
    cheat(statement)
    problems = [one.problem for one in verify_all().problems if one.reference == manuscript.reference]
    assert any(says in problem for problem in problems), problems
