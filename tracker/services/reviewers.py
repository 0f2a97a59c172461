"""Reviewers of a manuscript as people name them: by number, by name, by address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.errors import BadInput
from tracker.models import Manuscript, Reviewer

NAMED_ADDRESS = re.compile(r"\s*(?P<name>[^<>]*?)\s*<\s*(?P<email>[^<>\s]+@[^<>\s]+)\s*>\s*")
LONGEST_NAME, LONGEST_ADDRESS = 200, 254


def reviewer_meant(manuscript: Manuscript, number: int | None, texts: Sequence[str]) -> int | None:
    """The number of the reviewer whose part it is, given so or by name; None where nobody is named.

    Raises BadInput for a name that none of the manuscript's reviewers has.
    """
    if number is not None or not texts:
        return number
    known = _reviewer_known(manuscript, texts[0])
    if known is None:
        raise BadInput(f"“{texts[0]}” is no reviewer of {manuscript.reference}: invite them first.")
    return known.number


def reviewer_named(manuscript: Manuscript, text: str) -> Reviewer:
    """The manuscript's reviewer of this number, name or address, with the next number if they are new to it.

    Raises BadInput for a number that nobody has and for a name or address that cannot be one.
    """
    if (reviewer := _reviewer_known(manuscript, text)) is not None:
        return reviewer
    name, email = _name_and_address(text)
    if text.strip().isdecimal() or not (name or email):
        raise BadInput(
            f"{manuscript.reference} has no reviewer “{text.strip()}”; one is named as Ada Lovelace <ada@example.org>."
        )
    if len(name) > LONGEST_NAME or len(email) > LONGEST_ADDRESS:
        raise BadInput("The reviewer's name or address is too long: write Ada Lovelace <ada@example.org>.")
    here = select(func.count()).where(Reviewer.manuscript_id == manuscript.id)
    reviewer = Reviewer(
        manuscript_id=manuscript.id, number=(db.session.scalar(here) or 0) + 1, name=name, email=email,
        email_key=(email or name).casefold(),
    )  # fmt: skip
    db.session.add(reviewer)
    db.session.flush()
    return reviewer


def _reviewer_known(manuscript: Manuscript, text: str) -> Reviewer | None:
    name, email = _name_and_address(text)
    key = (email or name).casefold()
    for reviewer in db.session.scalars(select(Reviewer).where(Reviewer.manuscript_id == manuscript.id)):
        if reviewer.email_key == key or str(reviewer.number) == text.strip():
            return reviewer
    return None


def _name_and_address(text: str) -> tuple[str, str]:
    """`Ada Lovelace <ada@example.org>` → both; a bare address or name with the other empty."""
    match = NAMED_ADDRESS.fullmatch(text)
    if match:
        return match["name"].strip('" '), match["email"]
    bare = text.strip()
    return ("", bare) if "@" in bare else (bare.strip('" '), "")
