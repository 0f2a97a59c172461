"""Sixty days on which people act between the passes: each day's preview is what leaves, whatever was done before it.

Due dates move back and forth, decisions are undone, dates corrected, manuscripts held, muted, withdrawn and taken up
again, reviewers replaced, addresses changed and refused, letters held, skipped, answered and sent by hand, numbers,
zones and countries changed; between the writing of a letter and its leaving too; and some days the server is down.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from sqlalchemy import select

from tests.jobs.office import Office
from tests.mail.servers import Mailbox, smtp_server
from tests.services.reminding import deliver, plan
from tracker.db import db
from tracker.domain.letters import AnswerKind
from tracker.formats.calendars import working_days
from tracker.models import Answer, Journal, Letter, Task
from tracker.queries.courtesy import TASK_KEY as COURTESY
from tracker.queries.reminders import planned_letters

FIRST = date(2026, 11, 23)  # until 21 January: Advent, Christmas, the year's end and Epiphany
LENGTH = 60
LONG = bool(os.environ.get("TRACKER_TEST_LONG"))
Sent = tuple[str, str, int]


def day_passes(office: Office, smtp_url: str) -> None:
    """What the preview shows is written, and nothing else; what leaves then is still owed."""
    mine, day = [office.journal_id], office.day
    shown = [letter for letter in planned_letters(mine, day, day) if not letter.held]
    known = {letter.id for letter in letters_of(office)}
    plan(day, now=office.now, journal_ids=mine)
    written = [letter for letter in letters_of(office) if letter.id not in known]
    assert sorted(_known(letter) for letter in written) == sorted(
        (letter.to, f"{letter.reference} {letter.task}", letter.step) for letter in shown
    )
    if written:
        assert is_working_day(office)
    deeds = office.chance.choice((0, 0, 0, 1, 2))
    for _ in range(deeds):
        office.something_happens()
    waiting = {letter.id: letter.state for letter in letters_of(office) if letter.state in ("queued", "failed")}
    office.mailbox.is_busy, office.mailbox.rejects_sender = office.chance.choice(
        ((False, False),) * 6 + ((True, False), (False, True))
    )
    deliver(day, smtp_url, now=office.now)
    left = [letter for letter in letters_of(office) if letter.id in waiting and letter.state == "sent"]
    if office.mailbox.is_busy or office.mailbox.rejects_sender:
        assert left == []
    elif not deeds:
        assert {letter.id for letter in written} <= {letter.id for letter in left}
    if left:
        assert is_working_day(office)
    assert [letter.id for letter in left if not is_owed(letter)] == []


def is_working_day(office: Office) -> bool:
    return working_days(db.session.get_one(Journal, office.journal_id).country)(office.day)


def is_owed(letter: Letter) -> bool:
    """Whether everything that the letter asks for is open, and its person has not said that it is done."""
    if letter.task_key == COURTESY:
        return letter.manuscript is not None and letter.manuscript.first_decision_on is None
    for step in letter.steps:
        about = (Task.manuscript_id == step.manuscript_id, Task.key == step.task_key)
        task = db.session.scalars(select(Task).where(*about, Task.due_on == step.task_due_on)).one_or_none()
        if task is None or not task.manuscript.is_armed or task.manuscript.on_hold:
            return False
        answered = select(Answer).where(
            Answer.manuscript_id == step.manuscript_id, Answer.task_key == step.task_key, Answer.handled_at.is_(None)
        )
        if any(answer.kind in (AnswerKind.DONE, AnswerKind.CANNOT) for answer in db.session.scalars(answered)):
            return False
    return True


def letters_of(office: Office) -> list[Letter]:
    db.session.rollback()
    mine = select(Letter).where(Letter.journal_id == office.journal_id).order_by(Letter.id)
    return list(db.session.scalars(mine, execution_options={"populate_existing": True}))


def _known(letter: Letter) -> Sent:
    assert letter.manuscript is not None
    return letter.to_email, f"{letter.manuscript.reference} {letter.task_key}", letter.step or 0


def check_all_that_was_sent(sent: Sequence[Letter]) -> None:
    steps = Counter(
        (step.manuscript_id, step.task_key, step.step, step.task_due_on) for letter in sent for step in letter.steps
    )
    assert set(steps.values()) <= {1}, "a step is written about once"
    tasks = Counter((step.manuscript_id, step.task_key) for letter in sent for step in letter.steps)
    assert max(tasks.values(), default=0) <= 3, "three letters about one task"
    days: dict[str, list[date]] = {}
    for letter in sent:
        assert letter.sent_at is not None
        days.setdefault(letter.to_key, []).append(min(step.decided_on for step in letter.steps))
    assert all(later > earlier for own in days.values() for earlier, later in pairwise(sorted(own)))


def sixty_days(seed: int) -> Office:
    """Play them; gives the office as it is afterwards."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as smtp_url:
        office = Office(random.Random(seed), FIRST, mailbox)  # noqa: S311  chance that can be played again
        for offset in range(LENGTH):
            office.day = FIRST + timedelta(days=offset)
            for _ in range(office.chance.choice((0, 0, 1, 1, 2))):
                office.something_happens()
            day_passes(office, smtp_url)
    sent = [letter for letter in letters_of(office) if letter.state == "sent"]
    check_all_that_was_sent(sent)
    assert sorted(letter.message_id for letter in sent) == sorted(str(one["Message-ID"]) for one in mailbox.letters)
    return office


@pytest.mark.usefixtures("app")
@budget(
    deadline=None, max_examples=12 if LONG else 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(seed=st.integers(0, 1_000_000))
def test_whatever_is_done_between_the_days_the_preview_is_what_leaves(seed: int) -> None:
    sixty_days(seed)
