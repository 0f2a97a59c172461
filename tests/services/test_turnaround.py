"""What the one door writes for the reports: after every action, the figures are what the ledgers say."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.domain.walks import NEEDS
from tests.people import NOW, TODAY, manuscript_in
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.errors import TrackerError
from tracker.domain.proportions import Proportion
from tracker.domain.reports import Period
from tracker.domain.turnaround import METRICS, OUTCOMES, days_by_holder, turnaround
from tracker.domain.words import Action
from tracker.models import HolderDays, Interval, Journal, Manuscript, TurnaroundCount
from tracker.queries.all_journals import metrics_by_year, wrong_counts
from tracker.queries.histories import standing_of
from tracker.queries.intervals import added_up, finished_by
from tracker.queries.turnaround import turnaround_report
from tracker.queries.verification import verify_all
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR
from tracker.services.history import undo_last_step
from tracker.services.journals import add_journal

ACTIONS = 1_000 if os.environ.get("TRACKER_TEST_LONG") else 300
MANUSCRIPTS = 24
Histograms = dict[str, Counter[int]]


@pytest.fixture
def journal(app: Flask) -> Journal:
    with transaction():
        return add_journal(slug="one", title="Journal One", by=OPERATOR, now=NOW)


def at_random(manuscript: Manuscript, rng: Random) -> None:
    """One action that the lifecycle offers, or an undo; what it refuses changes nothing."""
    standing = standing_of(manuscript)
    actions = [row.action for row in standing.available()]
    day = min(TODAY, (standing.holder_since or TODAY) + timedelta(rng.randrange(9)))
    try:
        with transaction() as session:
            here = session.merge(manuscript)
            if not actions or rng.random() < 0.15:
                undo_last_step(here, by=OPERATOR, now=NOW, today=TODAY)
                return
            action = rng.choice(actions)
            needs = dict(NEEDS.get(action, {}))
            wish = Wish(
                str(action), PartialDate(day), kind=str(needs.pop("kind", "")), note="a reason", confirmed=True,
                reviewers=["A <a@example.org>"] if action in (Action.INVITED, Action.SENT_TO_REVIEW) else [],
                reviewer=1 if "reviewer" in needs and action != Action.INVITED else None,
                details={name: value for name, value in needs.items() if not name.startswith("reviewer")},
            )  # fmt: skip
            record_action(here, wish, by=OPERATOR, now=NOW, today=TODAY)
    except TrackerError:
        return


def recomputed(ledgers: dict[int, Histograms]) -> Histograms:
    whole: Histograms = {}
    for histograms in ledgers.values():
        for metric, histogram in histograms.items():
            whole.setdefault(metric, Counter()).update(histogram)
    return whole


def of_ledger(manuscript: Manuscript) -> Histograms:
    found: Histograms = {}
    for item in turnaround(standing_of(manuscript)).intervals:
        found.setdefault(item.metric, Counter())[item.days] += 1
    return found


def test_after_each_of_many_random_actions_every_figure_is_what_the_ledgers_say(journal: Journal) -> None:
    rng = Random(20201111)  # noqa: S311
    manuscripts = [
        manuscript_in(journal, title=f"On {number}", received_on=date(2025, 1, 1) + timedelta(9 * number))
        for number in range(MANUSCRIPTS)
    ]
    ledgers = {manuscript.id: of_ledger(manuscript) for manuscript in manuscripts}
    for number in range(ACTIONS):
        manuscript = rng.choice(manuscripts)
        at_random(manuscript, rng)
        ledgers[manuscript.id] = of_ledger(manuscript)
        expected = recomputed(ledgers)
        assert added_up(finished_by(journal, Period(), "year").values()) == expected, number
        assert wrong_counts(db.session.connection()) == [], number
        assert {key: summary.n for key, summary in totals(journal).items() if summary.n} == {
            key: histogram.total() for key, histogram in expected.items()
        }
        if number % 20 == 0:
            _report_is_what_the_standings_say(journal, manuscripts)
    assert sum(histogram.total() for histogram in expected.values()) > MANUSCRIPTS


def _report_is_what_the_standings_say(journal: Journal, manuscripts: list[Manuscript]) -> None:
    """Rates, flow, cohort and what is left out, counted over the ledgers folded anew."""
    report = turnaround_report(journal, Period(), as_of=TODAY)
    standings = [standing for manuscript in manuscripts if (standing := standing_of(manuscript)).state is not None]
    states = Counter(OUTCOMES.get(standing.state, "pending") for standing in standings if standing.state)
    rates = report.rates
    assert rates.acceptance == Proportion(rates.accepted, rates.accepted + rates.rejected)
    assert Counter({name: getattr(rates, name) for name in ("accepted", "rejected", "withdrawn", "transferred")}) == (
        Counter({name: states[name] for name in ("accepted", "rejected", "withdrawn", "transferred")})
    )
    assert report.metrics["final_decision"].n == rates.accepted + rates.rejected
    assert report.flow.balances
    assert report.flow.open_at_end == sum(standing.is_open for standing in standings)
    assert report.flow.closed_in_all == sum(len(standing.closings) for standing in standings)
    assert report.cohort.closed == len(standings) - report.flow.open_at_end
    left_out = {item.metric for item in report.excluded}
    assert left_out == {metric for standing in standings for metric in turnaround(standing).exclusions}


def totals(journal: Journal) -> dict[str, object]:
    """The n of each metric as the page of all journals has it, over the years."""
    years = metrics_by_year([journal.id]).values()
    return {key: type("Total", (), {"n": sum(year[key].n for year in years)})() for key in METRICS}


def test_the_days_by_holder_are_those_of_the_fold_and_add_up(journal: Journal) -> None:
    rng = Random(7)  # noqa: S311
    manuscripts = [manuscript_in(journal, title=f"On {n}", received_on=date(2026, 1, 5)) for n in range(12)]
    for _ in range(120):
        at_random(rng.choice(manuscripts), rng)
    rows = select(HolderDays.manuscript_id, HolderDays.holder, HolderDays.days)
    stored: dict[int, dict[str, int]] = {}
    for manuscript_id, holder, days in db.session.execute(rows):
        stored.setdefault(manuscript_id, {})[holder] = days
    for manuscript in manuscripts:
        standing = standing_of(manuscript)
        whole = [item for item in turnaround(standing).intervals if item.metric in ("journal_time", "author_time")]
        if not whole:
            assert manuscript.id not in stored
            continue
        expected = {str(holder): days for holder, days in days_by_holder(standing, whole[0].ended_on).items()}
        assert stored[manuscript.id] == expected
        assert sum(expected.values()) == sum(item.days for item in whole)
    assert stored


def test_recording_an_action_twice_over_does_not_count_twice(journal: Journal) -> None:
    manuscript = manuscript_in(journal, received_on=date(2026, 3, 1))
    for _ in range(3):
        with transaction() as session:
            here = session.merge(manuscript)
            wish = Wish("rejected", PartialDate(date(2026, 3, 11)), kind="desk")
            record_action(here, wish, by=OPERATOR, now=NOW, today=TODAY)
        with transaction() as session:
            undo_last_step(session.merge(manuscript), by=OPERATOR, now=NOW, today=TODAY)
    assert db.session.scalar(select(func.sum(TurnaroundCount.n))) == 0
    assert db.session.scalar(select(func.count()).select_from(Interval)) == 0


def test_editors_who_record_at_once_neither_wait_for_nor_lose_a_count(app: Flask, journal: Journal) -> None:
    waiting = [manuscript_in(journal, title=f"On {n}", received_on=date(2026, 3, 1)).id for n in range(16)]

    def reject(manuscript_id: int) -> None:
        with app.app_context(), transaction() as session:
            manuscript = session.get(Manuscript, manuscript_id)
            assert manuscript is not None
            wish = Wish("rejected", PartialDate(date(2026, 3, 11)), kind="desk")
            record_action(manuscript, wish, by=OPERATOR, now=NOW, today=TODAY)

    db.session.remove()
    with ThreadPoolExecutor(4) as people:
        list(people.map(reject, waiting))
    assert wrong_counts(db.session.connection()) == []
    years = metrics_by_year([db.session.scalars(select(Journal.id)).one()])
    assert years[2026]["first_decision"].n == 16


def test_verify_finds_a_count_that_somebody_changed(journal: Journal) -> None:
    manuscript = manuscript_in(journal, received_on=date(2026, 3, 1))
    with transaction() as session:
        wish = Wish("rejected", PartialDate(date(2026, 3, 11)), kind="desk")
        record_action(session.merge(manuscript), wish, by=OPERATOR, now=NOW, today=TODAY)
    assert verify_all().problems == ()
    with transaction() as session:
        session.execute(update(TurnaroundCount).where(TurnaroundCount.metric == "first_decision").values(n=7))
    assert {problem.problem for problem in verify_all().problems} == {
        f"what all journals' reports count is off: journal {owner}, first_decision of 10 days in 2026: "
        "counted +6 too many"
        for owner in ("all", journal.id)
    }
