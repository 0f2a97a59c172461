"""Setting journals up: name, time zone, country, language, and what a journal decides for itself."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select

from tracker.db import db
from tracker.domain.audit import Change
from tracker.domain.errors import BadInput, Refused
from tracker.domain.policy import ANONYMITY
from tracker.models import Journal
from tracker.services.actors import Actor
from tracker.services.audit import note_change
from tracker.services.reminders import replan

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,6})?")
MOST_REVIEWS = 9
RESERVED = frozenset(("audit", "audit.csv", "looks"))  # pages below /settings/ beside the journals' own


def add_journal(
    *,
    slug: str,
    title: str,
    by: Actor,
    now: datetime,
    timezone: str = "UTC",
    country: str = "",
    language: str = "en",
    settings: Mapping[str, Any] | None = None,
) -> Journal:
    """Add a journal. `settings` are names and values of `domain.policy.Policy` that differ from its defaults.

    Raises BadInput, naming what is wrong with which field, and Refused if the short name is taken.
    """
    slug = checked_slug(slug)
    if db.session.scalar(select(Journal.id).where(Journal.slug == slug)) is not None:
        raise Refused(f"There is a journal “{slug}” already; choose another short name.")
    journal = Journal(
        slug=slug, title=checked_title(title), timezone=checked_timezone(timezone), country=checked_country(country),
        language=checked_language(language), settings=checked_settings(settings or {}), created_at=now,
    )  # fmt: skip
    db.session.add(journal)
    facts = {**facts_of(journal), "slug": journal.slug}
    note_change(Change.JOURNAL_ADDED, by=by, now=now, journal=journal, after=facts)
    return journal


def change_journal(
    journal: Journal,
    *,
    by: Actor,
    now: datetime,
    title: str | None = None,
    timezone: str | None = None,
    country: str | None = None,
    language: str | None = None,
    settings: Mapping[str, Any] | None = None,
) -> list[str]:
    """Change what is given and leave the rest; gives the names of the fields that are different now.

    `settings` are laid over those the journal has. Where other holidays or numbers may move letters, every open task is
    looked at again. Raises BadInput, and then nothing has changed.
    """
    wanted: dict[str, Any] = {
        "title": None if title is None else checked_title(title),
        "timezone": None if timezone is None else checked_timezone(timezone),
        "country": None if country is None else checked_country(country),
        "language": None if language is None else checked_language(language),
    }
    if settings:
        wanted["settings"] = {**journal.settings, **checked_settings(settings)}
    changed = [name for name, value in wanted.items() if value is not None and value != getattr(journal, name)]
    before, policy = facts_of(journal), journal.policy
    for name in changed:
        setattr(journal, name, wanted[name])
    if "country" in changed or journal.policy.letter_steps != policy.letter_steps:
        replan(journal)
    note_change(Change.SETTINGS_CHANGED, by=by, now=now, journal=journal, before=before, after=facts_of(journal))
    return changed


def facts_of(journal: Journal) -> dict[str, Any]:
    """The journal as the audit trail knows it: its own facts, and each setting by name.

    Who deposits its DOIs is a person, and stays out: the trail can never be changed.
    """
    settings = {f"settings.{name}": value for name, value in journal.settings.items()}
    if "settings.imprint" in settings:
        imprint = settings.pop("settings.imprint")
        settings |= {f"imprint.{name}": value for name, value in imprint.items() if not name.startswith("depositor")}
    return {
        "title": journal.title, "timezone": journal.timezone, "country": journal.country,
        "language": journal.language, **settings,
    }  # fmt: skip


def checked_slug(text: str) -> str:
    """The short name in small letters. Raises BadInput for anything but a–z, 0–9 and dashes inside."""
    slug = text.strip().lower()
    if slug in RESERVED:
        raise BadInput(f"“{slug}” is an address of the tracker's own: choose another short name.")
    if not SLUG.fullmatch(slug):
        raise BadInput(f"The short name “{text}” may hold a–z, 0–9 and dashes only, 40 at most, such as “ijcp”.")
    return slug


def checked_title(text: str) -> str:
    """The title with its white space put right. Raises BadInput if there is none."""
    title = " ".join(text.split())
    if not title or len(title) > 300:
        raise BadInput("A journal needs a title, of 300 characters at most.")
    return title


def checked_timezone(text: str) -> str:
    """The IANA name of a time zone as IANA spells it. Raises BadInput, with a likely name where there is one."""
    known = {name.lower(): name for name in available_timezones()}
    wanted = text.strip().lower().replace(" ", "_")
    if wanted in known:
        return known[wanted]
    cities = {name.rsplit("/", 1)[-1]: name for name in known if "/" in name}
    near = difflib.get_close_matches(wanted, [*known, *cities], n=1)
    example = known[cities.get(near[0], near[0])] if near else "Europe/London"
    raise BadInput(f"There is no time zone “{text}”. Write its IANA name, such as {example}.")


def checked_country(text: str) -> str:
    """The two-letter country code in capitals, or empty for none. Raises BadInput."""
    country = text.strip().upper()
    if country and country not in countries():
        raise BadInput(f"“{text}” is no country code. Write the two letters of ISO 3166, such as GB or NZ.")
    return country


@cache
def countries() -> frozenset[str]:
    """The two-letter codes of ISO 3166, from the time zone data."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line.split("\t")[0] for line in table.splitlines() if line and not line.startswith("#"))


def checked_language(text: str) -> str:
    """A language tag such as `en` or `pt-BR`. Raises BadInput."""
    first, dash, rest = text.strip().partition("-")
    language = f"{first.lower()}{dash}{rest}"
    if not LANGUAGE.fullmatch(language):
        raise BadInput(f"“{text}” is no language code. Write it as en, fr or pt-BR.")
    return language


def checked_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are stored. Raises BadInput for a number of reviews or an anonymity that cannot be."""
    reviews = settings.get("required_reviews", 1)
    if not 1 <= reviews <= MOST_REVIEWS:
        raise BadInput(f"{reviews} required reviews cannot be: choose from 1 to {MOST_REVIEWS}.")
    anonymity = settings.get("anonymity", ANONYMITY[0])
    if anonymity not in ANONYMITY:
        raise BadInput(f"There is no anonymity “{anonymity}”; there is {', '.join(ANONYMITY)}.")
    return dict(settings)
