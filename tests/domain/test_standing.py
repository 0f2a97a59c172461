"""Where a manuscript stands: the fold, the ball, the clock, and what a later entry does to them."""

from datetime import date, timedelta

import pytest

from tests.domain.walks import TODAY, History, history_in
from tracker.domain.dates import PartialDate, parse_iso
from tracker.domain.errors import NeedsConfirmation, Refused
from tracker.domain.recording import Authority, Entry, plan_step
from tracker.domain.turnaround import days_by_holder, turnaround
from tracker.domain.words import Holder, State


def day(text: str) -> PartialDate:
    return parse_iso(text)


SEED = (
    ("received", day("2020-11-11")), ("resubmitted", day("2020-12-02")),
    ("accepted", day("2020-12-07")), ("published", day("2021-01-14")),
)  # fmt: skip


def test_the_seed_article_is_published_in_its_second_round() -> None:
    standing = History().imported(*SEED)
    assert (standing.state, standing.round, standing.holder) == (State.PUBLISHED, 2, Holder.NOBODY)


def test_the_days_that_an_import_does_not_explain_are_unknown() -> None:
    standing = History().imported(*SEED)
    assert days_by_holder(standing, TODAY) == {Holder.UNKNOWN: 21, Holder.EDITOR: 5, Holder.PRODUCTION: 38}
    assert "journal_time" in turnaround(standing).exclusions


@pytest.mark.parametrize(
    ("steps", "holder"),
    [
        (("received",), "editor"),
        (("received", "returned"), "author"),
        (("received", "returned", "completed"), "editor"),
        (("received", "sent_to_review"), "reviewers"),
        (("received", "sent_to_review", "declined"), "editor"),
        (("received", "sent_to_review", "agreed"), "reviewers"),
        (("received", "sent_to_review", "agreed", "reviewed"), "editor"),
        (("received", "sent_to_review", "no_reply"), "editor"),
        (("received", "sent_to_review", "agreed", "released"), "editor"),
        (("received", "revision_requested"), "author"),
        (("received", "revision_requested", "resubmitted"), "editor"),
        (("received", "accepted"), "production"),
        (("received", "accepted", "published"), "nobody"),
        (("received", "held"), "hold"),
        (("received", "revision_requested", "held"), "hold"),
        (("received", "revision_requested", "held", "resumed"), "author"),
        (("received", "sent_to_review", "rejected"), "nobody"),
        (("received", "sent_to_review", "rejected", "appealed"), "editor"),
        (("received", "sent_to_review", "rejected", "appealed", "appeal_dismissed"), "nobody"),
        (("received", "sent_to_review", "rejected", "appealed", "appeal_granted"), "editor"),
        (("received", "withdrawn"), "nobody"),
        (("received", "accepted", "withdrawn", "reinstated"), "production"),
        (("received", "sent_to_review", "agreed", "withdrawn", "reinstated"), "reviewers"),
        (("received", "sent_to_review", "agreed", "reviewed", "withdrawn", "reinstated"), "editor"),
        (("received", "accepted", "acceptance_rescinded"), "editor"),
        (("received", "accepted", "published", "publication_undone"), "production"),
    ],
)
def test_who_holds_the_ball(steps: tuple[str, ...], holder: str) -> None:
    history = History()
    for step in steps:
        history.record(step)
    assert history.standing.holder == holder


def test_proofs_pass_the_ball_to_the_author_and_back() -> None:
    history = history_in("accepted")
    assert history.record("stage_changed", kind="proofs_with_author").holder is Holder.AUTHOR
    assert history.record("stage_changed", kind="proofs_back").holder is Holder.PRODUCTION


def test_the_ball_waits_until_the_required_reviews_are_in() -> None:
    history = history_in("received")
    history.record("sent_to_review", reviewers=[1, 2, 3], required_reviews=2)
    for reviewer in (1, 2):
        history.record("agreed", reviewer=reviewer)
    assert history.record("reviewed", reviewer=1).holder is Holder.REVIEWERS
    assert history.record("reviewed", reviewer=2).holder is Holder.EDITOR


def test_days_add_up_from_received_to_the_end() -> None:
    history = history_in("received")
    for action, days in (("sent_to_review", 3), ("revision_requested", 30), ("resubmitted", 21), ("accepted", 5)):
        history.day += timedelta(days=days)
        history.record(action)
    standing = history.record("published")
    assert sum(days_by_holder(standing, TODAY).values()) == (history.day - date(2026, 1, 6)).days
    assert days_by_holder(standing, TODAY)[Holder.AUTHOR] == 22


def test_a_backdated_action_is_inserted_by_its_date() -> None:
    history = history_in("under_review")
    history.record("revision_requested", on=date(2026, 3, 1))
    standing = history.record("reviewed", on=date(2026, 2, 10))
    assert standing.state is State.REVISION_REQUESTED
    assert standing.current_reviewing[0].reviewed_on == date(2026, 2, 10)


def test_a_refusal_names_the_two_dates_that_clash() -> None:
    history = history_in("received")
    history.record("revision_requested", on=date(2026, 2, 12))
    with pytest.raises(Refused) as refusal:
        history.record("resubmitted", on=date(2026, 2, 1))
    assert str(refusal.value) == (
        "Re-submitted on 1 February 2026 lies before Revision requested on 12 February 2026, which it has to follow."
    )


@pytest.mark.parametrize(
    ("action", "on", "says"),
    [
        ("accepted", date(2026, 1, 7), "Accepted on 7 January 2026 lies before Re-submitted on 10 January 2026"),
        ("held", date(2026, 2, 3), "Put on hold on 3 February 2026 lies before Resumed on 5 February 2026"),
        ("resumed", date(2026, 1, 20), "Resumed on 20 January 2026 lies before Put on hold on 1 February 2026"),
    ],
)
def test_a_refusal_names_the_two_dates_also_where_a_guard_refuses(action: str, on: date, says: str) -> None:
    history = History()
    history.record("received", on=date(2026, 1, 1))
    history.record("revision_requested", on=date(2026, 1, 5))
    history.record("resubmitted", on=date(2026, 1, 10))
    history.record("held", on=date(2026, 2, 1))
    history.record("resumed", on=date(2026, 2, 5))
    with pytest.raises(Refused) as refusal:
        history.record(action, on=on)
    assert str(refusal.value) == f"{says}, which it has to follow."


def test_an_imported_history_in_the_wrong_order_names_both_dates() -> None:
    with pytest.raises(Refused) as refusal:
        History().imported(("accepted", day("2020-11-01")), ("received", day("2020-11-11")))
    assert str(refusal.value) == (
        "Accepted on 1 November 2020 lies before Received on 11 November 2020, which it has to follow."
    )


def test_a_date_in_the_future_is_refused() -> None:
    with pytest.raises(Refused, match="lies in the future: today is 1 June 2026"):
        History().record("received", on=date(2026, 6, 2))


def test_re_submitted_and_accepted_on_one_day_stay_in_order() -> None:
    history = History()
    history.record("received")
    history.record("revision_requested", kind="conditional")
    standing = history.record("accepted", conditions_met=True)
    assert [event.action for event in history.ledger[-2:]] == ["resubmitted", "accepted"]
    assert (standing.state, standing.round) == (State.ACCEPTED, 2)
    assert history.undo().state is State.REVISION_REQUESTED


def test_a_step_of_the_same_day_finds_the_place_where_it_is_possible() -> None:
    history = History()
    on = date(2026, 2, 2)
    history.imported(("received", day("2026-01-06")), ("resubmitted", PartialDate(on)))
    standing = history.record("revision_requested", on=on)
    assert standing.state is State.REVISION_REQUESTED  # last of its day, as it was entered
    history = History()
    history.record("received", on=on)
    history.record("sent_to_review", on=on)
    history.record("accepted", on=on)
    standing = history.record("agreed", on=on)
    assert standing.state is State.ACCEPTED


def test_an_undo_takes_back_the_whole_step_and_the_ledger_keeps_it() -> None:
    history = history_in("received")
    history.record("sent_to_review", reviewers=[1, 2])
    length = len(history.ledger)
    standing = history.undo()
    assert (standing.state, standing.reviewing) == (State.RECEIVED, {})
    assert len(history.ledger) == length + 1


def test_undoing_again_goes_back_further_and_ends_with_nothing() -> None:
    history = history_in("resubmitted")
    states = [history.undo().state for _ in range(3)]
    assert states == [State.REVISION_REQUESTED, State.RECEIVED, None]
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo()


def test_an_undo_that_later_steps_rest_on_is_refused() -> None:
    history = history_in("received")
    history.imported()
    history.record("revision_requested", on=date(2026, 3, 1))
    history.record("resubmitted", on=date(2026, 4, 1))
    history.record("held", on=date(2026, 2, 1))
    history.record("resumed", on=date(2026, 2, 5))
    history.undo()
    assert history.standing.on_hold is True


def test_a_correction_moves_the_date_and_can_be_undone() -> None:
    history = history_in("resubmitted")
    position = next(event.position for event in history.ledger if event.action == "resubmitted")
    assert history.correct(position, date(2026, 3, 3)).latest("resubmitted") == PartialDate(date(2026, 3, 3))
    assert history.undo().latest("resubmitted") == PartialDate(date(2026, 1, 8))


@pytest.mark.parametrize(
    ("reason", "on", "says"),
    [
        ("", date(2026, 3, 3), "Give the reason"),
        ("x", date(2026, 1, 1), "lies before"),
        ("x", TODAY + timedelta(1), "future"),
    ],
)
def test_a_correction_is_refused_with_a_reason(reason: str, on: date, says: str) -> None:
    history = history_in("resubmitted")
    with pytest.raises(Refused, match=says):
        history.correct(3, on, reason)


def test_a_withdrawal_is_never_refused_even_before_later_steps() -> None:
    history = history_in("received")
    history.record("sent_to_review", on=date(2026, 2, 1))
    history.record("revision_requested", on=date(2026, 3, 1))
    standing = history.record("withdrawn", on=date(2026, 1, 20))
    assert standing.state is State.WITHDRAWN
    assert {event.action for event in standing.moot} >= {"sent_to_review", "revision_requested"}
    assert history.undo().state is State.REVISION_REQUESTED


def test_a_withdrawal_before_the_publication_that_followed_is_refused() -> None:
    history = history_in("published")
    with pytest.raises(Refused, match="Published online"):
        history.record("withdrawn", on=date(2026, 1, 6))


def test_a_decision_releases_the_reviewers_in_the_same_step() -> None:
    standing = history_in("under_review").record("accepted")
    assert [part.status for part in standing.reviewing.values()] == ["released"]


def test_one_appeal_for_a_decision() -> None:
    history = history_in("rejected")
    history.record("appealed")
    history.record("appeal_dismissed")
    with pytest.raises(Refused, match="one appeal"):
        history.record("appealed")


def test_a_revision_lapses_only_when_overdue_and_reminded_twice() -> None:
    history = history_in("revision_requested")
    with pytest.raises(Refused, match="not overdue"):
        history.record("lapsed", due_on="2026-05-01")
    with pytest.raises(Refused, match="1 of 2 times"):
        history.record("lapsed", reminders=1)
    assert history.record("lapsed").kind == "lapsed"


@pytest.mark.parametrize(
    ("action", "without", "says"),
    [
        ("withdrawn", {"note": ""}, "Give the reason"),
        ("held", {"note": " "}, "Give the reason"),
        ("sent_to_review", {"reviewers": []}, "at least one reviewer"),
        ("transferred", {"author_consents": False}, "author consents"),
        ("accepted", {"confirmed": False}, "not been reviewed"),
    ],
)
def test_what_an_action_needs_is_asked_for(action: str, without: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        history_in("received").record(action, **without)  # type: ignore[arg-type]


def test_received_and_accepted_on_one_day_needs_a_person_to_confirm() -> None:
    history = History()
    history.record("received", on=date(2026, 2, 2))
    entry = Entry("accepted", day("2026-02-02"), {"confirmed": True})
    by = Authority("editor", history.ledger[0].recorded_at, TODAY)
    with pytest.raises(NeedsConfirmation, match="one day"):
        plan_step(history.ledger, [entry], by)


def test_a_gap_of_more_than_two_years_needs_a_person_to_confirm() -> None:
    history = History()
    history.record("received", on=date(2020, 2, 2))
    by = Authority("editor", history.ledger[0].recorded_at, TODAY)
    with pytest.raises(NeedsConfirmation, match="1463 days lie between"):
        plan_step(history.ledger, [Entry("held", day("2024-02-04"), note="x")], by)


def test_a_date_known_to_the_month_is_left_out_of_day_figures_and_counted() -> None:
    standing = History().imported(("received", day("2019-03")), ("accepted", day("2019-03-20")))
    assert standing.state is State.ACCEPTED
    result = turnaround(standing)
    assert not [item for item in result.intervals if item.metric == "acceptance"]
    assert result.exclusions["acceptance"] == "a date is known only to the month: March 2019"


def test_a_month_goes_after_the_days_of_that_month_that_it_has_to_follow() -> None:
    standing = History().imported(("received", day("2019-03-20")), ("accepted", day("2019-03")))
    assert standing.latest("accepted") == day("2019-03")


@pytest.mark.parametrize(("year", "days"), [(2024, 2), (2023, 1)])
def test_days_are_calendar_days(year: int, days: int) -> None:
    standing = History().imported(("received", day(f"{year}-02-28")), ("accepted", day(f"{year}-03-01")))
    assert next(item.days for item in turnaround(standing).intervals if item.metric == "acceptance") == days
