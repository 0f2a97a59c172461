"""One line that makes a manuscript: what is understood, and what is left for a person."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import BadInput
from tracker.formats.quick_lines import read_quick_line

TODAY = date(2025, 11, 29)


@pytest.mark.parametrize(
    ("line", "day", "people", "title"),
    [
        ("11 Nov 2020, Henderson & Palmer, Desperately seeking…", "2020-11-11", "Henderson|Palmer",
         "Desperately seeking…"),
        ("2026-05-04; Ada Lovelace and Grace Hopper; On True Dates", "2026-05-04", "Ada Lovelace|Grace Hopper",
         "On True Dates"),
        ("11 Nov 2020, Henderson, A., & Palmer, H., Desperately seeking: a study", "2020-11-11",
         "A. Henderson|H. Palmer", "Desperately seeking: a study"),
        ("11 Nov 2020\tHenderson\tDesperately", "2020-11-11", "Henderson", "Desperately"),
        ("11 November 2020 – de Wit – Supervision: a view", "2020-11-11", "de Wit", "Supervision: a view"),
        ("Henderson et al., Desperately seeking (11 Nov 2020)", "2020-11-11", "Henderson", "Desperately seeking"),
        ("A title only", None, "", "A title only"),
        ("On waiting, silence and power", None, "", "On waiting, silence and power"),
        ("March 2019, Vogel, A title", "2019-03", "Vogel", "A title"),
        ("15/10/2020; Grant, Anthony; Goal setting, revisited", "2020-10-15", "Anthony Grant",
         "Goal setting, revisited"),
        ("11 Nov, Henderson, Desperately", "2025-11-11", "Henderson", "Desperately"),
        ("Nov. 30, Henderson, Desperately", "2024-11-30", "Henderson", "Desperately"),
    ],
)  # fmt: skip
def test_a_line_is_read(line: str, day: str | None, people: str, title: str) -> None:
    read = read_quick_line(line, today=TODAY)
    assert (read.received_on and read.received_on.iso) == day
    assert ["|".join(author.full for author in read.authors), read.title] == [people, title]


@pytest.mark.parametrize("day", ["03/04", "31 Feb", "30 Feb."])
def test_a_day_without_a_year_is_not_made_up(day: str) -> None:
    read = read_quick_line(f"{day}, Vogel, A title", today=TODAY)
    assert read.received_on is None


def test_an_ambiguous_day_is_never_guessed() -> None:
    read = read_quick_line("03/04/2019, Vogel, A title", today=TODAY)
    assert read.received_on is None
    assert "3 April 2019 or 4 March 2019" in read.problem


def test_an_empty_line_is_said() -> None:
    with pytest.raises(BadInput, match="The line is empty"):
        read_quick_line(" \n ", today=TODAY)


@given(st.text(max_size=80))
def test_no_line_is_a_fault(line: str) -> None:
    with contextlib.suppress(BadInput):
        read_quick_line(line, today=TODAY)
