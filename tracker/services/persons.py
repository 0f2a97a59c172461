"""Erasing a person: a tombstone stays, and every history stays whole, because the ledger never held a name.

What a journal has published stays published: the byline of a published article is part of the record, and only the
address goes. Reviews stay too, without their author: a decision rests on them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from tracker.db import Base, db
from tracker.domain.audit import Change
from tracker.domain.letters import LetterState
from tracker.domain.mentions import is_mentioned, mention_of, redacted
from tracker.domain.sign_in_log import KEPT
from tracker.models import (
    Account,
    Answer,
    ApiToken,
    Author,
    BulkDeed,
    CalendarFeed,
    Letter,
    LetterLink,
    LetterText,
    Manuscript,
    OptOut,
    RecordChange,
    RefusedAddress,
    Review,
    Reviewer,
    SavedView,
    StatusNote,
    StepWish,
    Tag,
)
from tracker.queries.outbox import FOR_A_PERSON, WAITING
from tracker.queries.persons import Person, imported_rows_with, ledger_mentions, may_mention
from tracker.services.accounts import drop_factors, take_role
from tracker.services.actors import Actor
from tracker.services.audit import note_change
from tracker.services.manuscripts import identity_key
from tracker.services.search import forget_search_leftovers, keep_searchable

ERASED = "Erased person"
BLANK = "[erased]"
NOWHERE = "erased@erased.invalid"
# Where people write freely, and may have named somebody.
TEXTS: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (Letter, ("from_name", "reply_to", "subject", "text_body", "html_body", "last_error", "reason")),
    (StatusNote, ("text",)),
    (RecordChange, ("before", "after")),
    (Manuscript, ("status_note", "files")),
    (StepWish, ("subject", "words")),
    (Answer, ("name", "note")),
    (LetterText, ("subject", "words")),
    (Review, ("to_author", "to_editor")),
    (Tag, ("word", "key")),
)


@dataclass(frozen=True)
class Erased:
    """How many rows of each kind were blanked, and in sentences what is kept, and why."""

    counts: dict[str, int]
    kept: list[str]


def erase_person(person: Person, *, by: Actor, now: datetime) -> Erased:
    """Blank everything that tells of the person but what was published and what is sealed. It cannot be undone.

    Raises Refused where a journal would lose its only chief editor.
    """
    words, counts = person.words, Counter[str]()
    counts["letters"] = blank_letters(db.session.scalars(select(Letter).where(Letter.to_key == person.email)))
    published = [author for author in person.authorships if author.manuscript.published_on]
    for author in person.authorships:
        _blank_answers_of(author)
        erase_author(author)
        counts["authorships"] += 1
    for reviewer in person.reviewers:
        erase_reviewer(reviewer)
        counts["reviewer records"] += 1
    counts["texts"] = _redact_texts(words)
    counts["imported rows"] = _redact_rows(words)
    counts["links and wishes"] = _drop_addresses(person.email)
    if person.account is not None:
        _erase_account(person.account, by, now)
        counts["accounts"] = 1
    note_change(Change.PERSON_ERASED, by=by, now=now, account=person.account, after=dict(+counts))
    return Erased(dict(+counts), list(_kept(person, published, words)))


def blank_letters(letters: Iterable[Letter]) -> int:
    """Take the words and the addresses out of letters; those that have not left will not. Gives how many."""
    number = 0
    for letter in letters:
        letter.to_name = letter.reply_to = letter.from_name = letter.html_body = letter.last_error = ""
        letter.to_email = letter.to_key = NOWHERE
        letter.subject = letter.text_body = BLANK
        if letter.state in (*WAITING, *FOR_A_PERSON):
            letter.state = LetterState.CANCELLED
        number += 1
    return number


def erase_author(author: Author) -> None:
    """Blank an author's row; of a published article the address only."""
    manuscript = author.manuscript
    author.email = ""
    if manuscript.published_on is None:
        author.given = author.orcid = author.affiliation = author.biography = manuscript.citation = ""
        author.family = ERASED
        manuscript.identity_key = identity_key(manuscript.title, manuscript.authors)
    keep_searchable([manuscript.id])


def erase_reviewer(reviewer: Reviewer) -> None:
    """Blank a reviewer's row, and their name under what they answered; the number, which the ledger knows, stays."""
    db.session.execute(update(Answer).where(*of_reviewer(Answer, reviewer)).values(name=ERASED))
    reviewer.name, reviewer.email, reviewer.email_key = ERASED, "", f"erased {reviewer.id}"


def of_reviewer(table: type[Answer | StepWish], reviewer: Reviewer) -> list[ColumnElement[bool]]:
    """The conditions for what is kept about this reviewer's tasks."""
    return [table.manuscript_id == reviewer.manuscript_id, table.task_key.like(f"%:%:{reviewer.number}")]


def _blank_answers_of(author: Author) -> None:
    theirs = Answer.manuscript_id == author.manuscript_id, Answer.name == author.full_name
    db.session.execute(update(Answer).where(*theirs).values(name=ERASED))


def _erase_account(account: Account, by: Actor, now: datetime) -> None:
    """The tombstone: the uid that the ledger holds, and a name that says why there is none."""
    for membership in list(account.memberships):
        take_role(account, membership.journal, by=by, now=now)
    for model in (SavedView, CalendarFeed, BulkDeed, ApiToken):
        db.session.execute(delete(model).where(model.account_id == account.id))
    account.email, account.name = f"{account.uid}@erased.invalid", ERASED
    account.password, account.active, account.orcid, account.known_as = None, False, None, []
    drop_factors(account, by=by, now=now)


def _redact_texts(words: list[str]) -> int:
    """Take the mentions out of what people wrote; gives in how many rows there were any."""
    mention, told = mention_of(words), list[Base]()
    for model, columns in TEXTS:
        where = may_mention([getattr(model, name) for name in columns], words)
        told += [row for row in db.session.scalars(select(model).where(where)) if _redact(row, columns, mention)]
    keep_searchable({row.manuscript_id for row in told if isinstance(row, StatusNote | Tag)})
    forget_search_leftovers()
    return len(told)


def _redact_rows(words: list[str]) -> int:
    columns = ("cells", "notes", "before")
    return sum(_redact(row, columns, mention_of(words)) for row in imported_rows_with(words))


def _redact(row: Base, columns: Iterable[str], mention: re.Pattern[str]) -> bool:
    """Whether there was a mention to take out of these columns."""
    told = [name for name in columns if is_mentioned(mention, getattr(row, name))]
    for name in told:
        setattr(row, name, redacted(mention, getattr(row, name), BLANK))
    return bool(told)


def _drop_addresses(email: str) -> int:
    places = ((OptOut, OptOut.address), (LetterLink, LetterLink.address), (RefusedAddress, RefusedAddress.address))
    gone = 0
    for model, column in places:
        gone += len(db.session.execute(delete(model).where(column == email).returning(column)).all())
    return gone


def _kept(person: Person, published: list[Author], words: list[str]) -> Iterable[str]:
    if published:
        references = ", ".join(sorted(author.manuscript.reference for author in published))
        yield f"The byline of what is published stays, without the address: {references}."
    if person.reviewers:
        yield "The texts of reviews stay, without their author: decisions rest on them."
    if sealed := ledger_mentions(words):
        yield f"{sealed} entries of the ledger mention the person in a note; they are sealed and cannot be changed."
    if person.account is not None:
        yield f"The log of sign-ins keeps for {KEPT.days} days from where somebody signed in to the account."
    yield "Backups and exports made before hold the person until they are deleted; nightly ones are after 12 months."
