"""A journal's own words for its letters: kept, dropped, and tried on oneself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tracker.db import db
from tracker.domain.audit import Change
from tracker.mail.letters import Composed
from tracker.mail.own_words import checked
from tracker.models import Account, Journal, Letter, LetterText
from tracker.queries.letter_texts import checked_kind, own_texts_in
from tracker.services.actors import Actor
from tracker.services.audit import note_change
from tracker.services.letters import queue_letter


def keep_text(
    journal: Journal, kind: str, language: str, *, subject: str, words: str, by: Actor, now: datetime
) -> LetterText:
    """Keep the journal's words for this kind of letter. Raises BadInput, naming a name that does not exist."""
    checked_kind(kind, language)
    own, row = checked(subject, words), own_texts_in(journal, language).get(kind)
    before = _facts(row)
    row = row or LetterText(journal_id=journal.id, language=language, kind=kind)
    row.subject, row.words, row.changed_at = own.subject, own.words, now
    db.session.add(row)
    db.session.flush()
    note_change(Change.TEMPLATE_CHANGED, by=by, now=now, journal=journal, before=before, after=_facts(row))
    return row


def drop_text(journal: Journal, kind: str, language: str, *, by: Actor, now: datetime) -> None:
    """Go back to the words that come with the tracker."""
    checked_kind(kind, language)
    row = own_texts_in(journal, language).get(kind)
    if row is not None:
        note_change(Change.TEMPLATE_CHANGED, by=by, now=now, journal=journal, before=_facts(row), after={})
        db.session.delete(row)
        db.session.flush()


def _facts(row: LetterText | None) -> dict[str, str]:
    return {f"{row.language}.{row.kind}.subject": row.subject, f"{row.language}.{row.kind}": row.words} if row else {}


def send_to_oneself(journal: Journal, words: Composed, account: Account, *, now: datetime, base_url: str) -> Letter:
    """Queue the letter, marked as a test, to the person who asks for it; to nobody else."""
    letter = queue_letter(
        replace(words, subject=f"[Test] {words.subject}"), journal_id=journal.id, role="test",
        reason="a test of the letter's words", to_name=account.name, to_email=account.email, from_name=journal.title,
        now=now, base_url=base_url,
    )  # fmt: skip
    db.session.flush()
    return letter
