"""What may be shown of few: nothing under five, and nothing that a subtraction would tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.public_figures import PUBLIC_METRICS, held_back, public_days, without_giveaways
from tracker.domain.summaries import Summary, summarize

COUNTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 30), max_size=8)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({}, set()),
        ({"a": 5, "b": 9}, set()),
        ({"a": 4}, {"a"}),
        ({"a": 4, "b": 5}, {"a", "b"}),
        ({"a": 4, "b": 6, "c": 5}, {"a", "c"}),
        ({"a": 1, "b": 1, "c": 9, "d": 7}, {"a", "b", "d"}),
        ({"a": 2, "b": 3, "c": 9}, {"a", "b"}),
        ({"a": 0, "b": 4, "c": 9, "d": 20}, {"b", "c"}),
    ],
)
def test_small_parts_are_held_back_with_as_many_as_hide_them(counts: dict[str, int], hidden: set[str]) -> None:
    assert held_back(counts) == hidden


@given(COUNTS)
def test_the_whole_less_what_is_shown_tells_of_nobody(counts: dict[str, int]) -> None:
    hidden = held_back(counts)
    shown = {part: count for part, count in counts.items() if part not in hidden}
    assert all(count == 0 or count >= 5 for count in shown.values())
    rest = sum(counts.values()) - sum(shown.values())
    assert rest == 0 or not any(shown.values()) or (rest >= 5 and len(hidden) > 1)


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_public_ns_never_tell_of_fewer_than_five_rejections(accepted: int, rejected: int) -> None:
    found = {key: Summary(0) for key in PUBLIC_METRICS}
    found["acceptance"], found["final_decision"] = summarize({30: accepted}), summarize({30: accepted + rejected})
    shown = without_giveaways(found)
    both = [public_days(key, shown[key]) for key in ("acceptance", "final_decision")]
    if all(figure.value for figure in both):
        assert rejected >= 5
    assert (both[0].value is not None) == (accepted >= 5)
