"""The table of the lifecycle: every pair of state and action, legal and illegal."""

import pytest

from tests.domain.walks import PATHS, history_in
from tracker.domain.errors import Refused
from tracker.domain.transitions import TRANSITIONS, action_named, transition_from
from tracker.domain.words import Action, State

# From the design, written out by hand: which action is possible in which state, once what it needs is given.
# State letters: r received, u under review, v revision requested, s re-submitted, a accepted, p published,
# j rejected, w withdrawn, t transferred.
LETTERS = dict(zip("ruvsapjwt", State, strict=True))
LEGAL = {
    "received": "", "returned": "r", "completed": "r", "sent_to_review": "rs", "invited": "u", "agreed": "u",
    "declined": "u", "reviewed": "u", "no_reply": "u", "released": "u", "revision_requested": "rus",
    "resubmitted": "v", "accepted": "rusv", "rejected": "ruvs", "stage_changed": "a", "published": "a",
    "issue_assigned": "p", "notice_added": "p", "withdrawn": "ruvsa", "lapsed": "v", "transferred": "ruvsaj",
    "held": "ruvsa", "resumed": "ruvsa", "appealed": "j", "appeal_granted": "j", "appeal_dismissed": "j",
    "reinstated": "w", "acceptance_rescinded": "a", "publication_undone": "p", "extended": "ruvsa",
}  # fmt: skip

PREPARED = {
    "completed": "returned",
    "resumed": "held",
    "appeal_granted": "appealed",
    "appeal_dismissed": "appealed",
}


def pairs() -> list[tuple[str, str, bool]]:
    return [
        (str(state), str(action), letter in LEGAL[action]) for letter, state in LETTERS.items() for action in Action
    ]


def test_the_hand_written_table_names_every_action() -> None:
    assert set(LEGAL) == set(Action)
    assert set(PATHS) == set(State)


@pytest.mark.parametrize(("state", "action", "is_legal"), pairs())
def test_every_pair_of_state_and_action(state: str, action: str, is_legal: bool) -> None:
    history = history_in(state)
    if is_legal and action in PREPARED:
        history.record(PREPARED[action])
    details: dict[str, object] = {}
    if (state, action) == ("received", "rejected"):
        details["kind"] = "desk"
    if (state, action) == ("revision_requested", "accepted"):
        history = history_in("received")
        history.record("revision_requested", kind="conditional")
    length = len(history.ledger)
    if is_legal:
        standing = history.record(action, **details)
        row = transition_from(State(state), action)
        assert row is not None
        assert row.target in (None, standing.state)
        assert action in [event.action for event in history.ledger[length:]]
    else:
        with pytest.raises(Refused) as refusal:
            history.record(action, **details)
        assert str(refusal.value).endswith(".")
        assert len(history.ledger) == length


@pytest.mark.parametrize("state", State)
def test_the_buttons_are_the_actions_that_the_state_allows(state: State) -> None:
    history = history_in(state)
    offered = {str(row.action) for row in history.standing.available()}
    needs_preparation = set(PREPARED) | {"agreed", "no_reply", "declined", "reviewed", "released"}
    if state == State.UNDER_REVIEW:
        needs_preparation = set(PREPARED)
    letter = next(letter for letter, known in LETTERS.items() if known is state)
    expected = {action for action, states in LEGAL.items() if letter in states} - needs_preparation
    if state == State.REVISION_REQUESTED:
        expected -= {"accepted"}  # only a conditional acceptance may be accepted in one step
    assert offered == expected


def test_no_pair_has_two_rows() -> None:
    seen = [(state, row.action) for row in TRANSITIONS for state in row.sources if not row.opens_linked]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("Send to review", "sent_to_review"), ("sent-to-review", "sent_to_review"), ("Re-submitted", "resubmitted"),
        ("accept", "accepted"), ("PUBLISHED", "published"), ("published online", "published"), ("hold", "held"),
    ],
)  # fmt: skip
def test_people_may_name_an_action_in_their_own_way(typed: str, action: str) -> None:
    assert action_named(typed) == action


def test_an_unknown_word_is_no_action() -> None:
    assert action_named("frobnicate") is None
