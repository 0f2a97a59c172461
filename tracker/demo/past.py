"""The past of the demonstration's journal: years of closed manuscripts, so that its reports have something to say.

They are written by the door for many. Each action has its own day, hour and person, as if recorded when it happened.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from tracker.db import db
from tracker.demo.people import authors, reviewers
from tracker.demo.scene import SECTIONS, TYPES, Planned, Scene, numbers
from tracker.demo.titles import past_titles
from tracker.demo.walks import PAST_WALKS, Step
from tracker.domain.events import SEQUENCE_STEP, Event
from tracker.domain.recording import Plan
from tracker.domain.standing import fold_events
from tracker.domain.words import Action
from tracker.formats.article_record import AuthorRecord
from tracker.models import Account, Reviewer
from tracker.services.bulk_history import BulkHistories, NewHistory
from tracker.services.manuscripts import identity_key

FIRST_YEAR = 2021  # the seed article, of 2020, stays the first
RECEIVED = (32, 35, 40, 43, 47, 50)  # in each of the last years, the present one among them
PACE = (1.45, 1.35, 1.2, 1.05, 0.95, 0.85)  # the journal has become faster
LATEST_DAYS_AGO = 250  # those received since then are walked through to now
ASKED = 4  # reviewers whom a manuscript may come to have
PRINTED = ("volume", "article_number", "pages")


def planned_past(scene: Scene) -> list[Planned]:
    """Manuscripts of the last years that are closed by now."""
    rng = Random(f"past {scene.journal.slug}")  # noqa: S311
    titles = iter(past_titles(rng, sum(RECEIVED)))
    years = range(scene.today.year - len(RECEIVED) + 1, scene.today.year + 1)
    plans = [
        _planned(rng, next(titles), date(year, 1, 1) + timedelta(rng.randrange(365)), pace)
        for year, count, pace in zip(years, RECEIVED, PACE, strict=True)
        for _ in range(count)
        if year >= FIRST_YEAR
    ]
    latest = scene.today - timedelta(LATEST_DAYS_AGO)
    return [plan for plan in plans if plan.received_on <= latest and plan.steps[-1][1] < scene.today]


def _planned(rng: Random, title: str, received_on: date, pace: float) -> Planned:
    """A walk at the pace of those years. What is the authors' to do does not hurry with the journal."""
    (walk,) = rng.choices(PAST_WALKS, weights=[walk.times for walk in PAST_WALKS])
    steps, on = [], received_on
    for step in walk.steps:
        gap = rng.randint(*step.after)
        is_theirs = step.action in (Action.RESUBMITTED, Action.LAPSED)
        on += timedelta(gap if is_theirs else round(gap * pace))
        steps.append((step, on))
    return Planned(title, received_on, steps)


def write_past(plans: Sequence[tuple[Planned, str]], scene: Scene) -> None:
    """Write these manuscripts under their references; the articles are numbered in the order of their publication."""
    rng = Random(f"people {scene.journal.slug}")  # noqa: S311
    histories, asked = BulkHistories(db.session()), []
    for plan, reference in sorted(plans, key=lambda pair: pair[0].steps[-1][1]):
        handling, writers = rng.choice(scene.editors), authors(rng)
        events = tuple(_events(plan, handling, scene, rng))
        row = {"id": histories.next_id(), "reference": reference, **_row(plan, writers, handling, scene, rng)}
        row |= {name: value for name, value in events[-1].details.items() if name in PRINTED}
        authors_rows = [vars(author) for author in writers]
        histories.add(NewHistory(row, authors_rows, Plan(events, fold_events(events)), scene.journal.policy))
        numbers_asked = {event.details["reviewer"] for event in events if event.action == Action.INVITED}
        names = reviewers(rng, ASKED, writers)
        asked += [_reviewer(row["id"], number, names[number - 1]) for number in sorted(numbers_asked)]
    histories.finish()
    db.session.add_all(asked)
    db.session.flush()


def _row(
    plan: Planned, writers: Sequence[AuthorRecord], handling: Account, scene: Scene, rng: Random
) -> dict[str, Any]:
    section = rng.choice(SECTIONS)
    return {
        "uid": uuid.UUID(int=rng.getrandbits(128)).hex, "journal_id": scene.journal.id, "title": plan.title,
        "keywords": [], "section": section, "article_type": TYPES[section], "handling_editor_id": handling.id,
        "identity_key": identity_key(plan.title, writers), "created_at": scene.office_hours(plan.received_on, rng),
    }  # fmt: skip


def _reviewer(manuscript_id: int, number: int, text: str) -> Reviewer:
    name, _, email = text.rstrip(">").partition(" <")
    return Reviewer(manuscript_id=manuscript_id, number=number, name=name, email=email, email_key=email)


def _events(plan: Planned, handling: Account, scene: Scene, rng: Random) -> Iterator[Event]:
    """The ledger as each step would have written it: a sending to review invites in the same step."""
    position, last, sequence, due_on = 0, date.min, 0, plan.received_on
    for step, on in ((Step(Action.RECEIVED), plan.received_on), *plan.steps):
        first, actor, at = position + 1, scene.actor_for(step.action, handling).uid, scene.office_hours(on, rng)
        for action, details in _written_out(step, on, due_on, scene):
            position += 1
            sequence = sequence + SEQUENCE_STEP if on == last else SEQUENCE_STEP
            last = on
            due_on = date.fromisoformat(details.get("due_on", f"{due_on}"))
            yield Event(position, action, on, sequence, at, actor, details=details, note=step.note, step=first)


def _written_out(step: Step, on: date, due_on: date, scene: Scene) -> Iterator[tuple[Action, dict[str, Any]]]:
    days = scene.journal.policy.days_due
    due = {
        Action.AGREED: "review", Action.INVITED: "invitation", Action.REVISION_REQUESTED: f"revision_{step.kind}",
    }.get(step.action)  # fmt: skip
    details: dict[str, Any] = {**step.details, **numbers(step, on, scene)}
    details |= {"kind": step.kind} if step.kind else {}
    details |= {"reviewer": step.reviewer} if step.reviewer else {}
    details |= {"due_on": f"{on + timedelta(days[due])}"} if due else {}
    details |= {"due_on": f"{due_on}", "reminders": 2} if step.action is Action.LAPSED else {}
    invited = range(1, step.reviewers + 1)
    if step.action is Action.INVITED:
        yield step.action, {"reviewer": ASKED - 1, **details}
        return
    if step.action is Action.SENT_TO_REVIEW:
        details |= {"required_reviews": scene.journal.policy.required_reviews, "reviewers": list(invited)}
    yield step.action, details
    for number in invited:
        yield Action.INVITED, {"reviewer": number, "due_on": f"{on + timedelta(days['invitation'])}"}
