"""Conflicts of interest: which manuscripts a person is an author of, and so may not see or handle as an editor.

People are known by their address, or their ORCID where both the account and the author have one, and by those that
they had before; a name is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.mentions import mention_of
from tracker.domain.roles import Whose
from tracker.formats.article_record import AuthorRecord
from tracker.formats.sheet_records import reference_in
from tracker.models import Account, Author, Journal, Letter, Manuscript, Membership

ORCID_LENGTH = 19


def authored_by(account: Account, journal_ids: Sequence[int]) -> tuple[int, ...]:
    """The numbers of the manuscripts of these journals that the person is an author of; one indexed read."""
    mine = select(Manuscript.id).join(Author).where(Manuscript.journal_id.in_(journal_ids), _is(account)).distinct()
    return tuple(db.session.scalars(mine))


def works_of(uid: str) -> frozenset[int]:
    """The numbers of all manuscripts that the person of this uid is an author of; none for the operator."""
    account = db.session.scalar(select(Account).where(Account.uid == uid))
    return frozenset(db.session.scalars(select(Author.manuscript_id).where(_is(account)))) if account else frozenset()


def is_author(manuscript: Manuscript, account: Account) -> bool:
    """Whether the person is an author of this manuscript, by its byline as it is now."""
    return any(_is_same(author, account) for author in manuscript.authors)


def members_named(journal_id: int, byline: Sequence[AuthorRecord], *, beside: Sequence[AuthorRecord]) -> list[str]:
    """The authors of a byline, by name or address, who are members of the journal and no authors in the one beside."""
    seats = select(Account).join(Membership).where(Membership.journal_id == journal_id)
    members = list(db.session.scalars(seats))
    already = {member.id for member in members for author in beside if _is_same(author, member)}
    named = [author for author in byline for one in members if one.id not in already and _is_same(author, one)]
    return list(dict.fromkeys(author.full_name or author.email for author in named))


def own_work(hidden: Sequence[int]) -> list[tuple[str, str]]:
    """Reference and title of what a person is an author of, for the way to their own page of it."""
    if not hidden:
        return []
    mine = select(Manuscript.reference, Manuscript.title).where(
        Manuscript.id.in_(hidden), Manuscript.state.is_not(None)
    )
    return [(row.reference, row.title) for row in db.session.execute(mine.order_by(Manuscript.id))]


def whose(manuscript: Manuscript, uid: str) -> Whose:
    """Whose the manuscript is to the person of this uid; nobody's for the operator and the importer."""
    account = db.session.scalar(select(Account).where(Account.uid == uid))
    if account is not None and is_author(manuscript, account):
        return Whose.AUTHORED
    editor = manuscript.handling_editor
    return Whose.NOBODYS if editor is None else Whose.MINE if editor.uid == uid else Whose.ANOTHERS


@dataclass(frozen=True)
class OwnNames:
    """What a sheet can call a person's own works by: `mention` finds them in a text, `references` are whole cells."""

    mention: re.Pattern[str]
    references: frozenset[str]

    def are_in(self, cells: Sequence[str], reason: str) -> bool:
        """Whether a row of a sheet, or what was said of it, is about one of the works, or names the person."""
        named = {reference_in(cell).upper() for cell in cells} & self.references
        return bool(named) or any(self.mention.search(text) for text in (*cells, reason))


def own_names(account: Account, hidden: Sequence[int]) -> OwnNames:
    """What the person's own works are called by: reference, title and DOI, and each address and ORCID of the person."""
    columns = (Manuscript.reference, Manuscript.title, Manuscript.doi, Journal.slug)
    works = db.session.execute(select(*columns).join(Manuscript.journal).where(Manuscript.id.in_(hidden))).all()
    words = [word for work in works for word in (work.title, work.doi, work.reference)]
    references = {work.reference.upper() for work in works}
    shortened = {work.reference.upper().removeprefix(f"{work.slug.upper()}-") for work in works}
    emails, orcids = _known_as(account)
    mention = mention_of(word for word in (*emails, *orcids, *words) if word)
    return OwnNames(mention, frozenset(references | shortened))


def not_among(hidden: Sequence[int]) -> list[ColumnElement[bool]]:
    """The condition that keeps these manuscripts out of a query; none where nothing is hidden."""
    return [Manuscript.id.not_in(hidden)] if hidden else []


def silent_about(hidden: Sequence[int]) -> list[ColumnElement[bool]]:
    """The condition that keeps out letters about these manuscripts, and those that mention one beside others."""
    if not hidden:
        return []
    found = db.session.execute(select(Manuscript.reference, Manuscript.title).where(Manuscript.id.in_(hidden)))
    words = [word for row in found for word in row]
    mentions = [
        column.contains(word, autoescape=True) for word in words for column in (Letter.text_body, Letter.subject)
    ]
    about = or_(Letter.manuscript_id.is_(None), Letter.manuscript_id.not_in(hidden))
    return [about, ~or_(*mentions)]


def references_of(hidden: Sequence[int]) -> frozenset[str]:
    """The references of these manuscripts."""
    if not hidden:
        return frozenset()
    return frozenset(db.session.scalars(select(Manuscript.reference).where(Manuscript.id.in_(hidden))))


def is_written_to_at(email: str) -> ColumnElement[bool]:
    """Whether an author has this address.

    SQLite's index of addresses is without letter case, PostgreSQL's of `lower`.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return Author.email.collate("NOCASE") == email
    return func.lower(Author.email) == address_key(email)


def _is(account: Account) -> ColumnElement[bool]:
    emails, orcids = _known_as(account)
    return or_(*(is_written_to_at(email) for email in emails), Author.orcid.in_(orcids))


def _is_same(author: Author | AuthorRecord, account: Account) -> bool:
    emails, orcids = _known_as(account)
    return address_key(author.email) in emails or author.orcid in orcids


def _known_as(account: Account) -> tuple[list[str], list[str]]:
    """The addresses, in small letters, and the ORCID iDs that the person has and had."""
    former = account.known_as or []
    emails = [address_key(account.email), *(word for word in former if "@" in word)]
    return emails, [word for word in (orcid_of(account), *former) if word and "@" not in word]


def orcid_of(account: Account) -> str:
    """The person's ORCID without the address before it; empty where the account has none."""
    return str(getattr(account, "orcid", None) or "")[-ORCID_LENGTH:]
