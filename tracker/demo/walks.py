"""The walks of the demonstration: what happens to a manuscript, step by step, and how many days lie between.

Together they end in every state and overlay of the lifecycle, some of them overdue. A walk is told from its beginning;
`then` are the days since its last step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.words import Action

A = Action
Days = tuple[int, int]  # at least, at most


@dataclass(frozen=True)
class Step:
    """One action, `after` so many days. `reviewers` is how many are invited, `reviewer` the number of the one meant."""

    action: Action
    after: Days = (1, 5)
    kind: str = ""
    note: str = ""
    reviewers: int = 0
    reviewer: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Walk:
    """What a manuscript goes through after it was received, how long ago the last step was, and how many do so."""

    steps: tuple[Step, ...]
    then: Days
    times: int = 1


def _review(number: int, after: Days = (14, 30), advice: str = "minor_revision") -> Step:
    return Step(A.REVIEWED, after, reviewer=number, details={"recommendation": advice})


def _notice(kind: str) -> Step:
    return Step(A.NOTICE_ADDED, (30, 90), kind, details={"link": f"https://example.org/notices/{kind}"})


# Pieces that walks are made of.
SENT = Step(A.SENT_TO_REVIEW, (2, 9), reviewers=2)
AGREED = (Step(A.AGREED, (1, 4), reviewer=1), Step(A.AGREED, (0, 4), reviewer=2))
REVIEWED = (SENT, *AGREED, _review(1), _review(2, (0, 12), "major_revision"))
ROUND_TWO = (Step(A.SENT_TO_REVIEW, (1, 6), reviewers=2), *AGREED, _review(1, (10, 20), "accept"), _review(2, (0, 9)))
MINOR = Step(A.REVISION_REQUESTED, (2, 9), "minor")
MAJOR = Step(A.REVISION_REQUESTED, (3, 12), "major")
BACK = Step(A.RESUBMITTED, (14, 45))
TAKEN = Step(A.ACCEPTED, (2, 8))
ACCEPTED = (*REVIEWED, MINOR, BACK, TAKEN)
PROOFS_OUT = (Step(A.STAGE_CHANGED, (1, 6), "copyedit"), Step(A.STAGE_CHANGED, (5, 14), "proofs_with_author"))
PROOFS_BACK = (*PROOFS_OUT, Step(A.STAGE_CHANGED, (2, 6), "proofs_back"))
SCHEDULED = (*PROOFS_BACK, Step(A.STAGE_CHANGED, (2, 5), "scheduled"))
PUBLISHED = Step(A.PUBLISHED, (3, 12))
REJECTED = (*REVIEWED, Step(A.REJECTED, (2, 10), "after_review"))
HELD = Step(A.HELD, (3, 10), note="Waiting for the ethics committee's letter.")
RETURNED = Step(A.RETURNED, (1, 4), note="The figures are missing.")
APPEAL = Step(A.APPEALED, (5, 20), note="The authors say that a reviewer misread the design.")
LAPSED = Step(A.LAPSED, (50, 70), note="No answer to two reminders.")
ELSEWHERE = {"transferred_to": "Journal of Made-up Methods", "author_consents": True}
TRANSFERRED = Step(A.TRANSFERRED, (4, 12), details=ELSEWHERE)

WALKS: tuple[Walk, ...] = (
    # received: new, overdue for screening, on hold, returned as incomplete and completed again
    Walk((), (0, 4)),
    Walk((), (12, 20)),
    Walk((HELD,), (6, 15)),
    Walk((RETURNED,), (3, 9)),
    Walk((RETURNED,), (36, 44)),
    Walk((RETURNED, Step(A.COMPLETED, (4, 12))), (1, 4)),
    # under review: invitations open and unanswered, reviewers at work or late, a decline, all reviews in
    Walk((SENT,), (11, 16)),
    Walk((SENT, *AGREED), (5, 15)),
    Walk((SENT, *AGREED), (33, 40)),
    Walk((SENT, AGREED[0], Step(A.DECLINED, (1, 5), reviewer=2), Step(A.INVITED, (1, 3), reviewers=1)), (2, 4)),
    Walk((SENT, AGREED[0], Step(A.NO_REPLY, (9, 14), reviewer=2)), (3, 9)),
    Walk((SENT, *AGREED, _review(1)), (2, 7)),
    Walk(REVIEWED, (10, 18)),
    Walk((Step(A.SENT_TO_REVIEW, (1, 4), details={"internal": True}),), (2, 6)),
    # revision requested: in time, overdue, conditional, on hold
    Walk((*REVIEWED, MINOR), (5, 20)),
    Walk((*REVIEWED, MAJOR), (66, 80)),
    Walk((*REVIEWED, MINOR, BACK, Step(A.REVISION_REQUESTED, (2, 6), "conditional")), (4, 12)),
    Walk((*REVIEWED, MAJOR, Step(A.HELD, (8, 15), note="The first author is on parental leave.")), (20, 40)),
    # re-submitted: waiting, overdue, in a second round of review; one whose acceptance was rescinded
    Walk((*REVIEWED, MAJOR, BACK), (1, 4)),
    Walk((*REVIEWED, MINOR, BACK), (10, 15)),
    Walk((*REVIEWED, MAJOR, BACK, *ROUND_TWO[:3]), (4, 12)),
    Walk((*ACCEPTED, Step(A.ACCEPTANCE_RESCINDED, (3, 8), note="The consent forms were not in order.")), (1, 4)),
    # accepted: every stage of production, proofs overdue
    Walk(ACCEPTED, (1, 6)),
    Walk((*ACCEPTED, PROOFS_OUT[0]), (2, 8)),
    Walk((*ACCEPTED, *PROOFS_OUT), (8, 12)),
    Walk((*ACCEPTED, *PROOFS_BACK), (1, 4)),
    Walk((*ACCEPTED, *SCHEDULED), (1, 5)),
    # published: after one round and after two, in an issue, with each kind of notice
    Walk((*ACCEPTED, *SCHEDULED, PUBLISHED), (10, 300), 2),
    Walk((*REVIEWED, MAJOR, BACK, *ROUND_TWO, TAKEN, *PROOFS_BACK, PUBLISHED), (30, 350), 2),
    Walk((*REVIEWED, Step(A.REVISION_REQUESTED, (2, 6), "conditional"),
          Step(A.ACCEPTED, (7, 14), details={"conditions_met": True}), PUBLISHED), (40, 200)),
    Walk((*ACCEPTED, PUBLISHED, Step(A.ISSUE_ASSIGNED, (20, 60), details={"issue": "2"})), (20, 90)),
    Walk((*ACCEPTED, PUBLISHED, _notice("correction")), (20, 60)),
    Walk((*ACCEPTED, PUBLISHED, _notice("expression_of_concern"), _notice("retraction")), (20, 60)),
    Walk((*ACCEPTED, PUBLISHED, _notice("removal")), (20, 60)),
    # rejected: each kind, an appeal open, dismissed and granted
    Walk((Step(A.REJECTED, (2, 9), "desk"),), (30, 200)),
    Walk(REJECTED, (40, 250)),
    Walk((*REVIEWED, Step(A.REJECTED, (3, 9), "resubmit_invited")), (50, 90)),
    Walk((*REJECTED, APPEAL), (9, 14)),
    Walk((*REJECTED, APPEAL, Step(A.APPEAL_DISMISSED, (5, 12), note="The design was read rightly.")), (20, 90)),
    Walk((*REJECTED, APPEAL, Step(A.APPEAL_GRANTED, (5, 12), "under_review")), (2, 5)),
    # withdrawn, each kind; reinstated; transferred
    Walk((SENT, Step(A.WITHDRAWN, (5, 20), "by_author", note="The authors prefer another journal.")), (20, 90)),
    Walk((*REVIEWED, MAJOR, Step(A.WITHDRAWN, (40, 60), "administrative", note="Submitted elsewhere.")), (20, 90)),
    Walk((*REVIEWED, MINOR, LAPSED), (20, 90)),
    Walk((Step(A.WITHDRAWN, (3, 8), "by_author", note="A co-author had not agreed."),
          Step(A.REINSTATED, (4, 9), note="All authors agree now.")), (1, 5)),
    Walk((*REJECTED, TRANSFERRED), (30, 90)),
)  # fmt: skip

# What became of those of years gone by, `times` in about a hundred.
SLOW = Step(A.REVIEWED, (30, 62), reviewer=2, details={"recommendation": "major_revision"})
THIRD_ASKED = (Step(A.DECLINED, (1, 6), reviewer=2), Step(A.INVITED, (1, 6)), Step(A.AGREED, (1, 5), reviewer=3))
ASKED_AGAIN = (SENT, AGREED[0], *THIRD_ASKED, _review(1), _review(3, (4, 16), "minor_revision"))
WAITED_FOR = (SENT, *AGREED, _review(1), SLOW)
PAST_REJECTED = Step(A.REJECTED, (2, 10), "after_review")
ONLINE = (*PROOFS_BACK, Step(A.PUBLISHED, (8, 30)))
PAST_WALKS: tuple[Walk, ...] = tuple(
    Walk(steps, (0, 0), times)
    for times, steps in (
        (22, (Step(A.REJECTED, (2, 9), "desk"),)),
        (15, REJECTED),
        (6, (*WAITED_FOR, PAST_REJECTED)),
        (4, (*REVIEWED, MAJOR, BACK, *ROUND_TWO, PAST_REJECTED)),
        (2, (*REVIEWED, Step(A.REJECTED, (3, 9), "resubmit_invited"))),
        (14, (*ACCEPTED, *ONLINE)),
        (7, (*WAITED_FOR, MINOR, BACK, TAKEN, *ONLINE)),
        (6, (*ASKED_AGAIN, MINOR, BACK, TAKEN, *ONLINE)),
        (10, (*REVIEWED, MAJOR, BACK, *ROUND_TWO, TAKEN, *ONLINE)),
        (4, (*WAITED_FOR, MAJOR, BACK, *ROUND_TWO, MINOR, BACK, TAKEN, *ONLINE)),
        (2, (HELD, Step(A.RESUMED, (6, 25), note="The letter has come."), *ACCEPTED, *ONLINE)),
        (2, (*REJECTED, APPEAL, Step(A.APPEAL_DISMISSED, (5, 12), note="The design was read rightly."))),
        (3, (SENT, Step(A.WITHDRAWN, (5, 20), "by_author", note="The authors prefer another journal."))),
        (2, (*REVIEWED, MINOR, LAPSED)),
        (2, (*REJECTED, TRANSFERRED)),
    )
)

OTHER_WALKS: tuple[Walk, ...] = (
    Walk((), (1, 5)),
    Walk((SENT, *AGREED), (34, 45)),
    Walk((*REVIEWED, MAJOR), (10, 30)),
    Walk((*ACCEPTED, *PROOFS_BACK, PUBLISHED), (20, 90)),
    Walk((Step(A.REJECTED, (2, 9), "desk"),), (30, 60)),
)
