"""Authors who have waited long for a first decision, and the letter that an editor may release to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.letters import OptOutKind
from tracker.domain.words import OPEN_STATES, State
from tracker.mail.letters import About, Occasion, subject_of
from tracker.models import Journal, Manuscript, ReminderStep
from tracker.queries.owing import opted_out_of, refused_among
from tracker.queries.reminders import own_texts
from tracker.queries.senders import sender_of

TASK_KEY = "courtesy"
FEWEST_DECISIONS = 20  # below it a percentile says little
WAITING_STATES = tuple(state for state in OPEN_STATES if state in (State.RECEIVED, State.UNDER_REVIEW))


_UNDECIDED = (
    Manuscript.state.in_(WAITING_STATES), Manuscript.is_armed, Manuscript.first_decision_on.is_(None),
    Manuscript.on_hold.is_(False), Manuscript.returned_incomplete.is_(False),
)  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """A courtesy letter that waits to be released."""

    manuscript: Manuscript
    to: str
    days_here: int
    subject: str

    @property
    def reference(self) -> str:
        return self.manuscript.reference


def courtesy_drafts(journal: Journal, today: date) -> list[Draft]:
    """The courtesy letters of the journal that wait to be released, the longest wait first."""
    days = days_until_courtesy(journal)
    if days is None:
        return []
    before = today - timedelta(days=days)
    waiting = (
        select(Manuscript)
        .where(Manuscript.journal_id == journal.id, Manuscript.received_on <= before, *_UNDECIDED)
        .options(
            joinedload(Manuscript.journal), joinedload(Manuscript.handling_editor), selectinload(Manuscript.authors)
        )
        .order_by(Manuscript.received_on, Manuscript.id)
        .limit(200)
    )
    rows = list(db.session.scalars(waiting))
    last, closed = _last_decided([row.id for row in rows]), _closed_addresses(journal, rows)
    return [
        _draft(row, today)
        for row in rows
        if (author := row.corresponding_author) and address_key(author.email) not in closed
        if row.id not in last or (today - last[row.id]).days >= journal.policy.courtesy_again_days
    ]


def waits_for_a_decision(manuscript_id: int | None) -> bool:
    """Whether the author still waits for a first decision; the row is locked until the transaction ends."""
    waiting = select(Manuscript.id).where(Manuscript.id == manuscript_id, *_UNDECIDED)
    return db.session.scalar(waiting.with_for_update(read=True, key_share=True)) is not None


def days_until_courtesy(journal: Journal) -> int | None:
    """After how many days an author is written to: the journal's own P80 to a first decision; until it has one, its
    number, 60 by default. None where the journal writes no such letters.
    """
    if journal.policy.courtesy_days is None:
        return None
    decided = select(Manuscript.received_on, Manuscript.first_decision_on).where(
        Manuscript.journal_id == journal.id, Manuscript.first_decision_on.is_not(None),
        Manuscript.received_on.is_not(None), Manuscript.is_imported.is_(False),
    )  # fmt: skip
    latest = decided.order_by(Manuscript.first_decision_on.desc()).limit(200)
    days = sorted((on - received).days for received, on in db.session.execute(latest) if received and on)
    if len(days) < FEWEST_DECISIONS:
        return journal.policy.courtesy_days
    return days[-(-80 * len(days) // 100) - 1]


def _last_decided(manuscript_ids: Sequence[int]) -> Mapping[int, date]:
    """The day of the last courtesy letter, released or left out, of each manuscript that had one."""
    about = (ReminderStep.manuscript_id.in_(manuscript_ids), ReminderStep.task_key == TASK_KEY)
    days = select(ReminderStep.manuscript_id, func.max(ReminderStep.decided_on)).where(*about)
    found = db.session.execute(days.group_by(ReminderStep.manuscript_id))
    return {key: day for key, day in found}  # noqa: C416  mypy wants the pair taken apart


def _closed_addresses(journal: Journal, rows: Sequence[Manuscript]) -> frozenset[str]:
    authors = [row.corresponding_author for row in rows]
    opted_out = {address for _, address in opted_out_of(OptOutKind.REMINDERS, [journal.id])}
    return refused_among(author.email for author in authors if author) | opted_out


def _draft(manuscript: Manuscript, today: date) -> Draft:
    occasion = courtesy_occasion(manuscript, today)
    author, received_on = manuscript.corresponding_author, manuscript.received_on
    assert author is not None, "a draft has a recipient"
    assert received_on is not None, "what waits was received"
    return Draft(manuscript, author.email, (today - received_on).days, subject_of(occasion))


def courtesy_occasion(manuscript: Manuscript, today: date) -> Occasion:
    """What the courtesy letter is composed from."""
    author, journal = manuscript.corresponding_author, manuscript.journal
    days = (today - manuscript.received_on).days if manuscript.received_on else 0
    return Occasion(
        to_name=author.full_name if author else "", journal=journal.title,
        signed_by=sender_of([manuscript]).signed_by, today=today, language=journal.language,
        about=[About("courtesy", manuscript.title, manuscript.reference, None, days_here=days)],
        texts=own_texts(journal),
    )  # fmt: skip
