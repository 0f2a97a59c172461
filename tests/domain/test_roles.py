"""The table of roles, written out a second time: what each may do to a manuscript of theirs, nobody's, another's."""

from __future__ import annotations

import pytest

from tracker.domain.roles import Deed, Role, Whose, deed_of, may, who_may_record
from tracker.domain.words import Action

# m: they handle it, n: nobody does, a: another does. Nobody does anything to what they are an author of.
EXPECTED = {
    Deed.LOOK:    ("mna", "mna", "mna", "mna"),
    Deed.RECORD:  ("mna", "mna", "mna", ""),
    Deed.DECIDE:  ("mna", "mn", "", ""),
    Deed.RESCIND: ("mna", "", "", ""),
    Deed.WRITE:   ("mna", "mna", "mna", ""),
    Deed.ASSIGN:  ("mna", "mn", "mna", ""),
    Deed.NAME:    ("mna", "", "", ""),
    Deed.SET_UP:  ("mna", "", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("deed", Deed)
def test_the_table_of_roles(deed: Deed) -> None:
    roles = (Role.CHIEF_EDITOR, Role.EDITOR, Role.ASSISTANT, Role.READER)
    found = tuple("".join(str(whose)[0] for whose in Whose if may(role, deed, whose)) for role in roles)
    assert found == EXPECTED[deed]


def test_what_recording_an_action_is() -> None:
    decisions = {action for action in Action if deed_of(action) is Deed.DECIDE}
    assert decisions == {
        "accepted", "rejected", "revision_requested", "lapsed", "appeal_granted", "appeal_dismissed", "reinstated",
    }  # fmt: skip
    assert {action for action in Action if deed_of(action) is Deed.RESCIND} == {
        "acceptance_rescinded", "publication_undone",
    }  # fmt: skip


def test_who_may_in_words() -> None:
    assert who_may_record("accepted") == "the chief editor or an editor"
    assert who_may_record("accepted", Whose.ANOTHERS) == "the chief editor or its handling editor"
    assert who_may_record("publication_undone") == "the chief editor"
    assert who_may_record("held") == "the chief editor, an editor or an assistant"
