"""Journals that a column of a sheet names: found by short name or title, or added."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.domain.errors import Refused
from tracker.models import Journal
from tracker.services.actors import Actor
from tracker.services.journals import add_journal

LONGEST_SLUG = 40


def journals_by_name(*, by: Actor, now: datetime) -> Callable[[str], Journal]:
    """A function that gives the journal of a cell: one of its short name or title, else a new one of that title.

    It raises Refused for an empty cell.
    """
    journals: dict[str, Journal] = {}
    for journal in db.session.scalars(select(Journal).order_by(Journal.id)):
        journals.setdefault(journal.slug.casefold(), journal)
        journals.setdefault(" ".join(journal.title.split()).casefold(), journal)

    def journal_of(cell: str) -> Journal:
        name = " ".join(cell.split())
        if not name:
            raise Refused("The row names no journal.")
        if name.casefold() not in journals:
            slug = _free_slug(name, journals)
            journals[slug] = journals[name.casefold()] = add_journal(slug=slug, title=name[:300], by=by, now=now)
        return journals[name.casefold()]

    return journal_of


def _free_slug(title: str, taken: dict[str, Journal]) -> str:
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    wanted = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-") or "journal"
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted[: LONGEST_SLUG - len(str(number)) - 1]}-{number}"
    return slug
