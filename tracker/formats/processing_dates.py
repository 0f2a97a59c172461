"""The processing dates that a journal prints under an article, in its own words. The seed's style is the default:

Received 11 November 2020; Re-submitted 2 December 2020; Accepted 7 December 2020; Published online 14 January 2021
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from tracker.domain.dates import PartialDate
from tracker.domain.standing import Fold
from tracker.formats.date_styles import SEED, DateStyle


@dataclass(frozen=True)
class PrintedDate:
    """One milestone as it is printed. `kind` is one of `date_words.KINDS`."""

    kind: str
    on: PartialDate

    @property
    def label(self) -> str:
        """Its label in the seed's style."""
        return SEED.label(self.kind)


def printed_dates(standing: Fold, style: DateStyle = SEED) -> list[PrintedDate]:
    """The milestones in force that the style prints, in its order; re-submitted as often as the style says."""
    dates: list[PrintedDate] = []
    for kind in style.order:
        dates += [PrintedDate(kind, on) for on in _dates_of(standing, kind, style)]
    return dates


def _dates_of(standing: Fold, kind: str, style: DateStyle) -> list[PartialDate]:
    if kind in ("accepted", "published"):
        latest = standing.latest(kind)
        return [latest] if latest is not None else []
    dates = standing.milestones.get(kind) or [on for notice, on in standing.notices if notice == kind]
    if kind == "resubmitted":
        choice = {"all": dates, "last": dates[-1:], "none": [], "first_and_last": [*dates[:1], *dates[1:][-1:]]}
        return choice[style.resubmissions]
    return dates


def processing_dates_line(dates: Iterable[PrintedDate], style: DateStyle = SEED) -> str:
    """`Received 11 November 2020; …` as the style has it: empty when nothing has been dated."""
    parts = [f"{style.label(date.kind)}{style.after_label}{style.date(date.on)}" for date in dates]
    return style.between.join(parts) + style.ending if parts else ""


def processing_dates_json(dates: Iterable[PrintedDate], style: DateStyle = SEED) -> list[dict[str, str]]:
    """The same facts as parse-dates would read them from the line."""
    return [
        {"kind": date.kind, "on": date.on.iso, "precision": date.on.precision, "label": style.label(date.kind)}
        for date in dates
    ]


def processing_dates_html(dates: Iterable[PrintedDate], style: DateStyle = SEED) -> str:
    """The line as one paragraph in the style's language, each date a `time` element that machines can read."""
    parts = [
        f"{escape(style.label(date.kind))}{escape(style.after_label)}"
        f'<time datetime="{date.on.iso}">{escape(style.date(date.on))}</time>'
        for date in dates
    ]
    heading = escape(f"{style.words.heading}{style.words.colon}")
    line = escape(style.between).join(parts) + escape(style.ending)
    return f'<p class="processing-dates" lang="{style.language}">{heading}{line}</p>' if parts else ""


def processing_dates_markdown(dates: Iterable[PrintedDate], style: DateStyle = SEED) -> str:
    """The line in Markdown (CommonMark), each label in bold."""
    parts = [f"**{_plain(style.label(date.kind))}**{style.after_label}{style.date(date.on)}" for date in dates]
    return style.between.join(parts) + style.ending if parts else ""


def _plain(text: str) -> str:
    return "".join(f"\\{character}" if character in "\\`*_[]<>#|~" else character for character in text)


def example_line(style: DateStyle) -> str:
    """The seed's line, with a second re-submission, as this style prints it."""
    days = {
        "received": (2020, 11, 11), "revision_requested": (2020, 11, 20), "accepted": (2020, 12, 7),
        "published": (2021, 1, 14), "published_in_issue": (2021, 2, 1),
    }  # fmt: skip
    standing = Fold()
    standing.milestones = {kind: [PartialDate(date(*day))] for kind, day in days.items()}
    standing.milestones["resubmitted"] = [PartialDate(date(2020, 11, 26)), PartialDate(date(2020, 12, 2))]
    return processing_dates_line(printed_dates(standing, style), style)
