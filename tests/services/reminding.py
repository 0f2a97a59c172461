"""A journal whose reminders are live, tasks that fall due in it, and passes on days of the test's choosing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from tests.people import NOW, TODAY
from tracker.config import Settings
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.formats.article_record import AuthorRecord
from tracker.jobs import passes
from tracker.jobs.passes import Delivered
from tracker.models import Account, Journal, Letter, Manuscript, ReminderStep, Task
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR
from tracker.services.journals import add_journal, change_journal
from tracker.services.manuscripts import enter_manuscript
from tracker.services.reminders import Planned

BASE_URL = "https://tracker.example.org"
REQUESTED_ON = date(2026, 4, 27)  # a minor revision is due 30 days later, on Wednesday, 27 May 2026
DUE_ON = date(2026, 5, 27)
FIRST_LETTER_ON = date(2026, 5, 20)


def settings(smtp_url: str = "demo:") -> Settings:
    return Settings(smtp_url=smtp_url, mail_from="tracker@example.org", base_url=BASE_URL, secret_key="none")


def live_journal(slug: str = "ijcp", **changed: Any) -> Journal:
    """A journal in UTC and without holidays, whose reminders are live."""
    with transaction():
        journal = add_journal(
            slug=slug, title="Careful Practice", by=OPERATOR, now=NOW, settings={"reminders_live": True}
        )
        change_journal(journal, by=OPERATOR, now=NOW, **changed)
    return journal


def an_editor(name: str = "Ada Editor", email: str = "editor@example.org") -> Account:
    with transaction() as session:
        account = Account(email=email, name=name, fs_uniquifier=f"{email:x<32}", created_at=NOW)
        session.add(account)
    return account


def revision_due(
    journal: Journal, n: int = 1, *, email: str | None = None, requested_on: date = REQUESTED_ON,
    editor: Account | None = None, kind: str = "minor",
) -> Manuscript:  # fmt: skip
    """A manuscript whose author owes a revision."""
    address = f"author{n}@example.org" if email is None else email
    with transaction() as session:
        manuscript = enter_manuscript(
            session.merge(journal), title=f"On True Dates, part {n}",
            authors=[AuthorRecord("Grace", f"Author {n}", address)],
            received_on=PartialDate(date(2026, 1, 5)), by=OPERATOR, now=NOW, today=TODAY, confirmed=True,
            handling_editor=editor and session.merge(editor),
        )  # fmt: skip
        wish = Wish("revision_requested", PartialDate(requested_on), kind=kind)
        record_action(manuscript, wish, by=OPERATOR, now=NOW, today=TODAY)
    return manuscript


def act(manuscript: Manuscript, action: str, on: date = TODAY, **wish: Any) -> None:
    """Record one action."""
    with transaction() as session:
        found = session.scalars(select(Manuscript).where(Manuscript.id == manuscript.id)).one()
        record_action(found, Wish(action, PartialDate(on), **wish), by=OPERATOR, now=NOW, today=max(on, TODAY))


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def plan(day: date, *, now: datetime | None = None, **more: Any) -> Planned:
    moment = now or at(day)
    return passes.plan(now_of=lambda: moment, today_of=lambda zone: day, settings=settings(), **more)


def deliver(day: date, smtp_url: str = "demo:", *, now: datetime | None = None) -> Delivered:
    moment = now or at(day)
    return passes.deliver(now_of=lambda: moment, today_of=lambda zone: day, settings=settings(smtp_url))


def one_pass(day: date, smtp_url: str = "demo:", *, now: datetime | None = None) -> Delivered:
    plan(day, now=now)
    return deliver(day, smtp_url, now=now)


def letters() -> list[Letter]:
    """The outbox as the database has it now."""
    db.session.rollback()
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def states() -> dict[str, str]:
    """Address → state of the letters."""
    return {letter.to_email: letter.state for letter in letters()}


def fates() -> list[tuple[int, str]]:
    """Every step decided, with its fate."""
    db.session.rollback()
    steps = db.session.scalars(select(ReminderStep).order_by(ReminderStep.id))
    return [(step.step, step.fate) for step in steps]


def next_looks() -> list[date | None]:
    db.session.rollback()
    return list(db.session.scalars(select(Task.next_letter_on).order_by(Task.id)))


def days(first: date, count: int) -> Sequence[date]:
    return [first + timedelta(days=offset) for offset in range(count)]
