"""Claiming letters for the mail server: each is asked once more whether it is still owed, and made into a message.

A claim is committed before the server is spoken to. What became of the letters is committed with the next claim, so
that a commit, which costs a disk as much as a letter costs the network, serves many letters. The price: a process that
dies leaves in doubt all that it had claimed, and not only the one it was sending. They are shown, and never sent again
by themselves. So a claim is as large as a quarter of a second can send, and never larger than `MOST_AT_ONCE`: behind a
server that takes a letter a second it is one letter, as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.orm import contains_eager, selectinload

from tracker.config import Settings
from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.errors import BadInput
from tracker.domain.letters import LetterState, StepFate
from tracker.domain.reminders import STALE_AFTER_DAYS
from tracker.domain.sending_window import IsWorkingDay, is_open, next_opening, opening_from
from tracker.formats.calendars import working_days
from tracker.mail.messages import message_of
from tracker.models import Account, Journal, Letter, Manuscript, ReminderStep, Task
from tracker.queries.courtesy import TASK_KEY as COURTESY
from tracker.queries.courtesy import waits_for_a_decision
from tracker.queries.outbox import WAITING, OtherLetters
from tracker.queries.owing import is_answered, recipients_of, refused_among
from tracker.services.account_letters import is_still_wanted
from tracker.services.account_links import account_links
from tracker.services.letter_links import LinkRow, keep_links, make_links
from tracker.services.reminders import look_again_at_person, rewrite

MOST_AT_ONCE = 25
DRY_RUN_DELAY = timedelta(minutes=15)
FIXED_DAY_DELAY = timedelta(seconds=2)  # on a day that does not pass there is no opening to wait for
TodayOf = Callable[[str], date]
TaskKey = tuple[int, str, date]


@dataclass(frozen=True)
class Claim:
    """A letter that is this process's to send."""

    letter_id: int
    message: EmailMessage


def claim_letters(
    most: int, *, now: datetime, today_of: TodayOf, settings: Settings, at_any_hour: bool = False
) -> list[Claim] | None:
    """Take at most so many letters whose time has come; None when there is none. Commit before you speak to the server.

    Asks again of each whether it is still owed: one about a task that is done, moved or on hold is cancelled, one that
    may not leave at this hour is put off, and one that cannot be made into a message is parked; so the list may be
    shorter, or empty, though there are more. `settings` say whom letters come from, where their links lead, and the
    key by which those about an account are signed.
    """
    letters = _next_letters(most, now)
    if not letters:
        return None
    tasks, others = _OpenTasks(letters), OtherLetters(letters, now)
    refused = refused_among(letter.to_email for letter in letters)
    journals, accounts = _journals(letters), _accounts(letters)
    claims, links = list[Claim](), list[LinkRow]()
    with db.session.no_autoflush:  # all are written together, at the end
        for letter in letters:
            journal, account = journals.get(letter.journal_id or 0), accounts.get(letter.account_id or 0)
            if account is not None and not is_still_wanted(letter, account, now):
                _cancel(letter, "Nobody needed it any more when it could leave.")
                continue
            is_bound = letter.role != "test"
            if is_bound and journal and not _may_leave(letter, journal, tasks, others, now, today_of, at_any_hour):
                continue
            message = _message(letter, account, refused, links, settings, now)
            if message is not None:
                letter.state, letter.claimed_at, letter.attempts = LetterState.SENDING, now, letter.attempts + 1
                claims.append(Claim(letter.id, message))
    keep_links(links)
    db.session.flush()
    return claims


def _journals(letters: Iterable[Letter]) -> dict[int, Journal]:
    ids = {letter.journal_id for letter in letters}
    return {journal.id: journal for journal in db.session.scalars(select(Journal).where(Journal.id.in_(ids)))}


def _accounts(letters: Iterable[Letter]) -> dict[int, Account]:
    """The accounts that letters are about; locked, so that what a link is made of is not changed meanwhile."""
    ids = {letter.account_id for letter in letters if letter.account_id is not None}
    if not ids:
        return {}
    theirs = select(Account).where(Account.id.in_(ids)).order_by(Account.id).with_for_update(read=True)
    found = db.session.scalars(theirs.execution_options(populate_existing=True))
    return {account.id: account for account in found}


def _next_letters(most: int, now: datetime) -> list[Letter]:
    ids: list[int] = []
    for state in WAITING:  # a state at a time, so that an index gives them in their order and the rest is not read
        due = select(Letter.id).where(Letter.state == state, Letter.not_before_at <= now)
        first = due.order_by(Letter.not_before_at, Letter.id).limit(most - len(ids))
        ids += db.session.scalars(first.with_for_update(skip_locked=True))
    whole = select(Letter).where(Letter.id.in_(ids)).options(selectinload(Letter.steps))
    found = db.session.scalars(whole.execution_options(populate_existing=True)) if ids else ()
    return sorted(found, key=lambda letter: (letter.not_before_at, letter.id))


class _OpenTasks:
    """What the letters are about, as far as it is still owed, and by whom. The manuscripts are locked, so that nobody
    completes a task now.
    """

    def __init__(self, letters: Iterable[Letter]) -> None:
        ids = {step.manuscript_id for letter in letters for step in letter.steps}
        db.session.execute(
            select(Manuscript.id).where(Manuscript.id.in_(ids)).order_by(Manuscript.id)
            .with_for_update(read=True, key_share=True)
        )  # fmt: skip
        owed = select(Task).join(Task.manuscript).where(Task.manuscript_id.in_(ids))
        whole = contains_eager(Task.manuscript).selectinload(Manuscript.authors)
        rows = list(db.session.scalars(owed.where(Manuscript.is_armed, ~is_answered()).options(whole)))
        self.tasks: dict[TaskKey, Task] = {(row.manuscript_id, row.key, row.due_on): row for row in rows}
        self.recipients = recipients_of(rows)

    def of(self, letter: Letter) -> dict[int, Task]:
        """By step: the letter's tasks that are open and are still owed by whom the letter goes to."""
        keys = {step.id: (step.manuscript_id, step.task_key, step.task_due_on) for step in letter.steps}
        found = {step_id: self.tasks[key] for step_id, key in keys.items() if key in self.tasks}
        return {
            step_id: task
            for step_id, task in found.items()
            if address_key(self.recipients[task.id].email) == letter.to_key
        }


def _message(
    letter: Letter, account: Account | None, refused: frozenset[str], links: list[LinkRow], settings: Settings,
    now: datetime,
) -> EmailMessage | None:  # fmt: skip
    """The letter as a message, None where it was parked; what its links are known by is added to `links`."""
    if letter.to_key in refused:
        _park(letter, f"A mail server has refused {letter.to_email} before. Correct the address, or release this.")
        return None
    try:
        made, rows = _links(letter, account, settings, now)
        message = message_of(letter, mail_from=settings.mail_from, now=now, links=made)
    except BadInput as error:
        _park(letter, str(error))
        return None
    links += rows
    return message


def _links(
    letter: Letter, account: Account | None, settings: Settings, now: datetime
) -> tuple[dict[str, str], list[LinkRow]]:
    """The letter's links, as `make_links` gives them; those about an account are signed, and known by no row."""
    if account is None:
        return make_links(letter, now=now, base_url=settings.base_url)
    return account_links(letter, account, base_url=settings.base_url, secret_key=settings.secret_key), []


def _park(letter: Letter, why: str) -> None:
    letter.state, letter.last_error = LetterState.PARKED, why


def _may_leave(
    letter: Letter, journal: Journal, tasks: _OpenTasks, others: OtherLetters, now: datetime, today_of: TodayOf,
    at_any_hour: bool,
) -> bool:  # fmt: skip
    """Whether a letter may leave now; cancels or puts it off, or brings its words up to date, as is needed."""
    today = today_of(journal.timezone)
    if not _is_still_wanted(letter, tasks, today):
        look_again_at_person(letter)
        return False
    is_working_day = working_days(journal.country)
    if not at_any_hour and not is_open(now, journal.timezone, today, is_working_day):
        letter.not_before_at = _put_off(now, journal, today, is_working_day)
        return False
    midnight = datetime.combine(today, time(), ZoneInfo(journal.timezone))
    if letter.task_key is not None and others.is_before(letter, midnight):
        tomorrow = opening_from(today + timedelta(days=1), journal.timezone, is_working_day)
        letter.not_before_at = max(tomorrow, now + FIXED_DAY_DELAY)
        return False
    if not journal.policy.reminders_live:
        letter.not_before_at = now + DRY_RUN_DELAY
        return False
    return True


def _put_off(now: datetime, journal: Journal, today: date, is_working_day: IsWorkingDay) -> datetime:
    """The next opening; where the day was fixed from outside, as good as at once: hours mean nothing on it."""
    if now.astimezone(ZoneInfo(journal.timezone)).date() != today:
        return now + FIXED_DAY_DELAY
    return max(next_opening(now, journal.timezone, today, is_working_day), now + timedelta(minutes=1))


def _is_still_wanted(letter: Letter, tasks: _OpenTasks, today: date) -> bool:
    if letter.task_key is None:
        return True
    if letter.task_key == COURTESY:
        if not waits_for_a_decision(letter.manuscript_id):
            _cancel(letter, "A decision was made, or the manuscript taken back or held, before it left.")
            return False
        for step in letter.steps:
            step.decided_on = today  # the days between letters count from when it leaves
        return True
    return _withdraw_what_is_done(letter, tasks.of(letter), today)


def _withdraw_what_is_done(letter: Letter, still_open: Mapping[int, Task], today: date) -> bool:
    """Take out of a waiting reminder what is no longer owed; gives whether anything is left of it.

    A step whose task is gone, has another due date or another person to do it loses its row, so that it is owed again
    should the task come back. A letter that is left with other tasks, or with another day, is written anew.
    """
    gone = [step for step in letter.steps if step.id not in still_open]
    if not still_open:
        _cancel(letter, "What it was about was done, or had changed, before it left.")
    elif all((today - step.decided_on).days > STALE_AFTER_DAYS for step in letter.steps):
        _cancel(letter, f"It could not leave for more than {STALE_AFTER_DAYS} days, and was out of date.")
        db.session.execute(update(ReminderStep).where(ReminderStep.letter_id == letter.id).values(fate=StepFate.STALE))
    elif gone or any(step.decided_on != today for step in letter.steps):
        rewrite(letter, still_open, today)
    if gone:
        owe_again(gone, today)
        db.session.expire(letter, ["steps"])
    return letter.state != LetterState.CANCELLED


def owe_again(steps: Sequence[ReminderStep], today: date) -> None:
    """Forget that these steps were written about, and have their tasks looked at again, if there are any."""
    db.session.flush()
    db.session.execute(delete(ReminderStep).where(ReminderStep.id.in_([step.id for step in steps])))
    for step in steps:
        there = (Task.manuscript_id == step.manuscript_id, Task.key == step.task_key, Task.next_letter_on > today)
        db.session.execute(update(Task).where(*there).values(next_letter_on=today))


def _cancel(letter: Letter, why: str) -> None:
    letter.state, letter.last_error = LetterState.CANCELLED, why
