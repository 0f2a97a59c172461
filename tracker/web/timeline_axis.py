"""The axis of a manuscript's timeline: dates to places, ticks at round dates, and how wide the words are.

Lengths are viewBox units, which are close to CSS pixels (`timeline_picture`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MARGIN = 8.0  # room for a marker's half width at either end
TEXT = 12.5  # font size of every word in the picture; tracker.css must agree


@dataclass(frozen=True)
class Scale:
    """Dates to x. A history of one day is drawn on an axis of one day."""

    first_on: date
    last_on: date
    width: float

    @property
    def days(self) -> int:
        return max((self.last_on - self.first_on).days, 1)

    def x(self, on: date) -> float:
        share = (on - self.first_on).days / self.days
        return round(MARGIN + share * (self.width - 2 * MARGIN), 2)


@dataclass(frozen=True)
class Tick:
    x: float
    text: str
    text_x: float


def place_ticks(scale: Scale) -> tuple[Tick, ...]:
    """Ticks at whole days, weeks, months, quarters or years: the finest step whose words have room."""
    for step in STEPS:
        room = (scale.width - 2 * MARGIN) * step_days(step) / scale.days
        if room < least_gap(step):
            continue
        ticks = ticks_at(scale, step)
        if ticks:
            return ticks
    return (tick(scale, scale.first_on, short_day(scale.first_on)),)


STEPS = (
    relativedelta(days=1),
    relativedelta(weeks=1),
    relativedelta(months=1),
    relativedelta(months=3),
    relativedelta(years=1),
    relativedelta(years=2),
    relativedelta(years=5),
    relativedelta(years=10),
    relativedelta(years=50),
)


def least_gap(step: relativedelta) -> float:
    """Room for the words of two ticks, one of which may be pushed in from the edge; February is short."""
    if step.years:
        return 48.0
    return 104.0 if step.months else 72.0


def step_days(step: relativedelta) -> float:
    return step.years * 365 + step.months * 30 + step.days


def ticks_at(scale: Scale, step: relativedelta) -> tuple[Tick, ...]:
    end_on = scale.first_on + timedelta(days=scale.days)
    on, found = round_down(scale.first_on, step), []
    while on <= end_on:
        if on >= scale.first_on:
            found.append(tick(scale, on, tick_text(on, step)))
        try:
            on = on + step
        except ValueError:  # the calendar ends in 9999
            break
    return tuple(found)


def tick(scale: Scale, on: date, text: str) -> Tick:
    x, half = scale.x(on), text_width(text) / 2
    return Tick(x, text, round(min(max(x, half), scale.width - half), 2))


def round_down(on: date, step: relativedelta) -> date:
    """The round date up to `on`: a Monday, the first of a month or quarter, 1 January of a round year."""
    if step.years:
        return date(max(on.year - on.year % step.years, 1), 1, 1)
    if step.months:
        return date(on.year, on.month - (on.month - 1) % step.months, 1)
    if step.days == 7 and on.toordinal() > 7:
        return on - timedelta(days=on.weekday())
    return on


def tick_text(on: date, step: relativedelta) -> str:
    if step.years:
        return str(on.year)
    return f"{MONTHS[on.month - 1]} {on.year}" if step.months else f"{on.day} {MONTHS[on.month - 1]}"


# --- words --------------------------------------------------------------------

# The rest of the interface is in English too; strftime would take the server's locale instead.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_day(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def text_width(text: str) -> float:
    """An upper estimate: the reader's font is not known here, so a letter counts as wide as its like gets."""
    return TEXT * sum(map(letter_width, text))


def letter_width(letter: str) -> float:
    if letter in " .,:;'’|!ijl-":
        return 0.36
    if letter in "mwMW@" or ord(letter) > 0x2E80:
        return 1.0
    return 0.74 if letter.isupper() else 0.61


def shortened(text: str, width: float) -> str:
    if text_width(text) <= width:
        return text
    while text and text_width(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"
