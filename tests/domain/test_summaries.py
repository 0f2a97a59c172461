"""Days summarised: the printed rules, and the order statistics behind them."""

import math
import statistics
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.summaries import (
    EXACT_UP_TO,
    Summary,
    _central_weight,
    as_json,
    doaj_weeks,
    median_ranks,
    summarize,
)

days_taken = st.lists(st.integers(0, 400), min_size=1, max_size=60)
enough_days = st.lists(st.integers(0, 400), min_size=3, max_size=60)
histograms = st.dictionaries(st.integers(0, 2000), st.integers(0, 10**6), max_size=30)


def coverage(n: int, k: int) -> int:
    """P(k ≤ X ≤ n − k) for a fair coin thrown n times, in units of 2⁻ⁿ."""
    return sum(math.comb(n, x) for x in range(k, n - k + 1))


def test_nothing_is_summarised_as_nothing():
    assert summarize({}) == summarize({12: 0}) == Summary(n=0)


def test_one_or_two_values_are_listed_without_a_median():
    assert summarize({21: 1}) == Summary(n=1, mean=21, min=21, max=21, flag="listed", values=(21,))
    assert summarize({26: 1, 21: 1}) == Summary(n=2, mean=23.5, min=21, max=26, flag="listed", values=(21, 26))
    assert summarize({21: 2}).values == (21, 21)


def test_three_to_five_values_are_flagged_few_and_have_no_interval():
    assert summarize({5: 1, 9: 1, 30: 1}) == Summary(
        n=3, median=9, p25=5, p75=30, p80=30, p90=30, mean=44 / 3, min=5, max=30, flag="few"
    )
    assert [summarize({7: n}).flag for n in range(8)] == [None, "listed", "listed", *["few"] * 3, None, None]
    assert [summarize({7: n}).ci95 for n in range(7)] == [None] * 6 + [(7, 7)]


def test_the_median_is_the_mean_of_the_two_middle_values():
    assert summarize(Counter([1, 2, 5, 9])).median == 3.5
    assert summarize(Counter([1, 2, 5, 9, 9])).median == 5


def test_percentiles_are_the_nearest_rank():
    summary = summarize(Counter(range(1, 11)))
    assert (summary.p25, summary.p75, summary.p80, summary.p90) == (3, 8, 8, 9)


def test_eighty_percent_of_a_multiple_of_five_does_not_slip_to_the_next_rank():
    for n in range(5, 3000, 5):
        assert summarize(Counter(range(1, n + 1))).p80 == 4 * n // 5


@pytest.mark.parametrize(
    ("n", "ranks"),
    [
        (6, (1, 6)), (7, (1, 7)), (8, (1, 8)), (9, (2, 8)), (10, (2, 9)), (12, (3, 10)),
        (15, (4, 12)), (20, (6, 15)), (24, (7, 18)), (30, (10, 21)), (50, (18, 33)),
    ],
)  # fmt: skip
def test_the_median_interval_takes_the_exact_ranks(n, ranks):
    assert median_ranks(n) == ranks
    assert summarize(Counter(range(1, n + 1))).ci95 == ranks


def test_no_ranks_enclose_the_median_of_five():
    assert [median_ranks(n) for n in range(6)] == [None] * 6
    assert 20 * coverage(5, 1) < 19 * 2**5


def test_the_ranks_cover_at_least_95_percent_and_narrower_ones_do_not():
    for n in (*range(6, 200), 999, 1000):
        k, upper = median_ranks(n)
        assert upper == n + 1 - k
        assert 20 * coverage(n, k) >= 19 * 2**n > 20 * coverage(n, k + 1)


@pytest.mark.parametrize("n", [EXACT_UP_TO + 1, EXACT_UP_TO + 2, 20_001, 50_000])
def test_the_ranks_of_large_numbers_agree_with_exact_arithmetic(n):
    k, upper = median_ranks(n)
    term, outside = 1, 0
    for x in range(k):
        outside += term
        term = term * (n - x) // (x + 1)
    assert upper == n + 1 - k
    assert 40 * outside <= 2**n < 40 * (outside + term)


@pytest.mark.parametrize("n", [10_001, 10_002, 40_000])
def test_the_central_weight_is_good_to_the_last_digits(n):
    assert _central_weight(n) == pytest.approx(math.comb(n, n // 2) / 2**n, rel=1e-15, abs=0)


# worked out once with forty digits
@pytest.mark.parametrize(("n", "k"), [(123_456, 61_384), (10**6, 499_020), (10**7 - 1, 4_996_901), (10**7, 4_996_901)])
def test_the_ranks_hold_up_to_ten_million_manuscripts(n, k):
    assert median_ranks(n) == (k, n + 1 - k)


def test_the_interval_widens_slower_than_the_manuscripts_grow():
    ranks = [median_ranks(n)[0] for n in range(6, 400)]
    assert all(0 <= after - before <= 1 for before, after in pairwise(ranks))


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative count"):
        summarize({3: 2, 4: -1})


@given(enough_days)
def test_a_histogram_says_the_same_as_the_list_it_counts(days):
    summary, ordered = summarize(Counter(days)), sorted(days)
    ranks = median_ranks(len(days))
    assert summary.n == len(days)
    assert summary.median == statistics.median(days)
    assert summary.mean == statistics.fmean(days)
    assert (summary.min, summary.max) == (ordered[0], ordered[-1])
    assert summary.ci95 == (ranks and (ordered[ranks[0] - 1], ordered[ranks[1] - 1]))


@given(enough_days)
def test_a_percentile_is_a_day_that_occurred_by_which_so_many_had_an_answer(days):
    summary = summarize(Counter(days))
    for percent, value in ((25, summary.p25), (75, summary.p75), (80, summary.p80), (90, summary.p90)):
        assert value in days
        assert 100 * sum(day <= value for day in days) >= percent * len(days)
        assert 100 * sum(day < value for day in days) < percent * len(days)


@given(enough_days)
def test_the_figures_stand_in_order(days):
    summary = summarize(Counter(days))
    assert summary.min <= summary.p25 <= summary.median <= summary.p75 <= summary.p80 <= summary.p90
    assert summary.p90 <= summary.max
    if summary.ci95:
        assert summary.ci95[0] <= summary.median <= summary.ci95[1]


@given(days_taken, st.integers(1, 100))
def test_everything_later_by_some_days_is_summarised_later_by_as_many(days, shift):
    before = summarize(Counter(days))
    after = summarize(Counter(day + shift for day in days))
    assert (after.min, after.max) == (before.min + shift, before.max + shift)
    assert after.median == (None if before.median is None else before.median + shift)
    assert after.p80 == (None if before.p80 is None else before.p80 + shift)


@given(histograms)
def test_any_histogram_gives_a_summary(histogram):
    assert summarize(histogram).n == sum(histogram.values())


def test_the_seed_article_takes_nine_doaj_weeks():
    assert doaj_weeks(summarize({64: 1})) == 9


@pytest.mark.parametrize(
    ("histogram", "weeks"),
    [({}, None), ({0: 3}, 0), ({3: 1}, 0), ({59: 1, 60: 1}, 9), ({66: 1, 67: 1}, 10), ({59: 2, 60: 1}, 8)],
)
def test_half_a_doaj_week_is_rounded_up(histogram, weeks):
    assert doaj_weeks(summarize(histogram)) == weeks


def test_the_json_has_the_keys_of_the_contract_in_their_order():
    assert list(as_json(summarize({})).items()) == [
        ("n", 0), ("median", None), ("p25", None), ("p75", None), ("p80", None), ("p90", None),
        ("mean", None), ("min", None), ("max", None), ("ci95", None), ("flag", None), ("values", []),
    ]  # fmt: skip


def test_whole_numbers_stay_whole_in_the_json():
    figures = as_json(summarize({26: 6}))
    assert [repr(figures[key]) for key in ("median", "mean", "ci95")] == ["26", "26", "[26, 26]"]
    assert as_json(summarize({21: 1, 26: 1}))["values"] == [21, 26]
    assert as_json(summarize({21: 2, 26: 2}))["median"] == 23.5
