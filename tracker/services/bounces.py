"""Letters that came back: matched with ours, left to a person, and their addresses written to no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from tracker.db import db
from tracker.domain.letters import LetterState
from tracker.formats.delivery_reports import DeliveryReport, read_delivery_reports
from tracker.models import Letter, RefusedAddress
from tracker.services.schedule import insert_once

LEFT = (LetterState.SENT, LetterState.UNCERTAIN, LetterState.SENDING)
COMES_BACK_WITHIN = timedelta(days=14)  # servers give up after five days or so
CLOCKS_DIFFER_BY = timedelta(hours=1)


@dataclass(frozen=True)
class Bounced:
    """What a message told: reports in it, letters that came back for good, and sentences about each report."""

    reports: int = 0
    returned: int = 0
    sentences: tuple[str, ...] = ()

    def __add__(self, other: Bounced) -> Bounced:
        told = (*self.sentences, *other.sentences)
        return Bounced(self.reports + other.reports, self.returned + other.returned, told)


def note_bounce(raw: bytes, *, now: datetime) -> Bounced:
    """Read a message as a delivery report and note what it says about our letters; safe to be told twice.

    A letter that failed for good is parked, which the dashboard shows; if its address was at fault, no further letter
    goes there until a person releases one. A delay changes nothing: the server goes on trying.
    """
    return sum((_note(report, now) for report in read_delivery_reports(raw)), Bounced())


def _note(report: DeliveryReport, now: datetime) -> Bounced:
    letter = _letter_of(report, now)
    if letter is None:
        return Bounced(1, 0, (f"A report about {report.recipient or 'nobody'} is about none of our letters.",))
    if not report.is_final:
        return Bounced(1, 0, (f"Letter {letter.id} to {letter.to_email} is {report.action}: nothing to do yet.",))
    if letter.state not in LEFT or _is_older_than_sending(report, letter):
        return Bounced(1, 0, (f"Letter {letter.id} to {letter.to_email}: known already.",))
    letter.state, letter.last_error = LetterState.PARKED, f"It came back: {report.answer or 'no reason was given'}"
    db.session.flush()
    if report.is_about_address:
        insert_once(RefusedAddress, address=letter.to_key, refused_at=now, answer=letter.last_error)
    return Bounced(1, 1, (f"Letter {letter.id} to {letter.to_email} came back: {report.answer}",))


def _letter_of(report: DeliveryReport, now: datetime) -> Letter | None:
    """The letter by its Message-ID, which nobody else knows; else the last one to this address that left lately."""
    if report.message_ids:
        own = select(Letter).where(Letter.message_id.in_(sorted(report.message_ids)))
        found = db.session.scalars(own.order_by(Letter.id.desc()).with_for_update(of=Letter)).first()
        if found is not None:
            return found
    lately = (Letter.to_key == report.recipient, Letter.state.in_(LEFT), Letter.claimed_at > now - COMES_BACK_WITHIN)
    last = select(Letter).where(*lately).order_by(Letter.claimed_at.desc(), Letter.id.desc()).limit(1)
    return db.session.scalar(last.with_for_update(of=Letter)) if report.recipient else None


def _is_older_than_sending(report: DeliveryReport, letter: Letter) -> bool:
    """Whether the report is about an earlier sending: the letter was released since, under the same Message-ID."""
    if report.written_at is None or letter.claimed_at is None:
        return False
    return report.written_at < letter.claimed_at - CLOCKS_DIFFER_BY


def note_bounces(messages: Iterable[bytes], *, now: datetime) -> Bounced:
    """Note every delivery report of a mailbox; other letters in it are passed over."""
    return sum((note_bounce(raw, now=now) for raw in messages), Bounced())
