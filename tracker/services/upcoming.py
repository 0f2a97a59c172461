"""What an editor decides about a letter to come: hold it back, let it go, leave it out, reword it, send it now."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.dates import day_in_words
from tracker.domain.errors import Refused
from tracker.domain.letters import OptOutKind, StepFate
from tracker.domain.reminders import MOST_LETTERS_A_TASK, STALE_AFTER_DAYS
from tracker.mail.own_words import checked
from tracker.models import Manuscript, OptOut, ReminderStep, StepWish, Task
from tracker.queries.last_letters import last_letter_days
from tracker.queries.reminders import HELD_BECAUSE
from tracker.queries.upcoming import Upcoming, upcoming
from tracker.services.actors import Actor
from tracker.services.reminders import skip_step, write_now


def hold_letter(letter: Upcoming, *, by: Actor) -> None:
    """Keep the letter back until somebody lets it go. Its task stays open, and later letters are not touched."""
    by.must_write("Letters are decided about")
    _wish_of(letter).is_held = True


def let_go(letter: Upcoming, *, by: Actor, today: date) -> None:
    """Let a letter go that was held back: it leaves on its day, or with the next pass if that is past.

    Raises Refused where its day is so long past that no letter goes out any more.
    """
    by.must_write("Letters are decided about")
    _must_be_fresh(letter, today)
    _wish_of(letter).is_held = False
    _look_again(letter, today)


def skip_letter(letter: Upcoming, *, by: Actor, today: date) -> None:
    """Leave this letter out for good; those that come after it are not touched."""
    by.must_write("Letters are decided about")
    if not skip_step(letter.task, letter.step, today=today):
        raise Refused("This letter was written or left out already.")


def take_back_skip(manuscript: Manuscript, task_key: str, days: int, *, by: Actor, today: date) -> Upcoming:
    """Let a letter go after all that was left out, and give it; doing it twice is the same as once.

    Raises Refused where it is not to come any more, or its day is too long past.
    """
    by.must_write("Letters are decided about")
    due_on = select(Task.due_on).where(Task.manuscript_id == manuscript.id, Task.key == task_key)
    skipped = (
        ReminderStep.manuscript_id == manuscript.id, ReminderStep.task_key == task_key, ReminderStep.step == days,
        ReminderStep.task_due_on.in_(due_on), ReminderStep.fate == StepFate.SKIPPED,
    )  # fmt: skip
    db.session.execute(delete(ReminderStep).where(*skipped))
    letter = letter_to_come(manuscript, task_key, days)
    _must_be_fresh(letter, today)
    _look_again(letter, today)
    return letter


def edit_letter(letter: Upcoming, *, subject: str, words: str, by: Actor) -> None:
    """Put this one letter into other words. Raises BadInput for a name between braces that does not exist."""
    by.must_write("Letters are decided about")
    own, wish = checked(subject, words), _wish_of(letter)
    wish.subject, wish.words = own.subject, own.words


def send_now(letter: Upcoming, *, by: Actor, now: datetime, today: date, base_url: str) -> None:
    """Queue the letter at once. It counts as one of the task's letters and to the days between letters.

    It leaves within the sending window. Raises Refused where no letter can go: dry-run, no address, enough letters,
    or one to the same person today.
    """
    by.must_write("Letters are decided about")
    manuscript, to = letter.task.row.manuscript, letter.task.to
    held = to.held or ("" if manuscript.journal.policy.reminders_live else "dry_run")
    if held:
        raise Refused(f"It cannot be sent: {HELD_BECAUSE[held]}.")
    if not manuscript.is_armed:
        raise Refused(f"The reminders of {manuscript.reference} are muted. Arm them first.")
    if letter.task.topic.letters >= MOST_LETTERS_A_TASK:
        raise Refused(f"{to.name or to.email} has had {MOST_LETTERS_A_TASK} letters about this. Write personally.")
    last_on = last_letter_days(manuscript.journal, [letter.task.person]).get(letter.task.person)
    if last_on is not None and last_on > today:
        raise Refused(
            f"A letter to {to.name or to.email} waits already and leaves on {day_in_words(last_on)}. "
            "Send this one after it, or write personally."
        )
    if last_on == today:
        raise Refused(f"{to.name or to.email} has been written to today. Send it tomorrow, or write personally.")
    if not write_now([(letter.task, letter.step)], now=now, today=today, base_url=base_url):
        raise Refused("This letter was written or left out already.")


def remind_again(letter: Upcoming, *, by: Actor, today: date) -> None:
    """Whom the letter goes to wants reminders again, as they have told the editor; in this journal, about anything.

    Doing it twice is the same as once.
    """
    by.must_write("Letters are decided about")
    address, journal_id = address_key(letter.task.to.email), letter.task.row.journal_id
    theirs = (OptOut.journal_id == journal_id, OptOut.address == address, OptOut.kind == OptOutKind.REMINDERS)
    db.session.execute(delete(OptOut).where(*theirs))
    _look_again(letter, today)


def letter_to_come(manuscript: Manuscript, task_key: str, days: int) -> Upcoming:
    """The letter to come, with its manuscript locked until the transaction ends. Raises Refused."""
    db.session.execute(select(Manuscript.id).where(Manuscript.id == manuscript.id).with_for_update())
    return upcoming(manuscript, task_key, days)


def _must_be_fresh(letter: Upcoming, today: date) -> None:
    if (today - letter.step.send_on).days > STALE_AFTER_DAYS:
        raise Refused(
            f"Its day was {day_in_words(letter.step.send_on)}, more than {STALE_AFTER_DAYS} days ago: it would go out "
            "no more. Send it now, or skip it."
        )


def _wish_of(letter: Upcoming) -> StepWish:
    row = letter.task.row
    wish = letter.wish or StepWish(
        manuscript_id=row.manuscript_id, task_key=row.key, step=letter.step.days, task_due_on=row.due_on
    )
    db.session.add(wish)
    return wish


def _look_again(letter: Upcoming, today: date) -> None:
    row = letter.task.row
    wanted = max(letter.step.send_on, today)
    row.next_letter_on = min(row.next_letter_on or wanted, wanted)
    db.session.flush()
