"""Building the demonstration: two journals, five people, and manuscripts walked through the workflow.

Every date lies in the past of the journal's today and is drawn from a seeded generator: the same every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tracker.demo.people import ACCOUNTS, authors, reviewers
from tracker.demo.seed import seed_article
from tracker.demo.titles import COACHING, TUTORING
from tracker.demo.walks import OTHER_WALKS, WALKS, Step, Walk
from tracker.domain.dates import PartialDate
from tracker.domain.recording import Entry
from tracker.domain.roles import Role, may_record
from tracker.domain.words import Action
from tracker.models import Account, Journal, Manuscript
from tracker.services.accounts import add_account, give_role
from tracker.services.actions import Wish, record_action
from tracker.services.history import OPERATOR, Actor, record_step, undo_last_step
from tracker.services.journals import add_journal
from tracker.services.manuscripts import enter_manuscript

SEED = 20201111
FIRST_VOLUME = 2020  # volume 1; the seed article's volume 2 is of 2021
SECTIONS = ("Articles", "Articles", "Articles", "Reviews", "Practice")
TYPES = {"Articles": "Research article", "Reviews": "Review", "Practice": "Case study"}
ADVANCE_REVIEWERS = 4


@dataclass(frozen=True)
class _Planned:
    """A walk with its days: the manuscript's title, when it was received, and when each step was taken."""

    title: str
    received_on: date
    steps: Sequence[tuple[Step, date]]


@dataclass
class _Scene:
    """One journal of the demonstration, its people, and the articles that it has numbered so far."""

    journal: Journal
    people: Sequence[tuple[Account, Role]]
    today: date
    rng: Random
    articles: dict[int, int]

    def actor_for(self, action: Action, handling: Account) -> Actor:
        """The handling editor where their role allows the action, else the chief editor."""
        roles = {account.uid: role for account, role in self.people}
        if may_record(roles[handling.uid], action):
            return Actor(handling.uid, roles[handling.uid])
        return next(Actor(account.uid, role) for account, role in self.people if role is Role.CHIEF_EDITOR)

    @property
    def editors(self) -> list[Account]:
        return [account for account, role in self.people if role in (Role.CHIEF_EDITOR, Role.EDITOR)]


def build_demo(*, now: datetime, today_in: Callable[[str], date]) -> None:
    """Fill an empty database. `today_in` gives the day in a time zone. The caller commits."""
    coaching = add_journal(
        slug="ijcp", title="International Journal of Coaching Psychology", timezone="Europe/London", country="GB",
        settings={"reminders_live": True}, by=OPERATOR, now=now,
    )  # fmt: skip
    tutoring = add_journal(
        slug="jtt", title="Journal of Tutoring and Translation", timezone="Pacific/Auckland", country="NZ",
        settings={"reminders_live": True}, by=OPERATOR, now=now,
    )  # fmt: skip
    people = _people({"ijcp": coaching, "jtt": tutoring}, now)
    seed_article(coaching, now=now, today=today_in(coaching.timezone))
    for journal, titles, walks in ((coaching, COACHING, WALKS), (tutoring, TUTORING, OTHER_WALKS)):
        scene = _Scene(journal, people[journal.slug], today_in(journal.timezone), Random(f"{SEED} {journal.slug}"), {})  # noqa: S311  the same scene each time
        _fill(scene, titles, walks)


def _people(journals: dict[str, Journal], now: datetime) -> dict[str, list[tuple[Account, Role]]]:
    people: dict[str, list[tuple[Account, Role]]] = {slug: [] for slug in journals}
    for person in ACCOUNTS:
        account = add_account(email=person.email, name=person.name, password=person.password, by=OPERATOR, now=now)
        give_role(account, journals[person.journal], person.role, by=OPERATOR, now=now)
        people[person.journal].append((account, person.role))
    return people


def _fill(scene: _Scene, titles: Sequence[str], walks: Iterable[Walk]) -> None:
    """Walk every manuscript, the earliest received first, so that the references count up with the dates."""
    shuffled = scene.rng.sample(titles, k=len(titles))
    all_walks = [walk for walk in walks for _ in range(walk.times)]
    planned = [_planned(walk, title, scene) for walk, title in zip(all_walks, shuffled, strict=False)]
    entered = [_walk(plan, scene) for plan in sorted(planned, key=lambda plan: plan.received_on)]
    _have_second_thoughts(entered[-1], scene)


def _planned(walk: Walk, title: str, scene: _Scene) -> _Planned:
    gaps = [scene.rng.randint(*step.after) for step in walk.steps]
    received_on = scene.today - timedelta(days=sum(gaps) + scene.rng.randint(*walk.then))
    days = [received_on + timedelta(days=sum(gaps[: index + 1])) for index in range(len(gaps))]
    return _Planned(title, received_on, list(zip(walk.steps, days, strict=True)))


def _walk(plan: _Planned, scene: _Scene) -> Manuscript:
    handling = scene.rng.choice(scene.editors)
    section = scene.rng.choice(SECTIONS)
    manuscript = enter_manuscript(
        scene.journal, title=plan.title, authors=authors(scene.rng), received_on=PartialDate(plan.received_on),
        by=scene.actor_for(Action.RECEIVED, handling), now=_office_hours(plan.received_on, scene.rng),
        today=plan.received_on, section=section, article_type=TYPES[section], handling_editor=handling,
    )  # fmt: skip
    invitable = reviewers(scene.rng, ADVANCE_REVIEWERS)
    for step, on in plan.steps:
        wish = Wish(
            step.action, PartialDate(on), kind=step.kind, note=step.note, reviewer=step.reviewer,
            reviewers=_invited(step, invitable), details={**step.details, **_numbers(step, on, scene)},
        )  # fmt: skip
        actor, now = scene.actor_for(step.action, handling), _office_hours(on, scene.rng)
        if step.action is Action.LAPSED:  # its two reminders are written afterwards, with all past letters
            overdue = {"due_on": f"{manuscript.due_on}", "reminders": 2}
            entry = Entry(step.action, PartialDate(on), overdue, step.note)
            record_step(manuscript, entry, by=actor, now=now, today=on)
        else:
            record_action(manuscript, wish, by=actor, now=now, today=on)
    return manuscript


def _invited(step: Step, invitable: Sequence[str]) -> Sequence[str]:
    """The first ones are asked again in every round; who is invited later comes after them."""
    return invitable[2 : 2 + step.reviewers] if step.action is Action.INVITED else invitable[: step.reviewers]


def _numbers(step: Step, on: date, scene: _Scene) -> dict[str, str]:
    """Volume, article number, pages and DOI of what is published; 10.5555 is the prefix for examples."""
    volume = on.year - FIRST_VOLUME + 1
    if step.action is Action.ISSUE_ASSIGNED:
        return {"volume": str(volume)}
    if step.action is not Action.PUBLISHED:
        return {}
    number = scene.articles[volume] = scene.articles.get(volume, 0) + 1
    return {
        "volume": str(volume), "article_number": str(number), "pages": f"1-{scene.rng.randint(8, 24)}",
        "doi": f"10.5555/{scene.journal.slug}.{on.year}.{number:03d}",
    }  # fmt: skip


def _have_second_thoughts(manuscript: Manuscript, scene: _Scene) -> None:
    """Record something and take it back: the history shows both."""
    chief = next(Actor(account.uid, role) for account, role in scene.people if role is Role.CHIEF_EDITOR)
    now = _office_hours(scene.today, scene.rng)
    hold = Wish(Action.HELD, PartialDate(scene.today), note="Meant for another manuscript.")
    record_action(manuscript, hold, by=chief, now=now, today=scene.today)
    undo_last_step(manuscript, by=chief, now=now + timedelta(minutes=3), today=scene.today, reason="Wrong manuscript.")


def _office_hours(on: date, rng: Random) -> datetime:
    """An instant at which somebody may have recorded it."""
    return datetime.combine(on, time(rng.randint(8, 16), rng.randint(0, 59)), tzinfo=UTC)
