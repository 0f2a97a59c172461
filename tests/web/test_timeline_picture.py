"""The timeline picture: everything inside the frame, nothing written over anything else."""

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.web.timeline_picture import (
    HAIRLINE,
    Drawing,
    Milestone,
    Segment,
    TimelinePicture,
    text_width,
    timeline_picture,
)

HOLDERS = ("editor", "reviewers", "author", "production", "hold")


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Segment], list[Milestone]]:
    """Segments that follow one another, and milestones anywhere, over a day or over decades."""
    turn = draw(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
    segments = []
    for holder in draw(st.lists(st.sampled_from(HOLDERS), max_size=12)):
        began, turn = turn, turn + timedelta(days=draw(st.integers(0, 1000)))
        segments.append(Segment(holder, began, turn))
    labels = st.text("aijlmMW é漢-", max_size=40)
    marks = draw(st.lists(st.tuples(st.integers(-30, 8000), labels), max_size=12))
    return segments, [Milestone(turn + timedelta(days=days), label) for days, label in marks]


def drawings(picture: TimelinePicture | None) -> tuple[Drawing, ...]:
    return (picture.wide, picture.narrow) if picture else ()


def seed_picture() -> TimelinePicture:
    """The article every test of this project knows, with the decision its printed line hides."""
    picture = timeline_picture(
        [
            Segment("editor", date(2020, 11, 11), date(2020, 11, 13)),
            Segment("reviewers", date(2020, 11, 13), date(2020, 11, 25)),
            Segment("author", date(2020, 11, 25), date(2020, 12, 2)),
            Segment("editor", date(2020, 12, 2), date(2020, 12, 7)),
            Segment("production", date(2020, 12, 7), date(2021, 1, 14)),
        ],
        [
            Milestone(date(2021, 1, 14), "Published online"),
            Milestone(date(2020, 11, 11), "Received"),
            Milestone(date(2020, 12, 2), "Re-submitted"),
            Milestone(date(2020, 12, 7), "Accepted"),
        ],
    )
    assert picture is not None
    return picture


@given(histories())
def test_every_shape_is_inside_the_frame(history: tuple[list[Segment], list[Milestone]]) -> None:
    for drawing in drawings(timeline_picture(*history)):
        for bar in drawing.bars:
            assert bar.x >= 0
            assert bar.x + bar.width <= drawing.width
            assert bar.width >= HAIRLINE
        for flag in drawing.flags:
            assert 0 <= flag.left <= flag.x <= flag.right <= drawing.width
            assert flag.y >= 0
        for tick in drawing.ticks:
            half = text_width(tick.text) / 2
            assert 0 <= tick.x <= drawing.width
            assert tick.text_x - half >= -0.01
            assert tick.text_x + half <= drawing.width + 0.01
        assert drawing.bar_bottom < drawing.height


@given(histories())
def test_labels_in_the_same_lane_do_not_overlap(history: tuple[list[Segment], list[Milestone]]) -> None:
    for drawing in drawings(timeline_picture(*history)):
        for one, other in combinations(drawing.flags, 2):
            if one.lane == other.lane:
                assert one.right <= other.left or other.right <= one.left


@given(histories())
def test_the_axis_always_has_a_tick_and_its_words_do_not_collide(
    history: tuple[list[Segment], list[Milestone]],
) -> None:
    for drawing in drawings(timeline_picture(*history)):
        assert drawing.ticks
        for one, other in pairwise(drawing.ticks):
            assert one.text_x + text_width(one.text) / 2 <= other.text_x - text_width(other.text) / 2


@given(histories())
def test_segments_that_follow_one_another_are_drawn_so(
    history: tuple[list[Segment], list[Milestone]],
) -> None:
    for drawing in drawings(timeline_picture(*history)):
        for one, other in pairwise(drawing.bars):
            assert one.x <= other.x


def test_labels_of_the_seed_article_keep_clear_of_leaders() -> None:
    for drawing in drawings(seed_picture()):
        for flag in drawing.flags:
            crossing = [o for o in drawing.flags if o.lane > flag.lane and flag.left < o.x < flag.right]
            assert crossing == []


def test_the_seed_article_has_ticks_on_mondays_and_its_milestones_in_order() -> None:
    drawing = seed_picture().wide
    assert [tick.text for tick in drawing.ticks][:3] == ["16 Nov", "23 Nov", "30 Nov"]
    labels = [flag.text for flag in drawing.flags]
    assert labels == ["Received", "Re-submitted", "Accepted", "Published online"]
    assert [bar.text for bar in drawing.bars] == ["2", "Reviewers, 12 days", "7 days", "5 days", "Production, 38 days"]


def test_a_history_of_one_day_is_a_hairline_with_its_date() -> None:
    day = date(2024, 2, 28)
    picture = timeline_picture([Segment("editor", day, day)], [Milestone(day, "Received")])
    assert picture is not None
    assert [bar.width for bar in picture.wide.bars] == [HAIRLINE]
    assert [tick.text for tick in picture.wide.ticks] == ["28 Feb", "29 Feb"]


def test_a_history_of_twenty_years_has_ticks_in_whole_years() -> None:
    picture = timeline_picture([Segment("author", date(2001, 3, 5), date(2021, 3, 5))], [])
    assert picture is not None
    assert [tick.text for tick in picture.wide.ticks][:3] == ["2002", "2004", "2006"]
    assert [tick.text for tick in picture.narrow.ticks] == ["2005", "2010", "2015", "2020"]


def test_the_last_flag_hangs_to_the_left_of_its_leader() -> None:
    flags = seed_picture().wide.flags
    assert [flag.hangs_left for flag in flags] == [False, False, False, True]


def test_nothing_to_draw_is_no_picture() -> None:
    assert timeline_picture([], []) is None


def test_a_segment_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        timeline_picture([Segment("editor", date(2020, 2, 2), date(2020, 2, 1))], [])
