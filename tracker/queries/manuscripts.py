"""Journals and manuscripts by name, for the operator at the command line, who sees every journal."""

from __future__ import annotations

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.errors import NotFound
from tracker.models import Journal, Manuscript


def journal_by_slug(slug: str) -> Journal:
    """The journal of this short name. Raises NotFound, naming the journals that there are."""
    journal = db.session.scalar(select(Journal).where(Journal.slug == slug.strip().lower()))
    if journal is None:
        known = ", ".join(db.session.scalars(select(Journal.slug).order_by(Journal.slug)))
        hint = f"There are: {known}." if known else "Make it with “tracker init --journal …”."
        raise NotFound(f"There is no journal “{slug}”. {hint}")
    return journal


def manuscript_by_reference(reference: str) -> Manuscript:
    """The manuscript of this reference, letter case apart. Raises NotFound."""
    wanted = reference.strip()
    manuscript = db.session.scalar(select(Manuscript).where(Manuscript.reference == wanted))
    if manuscript is None:
        manuscript = db.session.scalar(
            select(Manuscript).where(func.upper(Manuscript.reference) == wanted.upper()).limit(1)
        )
    if manuscript is None:
        raise NotFound(f"There is no manuscript “{reference}”. “tracker list” shows the references.")
    return manuscript
