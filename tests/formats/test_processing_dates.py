"""The printed line: in every language and style it can be read back, and it is what the journal asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.errors import BadInput
from tracker.domain.standing import Fold
from tracker.formats.date_styles import PRESETS, SEED, style_of
from tracker.formats.date_words import KINDS, LANGUAGES
from tracker.formats.history_lines import parse_history
from tracker.formats.processing_dates import (
    PrintedDate,
    example_line,
    printed_dates,
    processing_dates_html,
    processing_dates_line,
    processing_dates_markdown,
)

READ_BACK_AS = {"correction": "corrected", "retraction": "retracted"}
MILESTONES = ("received", "resubmitted", "accepted", "published")


@st.composite
def histories(draw: st.DrawFn) -> list[PrintedDate]:
    """Milestones on days that follow one another, as a history has them."""
    days = sorted(draw(st.sets(st.dates(date(1990, 1, 1), date(2039, 12, 31)), min_size=5, max_size=5)))
    kinds = ("received", "resubmitted", "resubmitted", "accepted", "published")
    return [PrintedDate(kind, PartialDate(day)) for kind, day in zip(kinds, days, strict=True)]


def read_back(line: str) -> list[tuple[str, PartialDate]]:
    history = parse_history(line)
    assert not history.problems
    return [(event.kind, event.on) for event in history.events]


@given(st.sampled_from(sorted(LANGUAGES)), histories())
def test_a_line_in_any_language_is_read_back(language: str, dates: list[PrintedDate]) -> None:
    line = processing_dates_line(dates, style_of({"language": language}))
    assert read_back(line) == [(printed.kind, printed.on) for printed in dates]


@given(st.sampled_from(sorted(PRESETS)), histories())
def test_a_line_in_any_style_is_read_back(preset: str, dates: list[PrintedDate]) -> None:
    assert read_back(processing_dates_line(dates, style_of({}, preset=preset))) == [(d.kind, d.on) for d in dates]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("kind", ["revision_requested", "published_in_issue", "correction", "retraction"])
def test_the_other_labels_of_every_language_are_read_back(language: str, kind: str) -> None:
    days = [date(2020, 1, 2), date(2020, 2, 3), date(2020, 3, 4), date(2020, 4, 5)]
    dates = [PrintedDate(name, PartialDate(day)) for name, day in zip(MILESTONES, days, strict=True)]
    place = 1 if kind == "revision_requested" else 4
    on = PartialDate(date(2020, 1, 20) if place == 1 else date(2020, 6, 1))
    dates.insert(place, PrintedDate(kind, on))
    line = processing_dates_line(dates, style_of({"language": language}))
    assert (READ_BACK_AS.get(kind, kind), on) in read_back(line)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_months_and_years_alone_are_read_back(language: str) -> None:
    dates = [
        PrintedDate("received", PartialDate(date(2019, 3, 1), "month")),
        PrintedDate("accepted", PartialDate(date(2020, 1, 1), "year")),
    ]
    line = processing_dates_line(dates, style_of({"language": language}))
    assert read_back(line) == [(printed.kind, printed.on) for printed in dates]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_has_every_label_and_twelve_months(language: str) -> None:
    words = LANGUAGES[language]
    assert set(words.labels) == set(KINDS)
    assert len(set(words.months)) == 12


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({}, "Received 11 November 2020; Re-submitted 26 November 2020; Re-submitted 2 December 2020; "
             "Accepted 7 December 2020; Published online 14 January 2021"),
        ({"preset": "elsevier", "resubmissions": "last"},
         "Received 11 November 2020; received in revised form 2 December 2020; accepted 7 December 2020; "
         "available online 14 January 2021."),
        ({"preset": "iso", "resubmissions": "none", "separator": " | "},
         "Received 2020-11-11 | Accepted 2020-12-07 | Published online 2021-01-14"),
        ({"order": ["accepted", "received"], "labels": {"accepted": "Approved"}, "date_format": "short"},
         "Approved 7 Dec 2020; Received 11 Nov 2020"),
        ({"preset": "plos"}, "Received: November 11, 2020; Accepted: December 7, 2020; Published: January 14, 2021"),
        ({"language": "fr", "resubmissions": "none"},
         "Reçu le 11 novembre 2020; Accepté le 7 décembre 2020; Publié en ligne le 14 janvier 2021"),
        ({"language": "zh", "order": ["received"]}, "收稿日期：2020年11月11日"),
    ],
)  # fmt: skip
def test_the_line_is_what_the_journal_asked_for(settings: dict[str, Any], line: str) -> None:
    assert example_line(style_of(settings)) == line


def test_first_and_last_re_submission_are_two_at_most() -> None:
    style = style_of({"order": ["resubmitted"], "resubmissions": "first_and_last", "date_format": "iso"})
    lines = []
    for count in (1, 2, 3):
        standing = Fold(milestones={"resubmitted": [PartialDate(date(2020, 1, n + 1)) for n in range(count)]})
        lines.append(processing_dates_line(printed_dates(standing, style), style))
    assert lines == [
        "Re-submitted 2020-01-01",
        "Re-submitted 2020-01-01; Re-submitted 2020-01-02",
        "Re-submitted 2020-01-01; Re-submitted 2020-01-03",
    ]


def test_the_first_of_the_month_is_premier_in_french() -> None:
    dates = [PrintedDate("received", PartialDate(date(2020, 5, 1)))]
    assert processing_dates_line(dates, style_of({"language": "fr"})) == "Reçu le 1er mai 2020"


def test_html_and_markdown_escape_what_the_journal_wrote() -> None:
    dates = [PrintedDate("received", PartialDate(date(2020, 5, 1)))]
    style = style_of({"labels": {"received": "<b>*In*</b>"}})
    assert processing_dates_html(dates, style) == (
        '<p class="processing-dates" lang="en">Processing dates: &lt;b&gt;*In*&lt;/b&gt; '
        '<time datetime="2020-05-01">1 May 2020</time></p>'
    )
    assert processing_dates_markdown(dates, style) == r"**\<b\>\*In\*\</b\>** 1 May 2020"


def test_nothing_dated_is_an_empty_line() -> None:
    writers = (processing_dates_line, processing_dates_html, processing_dates_markdown)
    assert [write([], style_of({"ending": "."})) for write in writers] == ["", "", ""]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"preset": "nature"}, "There is no style “nature” for processing dates; there is "),
        ({"language": "xx"}, "There is no language “xx” for processing dates; there is "),
        ({"order": ["invented"]}, "There is no date “invented” for processing dates; there is "),
        ({"order": "received"}, "The order of the processing dates is a list"),
        ({"resubmissions": "some"}, "There is no choice of re-submissions “some”"),
        ({"labels": {"received": 3}}, "The label of “received” is a text of 60 characters at most."),
        ({"colour": "red"}, "The style of processing dates has no “colour”."),
        ({"separator": "x" * 21}, "The separator of the processing dates is a text of 20 characters at most."),
    ],
)
def test_a_style_that_cannot_be_is_refused_by_name(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput) as refusal:
        style_of(settings)
    assert str(refusal.value).startswith(sentence)


def test_a_journal_in_german_prints_german_unless_its_style_is_english() -> None:
    lines = [style_of(settings, language="de-AT").label("accepted") for settings in ({}, {"preset": "elsevier"})]
    assert lines == ["Angenommen", "accepted"]
    assert style_of({}, language="fi") == SEED
