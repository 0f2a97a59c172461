"""Pending manuscripts count for as long as they were seen: Kaplan–Meier and competing outcomes."""

import math
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.summaries import summarize
from tracker.domain.survival import FOUR_FIFTHS, HALF, Forecast, aalen_johansen, kaplan_meier

OPEN, ACCEPTED, REJECTED, WITHDRAWN = range(4)
VECTOR = [(5, 2), (9, 2), (26, 1), (26, 2), (40, 0), (61, 1), (75, 3), (90, 0), (120, 1), (150, 0)]

observations = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3)), min_size=1, max_size=40)
decided_days = st.lists(st.integers(0, 60), min_size=1, max_size=40)


def leaving(observed):
    """The histogram of (day, outcome) pairs: day → (events, censored)."""
    return {
        day: (
            sum(at == day and outcome != OPEN for at, outcome in observed),
            sum(at == day and outcome == OPEN for at, outcome in observed),
        )
        for day, _ in observed
    }


def curve_of(observed):
    return kaplan_meier(leaving(observed))


def incidence_of(observed):
    closed = {
        name: Counter(day for day, outcome in observed if outcome == code)
        for name, code in (("accepted", ACCEPTED), ("rejected", REJECTED), ("withdrawn", WITHDRAWN))
    }
    return aalen_johansen(closed, Counter(day for day, outcome in observed if outcome == OPEN))


def exact_survival(observed):
    """Day → the product of (1 − d/n), in fractions: the definition, with no thought for speed."""
    share, found = Fraction(1), {}
    for day in sorted({day for day, _ in observed}):
        at_risk = sum(at >= day for at, _ in observed)
        share *= 1 - Fraction(sum(at == day and outcome != OPEN for at, outcome in observed), at_risk)
        found[day] = share
    return found


def test_the_vector_gives_its_curve():
    curve = curve_of(VECTOR)
    assert curve.n == 10
    assert {step.day: step.survival for step in curve.steps if step.events} == {
        5: 0.9, 9: 0.8, 26: 0.6, 61: 0.48, 75: 0.36, 120: 0.18
    }  # fmt: skip
    assert [(step.day, step.at_risk) for step in curve.steps] == [
        (5, 10), (9, 9), (26, 8), (40, 6), (61, 5), (75, 4), (90, 3), (120, 2), (150, 1)
    ]  # fmt: skip


def test_the_vector_has_its_median_and_no_upper_limit():
    curve = curve_of(VECTOR)
    assert (curve.median, curve.median_limits) == (61, (5, None))
    assert summarize(Counter(day for day, outcome in VECTOR if outcome != OPEN)).median == 26


def test_the_vector_has_its_outcomes_at_150_days():
    incidence = incidence_of(VECTOR)
    assert {cause: incidence.at(cause, 150) for cause in incidence.shares} == {
        "accepted": 0.40, "rejected": 0.30, "withdrawn": 0.12
    }  # fmt: skip


def test_outcomes_are_tabled_at_90_180_and_365_days_as_far_as_anything_was_seen():
    assert incidence_of(VECTOR).table() == {
        "accepted": {90: 0.22, 180: None, 365: None},
        "rejected": {90: 0.30, 180: None, 365: None},
        "withdrawn": {90: 0.12, 180: None, 365: None},
    }


def test_outcomes_are_final_once_all_are_closed():
    table = aalen_johansen({"accepted": {100: 3}, "rejected": {10: 1}, "withdrawn": {}}, {}).table()
    assert table == {
        "accepted": {90: 0.0, 180: 0.75, 365: 0.75},
        "rejected": {90: 0.25, 180: 0.25, 365: 0.25},
        "withdrawn": {90: 0.0, 180: 0.0, 365: 0.0},
    }


def test_of_nothing_nothing_is_known():
    curve, incidence = kaplan_meier({}), aalen_johansen({"accepted": {}}, {3: 0})
    assert (curve.n, curve.steps, curve.median, curve.median_limits) == (0, (), None, (None, None))
    assert curve.at(0) is None
    assert curve.forecast(10) == Forecast(10, 0, None, None)
    assert incidence.table((90,)) == {"accepted": {90: None}}


def test_while_all_are_pending_the_median_is_not_reached():
    curve = kaplan_meier({30: (0, 4), 50: (0, 1)})
    assert (curve.median, curve.median_limits) == (None, (None, None))
    assert [(step.survival, step.low, step.high) for step in curve.steps] == [(1.0, 1.0, 1.0)] * 2
    assert (curve.at(50), curve.at(51)) == (1.0, None)


def test_a_pending_manuscript_is_at_risk_on_the_day_it_was_last_seen():
    assert kaplan_meier({10: (1, 1), 20: (1, 1)}).at(10) == 0.75


def test_a_decision_on_the_day_of_receipt_counts():
    curve = kaplan_meier({0: (1, 0), 8: (1, 0)})
    assert (curve.at(0), curve.at(7), curve.at(8), curve.at(9), curve.median) == (0.5, 0.5, 0.0, 0.0, 0)


def test_half_reached_exactly_is_reached_even_after_censoring():
    # 9/12 · 4/6
    curve = kaplan_meier({1: (3, 0), 2: (0, 3), 3: (2, 4)})
    assert (curve.at(3), curve.median) == (0.5, 3)


def test_the_last_manuscript_alone_does_not_bound_the_median():
    curve = kaplan_meier({10: (1, 0), 20: (0, 1), 30: (1, 0)})
    last = curve.steps[-1]
    assert (last.survival, last.low, last.high) == (0.0, 0.0, curve.steps[0].high)
    assert curve.median_limits == (10, None)


def test_limits_are_greenwoods_on_the_log_log_scale():
    first = curve_of(VECTOR).steps[0]
    margin = 1.959963984540054 * math.sqrt(1 / 90) / math.log(0.9)
    assert first.low == pytest.approx(0.9 ** math.exp(-margin))
    assert first.high == pytest.approx(0.9 ** math.exp(margin))


def test_those_still_open_are_forecast_from_those_that_lived_as_long():
    curve = curve_of(VECTOR)
    # open after 26 days: 6, S = .6; half of it, .3, is passed at 120; a fifth, .12, is not reached
    assert curve.forecast(26) == Forecast(26, 6, 120, None)
    assert curve.forecast(0) == Forecast(0, 10, 61, 120)
    assert curve.forecast(150) == Forecast(150, 0, None, None)


def test_a_forecast_sees_a_fifth_reached_exactly():
    # 4 of the 5 seen beyond day 3 were decided by day 5; in floats the fifth that is left is a hair too large
    curve = kaplan_meier({1: (1, 0), 3: (2, 2), 4: (2, 0), 5: (2, 0), 6: (1, 0)})
    assert curve.forecast(3) == Forecast(3, 5, 5, 5)


@pytest.mark.parametrize("histogram", [{-1: (1, 0)}, {3: (-1, 2)}, {3: (1, -1)}])
def test_a_negative_day_or_count_is_refused(histogram):
    with pytest.raises(ValueError, match="negative day or count"):
        kaplan_meier(histogram)


def test_a_negative_count_is_not_hidden_by_another_cause():
    with pytest.raises(ValueError, match="negative day or count"):
        aalen_johansen({"accepted": {3: -1}, "rejected": {3: 2}}, {})


@given(observations)
def test_the_curve_is_the_product_of_its_definition(observed):
    found = {step.day: step.survival for step in curve_of(observed).steps}
    assert found == {day: float(share) for day, share in exact_survival(observed).items()}


@given(observations, st.sampled_from([Fraction(1, 4), HALF, FOUR_FIFTHS, Fraction(9, 10)]))
def test_a_quantile_is_the_first_day_by_which_the_share_had_a_decision(observed, share):
    reached = [day for day, left in exact_survival(observed).items() if left <= 1 - share]
    assert curve_of(observed).quantile(share) == min(reached, default=None)


@given(decided_days)
def test_without_pending_ones_it_is_the_share_not_yet_decided(days):
    curve = kaplan_meier({day: (count, 0) for day, count in Counter(days).items()})
    for day in range(62):
        assert curve.at(day) == sum(later > day for later in days) / len(days)


@given(decided_days)
def test_without_pending_ones_a_quantile_is_the_nearest_rank(days):
    curve = kaplan_meier({day: (count, 0) for day, count in Counter(days).items()})
    assert curve.quantile(FOUR_FIFTHS) == sorted(days)[math.ceil(FOUR_FIFTHS * len(days)) - 1]
    assert curve.median == sorted(days)[math.ceil(HALF * len(days)) - 1]


@given(observations)
def test_the_curve_only_falls_and_lies_between_its_limits(observed):
    curve = curve_of(observed)
    assert all(after.survival <= before.survival for before, after in pairwise(curve.steps))
    assert all(after.low <= before.low for before, after in pairwise(curve.steps))
    assert all(0 <= step.low <= step.survival <= step.high <= 1 for step in curve.steps)


@given(observations)
def test_the_median_lies_between_its_limits(observed):
    curve = curve_of(observed)
    reached = math.inf if curve.median is None else curve.median
    low, high = (math.inf if limit is None else limit for limit in curve.median_limits)
    assert low <= reached <= high


@given(observations)
def test_outcomes_and_what_is_open_are_one_whole(observed):
    curve, incidence = curve_of(observed), incidence_of(observed)
    assert incidence.still_open == tuple(step.survival for step in curve.steps)
    for index, left in enumerate(incidence.still_open):
        assert left + sum(row[index] for row in incidence.shares.values()) == pytest.approx(1, abs=1e-15)


@given(observations)
def test_incidence_only_grows(observed):
    for row in incidence_of(observed).shares.values():
        assert all(before <= after for before, after in pairwise((0.0, *row)))


@given(observations, st.integers(0, 60))
def test_a_forecast_lies_after_the_age_and_counts_those_seen_longer(observed, age):
    forecast = curve_of(observed).forecast(age)
    assert forecast.at_risk == sum(day > age for day, _ in observed)
    assert forecast.half_by is None or age < forecast.half_by
    if forecast.four_fifths_by is not None:
        assert forecast.half_by <= forecast.four_fifths_by


@given(observations, st.integers(0, 60))
def test_a_forecast_is_the_curve_of_those_seen_longer(observed, age):
    older = curve_of([(day, outcome) for day, outcome in observed if day > age])
    forecast = curve_of(observed).forecast(age)
    assert (forecast.half_by, forecast.four_fifths_by) == (older.median, older.quantile(FOUR_FIFTHS))


@given(observations, st.integers(2, 1000))
def test_a_thousand_like_each_change_nothing_but_the_certainty(observed, times):
    few = curve_of(observed)
    many = kaplan_meier({day: (d * times, c * times) for day, (d, c) in leaving(observed).items()})
    assert [step.survival for step in many.steps] == [step.survival for step in few.steps]
    # at the step to 0 the upper limit is one carried over, on both sides
    assert all(more.high <= less.high for more, less in zip(many.steps, few.steps, strict=True))
