"""Rates with their intervals, and arrows that need a reason."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.proportions import Z95, Proportion, clear_change

proportions = st.integers(1, 5000).flatmap(lambda of: st.builds(Proportion, count=st.integers(0, of), of=st.just(of)))


@pytest.mark.parametrize(
    ("count", "of", "words"),
    [
        (5, 12, "5/12 = 42 % (19–68 %)"),
        (2, 4, "2/4 = 50 % (15–85 %)"),
        (0, 5, "0/5 = 0 % (0–43 %)"),
        (5, 5, "5/5 = 100 % (57–100 %)"),
        (1, 8, "1/8 = 13 % (2–47 %)"),
        (0, 0, "0/0: no rate"),
    ],
)
def test_a_rate_is_printed_with_its_interval(count, of, words):
    assert Proportion(count, of).words == words


def test_of_none_there_is_no_rate():
    nothing = Proportion(0, 0)
    assert (nothing.percent, nothing.low, nothing.high, nothing.interval) == (None, None, None, None)


def test_none_and_all_reach_the_ends_exactly():
    assert [Proportion(0, of).low for of in range(1, 300)] == [0] * 299
    assert [Proportion(of, of).high for of in range(1, 300)] == [100] * 299


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5), (1, 0)])
def test_what_is_no_proportion_is_refused(count, of):
    with pytest.raises(ValueError, match="is no proportion"):
        Proportion(count, of)


@given(proportions)
def test_the_interval_encloses_the_rate_and_stays_within_0_and_100(rate):
    assert 0 <= rate.low <= rate.percent <= rate.high <= 100


@given(proportions)
def test_the_limits_are_where_the_score_test_just_accepts(rate):
    for limit in (rate.low / 100, rate.high / 100):
        distance = abs(rate.count / rate.of - limit)
        assert distance == pytest.approx(Z95 * math.sqrt(limit * (1 - limit) / rate.of), abs=1e-7)


@given(proportions)
def test_the_complement_has_the_mirrored_interval(rate):
    other = Proportion(rate.of - rate.count, rate.of)
    assert (other.low, other.high) == pytest.approx((100 - rate.high, 100 - rate.low), abs=1e-9)


@given(proportions)
def test_ten_times_the_manuscripts_narrow_the_interval(rate):
    more = Proportion(10 * rate.count, 10 * rate.of)
    assert more.high - more.low < rate.high - rate.low


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((10, 20), (21, 30), "up"),
        ((21, 30), (10, 20), "down"),
        ((10, 20), (20, 30), "no clear change"),
        ((10, 20), (12, 14), "no clear change"),
        ((10, 20), None, "no clear change"),
        (None, (10, 20), "no clear change"),
        ((5, None), (1, 4), "down"),
        ((5, None), (200, 300), "no clear change"),
        ((1, 4), (5, None), "up"),
        ((None, None), (1, 4), "no clear change"),
    ],
)
def test_an_arrow_needs_intervals_that_do_not_overlap(before, after, change):
    assert clear_change(before, after) == change


@given(proportions, proportions)
def test_the_arrow_turns_with_the_years(before, after):
    turned = {"up": "down", "down": "up", "no clear change": "no clear change"}
    change = clear_change(before.interval, after.interval)
    assert clear_change(after.interval, before.interval) == turned[change]


@given(proportions)
def test_nothing_changes_clearly_against_itself(rate):
    assert clear_change(rate.interval, rate.interval) == "no clear change"
