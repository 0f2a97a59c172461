"""Everything that is held on one person, found by their address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import Base, db
from tracker.domain.addresses import address_key
from tracker.domain.errors import BadInput, NotFound
from tracker.domain.events import instant_as_text
from tracker.domain.mentions import is_mentioned, mention_of
from tracker.models import (
    Account,
    ApiToken,
    AuditEntry,
    Author,
    CalendarFeed,
    ImportRow,
    Journal,
    LedgerEntry,
    Letter,
    LetterLink,
    LookEntry,
    Manuscript,
    Membership,
    OptOut,
    Passkey,
    RefusedAddress,
    Review,
    Reviewer,
    SavedView,
    SignIn,
    SignInEntry,
)
from tracker.queries.exports import SECRETS

SHORTEST_NAME = 5
HIDDEN = SECRETS | {"id", "token_hash", "key_hash", "to_key", "email_key", "html_body", "credential_id", "public_key"}


@dataclass(frozen=True)
class Person:
    """Somebody as they are known here: the address, the account if there is one, and the full names given."""

    email: str
    account: Account | None
    authorships: list[Author]
    reviewers: list[Reviewer]

    @property
    def names(self) -> list[str]:
        """Full names of two words at least, the longest first: what can be looked for in texts."""
        given = {author.full_name for author in self.authorships} | {reviewer.name for reviewer in self.reviewers}
        given |= {self.account.name} if self.account else set()
        return sorted((n for n in given if " " in n and len(n) >= SHORTEST_NAME), key=len, reverse=True)

    @property
    def words(self) -> list[str]:
        """What tells of the person in a text."""
        return [self.email, *self.names]


def person_with(email: str) -> Person:
    """The person of this address, letter case apart. Raises NotFound where nothing is held on them.

    Raises BadInput for what is no address: everybody without one would be the same person.
    """
    email = address_key(email)
    if "@" not in email:
        raise BadInput(f"“{email}” is no address: a person is found by theirs, such as ada@example.org.")
    account = db.session.scalar(select(Account).where(Account.email == email))
    authorships = list(db.session.scalars(select(Author).where(Author.email.ilike(email, "\\")).order_by(Author.id)))
    reviewers = list(db.session.scalars(select(Reviewer).where(Reviewer.email_key == email).order_by(Reviewer.id)))
    person = Person(email, account, [row for row in authorships if address_key(row.email) == email], reviewers)
    is_known = account or person.authorships or reviewers or _first(Letter, Letter.to_key == email)
    if not is_known and not _first(OptOut, OptOut.address == email) and not imported_rows_with([email]):
        raise NotFound(f"Nothing is held on “{email}”: no account, author, reviewer or letter has this address.")
    return person


def held_on(person: Person) -> dict[str, Any]:
    """Everything held on the person as one JSON document, with manuscripts by reference."""
    email, uid = person.email, person.account.uid if person.account else "–"
    return {
        "email": email,
        "account": _row(person.account) if person.account else None,
        "roles": [
            {"journal": journal, "role": role}
            for journal, role in db.session.execute(
                select(Journal.slug, Membership.role).join(Journal).join(Account).where(Account.email == email)
            )
        ],
        "author_of": _with_references(person.authorships),
        "reviewer_of": _with_references(person.reviewers),
        "reviews": _with_references(_reviews_by(person.reviewers)),
        "letters": _rows(Letter, Letter.to_key == email),
        "opt_outs": _rows(OptOut, OptOut.address == email),
        "letter_links": _rows(LetterLink, LetterLink.address == email),
        "refused_address": _rows(RefusedAddress, RefusedAddress.address == email),
        "imported_rows": [_row(row) for row in imported_rows_with([email])],
        "saved_views": _rows(SavedView, SavedView.account_id == person.account.id) if person.account else [],
        "api_tokens": _rows(ApiToken, ApiToken.account_id == person.account.id) if person.account else [],
        "calendar_feeds": _rows(CalendarFeed, CalendarFeed.account_id == person.account.id) if person.account else [],
        "sign_ins": _rows(SignIn, SignIn.account_id == person.account.id) if person.account else [],
        "sign_in_log": _rows(SignInEntry, SignInEntry.account == uid),
        "passkeys": _rows(Passkey, Passkey.user_id == person.account.id) if person.account else [],
        "recorded": _with_references(db.session.scalars(select(LedgerEntry).where(LedgerEntry.actor == uid))),
        "changes": _rows(AuditEntry, or_(AuditEntry.actor == uid, AuditEntry.account == uid)),
        "looks": _rows(LookEntry, or_(LookEntry.actor == uid, LookEntry.account == uid)),
    }


def may_mention(columns: Iterable[InstrumentedAttribute[Any]], words: list[str]) -> ColumnElement[bool]:
    """Where one of the columns may mention one of the words, as SQL sees it: `mention_of` looks closer."""
    texts, parts = [cast(column, String) for column in columns], {_longest_part(word) for word in words}
    return or_(*(text.icontains(way, autoescape=True) for text in texts for part in parts for way in _spellings(part)))


def _longest_part(word: str) -> str:
    """Of a name the longest run of letters: lines break between its words, and HTML writes other characters anew."""
    return word if "@" in word else max(re.findall(r"\w+", word), key=len, default=word)


def _spellings(word: str) -> set[str]:
    """How a word may stand in a column: SQLite knows the case of ASCII alone, and JSON is kept in ASCII."""
    cases = {word, word.lower(), word.upper(), word.title()}
    return cases | {json.dumps(one)[1:-1] for one in cases}


def imported_rows_with(words: list[str]) -> list[ImportRow]:
    """Imported rows whose cells, notes or old values mention one of the words."""
    where = may_mention((ImportRow.cells, ImportRow.notes, ImportRow.before), words)
    rows = db.session.scalars(select(ImportRow).where(where).order_by(ImportRow.import_id, ImportRow.row))
    mention = mention_of(words)
    return [row for row in rows if any(is_mentioned(mention, value) for value in (row.cells, row.notes, row.before))]


def ledger_mentions(words: list[str]) -> int:
    """How many entries of the ledger mention one of the words in their note: they are sealed, and stay as they are."""
    notes = db.session.scalars(select(LedgerEntry.note).where(may_mention([LedgerEntry.note], words)))
    mention = mention_of(words)
    return sum(is_mentioned(mention, note) for note in notes)


def _first(model: type[Base], condition: ColumnElement[bool]) -> Base | None:
    return db.session.scalars(select(model).where(condition).limit(1)).first()


def _reviews_by(reviewers: list[Reviewer]) -> Iterator[Review]:
    for reviewer in reviewers:
        mine = (Review.manuscript_id == reviewer.manuscript_id, Review.reviewer_number == reviewer.number)
        yield from db.session.scalars(select(Review).where(*mine).order_by(Review.round))


def _rows(model: type[Base], condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    return [_row(found) for found in db.session.scalars(select(model).where(condition))]


def _with_references(rows: Any) -> list[dict[str, Any]]:
    found = list(rows)
    wanted = select(Manuscript.id, Manuscript.reference).where(Manuscript.id.in_({row.manuscript_id for row in found}))
    references: dict[int, str] = {number: reference for number, reference in db.session.execute(wanted)}  # noqa: C416  rows are no pairs to mypy
    return [{"manuscript": references[row.manuscript_id], **_row(row)} for row in found]


def _row(found: Base) -> dict[str, Any]:
    """The row as plain JSON, without internal numbers and secrets."""
    return {
        column.name: _plain(getattr(found, column.name))
        for column in found.__table__.columns
        if column.name not in HIDDEN and not column.foreign_keys
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_as_text(value)
    return value.isoformat() if isinstance(value, date) else value
