"""A journal, its manuscripts, and people who act by chance: editors by the services, readers by the links they got."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from tests.mail.servers import Mailbox
from tests.people import NOW
from tests.services.reminding import BASE_URL, live_journal
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.errors import TrackerError
from tracker.domain.letters import AnswerKind
from tracker.formats.article_record import AuthorRecord
from tracker.models import Answer, Journal, LedgerEntry, Manuscript, OptOut, RefusedAddress, Reviewer, Task
from tracker.queries.courtesy import courtesy_drafts
from tracker.queries.upcoming import letters_to_come
from tracker.services import upcoming as deciding
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR
from tracker.services.answers import Reply, answer_letter, latest_day, settle_answer
from tracker.services.courtesy import leave_out_courtesy, release_courtesy
from tracker.services.history import correct_date, undo_last_step
from tracker.services.journals import change_journal
from tracker.services.letter_links import link_and_task
from tracker.services.manuscripts import enter_manuscript
from tracker.services.records import arm_reminders
from tracker.services.reminders import look_again, replan

PEOPLE = ("ada", "bo", "cy")
LINK = re.compile(r"/answer/([\w-]+)")
ENDS: dict[str, dict[str, Any]] = {
    "withdrawn": {"note": "The author asked for it."}, "lapsed": {}, "rejected": {"kind": "after_review"},
    "transferred": {"details": {"transferred_to": "Another Journal", "author_consents": True}}, "reinstated": {},
}  # fmt: skip


class Office:
    """`day` is the journal's. `mailbox` takes the letters, and readers take the links to answer from there."""

    def __init__(self, chance: random.Random, first: date, mailbox: Mailbox) -> None:
        self.chance, self.day, self.mailbox = chance, first, mailbox
        self.journal_id = live_journal(f"j{uuid.uuid4().hex[:8]}", timezone="Europe/Berlin", country="DE").id
        self.ids = [self._manuscript(name, first) for name in ("ada", "ada", "bo", "cy", "ada")]
        for manuscript in self.ids[:3]:
            kind = chance.choice(("minor", "major"))
            self._record(manuscript, "revision_requested", kind=kind, on=first - timedelta(days=chance.randint(1, 40)))
        reviewers = ["ada <ada@example.org>", "bo <bo@example.org>"]
        self._record(self.ids[3], "sent_to_review", reviewers=reviewers)
        self._record(self.ids[3], "agreed", reviewer=1, due_on=first + timedelta(days=chance.randint(3, 40)))

    @property
    def now(self) -> datetime:
        zone = db.session.get_one(Journal, self.journal_id).timezone
        return datetime.combine(self.day, time(12), ZoneInfo(zone)).astimezone(UTC)

    @property
    def told(self) -> dict[str, Any]:
        return {"by": OPERATOR, "now": self.now, "today": self.day}

    def _manuscript(self, author: str, first: date) -> int:
        with transaction() as session:
            return enter_manuscript(
                session.get_one(Journal, self.journal_id), title=f"On {uuid.uuid4().hex}",
                authors=[AuthorRecord(author, "Author", f"{author}@example.org")],
                received_on=PartialDate(date(2026, 9, 1)), by=OPERATOR, now=NOW, today=first, confirmed=True,
            ).id  # fmt: skip

    def _record(self, manuscript: int, action: str, *, on: date | None = None, **wish: Any) -> None:
        asked = Wish(action, PartialDate(on or self.day), confirmed=True, **wish)
        with transaction() as session:
            record_action(session.get_one(Manuscript, manuscript), asked, **self.told)

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
        match self.chance.choice(("resubmitted", "to_review", "agreed", "reviewed", "invited", "decided", "gone")):
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
            case "gone":
                action = self.chance.choice(("released", "declined", "no_reply"))
                self._record(manuscript, action, reviewer=self.chance.choice((1, 2)))
            case action:
                self._record(manuscript, action, reviewer=self.chance.choice((1, 2)))

    def ends_or_begins_again(self) -> None:
        action = self.chance.choice(("reinstated", *ENDS))
        self._record(self.chance.choice(self.ids), action, **ENDS[action])

    def holds_or_resumes(self) -> None:
        manuscript = self.chance.choice(self.ids)
        on_hold = db.session.get_one(Manuscript, manuscript).on_hold
        self._record(manuscript, "resumed" if on_hold else "held", note="asked to")

    def undoes(self) -> None:
        with transaction() as session:
            undo_last_step(session.get_one(Manuscript, self.chance.choice(self.ids)), **self.told)

    def corrects(self) -> None:
        with transaction() as session:
            manuscript = session.get_one(Manuscript, self.chance.choice(self.ids))
            entries = select(LedgerEntry).where(LedgerEntry.manuscript_id == manuscript.id)
            entry = self.chance.choice(list(session.scalars(entries.order_by(LedgerEntry.position))))
            on = PartialDate(entry.occurred_on + timedelta(days=self.chance.choice((-5, -1, 1, 4))))
            correct_date(manuscript, entry.position, on, reason="misread", **self.told)

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
            told: dict[str, Any] = {"timezone": zone, "country": self.chance.choice(("DE", "NZ", ""))}
            change_journal(journal, by=OPERATOR, now=self.now, settings={"letter_steps": steps}, **told)
            replan(journal)

    def decides_about_a_letter(self) -> None:
        shown = letters_to_come([self.journal_id], self.day, self.day + timedelta(days=21))
        if not shown:
            return
        letter = self.chance.choice(shown)
        with transaction() as session:
            manuscript = session.scalars(select(Manuscript).where(Manuscript.reference == letter.reference)).one()
            found = deciding.letter_to_come(manuscript, letter.task, letter.step)
            match "again" if letter.held == "opted_out" else self.chance.choice(("hold", "release", "skip", "send")):
                case "again":
                    deciding.remind_again(found, by=OPERATOR, today=self.day)
                case "hold":
                    deciding.hold_letter(found, by=OPERATOR)
                case "release":
                    deciding.let_go(found, by=OPERATOR, today=self.day)
                case "skip":
                    deciding.skip_letter(found, by=OPERATOR, today=self.day)
                case _:
                    deciding.send_now(found, base_url=BASE_URL, **self.told)

    def decides_about_a_courtesy_letter(self) -> None:
        with transaction() as session:
            for draft in courtesy_drafts(session.get_one(Journal, self.journal_id), self.day)[:1]:
                if self.chance.random() < 0.7:
                    release_courtesy(draft.manuscript, base_url=BASE_URL, **self.told)
                else:
                    leave_out_courtesy(draft.manuscript, by=OPERATOR, today=self.day)

    def answers_a_letter(self) -> None:
        """Somebody opens one of the last letters and follows its link; it may lead nowhere any more."""
        texts = [str(letter.get_body(("plain",)).get_content()) for letter in self.mailbox.letters[-6:]]  # type: ignore[union-attr]  # every letter of ours has a text
        tokens = [token for text in texts for token in LINK.findall(text)]
        if not tokens:
            return
        kind = self.chance.choice([*AnswerKind])
        with transaction():
            link, task = link_and_task(self.chance.choice(tokens))
            until = self.chance.choice((task.due_on + timedelta(days=5), latest_day(task, self.day)))
            reply = Reply(kind, until if kind is AnswerKind.LATER else None)
            answer_letter(link, task, reply, now=self.now, today=self.day)

    def looks_at_an_answer(self) -> None:
        with transaction() as session:
            waiting = select(Answer).where(Answer.journal_id == self.journal_id, Answer.handled_at.is_(None))
            for answer in session.scalars(waiting.order_by(Answer.id).limit(1)):
                settle_answer(answer, by=OPERATOR, now=self.now)

    def something_happens(self) -> None:
        deeds: list[Callable[[], None]] = [
            self.extends, self.extends, self.moves_on, self.moves_on, self.moves_on, self.holds_or_resumes, self.undoes,
            self.corrects, self.mutes_or_arms, self.changes_an_address, self.hears_or_loses_an_address,
            self.changes_the_numbers, self.decides_about_a_letter, self.decides_about_a_letter,
            self.decides_about_a_courtesy_letter, self.answers_a_letter, self.answers_a_letter, self.looks_at_an_answer,
            self.ends_or_begins_again,
        ]  # fmt: skip
        try:
            self.chance.choice(deeds)()
        except TrackerError:
            db.session.rollback()
