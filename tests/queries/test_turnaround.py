"""One journal's report: the mistakes that its peers make, one test each, and what is said of few, many and none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from tests.people import NOW, TODAY, manuscript_in, step
from tracker.db import transaction
from tracker.domain.dates import PartialDate, parse_iso
from tracker.domain.errors import BadInput
from tracker.domain.flow import Flow
from tracker.domain.proportions import Proportion
from tracker.domain.recording import Entry
from tracker.domain.reports import Period, TurnaroundReport
from tracker.formats.turnaround_words import flattery
from tracker.models import Journal, Manuscript
from tracker.queries.all_journals import journals_by_year, metrics_by_year
from tracker.queries.behind import Part, manuscripts_behind
from tracker.queries.forecasts import forecast_for
from tracker.queries.intervals import has_linked_records
from tracker.queries.turnaround import compared, turnaround_report
from tracker.queries.verification import verify_all
from tracker.queries.yearly import board_report, doaj_figures, plan_s_figures
from tracker.services.actors import OPERATOR
from tracker.services.history import record_facts
from tracker.services.journals import add_journal
from tracker.services.manuscripts import new_record
from tracker.services.records import link_back

DAY = date(2025, 3, 1)
YEAR = Period.of_year(2025)


@pytest.fixture
def journal(app: Flask) -> Journal:
    with transaction():
        return add_journal(slug="one", title="Journal One", by=OPERATOR, now=NOW)


def report(journal: Journal, period: Period = Period(), by: str = "") -> TurnaroundReport:  # noqa: B008  # a value
    return turnaround_report(journal, period, as_of=TODAY, by=by)


def received(journal: Journal, on: date = DAY, number: int = 0) -> Manuscript:
    return manuscript_in(journal, title=f"On {on} {number}", received_on=on)


def rejected(journal: Journal, days: int, on: date = DAY, number: int = 0) -> Manuscript:
    return step(received(journal, on, number), "rejected", on + timedelta(days), kind="desk")


def accepted(journal: Journal, days: int, on: date = DAY, number: int = 0) -> Manuscript:
    return step(received(journal, on, number), "accepted", on + timedelta(days), details={"confirmed": True})


# The peers' mistakes.


def test_sending_to_review_and_a_recommendation_are_no_decision(journal: Journal) -> None:
    manuscript = step(received(journal), "sent_to_review", DAY + timedelta(3), reviewers=["A <a@example.org>"])
    step(manuscript, "agreed", DAY + timedelta(4), reviewer=1)
    step(manuscript, "reviewed", DAY + timedelta(20), reviewer=1, details={"recommendation": "reject"})
    metrics = report(journal).metrics
    assert metrics["first_decision"].n == metrics["final_decision"].n == 0
    assert metrics["first_editorial_action"].values == (3,)


def test_the_last_day_of_the_period_is_in_it(journal: Journal) -> None:
    rejected(journal, 30, date(2025, 12, 1))  # decided on 31 December
    received(journal, date(2025, 12, 31), 2)
    assert report(journal, YEAR).metrics["first_decision"].values == (30,)
    assert report(journal, YEAR).flow.received == 2
    assert report(journal, Period.of_year(2026)).metrics["first_decision"].n == 0


def test_days_are_calendar_days_on_both_databases_also_when_the_clocks_change(journal: Journal) -> None:
    rejected(journal, 2, date(2025, 3, 29))
    rejected(journal, 2, date(2025, 10, 25), 1)
    rejected(journal, 2, date(2024, 2, 28), 2)
    assert report(journal).histograms["first_decision"] == {2: 3}


def test_rates_say_which_date_they_are_of_and_are_not_mixed(journal: Journal) -> None:
    accepted(journal, 60, date(2024, 12, 1))
    rejected(journal, 10, date(2025, 12, 28), 1)
    decided, cohort = (report(journal, Period.of_year(2025, basis)).rates for basis in ("ended", "received"))
    assert (decided.accepted, decided.rejected) == (1, 0)
    assert (cohort.accepted, cohort.rejected) == (0, 1)


def test_a_reversed_decision_is_not_counted(journal: Journal) -> None:
    manuscript = rejected(journal, 10)
    step(manuscript, "appealed", DAY + timedelta(12), note="A reviewer misread the design.")
    step(manuscript, "appeal_granted", DAY + timedelta(20), kind="received", note="Rightly so.")
    step(manuscript, "accepted", DAY + timedelta(40), details={"confirmed": True})
    found = report(journal)
    assert found.metrics["final_decision"].values == (40,)
    assert (found.rates.accepted, found.rates.rejected) == (1, 0)
    assert dict(found.flow.closed) == {"rejected": 1}
    assert (found.flow.reopened, found.flow.balances) == (1, True)


def test_withdrawn_is_not_rejected(journal: Journal) -> None:
    step(received(journal), "withdrawn", DAY + timedelta(9), note="They prefer another journal.")
    rates = report(journal).rates
    assert (rates.withdrawn, rates.rejected, rates.acceptance.of) == (1, 0, 0)


@pytest.mark.parametrize("first", ["accepted", "rejected"])
def test_a_transfer_after_the_decision_is_a_transfer_in_every_table(journal: Journal, first: str) -> None:
    manuscript = accepted(journal, 10) if first == "accepted" else rejected(journal, 10)
    accepted(journal, 12, number=1)
    to = {"transferred_to": "Another Journal", "author_consents": True}
    step(manuscript, "transferred", DAY + timedelta(20), details=to)
    found = report(journal)
    assert (found.rates.accepted, found.rates.rejected, found.rates.transferred) == (1, 0, 1)
    assert found.metrics["final_decision"].values == (12,)
    final = {cause: found.outcomes.at(cause, 365) for cause in ("accepted", "rejected", "withdrawn or transferred")}
    assert final == {"accepted": 0.5, "rejected": 0.0, "withdrawn or transferred": 0.5}
    assert found.flow.balances


def test_once_all_are_closed_the_shares_are_the_counts(journal: Journal) -> None:
    for number in range(3):
        step(accepted(journal, 30 + number, number=number), "published", DAY + timedelta(50))
        rejected(journal, 5, number=10 + number)
    step(received(journal, number=20), "withdrawn", DAY + timedelta(9), note="They prefer another journal.")
    found = report(journal, Period(basis="received"))
    numbers = found.rates.accepted, found.rates.rejected, found.rates.withdrawn + found.rates.transferred
    causes = ("accepted", "rejected", "withdrawn or transferred")
    assert [found.outcomes.at(cause, 400) for cause in causes] == [pytest.approx(n / 7) for n in numbers]
    assert found.to_final_decision.at(30) == pytest.approx(2 / 7)  # of seven, all but two had ended


def test_an_empty_period_divides_by_nothing(journal: Journal) -> None:
    found = report(journal, Period.of_year(1999))
    assert {summary.n for key, summary in found.metrics.items() if key != "open_age"} == {0}
    assert (found.rates.acceptance.percent, found.flow.balances, found.cohort.is_immature) == (None, True, False)
    assert board_report(journal, Period.of_year(1999), as_of=TODAY).late == []


def test_monthly_figures_are_of_one_journal_only(journal: Journal) -> None:
    with transaction():
        other = add_journal(slug="two", title="Journal Two", by=OPERATOR, now=NOW)
    rejected(journal, 10)
    rejected(other, 90, number=1)
    found = report(journal, by="month")
    assert [(group.value, group.metrics["first_decision"].values) for group in found.groups] == [("2025-03", (10,))]
    assert sum(month.received for month in found.months) == 1


# What is said of few and many.


@pytest.mark.parametrize(
    ("n", "flag", "median"),
    [(0, None, None), (1, "listed", None), (2, "listed", None), (3, "few", 11.0), (6, None, 12.5)],
)
def test_a_median_is_said_from_three_on(journal: Journal, n: int, flag: str | None, median: float | None) -> None:
    for number in range(n):
        rejected(journal, 10 + number, number=number)
    summary = report(journal).metrics["first_decision"]
    assert (summary.n, summary.flag, summary.median) == (n, flag, median)


def test_the_counts_of_whole_years_and_the_rows_of_any_days_say_the_same(journal: Journal) -> None:
    for number in range(8):
        rejected(journal, 3 * number, date(2024, 11, 20) + timedelta(20 * number), number)
    step(accepted(journal, 12, number=9), "published", DAY + timedelta(30))
    by_counts = report(journal, Period(date(2024, 1, 1), date(2025, 12, 31)))
    by_rows = report(journal, Period(date(2024, 1, 2), date(2025, 12, 30)))
    assert by_counts.histograms == by_rows.histograms
    assert by_counts.years == by_rows.years


def test_a_clear_change_needs_intervals_that_lie_apart(journal: Journal) -> None:
    for number in range(8):
        rejected(journal, 5 + number, date(2024, 3, 1), number)
        rejected(journal, 40 + number, date(2025, 3, 1), 20 + number)
    change = compared(report(journal, YEAR), journal, Period.of_year(2024)).comparison
    assert change is not None
    assert change.changes["first_decision"] == "up"
    assert change.acceptance_change == "no clear change"


def test_a_cohort_is_immature_until_nine_in_ten_are_closed(journal: Journal) -> None:
    for number in range(9):
        rejected(journal, 5, number=number)
    received(journal, number=10)
    assert not report(journal).cohort.is_immature
    received(journal, number=11)
    assert report(journal).cohort.is_immature


def test_those_still_waiting_are_counted_for_as_long_as_they_were_seen(journal: Journal) -> None:
    for number in range(4):
        rejected(journal, 10, number=number)
    received(journal, TODAY - timedelta(30), 9)
    found = report(journal)
    assert found.metrics["first_decision"].median == 10
    assert (found.to_first_decision.n, found.to_first_decision.at(10)) == (5, pytest.approx(0.2))
    assert found.outcomes.at("rejected", 10) == pytest.approx(0.8)


def test_imported_records_can_be_left_out(journal: Journal) -> None:
    rejected(journal, 10)
    facts = [Entry("received", PartialDate(DAY)), Entry("accepted", PartialDate(DAY + timedelta(50)))]
    with transaction() as session:
        known = new_record(session.merge(journal), title="Imported", authors=(), year=2025, now=NOW)
        record_facts(known, facts, source="import page.txt", by=OPERATOR, now=NOW, today=TODAY)
    assert report(journal).metrics["final_decision"].n == 2
    live_only = report(journal, Period(imported=False))
    assert (live_only.metrics["final_decision"].n, live_only.flow.received, live_only.excluded) == (1, 1, ())
    assert {item.reason for item in report(journal).excluded} == {
        "the imported history does not say when the decisions were made"
    }


def imported(journal: Journal, *facts: tuple[str, str]) -> Manuscript:
    with transaction() as session:
        known = new_record(session.merge(journal), title=f"Imported {facts}", authors=(), year=2025, now=NOW)
        entries = [Entry(action, parse_iso(on)) for action, on in facts]
        record_facts(known, entries, source="import page.txt", by=OPERATOR, now=NOW, today=TODAY)
    return known


def test_what_is_left_out_is_listed_in_the_periods_that_it_may_lie_in(journal: Journal) -> None:
    known = imported(journal, ("received", "2020-11-11"), ("accepted", "2020-12-07"), ("published", "2021-01-14"))

    def listed(period: Period) -> set[str]:
        return {item.reference for item in report(journal, period).excluded}

    assert {year: listed(Period.of_year(year)) for year in (2019, 2020, 2021, 2022)} == {
        2019: set(), 2020: {known.reference}, 2021: {known.reference}, 2022: set(),
    }  # fmt: skip
    assert listed(Period.of_year(2021, "received")) == set()
    undated = imported(journal, ("accepted", "2021-02-07"), ("published", "2021-03-14"))
    assert listed(Period.of_year(2021, "received")) == {undated.reference}


def test_the_years_add_up_to_all_time_also_where_an_acceptance_is_not_dated(journal: Journal) -> None:
    imported(journal, ("received", "2025-01-11"), ("published", "2025-03-14"))
    imported(journal, ("received", "2025-01-12"), ("accepted", "2025-02-02"), ("published", "2025-03-14"))
    assert report(journal).rates.accepted == report(journal, YEAR).rates.accepted == 1
    assert "the imported history does not say when it was accepted" in {
        item.reason for item in report(journal).excluded
    }


def test_a_manuscript_received_in_some_month_is_open_but_of_no_age(journal: Journal) -> None:
    known = imported(journal, ("received", "2026-03"))
    received(journal, TODAY - timedelta(20))
    found = report(journal)
    assert (found.metrics["days_with_holder"].n, found.metrics["open_age"].values) == (2, (20,))
    assert found.to_first_decision.n == 1
    assert {item.reference for item in found.excluded if item.metric == "open_age"} == {known.reference}
    assert len(manuscripts_behind(journal, "metric:open_age", Period(), as_of=TODAY)) == 1
    assert len(manuscripts_behind(journal, "metric:days_with_holder", Period(imported=False), as_of=TODAY)) == 1


def test_imports_of_published_articles_do_not_flatter_the_rate_unsaid(journal: Journal) -> None:
    for number in range(4):
        accepted(journal, 30, number=number)
        rejected(journal, 5, number=10 + number)
    assert report(journal, YEAR).live_acceptance is None
    imported(journal, ("received", "2025-01-12"), ("accepted", "2025-02-02"), ("published", "2025-03-14"))
    found = report(journal, YEAR)
    assert (found.rates.acceptance, found.live_acceptance) == (Proportion(5, 9), Proportion(4, 8))
    assert flattery(found.rates, found.live_acceptance).startswith("Of the accepted, 1 came with imported records")
    imported(journal, ("received", "2025-01-12"), ("rejected", "2025-02-02"))
    assert report(journal, YEAR).live_acceptance is None


def test_by_paper_a_return_counts_once_from_the_first_receipt(journal: Journal) -> None:
    first = step(received(journal), "sent_to_review", DAY + timedelta(2), reviewers=["A <a@example.org>"])
    step(first, "rejected", DAY + timedelta(40), kind="resubmit_invited")
    second = received(journal, DAY + timedelta(100), 1)
    with transaction() as session:
        link_back(session.merge(second), session.merge(first))
    step(second, "accepted", DAY + timedelta(130), details={"confirmed": True})
    rejected(journal, 7, number=2)
    by_manuscript, by_paper = report(journal), report(journal, Period(by_paper=True))
    assert by_manuscript.histograms["first_decision"] == {40: 1, 30: 1, 7: 1}
    assert by_manuscript.histograms["final_decision"] == {40: 1, 30: 1, 7: 1}
    assert by_paper.histograms["first_decision"] == {40: 1, 7: 1}
    assert by_paper.histograms["final_decision"] == {130: 1, 7: 1}
    assert by_paper.metrics["acceptance"].values == (130,)
    behind = manuscripts_behind(journal, "metric:final_decision", Period(by_paper=True), as_of=TODAY)
    assert [item.days for item in behind] == [130, 7]
    assert has_linked_records(journal)
    rates, cohort = by_paper.rates, by_paper.cohort
    assert (rates.accepted, rates.rejected, cohort.received) == (1, 1, 2)
    assert (by_manuscript.rates.rejected, by_manuscript.cohort.received) == (2, 3)
    assert (by_paper.to_first_decision.n, by_paper.to_final_decision.n) == (2, 2)
    assert [step.day for step in by_paper.to_final_decision.steps] == [7, 130]
    assert by_paper.flow == Flow(0, 2, 1, {"rejected": 2}, 1)
    assert by_manuscript.flow == Flow(0, 3, 0, {"rejected": 2}, 1)
    assert [(month.received, month.reopened, month.open_at_end) for month in by_paper.months if month.received
            or month.reopened] == [(2, 0, 1), (0, 1, 1)]  # fmt: skip
    with pytest.raises(BadInput, match="By paper"):
        Period(basis="received", by_paper=True)


# What is asked for every year, and of one manuscript.


def test_doaj_and_plan_s_figures_are_of_the_year(journal: Journal) -> None:
    step(accepted(journal, 20), "published", DAY + timedelta(60))
    rejected(journal, 10, number=1)
    doaj, plan_s = doaj_figures(journal, 2025), plan_s_figures(journal, 2025, as_of=TODAY)
    assert (doaj.weeks, doaj.publication.n) == (9, 1)
    assert (plan_s.submissions, plan_s.acceptance.words, plan_s.publication.mean) == (2, "1/2 = 50 % (9–91 %)", 60)
    assert doaj_figures(journal, 2019).weeks is None


def test_a_forecast_is_conditional_on_the_age_and_says_what_it_rests_on(journal: Journal) -> None:
    for number in range(20):
        rejected(journal, 10 * (number + 1), number=number)
    waiting = received(journal, TODAY - timedelta(100), 50)
    ahead = forecast_for(waiting, TODAY)
    assert ahead is not None
    assert (ahead.age, ahead.n, ahead.is_few) == (100, 10, True)
    assert (ahead.half_by, ahead.most_by) == (TODAY + timedelta(50), TODAY + timedelta(80))
    assert ahead.words.endswith("These are few.")
    assert forecast_for(rejected(journal, 5, number=60), TODAY) is None


def test_every_number_of_a_report_is_as_long_as_the_list_behind_it(journal: Journal) -> None:
    step(accepted(journal, 20), "published", DAY + timedelta(60))
    rejected(journal, 10, number=1)
    step(received(journal, number=2), "withdrawn", DAY + timedelta(9), note="They prefer another journal.")
    received(journal, TODAY - timedelta(100), 3)
    found = report(journal, YEAR, by="year")
    numbers = {
        **{f"metric:{key}": summary.n for key, summary in found.metrics.items()},
        **{f"outcome:{name}": getattr(found.rates, name) for name in ("accepted", "rejected", "withdrawn", "pending")},
        **{f"flow:{name}": getattr(found.flow, name) for name in ("open_at_start", "received", "open_at_end")},
        **{f"flow:closed:{outcome}": count for outcome, count in found.flow.closed.items()},
        **{f"survival:{key}": curve.n for key, curve in (("first_decision", found.to_first_decision),
                                                         ("final_decision", found.to_final_decision))},
        **{f"reviews:{key}": getattr(found.reviewing, key) for key in ("invited", "agreed", "declined", "reviews")},
        "imported": found.imported,
        "cohort": found.cohort.received,
    }  # fmt: skip
    lengths = {of: len(manuscripts_behind(journal, of, YEAR, as_of=TODAY)) for of in numbers}
    assert lengths == numbers
    part = Part("year", "2025")
    assert len(manuscripts_behind(journal, "metric:production", Period(), as_of=TODAY, part=part)) == 1


def test_all_journals_by_year_are_their_sum(journal: Journal) -> None:
    with transaction():
        other = add_journal(slug="two", title="Journal Two", by=OPERATOR, now=NOW)
    rejected(journal, 10)
    rejected(other, 30, number=1)
    rejected(other, 50, number=2)
    both = metrics_by_year([journal.id, other.id])
    assert both[2025]["first_decision"].median == 30
    assert metrics_by_year([other.id])[2025]["first_decision"].values == (30, 50)
    found = journals_by_year([journal.id, other.id], "first_decision")
    assert {key: years[2025].n for key, years in found.items()} == {journal.id: 1, other.id: 2}


def test_an_unknown_grouping_is_refused_in_words(journal: Journal) -> None:
    with pytest.raises(BadInput, match="can be split by year, month"):
        report(journal, by="weather")


def test_the_definitions_own_example_comes_out_of_real_histories(journal: Journal) -> None:
    """`turnaround.md`: (day, outcome) with 0 open, 1 accepted, 2 rejected, 3 withdrawn."""
    vector = [(5, 2), (9, 2), (26, 1), (26, 2), (40, 0), (61, 1), (75, 3), (90, 0), (120, 1), (150, 0)]
    for number, (days, outcome) in enumerate(vector):
        on = TODAY - timedelta(days) if outcome == 0 else DAY
        match outcome:
            case 0:
                received(journal, on, number)
            case 1:
                accepted(journal, days, on, number)
            case 2:
                rejected(journal, days, on, number)
            case 3:
                step(received(journal, on, number), "withdrawn", on + timedelta(days), note="They ask for it.")
    curve = report(journal).to_final_decision
    assert {step.day: step.survival for step in curve.steps if step.events} == {
        5: 0.9, 9: 0.8, 26: 0.6, 61: 0.48, 75: 0.36, 120: 0.18
    }  # fmt: skip
    assert (curve.median, curve.median_limits) == (61, (5, None))
    shares = report(journal).outcomes
    assert {cause: shares.at(cause, 150) for cause in shares.shares} == {
        "accepted": 0.40, "rejected": 0.30, "withdrawn or transferred": 0.12
    }  # fmt: skip


def test_reviews_that_never_came_count_as_late_however_their_part_ended(journal: Journal) -> None:
    four = ["A A <a@example.org>", "B B <b@example.org>", "C C <c@example.org>", "D D <d@example.org>"]
    manuscript = step(received(journal), "sent_to_review", DAY, reviewers=four)
    for number in range(1, 5):
        step(manuscript, "agreed", DAY + timedelta(1), reviewer=number, due_on=DAY + timedelta(29))
    step(manuscript, "released", DAY + timedelta(20), reviewer=1)  # before anything was owed
    step(manuscript, "reviewed", DAY + timedelta(29), reviewer=2)
    step(manuscript, "declined", DAY + timedelta(50), reviewer=3)
    step(manuscript, "released", DAY + timedelta(60), reviewer=4)
    found = report(journal, YEAR)
    assert (found.reviewing.on_time.count, found.reviewing.on_time.of) == (1, 3)
    assert found.metrics["reviewer_response"].n == 4
    response = found.metrics["reviewer_response"]
    assert (response.min, response.max) == (1, 1), "who pulls out later had answered after a day"
    late = manuscripts_behind(journal, "reviews:late", YEAR, as_of=TODAY)
    assert len(late) == 2


def test_somebody_asked_once_more_counts_as_two_invitations(journal: Journal) -> None:
    manuscript = step(received(journal), "sent_to_review", DAY + timedelta(1), reviewers=["A A <a@example.org>"])
    step(manuscript, "declined", DAY + timedelta(6), reviewer=1)
    step(manuscript, "invited", DAY + timedelta(31), reviewers=["A A <a@example.org>"])
    step(manuscript, "agreed", DAY + timedelta(41), reviewer=1)
    found = report(journal, YEAR)
    assert (found.reviewing.invited, found.reviewing.declined, found.reviewing.agreed) == (2, 1, 1)
    assert sorted(found.metrics["reviewer_response"].values) == [5, 10]
    assert plan_s_figures(journal, 2025, as_of=TODAY).reviews_requested == 2
    assert verify_all().problems == ()


def test_a_rejected_paper_that_is_transferred_was_not_opened_again(journal: Journal) -> None:
    manuscript = rejected(journal, 10)
    details = {"transferred_to": "Another Journal", "author_consents": True}
    step(manuscript, "transferred", DAY + timedelta(40), details=details)
    flow = report(journal, YEAR).flow
    assert (flow.received, flow.reopened, flow.closed) == (1, 0, {"transferred": 1})
    assert verify_all().problems == ()
