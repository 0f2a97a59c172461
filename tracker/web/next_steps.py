"""What comes next: the step that usually follows, and the buttons in the groups that people look for them in.

What may be done is the lifecycle's table; here it is only put in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from tracker.domain.roles import Whose, may_record
from tracker.domain.transitions import Transition, transition_from
from tracker.domain.words import Action, Holder, State

A = Action

_USUAL: dict[tuple[str, str], Action] = {
    (State.RECEIVED, Holder.EDITOR): A.SENT_TO_REVIEW,
    (State.RECEIVED, Holder.AUTHOR): A.COMPLETED,
    (State.UNDER_REVIEW, Holder.REVIEWERS): A.REVIEWED,
    (State.REVISION_REQUESTED, Holder.AUTHOR): A.RESUBMITTED,
    (State.ACCEPTED, Holder.AUTHOR): A.STAGE_CHANGED,
    (State.ACCEPTED, Holder.PRODUCTION): A.PUBLISHED,
}  # fmt: skip
_DECISIONS = (A.ACCEPTED, A.REVISION_REQUESTED, A.REJECTED, A.APPEAL_GRANTED, A.APPEAL_DISMISSED)

# heading → what stands under it, in this order; anything else comes last
GROUPS: dict[str, tuple[Action, ...]] = {
    "Review": (A.SENT_TO_REVIEW, A.INVITED, A.AGREED, A.REVIEWED, A.DECLINED, A.NO_REPLY, A.RELEASED),
    "Decision": _DECISIONS,
    "Author": (A.RECEIVED, A.RESUBMITTED, A.COMPLETED, A.RETURNED, A.APPEALED),
    "Production": (A.STAGE_CHANGED, A.PUBLISHED, A.ISSUE_ASSIGNED, A.NOTICE_ADDED),
    "Course": (
        A.EXTENDED, A.HELD, A.RESUMED, A.REINSTATED, A.WITHDRAWN, A.LAPSED, A.TRANSFERRED, A.ACCEPTANCE_RESCINDED,
        A.PUBLICATION_UNDONE,
    ),
}  # fmt: skip


class Standing(Protocol):
    """What a row of a list and a manuscript's row both tell."""

    @property
    def reference(self) -> str: ...
    @property
    def state(self) -> str | None: ...
    @property
    def waiting_on(self) -> str: ...
    @property
    def on_hold(self) -> bool: ...


@dataclass(frozen=True)
class NextStep:
    """A button: its words, and the address where the step is recorded or decided."""

    label: str
    href: str


def usual_action(standing: Standing) -> Action | None:
    """The action that usually follows, or None where a person has to decide, or nothing is left to do."""
    if standing.on_hold:
        return A.RESUMED
    return _USUAL.get((standing.state or "", standing.waiting_on))


def next_step(standing: Standing, role: str, whose: Whose) -> NextStep | None:
    """The button of a line in a list; None where this role may do nothing next to what is theirs or another's."""
    page = f"/manuscripts/{standing.reference}"
    if (action := usual_action(standing)) is not None and may_record(role, action, whose):
        row = transition_from(State(standing.state or ""), action)
        return NextStep(row.button, f"{page}/record/{action}") if row else None
    if standing.waiting_on == Holder.EDITOR and may_record(role, A.ACCEPTED, whose):
        return NextStep("Record decision", f"{page}#decision")
    return None


def grouped(rows: Iterable[Transition]) -> list[tuple[str, list[Transition]]]:
    """The rows under their headings; headings without rows are left out."""
    rows = list(rows)
    found = [(heading, [row for row in rows if row.action in actions]) for heading, actions in GROUPS.items()]
    return [
        (heading, sorted(group, key=lambda row: GROUPS[heading].index(row.action))) for heading, group in found if group
    ]
