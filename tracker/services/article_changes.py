"""What an import changes on a manuscript that is there already, whatever it was read from: its fields and its byline.

An import adds and changes, and takes nothing away: what it does not say stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from tracker.domain.by_hand import has_live_history
from tracker.domain.errors import NotAllowed
from tracker.domain.events import Event
from tracker.domain.roles import Deed, may
from tracker.formats.article_record import ArticleRecord, AuthorRecord
from tracker.models import Manuscript
from tracker.queries.conflicts import members_named
from tracker.services.actors import Actor
from tracker.services.manuscripts import author_row, identity_key
from tracker.services.reminders import look_again
from tracker.services.search import keep_searchable

TEXTS = (
    "title", "abstract", "citation", "volume", "issue", "article_number", "pages", "doi", "section", "article_type"
)  # fmt: skip
FIELDS = (*TEXTS, "keywords")
OF_AN_AUTHOR = ("email", "orcid", "affiliation", "biography")


def fields_of(says: ArticleRecord | Manuscript | Row[Any]) -> dict[str, Any]:
    """What is said of the article itself, {column of its record: value}; a row has to have all FIELDS."""
    return {**{name: getattr(says, name) for name in TEXTS}, "keywords": list(says.keywords)}


def changed_fields(known: Mapping[str, Any], record: ArticleRecord) -> dict[str, Any]:
    """The fields that the article says, and says otherwise than is known."""
    return {name: value for name, value in fields_of(record).items() if value and value != known[name]}


def changed_byline(known: Sequence[AuthorRecord], byline: Sequence[AuthorRecord]) -> tuple[AuthorRecord, ...] | None:
    """The byline laid over the authors that are known; None where that changes nothing.

    An author of the same name keeps what the byline does not say. Who corresponds it says of all at once: where it
    marks somebody, its marks count for everybody; where it marks nobody, those who corresponded still do.
    """
    is_marked = any(author.is_corresponding for author in byline)
    keeps = OF_AN_AUTHOR if is_marked else (*OF_AN_AUTHOR, "is_corresponding")
    has = _by_name(known)
    merged = tuple(_laid_over(has.get(name), author, keeps) for name, author in _by_name(byline).items())
    return merged if merged and merged != tuple(known) else None


def _by_name(authors: Sequence[AuthorRecord]) -> dict[tuple[str, int], AuthorRecord]:
    """The authors in their order, each by the name and by how many of that name there are so far."""
    met = Counter[str]()
    named = {}
    for author in authors:
        met[author.full_name] += 1
        named[author.full_name, met[author.full_name]] = author
    return named


def _laid_over(known: AuthorRecord | None, author: AuthorRecord, keeps: Sequence[str]) -> AuthorRecord:
    """The author as told, who keeps these facts where nothing is told of them."""
    kept = {name: getattr(known, name) for name in keeps if known and not getattr(author, name)}
    return replace(author, **kept) if any(kept.values()) else author


def must_name_no_member(
    manuscript: Manuscript, known: Sequence[AuthorRecord], byline: Sequence[AuthorRecord], ledger: Sequence[Event],
    *, by: Actor,
) -> None:  # fmt: skip
    """Raise NotAllowed where the byline makes a member of the journal an author of what people record live.

    As an author they see it no more as an editor: that is for the chief editor to say, and not for a sheet.
    """
    if may(by.role, Deed.NAME) or not has_live_history(ledger):
        return
    if named := members_named(manuscript.journal_id, byline, beside=known):
        raise NotAllowed(
            f"{manuscript.reference} would have {named[0]} as an author, who is a member of this journal and could see "
            "it no more as an editor. The chief editor can do that."
        )


def write_record(manuscript: Manuscript, fields: Mapping[str, Any], authors: Sequence[AuthorRecord] | None) -> None:
    """Set fields of the record, and its authors where they are given; and what follows from either."""
    for name, value in fields.items():
        setattr(manuscript, name, value)
    if authors is not None:
        manuscript.authors = [author_row(author, position) for position, author in enumerate(authors, start=1)]
        look_again([manuscript.id])
    if authors is not None or "title" in fields:
        manuscript.identity_key = identity_key(manuscript.title, manuscript.authors)
    keep_searchable([manuscript.id])
