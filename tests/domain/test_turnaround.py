"""The intervals of one manuscript, walked through the lifecycle: what counts, what does not, and what is left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.walks import NOW, START, TODAY, History
from tracker.domain.dates import PartialDate
from tracker.domain.errors import Refused
from tracker.domain.recording import Authority, Entry, plan_step
from tracker.domain.turnaround import METRICS, UNACCEPTED, UNRECEIVED, UNTOLD, closed_on, days_by_holder, turnaround
from tracker.domain.words import Holder

SEED = (
    ("received", date(2020, 11, 11)),
    ("resubmitted", date(2020, 12, 2)),
    ("accepted", date(2020, 12, 7)),
    ("published", date(2021, 1, 14)),
)


def found(history: History) -> dict[str, list[int]]:
    """{metric: days} of everything that is finished."""
    days: dict[str, list[int]] = {}
    for item in turnaround(history.standing).intervals:
        days.setdefault(item.metric, []).append(item.days)
    return days


def imported(*facts: tuple[str, date | PartialDate]) -> History:
    history = History()
    history.imported(*((action, on if isinstance(on, PartialDate) else PartialDate(on)) for action, on in facts))
    return history


def walked(*steps: tuple[str, int, dict[str, object]]) -> History:
    """Received on the first day; each step so many days after that."""
    history = History()
    history.record("received", START)
    for action, days, details in steps:
        history.record(action, START + timedelta(days), **details)
    return history


def test_the_seed_article_has_five_intervals_and_an_unknown_share() -> None:
    history = imported(*SEED)
    assert found(history) == {
        "first_resubmission": [21], "final_decision": [26], "final_decision_without_desk": [26], "acceptance": [26],
        "last_resubmission_to_acceptance": [5], "production": [38], "publication": [64],
    }  # fmt: skip
    left_out = turnaround(history.standing).exclusions
    assert set(left_out) == {"first_decision", "first_editorial_action", "journal_time", "author_time", "editor_idle"}
    assert set(left_out.values()) == {UNTOLD}


def test_sending_to_review_is_an_editorial_action_and_no_decision() -> None:
    history = walked(("sent_to_review", 4, {}))
    assert found(history) == {"first_editorial_action": [4]}
    history.record("revision_requested", START + timedelta(30))
    assert (found(history)["first_decision"], found(history)["first_editorial_action"]) == ([30], [4])


def test_a_desk_reject_counts_as_a_first_decision_and_as_a_desk_reject() -> None:
    days = found(walked(("rejected", 6, {"kind": "desk"})))
    assert (days["first_decision"], days["first_decision_desk"], days["final_decision"]) == ([6], [6], [6])
    assert "first_decision_reviewed" not in days
    assert "final_decision_without_desk" not in days


def test_a_decision_is_a_reviewed_one_only_with_a_completed_review_before_it() -> None:
    unreviewed = walked(("sent_to_review", 2, {}), ("rejected", 20, {}))
    reviewed = walked(("sent_to_review", 2, {}), ("agreed", 3, {}), ("reviewed", 17, {}), ("rejected", 20, {}))
    assert "first_decision_reviewed" not in found(unreviewed)
    assert found(reviewed)["first_decision_reviewed"] == [20]


def test_a_reversed_decision_does_not_count_as_the_final_one() -> None:
    history = walked(("sent_to_review", 2, {}), ("rejected", 20, {}), ("appealed", 25, {}))
    history.record("appeal_granted", START + timedelta(30), kind="under_review")
    assert "final_decision" not in found(history)
    history.record("accepted", START + timedelta(44))
    assert (found(history)["first_decision"], found(history)["final_decision"]) == ([20], [44])


def test_an_undone_decision_leaves_no_trace_in_the_figures() -> None:
    history = walked(("sent_to_review", 2, {}), ("rejected", 20, {}))
    history.undo()
    assert "first_decision" not in found(history)


def test_withdrawn_is_no_decision() -> None:
    days = found(walked(("sent_to_review", 2, {}), ("withdrawn", 9, {})))
    assert {"first_decision", "final_decision", "acceptance"}.isdisjoint(days)
    assert days["journal_time"] == [9]


def test_every_round_of_revision_counts_once() -> None:
    history = walked(
        ("revision_requested", 10, {}), ("resubmitted", 40, {}), ("revision_requested", 45, {}),
        ("resubmitted", 50, {}), ("accepted", 52, {}),
    )  # fmt: skip
    rounds = [
        (item.round, item.days) for item in turnaround(history.standing).intervals if item.metric == "author_revision"
    ]
    assert rounds == [(1, 30), (2, 5)]
    assert found(history)["last_resubmission_to_acceptance"] == [2]


def test_a_date_known_to_the_month_is_left_out_with_its_reason() -> None:
    history = imported(("received", PartialDate(date(2019, 3, 1), "month")), ("accepted", date(2019, 8, 2)))
    assert "acceptance" not in found(history)
    assert turnaround(history.standing).exclusions["acceptance"] == "a date is known only to the month: March 2019"


def test_a_return_in_some_month_leaves_the_decision_before_it_the_first() -> None:
    history = walked(("sent_to_review", 4, {}), ("revision_requested", 12, {}))
    plan = plan_step(
        history.ledger, [Entry("resubmitted", PartialDate(START.replace(day=1), "month"))],
        Authority("editor", NOW, TODAY), confirmed=True,
    )  # fmt: skip
    assert [event.occurred_on for event in plan.entries] == [START + timedelta(12)]
    result = turnaround(plan.standing)
    assert {item.metric: item.days for item in result.intervals} == {"first_decision": 12, "first_editorial_action": 4}
    assert set(result.exclusions) == {"first_resubmission", "author_revision"}
    assert {reason.partition(":")[0] for reason in result.exclusions.values()} == {"a date is known only to the month"}


def test_a_decision_in_some_month_comes_after_what_was_done_before_it() -> None:
    history = walked(("sent_to_review", 4, {}))
    entry = Entry("rejected", PartialDate(START.replace(day=1), "month"), {"kind": "after_review"})
    plan = plan_step(history.ledger, [entry], Authority("editor", NOW, TODAY), confirmed=True)
    result = turnaround(plan.standing)
    assert {item.metric: item.days for item in result.intervals} == {"first_editorial_action": 4}
    assert "first_decision" in result.exclusions


def test_a_review_of_some_month_took_no_known_number_of_days() -> None:
    history = walked(("sent_to_review", 4, {}), ("agreed", 6, {}))
    entry = Entry("reviewed", PartialDate(START.replace(day=1), "month"), {"reviewer": 1, "recommendation": "accept"})
    plan = plan_step(history.ledger, [entry], Authority("editor", NOW, TODAY), confirmed=True)
    result = turnaround(plan.standing)
    assert {item.metric: item.days for item in result.intervals} == {
        "first_editorial_action": 4,
        "reviewer_response": 2,
    }
    assert result.exclusions == {"review": f"a date is known only to the month: {entry.on.words}"}


def test_an_undone_publication_that_no_acceptance_preceded_is_listed() -> None:
    history = imported(("received", date(2021, 1, 4)), ("published", date(2021, 6, 1)))
    history.record("publication_undone", date(2021, 7, 1))
    left_out = turnaround(history.standing).exclusions
    assert {metric for metric, reason in left_out.items() if reason == UNACCEPTED} == {"final_decision", "acceptance"}


def test_an_empty_date_of_another_system_is_left_out() -> None:
    left_out = turnaround(imported(("received", date(1970, 1, 1)), ("accepted", date(2015, 3, 2))).standing)
    assert left_out.exclusions["acceptance"] == "1 January 1970 is what some systems write for an empty date"
    assert "acceptance" not in {item.metric for item in left_out.intervals}


def test_a_wrong_century_is_left_out() -> None:
    left_out = turnaround(imported(("received", date(1915, 2, 3)), ("accepted", date(2015, 3, 2))).standing)
    assert left_out.exclusions["acceptance"].endswith("a year is wrong")


@pytest.mark.parametrize(
    "facts",
    [
        (("received", date(2020, 5, 1)), ("accepted", date(2020, 4, 1))),
        (("received", date(2020, 5, 1)), ("accepted", date(2020, 6, 1)), ("published", date(2020, 5, 20))),
    ],
)
def test_contradictory_dates_never_enter(facts: tuple[tuple[str, date], ...]) -> None:
    with pytest.raises(Refused, match="lies before"):
        imported(*facts)


@pytest.mark.parametrize(("year", "days"), [(2024, 2), (2023, 1)])
def test_a_leap_day_is_a_day(year: int, days: int) -> None:
    assert found(imported(("received", date(year, 2, 28)), ("accepted", date(year, 3, 1))))["acceptance"] == [days]


def test_the_same_day_is_nought_days() -> None:
    assert found(imported(("received", START), ("accepted", START)))["acceptance"] == [0]


def test_what_happens_to_a_published_article_adds_no_days_to_it() -> None:
    history = walked(("accepted", 10, {}), ("published", 40, {}))
    before = turnaround(history.standing)
    history.record("issue_assigned", START + timedelta(100))
    history.record("notice_added", START + timedelta(120))
    assert turnaround(history.standing) == before
    assert found(history)["journal_time"] == [40]
    history.record("publication_undone", START + timedelta(130))
    history.record("published", START + timedelta(135))
    assert (found(history)["journal_time"], found(history)["production"]) == ([135], [125])


def test_a_request_that_was_overtaken_is_not_what_the_author_answered() -> None:
    history = walked(
        ("revision_requested", 10, {}), ("rejected", 20, {}), ("appealed", 25, {}),
        ("appeal_granted", 30, {"kind": "received"}), ("revision_requested", 40, {}), ("resubmitted", 60, {}),
    )  # fmt: skip
    assert found(history)["author_revision"] == [20]


def test_an_imported_request_without_its_answer_takes_no_later_one() -> None:
    facts = (("received", 0), ("revision_requested", 10), ("revision_requested", 50), ("resubmitted", 60))
    assert found(imported(*((action, START + timedelta(days)) for action, days in facts)))["author_revision"] == [10]


@pytest.mark.parametrize(
    ("decided", "gone"), [("accepted", "withdrawn"), ("accepted", "transferred"), ("rejected", "transferred")]
)
def test_a_decision_that_is_no_longer_in_force_is_not_the_final_one(decided: str, gone: str) -> None:
    details = {"kind": "desk"} if decided == "rejected" else {}
    history = walked((decided, 10, details))
    assert found(history)["final_decision"] == [10]
    history.record(gone, START + timedelta(20))
    assert "final_decision" not in found(history)
    assert found(history)["first_decision"] == [10]


def test_a_dismissed_appeal_leaves_the_decision_in_force() -> None:
    history = walked(("rejected", 10, {"kind": "desk"}), ("appealed", 20, {}), ("appeal_dismissed", 30, {}))
    assert (found(history)["final_decision"], found(history)["first_decision_desk"]) == ([10], [10])


def test_a_rescinded_acceptance_is_none() -> None:
    history = walked(("accepted", 10, {}), ("acceptance_rescinded", 15, {}), ("rejected", 20, {}))
    assert "acceptance" not in found(history)
    assert (found(history)["first_decision"], found(history)["final_decision"]) == ([10], [20])


def test_a_hold_inside_the_authors_time_is_the_journals() -> None:
    history = walked(
        ("revision_requested", 10, {}), ("held", 15, {}), ("resumed", 25, {}), ("resubmitted", 40, {}),
        ("accepted", 42, {}), ("published", 50, {}),
    )  # fmt: skip
    assert (found(history)["author_time"], found(history)["journal_time"]) == ([20], [30])
    assert days_by_holder(history.standing, TODAY)[Holder.HOLD] == 10


def test_what_an_import_does_not_tell_is_left_out_with_its_reason() -> None:
    left_out = turnaround(imported(("received", START), ("published", START + timedelta(40))).standing).exclusions
    assert {left_out[key] for key in ("final_decision", "acceptance", "production")} == {UNACCEPTED}
    left_out = turnaround(imported(("accepted", START), ("published", START + timedelta(40))).standing).exclusions
    assert {left_out[key] for key in ("acceptance", "publication")} == {UNRECEIVED}


def test_a_manuscript_received_in_some_month_has_no_age() -> None:
    left_out = turnaround(imported(("received", PartialDate(date(2026, 3, 1), "month"))).standing).exclusions
    assert set(left_out) == {"first_decision", "final_decision", "open_age"}


STEPS = st.lists(
    st.tuples(st.sampled_from(["held", "resumed", "sent_to_review", "revision_requested", "resubmitted", "accepted",
                               "published", "rejected", "withdrawn", "returned", "completed", "reinstated",
                               "appealed", "appeal_granted", "appeal_dismissed", "acceptance_rescinded", "notice_added",
                               "publication_undone", "issue_assigned", "transferred"]),
              st.integers(0, 12)),
    max_size=16,
)  # fmt: skip


@given(STEPS)
def test_journal_days_and_author_days_are_the_days_from_received_to_the_end(steps: list[tuple[str, int]]) -> None:
    history = History()
    history.record("received", START)
    day = START
    for action, later in steps:
        day = min(day + timedelta(later), TODAY)
        try:
            history.record(action, day)
        except Refused:
            continue
    standing, days = history.standing, found(history)
    # a dismissed appeal was the editor's: it ends later than the decision which it left in force
    end = standing.spans[-1].ended_on if standing.spans and standing.holder is Holder.NOBODY else day
    by_holder = days_by_holder(standing, end)
    assert sum(by_holder.values()) == (end - START).days
    assert ("journal_time" in days) == (standing.holder is Holder.NOBODY)
    if closed := closed_on(standing):
        assert end >= closed
        assert (end == closed) or standing.appealed
    if "journal_time" in days:
        assert days["journal_time"][0] + days["author_time"][0] == (end - START).days
        assert 0 <= days["editor_idle"][0] <= days["journal_time"][0]


def test_every_metric_of_an_interval_has_a_title() -> None:
    assert {item.metric for item in turnaround(imported(*SEED).standing).intervals} <= set(METRICS)
