"""A manuscript's processing dates as its journal prints them: as a line, marked up, and as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tracker.formats.date_styles import DateStyle
from tracker.formats.processing_dates import (
    PrintedDate,
    printed_dates,
    processing_dates_html,
    processing_dates_json,
    processing_dates_line,
    processing_dates_markdown,
)
from tracker.models import Manuscript
from tracker.queries.articles import dates_style_of
from tracker.queries.histories import standing_of

TEXTS: Mapping[str, Callable[[Iterable[PrintedDate], DateStyle], str]] = {
    "line": processing_dates_line, "html": processing_dates_html, "markdown": processing_dates_markdown,
}  # fmt: skip


def dates_text(manuscript: Manuscript, shape: str, *, preset: str = "") -> str:
    """The dates as one of TEXTS, in the journal's own words or those of a preset. Raises BadInput for no preset."""
    words = dates_style_of(manuscript.journal, preset=preset)
    return TEXTS[shape](printed_dates(standing_of(manuscript), words), words)


def dates_document(manuscript: Manuscript, *, preset: str = "") -> dict[str, Any]:
    """The dates as the command line and other systems see them. Raises BadInput for a preset that is none."""
    words = dates_style_of(manuscript.journal, preset=preset)
    dates = printed_dates(standing_of(manuscript), words)
    line = processing_dates_line(dates, words)
    return {"reference": manuscript.reference, "line": line, "events": processing_dates_json(dates, words)}
