"""The kinds of letters that a journal can put into its own words, and an occasion to show each by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from tracker.db import db
from tracker.domain.errors import NotFound
from tracker.mail.languages import LANGUAGES
from tracker.mail.letters import About, Occasion
from tracker.mail.own_words import OwnWords
from tracker.models import Journal, LetterText, Manuscript
from tracker.queries.conflicts import not_among

# kind of letter → its words; each is a kind of task with the wording before or after the day
KINDS = {
    "invitation_before": "Invitation to review, before the day", "invitation_after": "Invitation to review, after it",
    "review_before": "Review, before it is due", "review_after": "Review, after it was due",
    "review_last": "Review, the last and personal letter", "revision_before": "Revision, before it is due",
    "revision_after": "Revision, after it was due", "proofs_before": "Proofs, before they are due",
    "proofs_after": "Proofs, after they were due", "completion_before": "What is missing, before it is due",
    "completion_after": "What is missing, after it was due", "several": "Several things in one letter",
    "courtesy": "Courtesy letter to an author",
}  # fmt: skip
DAYS_AWAY = 7
SAMPLE_TITLE, SAMPLE_REFERENCE = "On the Keeping of True Dates", "SAMPLE-1"


def checked_kind(kind: str, language: str) -> None:
    """Raise NotFound for a kind or language that there is not."""
    if kind not in KINDS or language not in LANGUAGES:
        raise NotFound("There is no such letter.")


def own_texts_in(journal: Journal, language: str) -> dict[str, LetterText]:
    """The journal's own words in a language, by kind."""
    rows = select(LetterText).where(LetterText.journal_id == journal.id, LetterText.language == language)
    return {row.kind: row for row in db.session.scalars(rows)}


def sample_occasion(
    journal: Journal, kind: str, language: str, today: date, *, to_name: str, signed_by: str, own: OwnWords | None,
    hidden: Sequence[int] = (),
) -> Occasion:  # fmt: skip
    """Such a letter about the journal's newest manuscript that is not `hidden`, or about a made-up one."""
    task, _, when = kind.partition("_")
    due_on = today + timedelta(days=-DAYS_AWAY if when in ("after", "last") else DAYS_AWAY)
    newest = _newest(journal, hidden, 2 if task == "several" else 1)
    things = [(one.title, one.reference, one.received_on) for one in newest] or [(SAMPLE_TITLE, SAMPLE_REFERENCE, None)]
    about = [
        About(
            "review" if task == "several" else task, title, reference, None if task == "courtesy" else due_on,
            days_here=(today - received_on).days if received_on else 0,
        )
        for title, reference, received_on in things
    ]  # fmt: skip
    if task == "several" and len(about) == 1:
        about *= 2
    return Occasion(
        to_name=to_name, journal=journal.title, signed_by=signed_by, today=today, about=about, edited=own,
        is_last=when == "last", language=language,
    )  # fmt: skip


def _newest(journal: Journal, hidden: Sequence[int], most: int) -> Sequence[Manuscript]:
    newest = (
        select(Manuscript)
        .where(Manuscript.journal_id == journal.id, Manuscript.state.is_not(None), *not_among(hidden))
        .order_by(Manuscript.id.desc())
        .limit(most)
    )
    return db.session.scalars(newest).all()
