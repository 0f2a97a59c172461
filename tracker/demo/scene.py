"""What happens in one journal of the demonstration: its people, its days, and the articles that it has numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tracker.demo.walks import Step, Walk
from tracker.domain.roles import Role, may_record
from tracker.domain.words import Action
from tracker.models import Account, Journal
from tracker.services.actors import Actor

FIRST_VOLUME = 2020  # volume 1; the seed article's volume 2 is of 2021
SECTIONS = ("Articles", "Articles", "Articles", "Reviews", "Practice")
TYPES = {"Articles": "Research article", "Reviews": "Review", "Practice": "Case study"}


@dataclass(frozen=True)
class Planned:
    """A walk with its days: the manuscript's title, when it was received, and when each step was taken."""

    title: str
    received_on: date
    steps: Sequence[tuple[Step, date]]


@dataclass
class Scene:
    """One journal of the demonstration, its people, and the articles that it has numbered so far."""

    journal: Journal
    people: Sequence[tuple[Account, Role]]
    now: datetime
    today: date
    rng: Random
    articles: dict[int, int]

    def actor_for(self, action: Action, handling: Account) -> Actor:
        """The handling editor where their role allows the action, else the chief editor."""
        roles = {account.uid: role for account, role in self.people}
        if may_record(roles[handling.uid], action):
            return Actor(handling.uid, roles[handling.uid])
        return next(Actor(account.uid, role) for account, role in self.people if role is Role.CHIEF_EDITOR)

    def office_hours(self, on: date, rng: Random) -> datetime:
        """An instant of that day at which somebody may have recorded it; none is still to come."""
        return min(datetime.combine(on, time(rng.randint(8, 16), rng.randint(0, 59)), tzinfo=UTC), self.now)

    @property
    def editors(self) -> list[Account]:
        return [account for account, role in self.people if role in (Role.CHIEF_EDITOR, Role.EDITOR)]


def planned(walk: Walk, title: str, scene: Scene) -> Planned:
    gaps = [scene.rng.randint(*step.after) for step in walk.steps]
    received_on = scene.today - timedelta(days=sum(gaps) + scene.rng.randint(*walk.then))
    days = [received_on + timedelta(days=sum(gaps[: index + 1])) for index in range(len(gaps))]
    return Planned(title, received_on, list(zip(walk.steps, days, strict=True)))


def numbers(step: Step, on: date, scene: Scene) -> dict[str, str]:
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
