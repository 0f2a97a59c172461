"""A journal's own words for its letters: kept, dropped, and tried on oneself."""

from __future__ import annotations

import uuid
from datetime import datetime

from tracker.db import db
from tracker.domain.audit import Change
from tracker.mail.letters import Composed
from tracker.mail.messages import message_id
from tracker.mail.own_words import checked
from tracker.models import Account, Journal, Letter, LetterText
from tracker.queries.letter_texts import checked_kind, own_texts_in
from tracker.services.audit import note_change
from tracker.services.history import Actor


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
    uid = uuid.uuid4().hex
    letter = Letter(
        uid=uid, journal_id=journal.id, role="test", reason="a test of the letter's words", to_name=account.name,
        to_email=account.email, to_key=account.email.casefold(), from_name=journal.title,
        subject=f"[Test] {words.subject}", text_body=words.text, html_body=words.html,
        message_id=message_id(uid, base_url), queued_at=now, not_before_at=now,
    )  # fmt: skip
    db.session.add(letter)
    db.session.flush()
    return letter
