"""Sixty days on which people act between the passes: each day's preview is what leaves, whatever was done before it.

Due dates move back and forth, decisions are undone, dates corrected, manuscripts held and muted, reviewers replaced,
addresses changed and refused, letters held, skipped and sent by hand, numbers, zones and countries changed.
"""

from __future__ import annotations

import os
import random
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from sqlalchemy import delete, select

from tests.people import NOW
from tests.services.reminding import BASE_URL, deliver, live_journal, plan
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.errors import TrackerError
from tracker.formats.calendars import working_days
from tracker.models import Journal, LedgerEntry, Letter, Manuscript, OptOut, RefusedAddress, Reviewer, Task
from tracker.queries.reminders import planned_letters
from tracker.queries.upcoming import letters_to_come
from tracker.services import upcoming as deciding
from tracker.services.actions import Wish, record_action
from tracker.services.history import OPERATOR, correct_date, undo_last_step
from tracker.services.journals import change_journal
from tracker.services.manuscripts import NewAuthor, enter_manuscript
from tracker.services.records import arm_reminders
from tracker.services.reminders import look_again, replan

FIRST = date(2026, 11, 23)  # until 21 January: Advent, Christmas, the year's end and Epiphany
LENGTH = 60
LONG = bool(os.environ.get("TRACKER_TEST_LONG"))
PEOPLE = ("ada", "bo", "cy")
Sent = tuple[str, str, int]


class Office:
    """A journal, its manuscripts, and people who act by chance. `day` is the journal's."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.day = chance, FIRST
        self.journal_id = live_journal(f"j{uuid.uuid4().hex[:8]}", timezone="Europe/Berlin", country="DE").id
        self.ids = [self._manuscript(name) for name in ("ada", "ada", "bo", "cy")]
        for manuscript in self.ids[:3]:
            kind = chance.choice(("minor", "major"))
            self._record(manuscript, "revision_requested", kind=kind, on=FIRST - timedelta(days=chance.randint(1, 40)))
        reviewers = ["ada <ada@example.org>", "bo <bo@example.org>"]
        self._record(self.ids[3], "sent_to_review", reviewers=reviewers)
        self._record(self.ids[3], "agreed", reviewer=1, due_on=FIRST + timedelta(days=chance.randint(3, 40)))

    @property
    def now(self) -> datetime:
        zone = db.session.get_one(Journal, self.journal_id).timezone
        return datetime.combine(self.day, time(12), ZoneInfo(zone)).astimezone(UTC)

    def _manuscript(self, author: str) -> int:
        with transaction() as session:
            return enter_manuscript(
                session.get_one(Journal, self.journal_id), title=f"On {uuid.uuid4().hex}",
                authors=[NewAuthor(author, "Author", f"{author}@example.org")],
                received_on=PartialDate(date(2026, 9, 1)), by=OPERATOR, now=NOW, today=FIRST, confirmed=True,
            ).id  # fmt: skip

    def _record(self, manuscript: int, action: str, *, on: date | None = None, **wish: Any) -> None:
        asked = Wish(action, PartialDate(on or self.day), confirmed=True, **wish)
        with transaction() as session:
            found = session.get_one(Manuscript, manuscript)
            record_action(found, asked, by=OPERATOR, now=self.now, today=self.day)

    def _any_task(self) -> Task:
        tasks = list(db.session.scalars(select(Task).where(Task.journal_id == self.journal_id).order_by(Task.id)))
        return self.chance.choice(tasks) if tasks else Task(manuscript_id=self.ids[0], key="none:1")

    # What people do. Whatever the lifecycle refuses is refused, and nothing has happened.

    def extends(self) -> None:
        task = self._any_task()
        due_on = self.day + timedelta(days=self.chance.choice((3, 7, 8, 10, 14, 21)))
        self._record(task.manuscript_id, "extended", due_on=due_on, details={"task": task.key})

    def moves_on(self) -> None:
        manuscript = self.chance.choice(self.ids)
        match self.chance.choice(("resubmitted", "to_review", "agreed", "reviewed", "released", "invited", "decided")):
            case "to_review":
                names = [f"{name} <{name}@example.org>" for name in self.chance.sample(PEOPLE, 2)]
                self._record(manuscript, "sent_to_review", reviewers=names)
            case "invited":
                name = self.chance.choice(PEOPLE)
                on = self.day - timedelta(days=self.chance.choice((0, 0, 3)))
                self._record(manuscript, "invited", on=on, reviewers=[f"{name} <{name}@example.org>"])
            case "decided":
                self._record(manuscript, "revision_requested", kind="minor")
            case "resubmitted":
                self._record(manuscript, "resubmitted")
            case action:
                self._record(manuscript, action, reviewer=self.chance.choice((1, 2)))

    def holds_or_resumes(self) -> None:
        manuscript = self.chance.choice(self.ids)
        on_hold = db.session.get_one(Manuscript, manuscript).on_hold
        self._record(manuscript, "resumed" if on_hold else "held", note="asked to")

    def undoes(self) -> None:
        with transaction() as session:
            manuscript = session.get_one(Manuscript, self.chance.choice(self.ids))
            undo_last_step(manuscript, by=OPERATOR, now=self.now, today=self.day)

    def corrects(self) -> None:
        with transaction() as session:
            manuscript = session.get_one(Manuscript, self.chance.choice(self.ids))
            entries = select(LedgerEntry).where(LedgerEntry.manuscript_id == manuscript.id)
            entry = self.chance.choice(list(session.scalars(entries.order_by(LedgerEntry.position))))
            on = PartialDate(entry.occurred_on + timedelta(days=self.chance.choice((-5, -1, 1, 4))))
            told = {"by": OPERATOR, "now": self.now, "today": self.day}
            correct_date(manuscript, entry.position, on, reason="misread", **told)  # type: ignore[arg-type]

    def mutes_or_arms(self) -> None:
        with transaction() as session:
            manuscript = session.get_one(Manuscript, self.chance.choice(self.ids))
            arm_reminders(manuscript, not manuscript.is_armed, by=OPERATOR, now=self.now)

    def changes_an_address(self) -> None:
        with transaction() as session:
            reviewer = self.chance.choice([*session.scalars(select(Reviewer).order_by(Reviewer.id))])
            reviewer.email = reviewer.email_key = f"{uuid.uuid4().hex[:6]}@example.org"
            manuscript = session.get_one(Manuscript, self.chance.choice(self.ids))
            manuscript.authors[0].email = f"{self.chance.choice((*PEOPLE, 'new'))}@example.org"
            look_again([reviewer.manuscript_id, manuscript.id])

    def hears_or_loses_an_address(self) -> None:
        address = f"{self.chance.choice(PEOPLE)}@example.org"
        with transaction() as session:
            for table in (OptOut, RefusedAddress):
                session.execute(delete(table))
            if self.chance.random() < 0.3:
                row = OptOut(journal_id=self.journal_id, address=address, kind="reminders", opted_out_at=self.now)
                session.add(row)
            elif self.chance.random() < 0.3:
                session.add(RefusedAddress(address=address, refused_at=self.now, answer="550 5.1.1"))

    def changes_the_numbers(self) -> None:
        steps = self.chance.choice(({"revision": [-7, 3, 14]}, {"revision": [-10, -3]}, {"review": []}, {}))
        with transaction() as session:
            journal = session.get_one(Journal, self.journal_id)
            zone = self.chance.choice(("Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"))
            told = {"timezone": zone, "country": self.chance.choice(("DE", "NZ", ""))}
            change_journal(journal, by=OPERATOR, now=self.now, settings={"letter_steps": steps}, **told)  # type: ignore[arg-type]
            replan(journal)

    def decides_about_a_letter(self) -> None:
        shown = letters_to_come([self.journal_id], self.day, self.day + timedelta(days=21))
        if not shown:
            return
        letter = self.chance.choice(shown)
        with transaction() as session:
            manuscript = session.scalars(select(Manuscript).where(Manuscript.reference == letter.reference)).one()
            found = deciding.letter_to_come(manuscript, letter.task, letter.step)
            match self.chance.choice(("hold", "release", "skip", "send")):
                case "hold":
                    deciding.hold_letter(found, by=OPERATOR)
                case "release":
                    deciding.let_go(found, by=OPERATOR, today=self.day)
                case "skip":
                    deciding.skip_letter(found, by=OPERATOR, today=self.day)
                case _:
                    told = {"by": OPERATOR, "now": self.now, "today": self.day, "base_url": BASE_URL}
                    deciding.send_now(found, **told)  # type: ignore[arg-type]

    def something_happens(self) -> None:
        deeds: list[Callable[[], None]] = [
            self.extends, self.extends, self.moves_on, self.moves_on, self.moves_on, self.holds_or_resumes, self.undoes,
            self.corrects, self.mutes_or_arms, self.changes_an_address, self.hears_or_loses_an_address,
            self.changes_the_numbers, self.decides_about_a_letter, self.decides_about_a_letter,
        ]  # fmt: skip
        try:
            self.chance.choice(deeds)()
        except TrackerError:
            db.session.rollback()

    def day_passes(self) -> None:
        """What the preview shows, and what waits in the outbox and is still owed, leaves; and nothing else."""
        shown = [letter for letter in planned_letters([self.journal_id], self.day, self.day) if not letter.held]
        waiting = {letter.id for letter in self.letters() if letter.state == "queued"}
        before = {letter.id for letter in self.letters() if letter.state == "sent"}
        plan(self.day, now=self.now, journal_ids=[self.journal_id])
        deliver(self.day, now=self.now)
        new = [letter for letter in self.letters() if letter.state == "sent" and letter.id not in before]
        assert sorted(_known(letter) for letter in new if letter.id not in waiting) == sorted(
            (letter.to, f"{letter.reference} {letter.task}", letter.step) for letter in shown
        )
        if new:
            assert working_days(db.session.get_one(Journal, self.journal_id).country)(self.day)

    def letters(self) -> list[Letter]:
        db.session.rollback()
        mine = select(Letter).where(Letter.journal_id == self.journal_id).order_by(Letter.id)
        return list(db.session.scalars(mine, execution_options={"populate_existing": True}))


def _known(letter: Letter) -> Sent:
    assert letter.manuscript is not None
    return letter.to_email, f"{letter.manuscript.reference} {letter.task_key}", letter.step or 0


@pytest.mark.usefixtures("app")
@budget(
    deadline=None, max_examples=12 if LONG else 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(seed=st.integers(0, 1_000_000))
def test_whatever_is_done_between_the_days_the_preview_is_what_leaves(seed: int) -> None:
    office = Office(random.Random(seed))  # noqa: S311  chance that can be played again
    for offset in range(LENGTH):
        office.day = FIRST + timedelta(days=offset)
        for _ in range(office.chance.choice((0, 0, 1, 1, 2))):
            office.something_happens()
        office.day_passes()
    sent = [letter for letter in office.letters() if letter.state == "sent"]
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
