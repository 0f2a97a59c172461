"""Open at start + received + reopened = closed, by outcome + open at end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.flow import Flow

counts = st.integers(0, 10**7)
YEAR = Flow(
    open_at_start=12,
    received=30,
    reopened=1,
    closed={"accepted": 9, "rejected": 14, "withdrawn": 2, "transferred": 0},
    open_at_end=18,
)


def test_a_year_that_balances():
    assert YEAR.balances
    assert (YEAR.inflow, YEAR.outflow, YEAR.closed_in_all, YEAR.missing) == (43, 43, 25, 0)
    assert YEAR.words == (
        "12 open at start + 30 received + 1 reopened = 9 accepted + 14 rejected + 2 withdrawn + 18 open at end"
    )


def test_a_lost_manuscript_is_seen_and_not_made_up_for():
    lost = replace(YEAR, open_at_end=17)
    assert (lost.balances, lost.missing) == (False, 1)
    assert "reopened ≠ 9 accepted" in lost.words


def test_a_manuscript_from_nowhere_is_seen():
    assert replace(YEAR, received=29).missing == -1


def test_an_empty_period_balances():
    nothing = Flow(open_at_start=0, received=0, reopened=0, closed={}, open_at_end=0)
    assert nothing.balances
    assert nothing.words == "0 open at start + 0 received + 0 reopened = 0 open at end"


@pytest.mark.parametrize("field", ["open_at_start", "received", "reopened", "open_at_end"])
def test_a_negative_number_is_refused(field):
    with pytest.raises(ValueError, match="negative number"):
        replace(YEAR, **{field: -1})


def test_a_negative_outcome_is_refused():
    with pytest.raises(ValueError, match="negative number"):
        replace(YEAR, closed={"accepted": -1})


@given(counts, counts, counts, st.dictionaries(st.sampled_from(["accepted", "rejected"]), counts), counts)
def test_it_balances_exactly_when_both_sides_are_equal(start, received, reopened, closed, end):
    flow = Flow(start, received, reopened, closed, end)
    assert flow.balances == (start + received + reopened == sum(closed.values()) + end)
    assert flow.missing == flow.inflow - flow.outflow
