"""The lifecycle: one table. The buttons, `tracker record`, the diagram and the test data all come from it.

Each row says: from these states, this action leads to that state, if its guards agree. The pair (state, action)
names one row at most. Composite steps (T9) are written out by `tracker.domain.recording`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain import guards as g
from tracker.domain.words import (
    NOTICE_KINDS,
    OPEN_STATES,
    PRODUCTION_STAGES,
    REVISION_KINDS,
    WITHDRAWAL_KINDS,
    Action,
    State,
    as_action,
)

A, S = Action, State
REVIEWABLE = frozenset({S.RECEIVED, S.UNDER_REVIEW, S.RESUBMITTED})


@dataclass(frozen=True)
class Transition:
    """A row of the table. `target` None: the state stays.

    `when` are the guards on where the manuscript stands: they decide whether the button shows. `guards` are those on
    what is recorded. `asks` names what its form asks beside the date and a note. A row that `opens_linked` leaves its
    event in the ledger of a new, linked record (`services.manuscripts.receive_return`).
    """

    number: str
    action: Action
    sources: frozenset[State]
    target: State | None
    button: str
    done: str
    kinds: tuple[str, ...] = ()
    when: tuple[g.Guard, ...] = ()
    guards: tuple[g.Guard, ...] = ()
    asks: tuple[str, ...] = ()
    releases_reviewers: bool = False
    opens_linked: bool = False

    @property
    def opens_a_record(self) -> bool:
        return not self.sources


def _row(
    number: str,
    action: Action,
    sources: Iterable[State],
    target: State | None,
    button: str,
    done: str,
    **more: object,
) -> Transition:
    return Transition(number, action, frozenset(sources), target, button, done, **more)  # type: ignore[arg-type]  # the rest of the row


# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    _row("T1", A.RECEIVED, (), S.RECEIVED, "Enter manuscript", "Received"),
    _row("T2", A.RETURNED, (S.RECEIVED,), None, "Return as incomplete", "Returned as incomplete",
         when=(g.not_returned, g.never_reviewed)),
    _row("T2", A.COMPLETED, (S.RECEIVED,), None, "Record completed submission", "Completed by the author",
         when=(g.returned,)),
    _row("T3", A.SENT_TO_REVIEW, (S.RECEIVED, S.RESUBMITTED), S.UNDER_REVIEW, "Send to review", "Sent to review",
         when=(g.complete,), guards=(g.reviewer_or_internal,), asks=("reviewers", "internal")),
    _row("T4", A.REJECTED, (S.RECEIVED,), S.REJECTED, "Reject", "Rejected",
         kinds=("desk",), when=(g.no_review_on_record,), releases_reviewers=True),
    _row("T5", A.INVITED, (S.UNDER_REVIEW,), None, "Invite a reviewer", "Reviewer invited",
         guards=(g.reviewer_named, g.no_live_invitation), asks=("reviewers",)),
    _row("T5", A.AGREED, (S.UNDER_REVIEW,), None, "Record agreement", "Reviewer agreed",
         when=(g.someone_invited,), guards=(g.reviewer_invited,), asks=("reviewer", "due_on")),
    _row("T5", A.DECLINED, (S.UNDER_REVIEW,), None, "Record decline", "Reviewer declined",
         when=(g.someone_active,), guards=(g.reviewer_active,), asks=("reviewer",)),
    _row("T5", A.REVIEWED, (S.UNDER_REVIEW,), None, "Record review", "Review received",
         when=(g.someone_active,), guards=(g.reviewer_active,), asks=("reviewer", "recommendation", "review")),
    _row("T5", A.NO_REPLY, (S.UNDER_REVIEW,), None, "Record no reply", "Reviewer did not reply",
         when=(g.someone_invited,), guards=(g.reviewer_invited,), asks=("reviewer",)),
    _row("T5", A.RELEASED, (S.UNDER_REVIEW,), None, "Release reviewer", "Reviewer released",
         when=(g.someone_active,), guards=(g.reviewer_active,), asks=("reviewer",)),
    _row("T6", A.REVISION_REQUESTED, REVIEWABLE, S.REVISION_REQUESTED, "Request revision", "Revision requested",
         kinds=REVISION_KINDS, when=(g.complete,), asks=("due_on",), releases_reviewers=True),
    _row("T7", A.RESUBMITTED, (S.REVISION_REQUESTED,), S.RESUBMITTED, "Record re-submission", "Re-submitted"),
    _row("T8", A.ACCEPTED, REVIEWABLE, S.ACCEPTED, "Accept", "Accepted",
         when=(g.complete,), guards=(g.confirmed_without_review,), asks=("confirmed",), releases_reviewers=True),
    _row("T9", A.ACCEPTED, (S.REVISION_REQUESTED,), S.ACCEPTED, "Accept: conditions met", "Accepted",
         when=(g.conditional,), guards=(g.conditions_met,), asks=("conditions_met",)),
    _row("T10", A.REJECTED, (S.UNDER_REVIEW, S.RESUBMITTED, S.REVISION_REQUESTED), S.REJECTED, "Reject", "Rejected",
         kinds=("after_review", "resubmit_invited"), releases_reviewers=True),
    _row("T11", A.STAGE_CHANGED, (S.ACCEPTED,), None, "Change production stage", "Production stage changed",
         kinds=PRODUCTION_STAGES, guards=(g.stage_is_new,)),
    _row("T12", A.PUBLISHED, (S.ACCEPTED,), S.PUBLISHED, "Publish online", "Published online",
         asks=("doi", "volume", "issue", "article_number", "pages")),
    _row("T13", A.ISSUE_ASSIGNED, (S.PUBLISHED,), None, "Assign to an issue", "Assigned to an issue",
         guards=(g.issue_named,), asks=("volume", "issue", "pages")),
    _row("T13", A.NOTICE_ADDED, (S.PUBLISHED,), None, "Add a notice", "Notice added",
         kinds=NOTICE_KINDS, guards=(g.link_given,), asks=("link",)),
    _row("T14", A.WITHDRAWN, OPEN_STATES, S.WITHDRAWN, "Withdraw", "Withdrawn",
         kinds=WITHDRAWAL_KINDS, guards=(g.reason_given,), asks=("reason",), releases_reviewers=True),
    _row("T15", A.LAPSED, (S.REVISION_REQUESTED,), S.WITHDRAWN, "Close as lapsed", "Closed as lapsed",
         guards=(g.overdue_and_reminded,)),
    _row("T16", A.TRANSFERRED, (*OPEN_STATES, S.REJECTED), S.TRANSFERRED, "Transfer", "Transferred",
         guards=(g.journal_named, g.author_consents), asks=("transferred_to", "author_consents"),
         releases_reviewers=True),
    _row("T17", A.HELD, OPEN_STATES, None, "Put on hold", "Put on hold",
         when=(g.not_held,), guards=(g.reason_given,), asks=("reason",)),
    _row("T17", A.RESUMED, OPEN_STATES, None, "Resume", "Resumed",
         when=(g.held,), guards=(g.reason_given,), asks=("reason",)),
    _row("T18", A.APPEALED, (S.REJECTED,), None, "Record an appeal", "Appeal received",
         when=(g.no_appeal_yet,)),
    _row("T19", A.APPEAL_GRANTED, (S.REJECTED,), None, "Grant the appeal", "Appeal granted",
         kinds=("under_review", "received"), when=(g.appeal_is_open,)),
    _row("T19", A.APPEAL_DISMISSED, (S.REJECTED,), None, "Dismiss the appeal", "Appeal dismissed",
         when=(g.appeal_is_open,)),
    _row("T20", A.REINSTATED, (S.WITHDRAWN,), None, "Reinstate", "Reinstated",
         when=(g.was_open,), guards=(g.reason_given,), asks=("reason",)),
    _row("T21", A.ACCEPTANCE_RESCINDED, (S.ACCEPTED,), S.RESUBMITTED, "Rescind acceptance", "Acceptance rescinded",
         guards=(g.reason_given,), asks=("reason",)),
    _row("T22", A.PUBLICATION_UNDONE, (S.PUBLISHED,), S.ACCEPTED, "Undo publication", "Publication undone",
         guards=(g.reason_given, g.confirmed_with_doi), asks=("reason", "confirmed")),
    _row("T23", A.RECEIVED, (S.REJECTED,), None, "Enter the re-submission", "Received",
         when=(g.return_invited,), opens_linked=True),
    _row("–", A.EXTENDED, OPEN_STATES, None, "Extend the due date", "Due date extended",
         guards=(g.task_and_date_named,), asks=("task", "due_on")),
)
# fmt: on

_BY_PAIR: dict[tuple[State | None, str], Transition] = {
    (state, row.action): row for row in TRANSITIONS if not row.opens_linked for state in (row.sources or {None})
}
_FIRST_BY_ACTION: dict[str, Transition] = {row.action: row for row in reversed(TRANSITIONS)}

# The usual order of the milestones: how printed facts of one day are put in order, and how a clash is explained.
MILESTONE_ORDER: dict[str, int] = {
    A.RECEIVED: 1, A.SENT_TO_REVIEW: 2, A.REVISION_REQUESTED: 3, A.RESUBMITTED: 3, A.ACCEPTED: 4, A.REJECTED: 4,
    A.PUBLISHED: 5, A.ISSUE_ASSIGNED: 6, A.NOTICE_ADDED: 6,
}  # fmt: skip

# What people type instead of the event's word.
SYNONYMS = {
    "send_to_review": A.SENT_TO_REVIEW, "review": A.SENT_TO_REVIEW, "invite": A.INVITED, "agree": A.AGREED,
    "decline": A.DECLINED, "release": A.RELEASED, "request_revision": A.REVISION_REQUESTED,
    "revise": A.REVISION_REQUESTED, "re_submitted": A.RESUBMITTED, "re_submit": A.RESUBMITTED,
    "resubmit": A.RESUBMITTED,
    "accept": A.ACCEPTED, "reject": A.REJECTED, "publish": A.PUBLISHED, "published_online": A.PUBLISHED,
    "withdraw": A.WITHDRAWN, "transfer": A.TRANSFERRED, "hold": A.HELD, "on_hold": A.HELD, "resume": A.RESUMED,
    "return": A.RETURNED, "returned_incomplete": A.RETURNED, "complete": A.COMPLETED, "lapse": A.LAPSED,
    "appeal": A.APPEALED, "appeal_received": A.APPEALED, "grant_appeal": A.APPEAL_GRANTED,
    "dismiss_appeal": A.APPEAL_DISMISSED, "reinstate": A.REINSTATED, "production_stage": A.STAGE_CHANGED,
    "stage": A.STAGE_CHANGED, "assign_issue": A.ISSUE_ASSIGNED, "add_notice": A.NOTICE_ADDED,
    "notice": A.NOTICE_ADDED, "extend": A.EXTENDED, "rescind_acceptance": A.ACCEPTANCE_RESCINDED,
    "undo_publication": A.PUBLICATION_UNDONE,
}  # fmt: skip


def transition_from(state: State | None, action: str) -> Transition | None:
    """The row for this action in this state, or None where the table has none."""
    return _BY_PAIR.get((state, action))


def transitions_of(state: State | None) -> list[Transition]:
    """The rows that leave this state, in the table's order: what the buttons are made of."""
    return [row for row in TRANSITIONS if (state in row.sources if state else row.opens_a_record)]


def action_named(text: str) -> Action | None:
    """The action that a person means by a word: `Send to review`, `send-to-review`, `sent_to_review`."""
    word = "_".join(text.strip().lower().replace("-", " ").replace("_", " ").split())
    return as_action(word) or SYNONYMS.get(word)


def done_words(action: str) -> str:
    """What a timeline calls an event: `Re-submitted`, `Revision requested`."""
    row = _FIRST_BY_ACTION.get(action)
    return row.done if row else action.replace("_", " ").capitalize()
