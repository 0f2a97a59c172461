"""How often somebody may ask: the burst, the pace after it, and what a clock that jumps does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.rates import ROUNDING, Rate, ask

FAST = Rate(burst=3, seconds=2)


def answered(moments: list[float], rate: Rate = FAST) -> list[float]:
    """Those of the moments at which a question was answered."""
    due, found = 0.0, []
    for moment in moments:
        due, wait = ask(due, moment, rate)
        found += [] if wait else [moment]
    return found


def test_a_burst_then_one_at_a_time() -> None:
    assert answered([100, 100, 100, 100, 101, 102, 103, 104]) == [100, 100, 100, 102, 104]


def test_after_a_rest_the_whole_burst_is_there_again() -> None:
    assert answered([100] * 4 + [106] * 4) == [100] * 3 + [106] * 3


def test_who_waits_as_long_as_they_are_told_is_answered() -> None:
    due = 0.0
    for _ in range(3):
        due, _ = ask(due, 100, FAST)
    due, wait = ask(due, 100.5, FAST)
    assert wait == 1.5
    assert ask(due, 100.5 + wait, FAST).wait == 0


def test_a_clock_that_is_put_back_keeps_nobody_waiting_for_it() -> None:
    due = 0.0
    for _ in range(3):
        due, _ = ask(due, 10_000, FAST)
    assert ask(due, 100, FAST).wait <= FAST.seconds


@given(st.lists(st.floats(0, 100), max_size=60))
def test_in_no_stretch_of_time_more_than_the_burst_and_the_pace(moments: list[float]) -> None:
    found = answered(sorted(1000 + moment for moment in moments))
    for first in range(len(found)):
        for last in range(first, len(found)):
            allowed = FAST.burst + (found[last] - found[first]) / FAST.seconds
            assert last - first + 1 <= allowed + ROUNDING
