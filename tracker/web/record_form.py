"""The form of one action: what it asks, what it offers, and what a person meant by what they typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.dates import parse_day, parse_iso
from tracker.domain.errors import BadInput
from tracker.domain.facts import TEXTS, TICKS
from tracker.domain.standing import Fold
from tracker.domain.transitions import Transition
from tracker.domain.words import RECOMMENDATIONS, Action, State, spoken
from tracker.models import Manuscript, Task
from tracker.queries.people import reviewers_of, tasks_of
from tracker.services.actions import Wish
from tracker.web.days import day_in_view
from tracker.web.manuscript_page import named

PUBLICATION = ("doi", "volume", "issue", "article_number", "pages")
# Only these reviewers can do it; anybody active otherwise.
_INVITED_ONLY = frozenset({Action.AGREED, Action.NO_REPLY})
_HAVE_DUE_DATES = frozenset({Action.AGREED, Action.REVISION_REQUESTED, Action.INVITED, Action.RETURNED})


@dataclass(frozen=True)
class Choices:
    """What the form's menus offer, as (value, words)."""

    kinds: list[tuple[str, str]]
    reviewers: list[tuple[int, str]]
    recommendations: list[tuple[str, str]]
    tasks: list[tuple[str, str]]
    due_rule: str
    must_confirm: bool


def choices_for(manuscript: Manuscript, row: Transition, standing: Fold) -> Choices:
    """What can be chosen for this action where the manuscript stands."""
    names = named(reviewers_of(manuscript))
    return Choices(
        kinds=[(kind, spoken(kind).capitalize()) for kind in row.kinds if kind != standing.stage],
        reviewers=[
            (part.reviewer, f"{names.get(part.reviewer, f'Reviewer {part.reviewer}')} ({spoken(part.status)})")
            for part in standing.current_reviewing
            if (part.status == "invited" if row.action in _INVITED_ONLY else part.is_active)
        ],
        recommendations=[("", "None given"), *((word, spoken(word).capitalize()) for word in RECOMMENDATIONS)],
        tasks=[(task.key, task_words(task, names)) for task in tasks_of(manuscript)],
        due_rule=due_rule(manuscript, row),
        must_confirm=must_confirm(row, standing),
    )  # fmt: skip


def task_words(task: Task, names: Mapping[int, str]) -> str:
    """`Review by Ada Lovelace, due 4 May 2026`."""
    name = names.get(task.reviewer_number or 0)
    by = f" by {name}" if name else ""
    return f"{spoken(task.kind).capitalize()}{by}, due {day_in_view(task.due_on)}"


def due_rule(manuscript: Manuscript, row: Transition) -> str:
    """What happens when the due date is left empty, in words; empty for an action that has none."""
    days = manuscript.journal.policy.days_due
    match row.action:
        case Action.AGREED:
            return f"Left empty: {days['review']} days from the date above."
        case Action.REVISION_REQUESTED:
            rules = ", ".join(f"{days[f'revision_{kind}']} for {spoken(kind)}" for kind in row.kinds)
            return f"Left empty, counted in days from the date above: {rules}."
    return ""


def must_confirm(row: Transition, standing: Fold) -> bool:
    """Whether the rules want a tick: an acceptance without review, undoing a publication whose DOI is registered."""
    if "confirmed" not in row.asks:
        return False
    return standing.state is State.RECEIVED if row.action == Action.ACCEPTED else bool(standing.doi)


def defaults_for(manuscript: Manuscript, row: Transition, today: date) -> dict[str, object]:
    """What the form holds before anybody types: today, and what is known of the publication."""
    known = {name: getattr(manuscript, name) for name in PUBLICATION}
    return {"on": today, "kind": row.kinds[0] if len(row.kinds) == 1 else "", **known}


def wish_of(action: str, typed: Mapping[str, str]) -> Wish:
    """The action as the form asks for it. Raises BadInput for a date or number that cannot be read."""
    details: dict[str, object] = {name: typed.get(name, "").strip() for name in TEXTS}
    details |= {name: name in typed for name in TICKS}
    return Wish(
        action=action,
        on=parse_iso(typed.get("on", ""), field="date"),
        kind=typed.get("kind", ""),
        note=typed.get("note", ""),
        due_on=day_or_none(typed.get("due_on", ""), "due date"),
        reviewers=[line.strip() for line in typed.get("reviewers", "").splitlines() if line.strip()],
        reviewer=number_or_none(typed.get("reviewer", "")),
        to_author=typed.get("to_author", "").strip(),
        to_editor=typed.get("to_editor", "").strip(),
        confirmed="confirmed" in typed,
        details=details,
    )


def day_or_none(text: str, field: str) -> date | None:
    """A whole day, or None where nothing was typed. Raises BadInput."""
    if not text.strip():
        return None
    return parse_day(text, field=field)


def number_or_none(text: str) -> int | None:
    """A reviewer's number, or None where none was chosen. Raises BadInput."""
    if not text.strip():
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise BadInput("The reviewer chosen could not be read. Choose one from the list.")
    return int(text)
