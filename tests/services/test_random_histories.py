"""Random histories in two journals, on both databases: whatever editors do, the ledger and its copies agree."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from tests.domain.walks import NEEDS
from tracker.app import bare_app
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.errors import TrackerError
from tracker.domain.reports import Period
from tracker.domain.turnaround import closed_on, days_by_holder
from tracker.domain.words import OPEN_STATES, Action
from tracker.formats.article_record import AuthorRecord
from tracker.models import Interval, Journal, LedgerEntry, Manuscript
from tracker.queries.histories import ledger_of, standing_of
from tracker.queries.turnaround import turnaround_report
from tracker.queries.verification import verify_all
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR
from tracker.services.history import correct_date, undo_last_step
from tracker.services.manuscripts import enter_manuscript

LONG = bool(os.environ.get("TRACKER_TEST_LONG"))  # then: other histories each time, and many more
EXAMPLES = 200 if LONG else 12
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY = date(2026, 6, 1)
KINDS = {
    "revision_requested": ("minor", "major", "conditional"),
    "rejected": ("desk", "after_review", "resubmit_invited"),
    "appeal_granted": ("under_review", "received"),
    "stage_changed": ("queue", "copyedit", "proofs_with_author", "proofs_back", "scheduled"),
    "notice_added": ("correction", "retraction"),
    "withdrawn": ("by_author", "administrative"),
}
DAYS_AGO = st.integers(min_value=-2, max_value=400)


class Editors(RuleBasedStateMachine):
    """Two journals' editors who catch up in any order, take back, and correct."""

    app: Flask

    def __init__(self, fresh_database: Callable[[], Any]) -> None:
        super().__init__()
        self.stack = ExitStack()
        app = bare_app(SQLALCHEMY_DATABASE_URI=self.stack.enter_context(fresh_database()))
        self.stack.enter_context(app.app_context())
        self.stack.callback(db.engine.dispose)
        self.stack.callback(db.session.remove)
        with transaction() as session:
            self.journals = [Journal(slug=slug, title=slug, created_at=NOW) for slug in ("one", "two")]
            session.add_all(self.journals)
        self.manuscripts: list[Manuscript] = []

    def teardown(self) -> None:
        self.stack.close()

    def attempt(self, work: Callable[[], object]) -> None:
        """What the lifecycle refuses changes nothing; anything else that goes wrong is a fault."""
        before = db.session.scalar(select(func.count()).select_from(LedgerEntry))
        try:
            with transaction():
                work()
        except TrackerError:
            assert db.session.scalar(select(func.count()).select_from(LedgerEntry)) == before

    @rule(journal=st.integers(0, 1), days_ago=DAYS_AGO, returns=st.booleans())
    def receive(self, journal: int, days_ago: int, returns: bool) -> None:
        origin = next((m for m in self.manuscripts if m.kind == "resubmit_invited"), None) if returns else None
        owner = origin.journal if origin else self.journals[journal]

        def work() -> None:
            entered = enter_manuscript(
                owner, title="On days", authors=[AuthorRecord(family="Adler")], origin=origin, by=OPERATOR, now=NOW,
                received_on=PartialDate(TODAY - timedelta(days_ago)), today=TODAY, confirmed=True,
            )  # fmt: skip
            self.manuscripts.append(entered)

        count = len(self.manuscripts)
        self.attempt(work)
        db.session.expire_all()
        self.manuscripts = [m for m in self.manuscripts[: count + 1] if m.id is not None]

    @rule(data=st.data(), days_ago=DAYS_AGO, backdated=st.booleans(), any_action=st.booleans())
    def record(self, data: st.DataObject, days_ago: int, backdated: bool, any_action: bool) -> None:
        if not self.manuscripts:
            return
        manuscript = data.draw(st.sampled_from(self.manuscripts))
        offered = [str(row.action) for row in standing_of(manuscript).available()]
        action = data.draw(st.sampled_from([str(item) for item in Action] if any_action or not offered else offered))
        kind = data.draw(st.sampled_from(KINDS.get(action, ("",))))
        latest = max((event.occurred_on for event in ledger_of(manuscript)), default=TODAY)
        on = TODAY - timedelta(days_ago) if backdated else min(TODAY, latest + timedelta(days_ago % 40))
        details = {
            name: value for name, value in NEEDS.get(action, {}).items() if name not in ("reviewer", "reviewers")
        }
        wish = Wish(
            action, PartialDate(on), kind=kind, note="a reason", confirmed=True, details=details,
            reviewers=data.draw(st.lists(st.sampled_from(["A <a@example.org>", "B <b@example.org>"]), unique=True)),
            reviewer=None if action in ("invited", "sent_to_review") else data.draw(st.integers(1, 2)),
        )  # fmt: skip
        self.attempt(lambda: record_action(manuscript, wish, by=OPERATOR, now=NOW, today=TODAY))

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        if self.manuscripts:
            manuscript = data.draw(st.sampled_from(self.manuscripts))
            self.attempt(lambda: undo_last_step(manuscript, by=OPERATOR, now=NOW, today=TODAY))

    @rule(data=st.data(), position=st.integers(1, 8), shift=st.integers(-30, 30))
    def correct(self, data: st.DataObject, position: int, shift: int) -> None:
        if not self.manuscripts:
            return
        manuscript = data.draw(st.sampled_from(self.manuscripts))
        ledger = ledger_of(manuscript)
        if position > len(ledger):
            return
        on = PartialDate(ledger[position - 1].occurred_on + timedelta(shift))
        self.attempt(
            lambda: correct_date(manuscript, position, on, reason="misread", by=OPERATOR, now=NOW, today=TODAY)
        )

    @invariant()
    def every_copy_is_what_the_ledger_says(self) -> None:
        assert verify_all().problems == ()

    @invariant()
    def the_days_add_up(self) -> None:
        for manuscript in self.manuscripts:
            standing = standing_of(manuscript)
            received = standing.first("received")
            if received is not None:
                end = closed_on(standing) or TODAY
                if standing.appeal_open:
                    end = TODAY
                assert sum(days_by_holder(standing, end).values()) == (end - received.first).days

    @invariant()
    def no_finished_interval_is_negative(self) -> None:
        assert db.session.scalar(select(func.count()).select_from(Interval).where(Interval.days < 0)) == 0

    @invariant()
    def the_flow_balances(self) -> None:
        for journal in self.journals:
            for start in (None, TODAY - timedelta(100)):
                flow = turnaround_report(journal, Period(start, None), as_of=TODAY).flow
                assert flow.balances, flow.words
            is_open = (Manuscript.journal_id == journal.id, Manuscript.state.in_(OPEN_STATES))
            assert flow.open_at_end == db.session.scalar(select(func.count()).select_from(Manuscript).where(*is_open))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_random_histories_leave_ledger_and_copies_in_agreement(kind: str, request: pytest.FixtureRequest) -> None:
    databases = request.getfixturevalue({"sqlite": "sqlite_files", "postgresql": "postgres_databases"}[kind])
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: Editors(databases.fresh),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=45,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=not LONG,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
