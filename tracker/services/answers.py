"""What a reader of a letter answers by its link: recorded where it is theirs to say, told to the editor in any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update

from tracker.db import db, take_turns
from tracker.domain.dates import PartialDate, day_in_words
from tracker.domain.errors import BadInput, Refused
from tracker.domain.letters import AnswerKind, LetterState, OptOutKind
from tracker.domain.words import Action
from tracker.models import Answer, Letter, LetterLink, Manuscript, OptOut, Reviewer, Task
from tracker.queries.outbox import WAITING
from tracker.services.actions import Wish, record_action
from tracker.services.actors import Actor
from tracker.services.letter_links import revoke_links
from tracker.services.schedule import insert_once

SHORTEST_DAYS, LONGEST_DAYS = 14, 60
MOST_EXTENSIONS = 2
LONGEST_NOTE = 2_000
BY_LETTER = {True: Actor("reviewer by letter", "assistant"), False: Actor("author by letter", "assistant")}


class NoSuchAnswer(BadInput):
    """What was chosen is no answer to this letter."""

    def __init__(self) -> None:
        super().__init__("Choose one of the answers.")


class DayOutOfReach(BadInput):
    """A reader asked for a day that cannot be: it lies not after `after`, or later than `until`."""

    def __init__(self, after: date, until: date) -> None:
        super().__init__(
            f"Choose a day after {day_in_words(after)} and not later than {day_in_words(until)}. "
            "For more, please reply to the letter."
        )
        self.after, self.until = after, until


class MovedTooOften(Refused):
    """A reader asked for a third extension."""

    def __init__(self) -> None:
        super().__init__(
            "The day has been moved twice. For more time, please reply to the letter: your editor will help."
        )


@dataclass(frozen=True)
class Reply:
    """What the reader chose, with the day they name and what they write to the editor."""

    kind: AnswerKind
    until_on: date | None = None
    note: str = ""


def choices_for(task: Task) -> list[AnswerKind]:
    """What can be answered about this task, the best first."""
    first = AnswerKind.AGREED if task.kind == "invitation" else AnswerKind.DONE
    return [first, AnswerKind.LATER, AnswerKind.CANNOT]


def first_day(task: Task, today: date) -> date:
    """The first day a reader may ask for: one that gives them more time than they have."""
    return max(today, task.due_on) + timedelta(days=1)


def latest_day(task: Task, today: date) -> date:
    """The last day a reader may ask for: as many days again as they were given, 14 at least and 60 at most."""
    given = min(LONGEST_DAYS, max(SHORTEST_DAYS, (task.due_on - task.started_on).days))
    return max(today, task.due_on) + timedelta(days=given)


def answer_letter(link: LetterLink, task: Task, reply: Reply, *, now: datetime, today: date) -> Answer:
    """Do what the reader answered. A reviewer's yes, no and later are recorded as theirs; of everything else the
    editor is told, and no further letter about it leaves until they have looked. Of what waits for the editor the
    last answer stands.

    Raises DayOutOfReach for a day that cannot be, and MovedTooOften for a third extension.
    """
    if reply.kind not in (*choices_for(task), AnswerKind.OPTED_OUT):
        raise NoSuchAnswer
    manuscript, is_reviewer = task.manuscript, task.reviewer_number is not None
    take_turns(manuscript)
    answer = Answer(
        journal_id=task.journal_id, manuscript_id=manuscript.id, task_key=task.key, kind=str(reply.kind),
        until_on=reply.until_on, note=reply.note.strip()[:LONGEST_NOTE], name=_name(task), answered_at=now,
    )  # fmt: skip
    match reply.kind:
        case AnswerKind.LATER:
            _extend(task, reply, now, today)
        case AnswerKind.AGREED:
            _record(task, Action.AGREED, now, today)
        case AnswerKind.CANNOT if is_reviewer:
            _record(task, Action.DECLINED, now, today)
            revoke_links(answer.manuscript_id, answer.task_key, now=now)
        case AnswerKind.OPTED_OUT:
            _opt_out(link, now)
        case _:
            answer.stops_letters = True
    _replace_earlier(answer)
    db.session.add(answer)
    db.session.flush()
    return answer


def _replace_earlier(answer: Answer) -> None:
    """Drop what the reader answered before about the same task, as far as no editor has looked at it.

    What was recorded as theirs stays: it is in the history, and extensions are counted. So does what they said of the
    task where they ask for no more reminders.
    """
    waiting = Answer.kind == AnswerKind.OPTED_OUT if answer.kind == AnswerKind.OPTED_OUT else Answer.stops_letters
    same_task = (Answer.manuscript_id == answer.manuscript_id, Answer.task_key == answer.task_key)
    db.session.execute(delete(Answer).where(*same_task, waiting, Answer.handled_at.is_(None)))


def _extend(task: Task, reply: Reply, now: datetime, today: date) -> None:
    first, last = first_day(task, today), latest_day(task, today)
    if reply.until_on is None or not first <= reply.until_on <= last:
        raise DayOutOfReach(first - timedelta(days=1), last)
    asked = select(func.count()).where(
        Answer.manuscript_id == task.manuscript_id, Answer.task_key == task.key, Answer.kind == AnswerKind.LATER
    )
    if (db.session.scalar(asked) or 0) >= MOST_EXTENSIONS:
        raise MovedTooOften
    _record(task, Action.EXTENDED, now, today, due_on=reply.until_on)


def _record(task: Task, action: Action, now: datetime, today: date, *, due_on: date | None = None) -> None:
    by = BY_LETTER[task.reviewer_number is not None]
    details = {"task": task.key} if action == Action.EXTENDED else {}
    reviewer = None if action == Action.EXTENDED else task.reviewer_number
    wish = Wish(action, PartialDate(today), due_on=due_on, reviewer=reviewer, details=details)
    record_action(task.manuscript, wish, by=by, now=now, today=today)


def _name(task: Task) -> str:
    if task.reviewer_number is None:
        author = task.manuscript.corresponding_author
        return author.full_name if author else "The author"
    mine = (Reviewer.manuscript_id == task.manuscript_id, Reviewer.number == task.reviewer_number)
    reviewer = db.session.scalars(select(Reviewer).where(*mine)).one_or_none()
    return (reviewer.name or reviewer.email) if reviewer else f"Reviewer {task.reviewer_number}"


def _opt_out(link: LetterLink, now: datetime) -> None:
    insert_once(
        OptOut, journal_id=link.journal_id, address=link.address, kind=str(OptOutKind.REMINDERS), opted_out_at=now
    )
    waiting = (Letter.journal_id == link.journal_id, Letter.to_key == link.address, Letter.state.in_(WAITING))
    db.session.execute(
        update(Letter)
        .where(*waiting, Letter.task_key.is_not(None))
        .values(state=LetterState.CANCELLED, last_error="The reader asked for no more reminders.")
    )


def unsubscribe(link: LetterLink, *, now: datetime) -> None:
    """No more digests to the address of this link; doing it twice is the same as once."""
    insert_once(
        OptOut, journal_id=link.journal_id, address=link.address, kind=str(OptOutKind.DIGESTS), opted_out_at=now
    )


def settle_answer(answer: Answer, *, by: Actor, now: datetime) -> None:
    """The editor has looked at it. If its task is still open, its letters go on. Raises NotAllowed for a reader."""
    by.must_write("Answers are looked after")
    answer.handled_at = now


def revoke_answers_of(manuscript: Manuscript, task_key: str, *, by: Actor, now: datetime) -> None:
    """Links sent out about this task stop working. Raises NotAllowed for a reader."""
    by.must_write("Links are taken back")
    revoke_links(manuscript.id, task_key, now=now)
