"""The guards of the lifecycle: each looks at the standing before a step and at the step, and answers with the
sentence that refuses it, or None. What a guard must know from outside stands in the event's details, so that
a replay years later judges as the day itself did.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.domain.words import State, spoken

if TYPE_CHECKING:
    from tracker.domain.events import Event
    from tracker.domain.standing import Fold

Guard = Callable[["Fold", "Event"], str | None]

LAPSE_NEEDS_REMINDERS = 2


def _unless(agreed: object, sentence: str) -> str | None:
    return None if agreed else sentence


def reason_given(fold: Fold, event: Event) -> str | None:
    return _unless(event.note.strip(), "Give the reason: it stays in the manuscript's history.")


def returned(fold: Fold, event: Event) -> str | None:
    return _unless(fold.returned_incomplete, "The manuscript was not returned as incomplete.")


def not_returned(fold: Fold, event: Event) -> str | None:
    return _unless(not fold.returned_incomplete, "The manuscript has already been returned as incomplete.")


def complete(fold: Fold, event: Event) -> str | None:
    return _unless(
        not fold.returned_incomplete,
        "The manuscript is with the author, who was asked to complete it: record the completed submission first.",
    )


def never_reviewed(fold: Fold, event: Event) -> str | None:
    return _unless(
        fold.round_sent is None,
        "The manuscript has been sent to review; only before that can it be returned as incomplete.",
    )


def reviewer_or_internal(fold: Fold, event: Event) -> str | None:
    return _unless(
        event.details.get("reviewers") or event.details.get("internal"),
        "Name at least one reviewer, or tick “internal review”.",
    )


def no_review_on_record(fold: Fold, event: Event) -> str | None:
    return _unless(
        not fold.has_completed_review,
        "A completed review is on record, so this is no rejection at the desk: "
        "send it to review, then reject after review.",
    )


def reviewer_named(fold: Fold, event: Event) -> str | None:
    return _unless(event.details.get("reviewer"), "Name the reviewer.")


def no_live_invitation(fold: Fold, event: Event) -> str | None:
    status = fold.reviewer_status(event.details.get("reviewer"))
    return _unless(
        status not in ("invited", "agreed", "reviewed"),
        f"This reviewer has already {'been invited' if status == 'invited' else spoken(status)} in round {fold.round}.",
    )


def someone_invited(fold: Fold, event: Event) -> str | None:
    waiting = any(part.status == "invited" for part in fold.current_reviewing)
    return _unless(waiting, f"No reviewer has an open invitation in round {fold.round}.")


def someone_active(fold: Fold, event: Event) -> str | None:
    active = any(part.is_active for part in fold.current_reviewing)
    return _unless(active or _comes_with_a_decision(event), f"No reviewer is active in round {fold.round}.")


def _comes_with_a_decision(event: Event) -> bool:
    """A release that a decision brought: a review entered later, and dated before it, leaves it without effect."""
    return bool(event.details.get("with_decision"))


def reviewer_invited(fold: Fold, event: Event) -> str | None:
    return reviewer_named(fold, event) or _unless(
        fold.reviewer_status(event.details.get("reviewer")) == "invited",
        f"This reviewer has no open invitation in round {fold.round}.",
    )


def reviewer_active(fold: Fold, event: Event) -> str | None:
    active = fold.reviewer_status(event.details.get("reviewer")) in ("invited", "agreed")
    return reviewer_named(fold, event) or _unless(
        active or _comes_with_a_decision(event),
        f"This reviewer is not active in round {fold.round}: invite them first.",
    )


def confirmed_without_review(fold: Fold, event: Event) -> str | None:
    return _unless(
        fold.state is not State.RECEIVED or event.details.get("confirmed") or not event.is_live,
        "The manuscript has not been reviewed. Confirm that it is accepted without review.",
    )


def conditional(fold: Fold, event: Event) -> str | None:
    return _unless(
        fold.kind == "conditional",
        f"A {spoken(fold.kind) or 'minor'} revision was requested: record the re-submission first; "
        "only a conditional acceptance can be accepted in one step.",
    )


def conditions_met(fold: Fold, event: Event) -> str | None:
    return _unless(event.details.get("conditions_met"), "Tick “conditions met” to accept in one step.")


def stage_is_new(fold: Fold, event: Event) -> str | None:
    return _unless(event.kind != fold.stage, f"The production stage is {spoken(fold.stage)} already.")


def issue_named(fold: Fold, event: Event) -> str | None:
    return _unless(
        event.details.get("issue") or event.details.get("volume") or not event.is_live,
        "Name the volume or the issue.",
    )


def link_given(fold: Fold, event: Event) -> str | None:
    return _unless(event.details.get("link") or not event.is_live, "Give the link to the notice.")


def overdue_and_reminded(fold: Fold, event: Event) -> str | None:
    due_on, reminders = event.details.get("due_on"), event.details.get("reminders", 0)
    if due_on is None or event.occurred_on.isoformat() <= due_on:
        return (
            f"The revision is not overdue{f': it is due on {due_on}' if due_on else ''}; it cannot be closed as lapsed."
        )
    return _unless(
        reminders >= LAPSE_NEEDS_REMINDERS,
        f"The author has been reminded {reminders} of {LAPSE_NEEDS_REMINDERS} times; "
        "remind them before closing it as lapsed.",
    )


def journal_named(fold: Fold, event: Event) -> str | None:
    return _unless(event.details.get("transferred_to"), "Name the journal that it is transferred to.")


def author_consents(fold: Fold, event: Event) -> str | None:
    return _unless(event.details.get("author_consents"), "Tick that the author consents to the transfer.")


def held(fold: Fold, event: Event) -> str | None:
    return _unless(fold.on_hold, "The manuscript is not on hold.")


def not_held(fold: Fold, event: Event) -> str | None:
    return _unless(not fold.on_hold, "The manuscript is on hold already.")


def return_invited(fold: Fold, event: Event) -> str | None:
    return _unless(fold.kind == "resubmit_invited", "It was rejected without an invitation to re-submit.")


def no_appeal_yet(fold: Fold, event: Event) -> str | None:
    return _unless(not fold.appealed, "This decision has been appealed already; there is one appeal for a decision.")


def appeal_is_open(fold: Fold, event: Event) -> str | None:
    return _unless(fold.appeal_open, "There is no open appeal.")


def was_open(fold: Fold, event: Event) -> str | None:
    return _unless(
        fold.closed_from,
        "The imported history does not say what state it was withdrawn from; it cannot be reinstated.",
    )


def confirmed_with_doi(fold: Fold, event: Event) -> str | None:
    return _unless(
        not fold.doi or event.details.get("confirmed"),
        f"The DOI {fold.doi} is registered and would point to nothing. "
        "Confirm that the publication is undone all the same.",
    )


def task_and_date_named(fold: Fold, event: Event) -> str | None:
    return _unless(event.details.get("task") and event.details.get("due_on"), "Name the task and its new due date.")


# What these guards refuse is unusual, not wrong: a person may confirm it.
CONFIRMATIONS = frozenset({confirmed_without_review, confirmed_with_doi})
