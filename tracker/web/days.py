"""Dates on pages as the journal in view writes them: 4 May 2026, May 4, 2026 or 2026-05-04."""

from __future__ import annotations

from datetime import date

from flask import g, has_request_context

from tracker.domain.dates import MONTHS, PartialDate
from tracker.formats.date_styles import DateFormat, DateStyle
from tracker.queries.articles import dates_style_of
from tracker.web.loaders import chosen_memberships


def day_in_view(on: date | PartialDate) -> str:
    """The date in full, in English: the language of the pages."""
    return DateStyle(date_format=format_in_view()).date(_partial(on))


def brief_day(on: date | PartialDate) -> str:
    """The same for a narrow column, with the month cut to three letters: `14 Nov 2026`, `Nov 14, 2026`."""
    wanted, partial = format_in_view(), _partial(on)
    words = DateStyle(date_format="short" if wanted == "long" else wanted).date(partial)
    month = MONTHS[partial.first.month - 1]
    return words.replace(month, month[:3])


def format_in_view() -> DateFormat:
    """How the journals in view write dates, where all of them agree; asked once a request."""
    if not has_request_context():
        return "long"
    if "date_format" not in g:
        formats = {dates_style_of(seat.journal).date_format for seat in chosen_memberships()}
        g.date_format = formats.pop() if len(formats) == 1 else "long"
    found: DateFormat = g.date_format
    return found


def _partial(on: date | PartialDate) -> PartialDate:
    return on if isinstance(on, PartialDate) else PartialDate(on)
