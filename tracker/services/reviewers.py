"""Reviewers of a manuscript as people name them: by number, by name, by address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.addresses import address_key, key_of_one_named
from tracker.domain.audit import RecordField
from tracker.domain.errors import BadInput, NeedsConfirmation
from tracker.formats.article_record import tidy
from tracker.formats.named_addresses import name_and_address, people_in
from tracker.mail.addresses import checked_address
from tracker.models import Manuscript, Reviewer
from tracker.services.actors import Actor
from tracker.services.outbox import must_be_free, write_anew
from tracker.services.records import note_reviewer_changes
from tracker.services.reminders import look_again

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


def reviewers_named(manuscript: Manuscript, texts: Iterable[str]) -> list[Reviewer]:
    """The reviewers that these texts name, several in one or each in its own. Raises BadInput as `reviewer_named`."""
    return [reviewer_named(manuscript, person) for text in texts for person in people_in(text)]


def must_not_be_authors(manuscript: Manuscript, reviewers: Iterable[Reviewer]) -> None:
    """Raise NeedsConfirmation where a reviewer has the address of an author: nobody reviews their own work unasked."""
    authors = {address_key(author.email): author for author in manuscript.authors if author.email}
    for reviewer in reviewers:
        if (author := authors.get(address_key(reviewer.email))) is not None:
            raise NeedsConfirmation(
                f"{author.full_name} <{author.email}> is an author of this manuscript. Confirm that they review it."
            )


def reviewer_named(manuscript: Manuscript, text: str) -> Reviewer:
    """The manuscript's reviewer of this number, name or address, with the next number if they are new to it.

    Raises BadInput for a number that nobody has and for a name or address that cannot be one.
    """
    if (reviewer := _reviewer_known(manuscript, text)) is not None:
        return reviewer
    if (read := name_and_address(text)) is None:
        raise BadInput(f"The reviewer “{text}” could not be read. Write one a line: Ada Lovelace <ada@example.org>.")
    name, email = read
    if text.strip().isdecimal() or not (name or email):
        raise BadInput(
            f"{manuscript.reference} has no reviewer “{text.strip()}”; one is named as Ada Lovelace <ada@example.org>."
        )
    if len(name) > LONGEST_NAME or len(email) > LONGEST_ADDRESS:
        raise BadInput("The reviewer's name or address is too long: write Ada Lovelace <ada@example.org>.")
    here = select(func.count()).where(Reviewer.manuscript_id == manuscript.id)
    reviewer = Reviewer(
        manuscript_id=manuscript.id, number=(db.session.scalar(here) or 0) + 1, name=name, email=email,
        email_key=key_of_one_named(email or name),
    )  # fmt: skip
    db.session.add(reviewer)
    db.session.flush()
    return reviewer


def _reviewer_known(manuscript: Manuscript, text: str) -> Reviewer | None:
    name, email = name_and_address(text) or (text, "")
    key = key_of_one_named(email or name)
    for reviewer in db.session.scalars(select(Reviewer).where(Reviewer.manuscript_id == manuscript.id)):
        if reviewer.email_key == key or str(reviewer.number) == text.strip():
            return reviewer
    return None


def mend_reviewer(
    manuscript: Manuscript, reviewer: Reviewer, *, name: str, email: str, by: Actor, now: datetime, today: date,
    confirmed: bool = False,
) -> bool:  # fmt: skip
    """Put a reviewer's name and address right, and have what has not reached the old address written anew.

    Gives whether anything was different. Raises BadInput for a name or address that cannot be one, Refused for those
    of another reviewer of the manuscript, and NeedsConfirmation for the address of an author.
    """
    name, email = _checked(name, email)
    key, old = key_of_one_named(email or name), reviewer.email
    fields = [
        field
        for field, before, after in (
            (RecordField.REVIEWER_NAME, reviewer.name, name),
            (RecordField.REVIEWER_ADDRESS, old, email),
        )
        if before != after
    ]
    if not fields:
        return False
    must_be_free(reviewer, key)
    reviewer.name, reviewer.email, reviewer.email_key = name, email, key
    if email != old and not confirmed:
        must_not_be_authors(manuscript, [reviewer])
    note_reviewer_changes(manuscript, reviewer.number, fields, by=by, now=now)
    if old and address_key(old) != address_key(email):
        write_anew(manuscript, "reviewer", old, today=today)
    look_again([manuscript.id])
    return True


def _checked(name: str, email: str) -> tuple[str, str]:
    name, email = tidy(name), email.strip()
    if not (name or email):
        raise BadInput("A reviewer has a name or an address: write at least one of them.")
    if set("<>@") & set(name):
        raise BadInput(f"“{name}” is no name: the address has a line of its own.")
    if len(name) > LONGEST_NAME or len(email) > LONGEST_ADDRESS:
        raise BadInput("The reviewer's name or address is too long.")
    return name, checked_address(email) if email else ""
