"""Building the demonstration: two journals, five people, and manuscripts walked through the workflow.

Every date lies in the past of the journal's today and is drawn from a seeded generator: the same every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from random import Random

from tracker.demo.past import planned_past, write_past
from tracker.demo.people import ACCOUNTS, authors, reviewers
from tracker.demo.scene import SECTIONS, TYPES, Planned, Scene, numbers, planned
from tracker.demo.seed import seed_article
from tracker.demo.titles import COACHING, TUTORING
from tracker.demo.walks import OTHER_WALKS, WALKS, Step, Walk
from tracker.domain.dates import PartialDate
from tracker.domain.recording import Entry
from tracker.domain.roles import Role
from tracker.domain.words import Action
from tracker.models import Account, Journal, Manuscript
from tracker.services.accounts import add_account, give_role
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR, Actor
from tracker.services.history import record_step, undo_last_step
from tracker.services.journals import add_journal
from tracker.services.manuscripts import enter_manuscript, receive_return
from tracker.services.references import free_reference

SEED = 20201111
ADVANCE_REVIEWERS = 4


def build_demo(*, now: datetime, today_in: Callable[[str], date]) -> None:
    """Fill an empty database. `today_in` gives the day in a time zone. The caller commits."""
    coaching = add_journal(
        slug="ijcp", title="International Journal of Coaching Psychology", timezone="Europe/London", country="GB",
        settings={"reminders_live": True, "public_turnaround": True}, by=OPERATOR, now=now,
    )  # fmt: skip
    tutoring = add_journal(
        slug="jtt", title="Journal of Tutoring and Translation", timezone="Pacific/Auckland", country="NZ",
        settings={"reminders_live": True}, by=OPERATOR, now=now,
    )  # fmt: skip
    people = _people({"ijcp": coaching, "jtt": tutoring}, now)
    seed_article(coaching, now=now, today=today_in(coaching.timezone))
    for journal, titles, walks in ((coaching, COACHING, WALKS), (tutoring, TUTORING, OTHER_WALKS)):
        rng = Random(f"{SEED} {journal.slug}")  # noqa: S311  the same scene each time
        scene = Scene(journal, people[journal.slug], now, today_in(journal.timezone), rng, {})
        _fill(scene, titles, walks, past=planned_past(scene) if journal is coaching else [])


def _people(journals: dict[str, Journal], now: datetime) -> dict[str, list[tuple[Account, Role]]]:
    people: dict[str, list[tuple[Account, Role]]] = {slug: [] for slug in journals}
    for person in ACCOUNTS:
        account = add_account(email=person.email, name=person.name, password=person.password, by=OPERATOR, now=now)
        give_role(account, journals[person.journal], person.role, by=OPERATOR, now=now)
        people[person.journal].append((account, person.role))
    return people


def _fill(scene: Scene, titles: Sequence[str], walks: Iterable[Walk], past: Sequence[Planned]) -> None:
    """Write the past, and walk every other manuscript; the references count up with the dates of receipt."""
    shuffled = scene.rng.sample(titles, k=len(titles))
    all_walks = [walk for walk in walks for _ in range(walk.times)]
    present = [planned(walk, title, scene) for walk, title in zip(all_walks, shuffled, strict=False)]
    in_order = sorted([*past, *present], key=lambda plan: plan.received_on)
    references = {plan.title: free_reference(scene.journal, "", plan.received_on.year) for plan in in_order}
    write_past([(plan, references[plan.title]) for plan in past], scene)
    present.sort(key=lambda plan: plan.received_on)
    entered = [_walk(plan, references[plan.title], scene) for plan in present]
    _have_second_thoughts(entered[-1], scene)
    _come_back(entered, scene)


def _walk(plan: Planned, reference: str, scene: Scene) -> Manuscript:
    handling = scene.rng.choice(scene.editors)
    section, writers = scene.rng.choice(SECTIONS), authors(scene.rng)
    manuscript = enter_manuscript(
        scene.journal, title=plan.title, authors=writers, received_on=PartialDate(plan.received_on),
        by=scene.actor_for(Action.RECEIVED, handling), now=scene.office_hours(plan.received_on, scene.rng),
        today=plan.received_on, section=section, article_type=TYPES[section], handling_editor=handling,
        reference=reference,
    )  # fmt: skip
    invitable = reviewers(scene.rng, ADVANCE_REVIEWERS, writers)
    for step, on in plan.steps:
        wish = Wish(
            step.action, PartialDate(on), kind=step.kind, note=step.note, reviewer=step.reviewer,
            reviewers=_invited(step, invitable), details={**step.details, **numbers(step, on, scene)},
        )  # fmt: skip
        actor, now = scene.actor_for(step.action, handling), scene.office_hours(on, scene.rng)
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


def _come_back(entered: Sequence[Manuscript], scene: Scene) -> None:
    """Receive again what was rejected with an invitation to come back: one paper, two records."""
    on = scene.today - timedelta(days=2)
    chief = next(Actor(account.uid, role) for account, role in scene.people if role is Role.CHIEF_EDITOR)
    for manuscript in entered:
        if manuscript.kind == "resubmit_invited":
            receive_return(manuscript, PartialDate(on), by=chief, now=scene.office_hours(on, scene.rng), today=on)


def _have_second_thoughts(manuscript: Manuscript, scene: Scene) -> None:
    """Record something and take it back: the history shows both."""
    chief = next(Actor(account.uid, role) for account, role in scene.people if role is Role.CHIEF_EDITOR)
    noticed_at = scene.office_hours(scene.today, scene.rng)
    hold = Wish(Action.HELD, PartialDate(scene.today), note="Meant for another manuscript.")
    record_action(manuscript, hold, by=chief, now=noticed_at - timedelta(minutes=3), today=scene.today)
    undo_last_step(manuscript, by=chief, now=noticed_at, today=scene.today, reason="Wrong manuscript.")
