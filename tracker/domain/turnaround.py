"""The intervals of one manuscript, in whole calendar days, and what is left out with its reason.

R received; S first sent to review; D1 first decision; A accepted; P published online; F the closing decision in
force. An interval is there only where both its dates are known to the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.domain.dates import PartialDate
from tracker.domain.standing import Fold
from tracker.domain.words import Action, Holder, State

METRICS: dict[str, str] = {
    "first_decision": "Received to first decision",
    "first_decision_reviewed": "Received to first decision, reviewed manuscripts",
    "first_decision_desk": "Received to first decision, rejected at the desk",
    "first_editorial_action": "Received to first editorial action",
    "first_resubmission": "Received to first re-submission",
    "final_decision": "Received to final decision",
    "final_decision_without_desk": "Received to final decision, without desk rejects",
    "acceptance": "Received to acceptance",
    "last_resubmission_to_acceptance": "Last re-submission to acceptance",
    "production": "Acceptance to published online",
    "publication": "Received to published online",
    "reviewer_response": "Invitation to the reviewer's answer",
    "review": "Agreement to the review",
    "author_revision": "Revision request to re-submission",
    "journal_time": "Days with the journal",
    "author_time": "Days with the author",
    "editor_idle": "Days with the editor",
}
# The metrics whose clock starts with the receipt. By paper, it starts with the first receipt of the paper; the first
# ones are then the first record's, the final ones those of the record that has not come back as another.
FIRST_OF_PAPER = frozenset(
    {
        "first_decision", "first_decision_reviewed", "first_decision_desk", "first_editorial_action",
        "first_resubmission",
    }
)  # fmt: skip
LAST_OF_PAPER = frozenset({"final_decision", "final_decision_without_desk", "acceptance", "publication"})
FROM_RECEIVED = FIRST_OF_PAPER | LAST_OF_PAPER
EPOCH = date(1970, 1, 1)  # what many systems write where there is no date
LONGEST_DAYS = 7305  # twenty years: beyond, a year was mistyped
UNTOLD = "the imported history does not say when the decisions were made"
UNRECEIVED = "the imported history does not say when it was received"
UNACCEPTED = "the imported history does not say when it was accepted"
JOURNAL_HOLDERS = frozenset({Holder.EDITOR, Holder.REVIEWERS, Holder.PRODUCTION, Holder.HOLD})


class Interval(NamedTuple):
    """Whole days between two dates. `number` tells apart several of one metric (rounds, reviewers).

    `round` is the round that it belongs to: its own for a review or a revision, else the manuscript's latest.
    """

    metric: str
    started_on: date
    ended_on: date
    days: int
    number: int = 1
    round: int = 1


@dataclass(frozen=True)
class Turnaround:
    """What a manuscript adds to the reports: its intervals, and {metric: reason} for what it must be left out of."""

    intervals: tuple[Interval, ...]
    exclusions: dict[str, str]


def turnaround(standing: Fold) -> Turnaround:
    """All intervals that this standing has finished. Contradictory dates are left out, with the reason."""
    spans = [*_milestone_spans(standing), *_rounds(standing), *_reviews(standing)]
    intervals: list[Interval] = []
    exclusions: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for metric, start, end, round in spans:
        if reason := _unusable(start, end):
            exclusions[metric] = reason
            continue
        numbers[metric] += 1
        days = (end.first - start.first).days
        intervals.append(Interval(metric, start.first, end.first, days, numbers[metric], round))
    times, unknown = _times_by_holder(standing)
    return Turnaround((*intervals, *times), {**_untold(standing), **exclusions, **unknown})


def _unusable(start: PartialDate, end: PartialDate) -> str | None:
    """Why no number of days can be had from two dates; None if it can."""
    if reason := _inexact(start) or _inexact(end):
        return reason
    if end.first < start.first:
        return f"{end.words} lies before {start.words}"
    if (end.first - start.first).days > LONGEST_DAYS:
        return f"more than twenty years lie between {start.words} and {end.words}: a year is wrong"
    return None


def _inexact(on: PartialDate) -> str | None:
    if on.precision != "day":
        return f"a date is known only to the {on.precision}: {on.words}"
    return "1 January 1970 is what some systems write for an empty date" if on.first == EPOCH else None


def _untold(standing: Fold) -> dict[str, str]:
    """{metric: reason} for what a history leaves open although it must have happened, or cannot be counted from."""
    received = standing.first("received")
    left_out: dict[str, str] = {}
    if standing.state in (State.ACCEPTED, State.PUBLISHED) and standing.latest("accepted") is None:
        left_out |= dict.fromkeys(("final_decision", "acceptance"), UNACCEPTED)
        left_out |= {"production": UNACCEPTED} if standing.state is State.PUBLISHED else {}
    if received is None:
        ends = {"accepted": "acceptance", "published": "publication", "rejected": "final_decision"}
        return left_out | {metric: UNRECEIVED for event, metric in ends.items() if standing.latest(event)}
    went_on = standing.decisions or standing.first("resubmitted") or standing.first("published")
    if went_on and _first_decision(standing) is None:
        left_out |= dict.fromkeys(("first_decision", "first_editorial_action"), UNTOLD)
    if reason := _inexact(received):  # nobody can say how long it has waited, whatever comes
        since = ("first_decision", "final_decision", "open_age") if standing.is_open else ("first_decision",)
        left_out |= dict.fromkeys(since, reason)
    return left_out


Dated = tuple[str, PartialDate, PartialDate, int]  # metric, from, to, round


def _milestone_spans(standing: Fold) -> Iterator[Dated]:
    received, accepted = standing.first("received"), standing.latest("accepted")
    published = standing.latest("published")
    first_decision, final = _first_decision(standing), _final_decision(standing)
    is_desk = standing.state is State.REJECTED and standing.kind == "desk"
    pairs = {
        "first_decision": (received, first_decision),
        "first_editorial_action": (received, _first_action(standing)),
        "first_resubmission": (received, standing.first("resubmitted")),
        "final_decision": (received, final),
        "final_decision_without_desk": (received, None if is_desk else final),
        "acceptance": (received, accepted),
        "last_resubmission_to_acceptance": (standing.latest("resubmitted"), accepted),
        "production": (accepted, published),
        "publication": (received, published),
    }
    if standing.decisions:
        decision, _ = standing.decisions[0]
        if any(_reviewed_by(part.reviewed_on, decision.occurred_on) for part in standing.all_reviewing):
            pairs["first_decision_reviewed"] = (received, first_decision)
        if decision.action == Action.REJECTED and decision.kind == "desk":
            pairs["first_decision_desk"] = (received, first_decision)
    for metric, (start, end) in pairs.items():
        if start is not None and end is not None:
            yield metric, start, end, standing.round


def _reviewed_by(reviewed_on: date | None, decided_on: date) -> bool:
    return reviewed_on is not None and reviewed_on <= decided_on


def _first_decision(standing: Fold) -> PartialDate | None:
    """The first decision sent to the author. An imported history that tells of a re-submission and of no decision
    before it does not tell when the first decision was.
    """
    if not standing.decisions:
        return None
    decision, round = standing.decisions[0]
    if round > 1:
        return None
    if not decision.is_live and _has_unknown_days(standing) and decision.action == Action.ACCEPTED:
        return None
    return decision.on


def _final_decision(standing: Fold) -> PartialDate | None:
    """The closing decision that is in force: none for what was withdrawn, or transferred, after it."""
    if standing.state is State.REJECTED:
        return standing.latest("rejected")
    return standing.latest("accepted") if standing.state in (State.ACCEPTED, State.PUBLISHED) else None


def _first_action(standing: Fold) -> PartialDate | None:
    """The first sending to review or the first decision, whichever came first. Two of one month are told apart by
    where they stand in the history, not by the month's first day.
    """
    sent, decided = standing.first("sent_to_review"), _first_decision(standing)
    if sent is None or decided is None:
        return sent or decided
    return sent if sent.first <= standing.decisions[0][0].occurred_on else decided


def _rounds(standing: Fold) -> Iterator[Dated]:
    """Decision k → re-submission k: the re-submission that ended the decision's round. A decision that another one
    followed in the same round was not the one that the author answered.
    """
    requests = {
        max(round, 1): event.on for event, round in standing.decisions if event.action == Action.REVISION_REQUESTED
    }
    answers = dict(enumerate(standing.milestones.get("resubmitted", []), start=1))
    for round, request in requests.items():
        if round in answers and answers[round].last >= request.first:
            yield "author_revision", request, answers[round], round


def _reviews(standing: Fold) -> Iterator[Dated]:
    for part in standing.all_reviewing:
        invited, answered = part.known("invited", part.invited_on), part.known("answered", part.answered_on)
        reviewed = part.known("reviewed", part.reviewed_on)
        if invited is not None and answered is not None:
            yield "reviewer_response", invited, answered, part.round
        if answered is not None and reviewed is not None:
            yield "review", answered, reviewed, part.round


def _has_unknown_days(standing: Fold) -> bool:
    return any(span.holder is Holder.UNKNOWN for span in standing.spans)


def days_by_holder(standing: Fold, as_of: date) -> dict[Holder, int]:
    """Days with each holder up to `as_of`, or to the end if it is closed; together, the days from received to then."""
    days: Counter[Holder] = Counter()
    for span in standing.spans_until(as_of):
        days[span.holder] += span.days
    return dict(days)


def _times_by_holder(standing: Fold) -> tuple[Iterable[Interval], dict[str, str]]:
    """Journal and author time of a closed manuscript; days are unknown where an import left out who had it."""
    start = standing.first("received")
    if closed_on(standing) is None or start is None or standing.appeal_open:
        return (), {}
    keys = ("journal_time", "author_time", "editor_idle")
    if standing.inexact:
        reason = f"a date is known only to the {standing.inexact[0].precision}: {standing.inexact[0].on.words}"
        return (), dict.fromkeys(keys, reason)
    if _has_unknown_days(standing):
        return (), dict.fromkeys(keys, UNTOLD)
    end = standing.spans[-1].ended_on if standing.spans else start.first
    by_holder = days_by_holder(standing, end)
    totals = (
        sum(days for holder, days in by_holder.items() if holder in JOURNAL_HOLDERS),
        by_holder.get(Holder.AUTHOR, 0),
        by_holder.get(Holder.EDITOR, 0),
    )
    last_round = max(standing.round, 1)
    return [Interval(key, start.first, end, days, 1, last_round) for key, days in zip(keys, totals, strict=True)], {}


def closed_on(standing: Fold) -> date | None:
    """The day on which it was closed: published, rejected, withdrawn or transferred. None while it is open."""
    last = standing.closings[-1] if standing.closings else None
    return last.closed_on if last and last.reopened_on is None else None


OUTCOMES = {
    State.ACCEPTED: "accepted", State.PUBLISHED: "accepted", State.REJECTED: "rejected",
    State.WITHDRAWN: "withdrawn", State.TRANSFERRED: "transferred",
}  # fmt: skip
