"""Changing what a journal shows outside: the style of its processing dates, its imprint, its public pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tracker.domain.audit import Change
from tracker.formats.date_styles import style_of
from tracker.formats.imprint import checked_imprint
from tracker.models import Journal
from tracker.services.actors import Actor
from tracker.services.audit import note_change
from tracker.services.journals import facts_of


def change_imprint(
    journal: Journal,
    *,
    by: Actor,
    now: datetime,
    dates_style: Mapping[str, Any] | None = None,
    imprint: Mapping[str, str] | None = None,
    public_articles: bool | None = None,
) -> None:
    """Lay what is given over what the journal has; an empty value takes a setting away.

    A preset begins the style anew. Raises BadInput, naming the field, and then nothing has changed.
    """
    settings = dict(journal.settings)
    if dates_style:
        known = {} if "preset" in dates_style else settings.get("dates_style", {})
        labels = {**known.get("labels", {}), **dates_style.get("labels", {})}
        style = {**known, **dates_style, "labels": labels}
        settings["dates_style"] = _given(style)
        style_of(settings["dates_style"], language=journal.language)
    if imprint:
        settings["imprint"] = _given({**settings.get("imprint", {}), **checked_imprint(imprint)})
    if public_articles is not None:
        settings["public_articles"] = public_articles
    before = facts_of(journal)
    journal.settings = settings
    note_change(Change.SETTINGS_CHANGED, by=by, now=now, journal=journal, before=before, after=facts_of(journal))


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
