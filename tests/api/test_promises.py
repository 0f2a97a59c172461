"""Whatever is asked, by whomever, the answer is one that openapi.json promises: its status, its kind, its shape."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.api.programs import Program, questions
from tests.people import People, manuscript_that_is
from tracker.db import db
from tracker.domain.words import Action, State
from tracker.models import Manuscript
from tracker.queries.verification import verify_all

As = Callable[..., Program]
EXAMPLES = 200 if os.environ.get("TRACKER_TEST_LONG") else 12
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance, ignored_auth, unsupported_method,
]  # fmt: skip
ROLES = ("chief", "editor", "assistant", "reader", "other_editor", "stranger")
# What chance would hardly hit: what there is, and what can be done with it.
AIMS = st.fixed_dictionaries({
    "reference": st.sampled_from([f"IJCP-2026-00{number}" for number in (1, 2, 3)]),
    "journal": st.just("ijcp"),
    "action": st.sampled_from([str(action) for action in Action]),
    "kind": st.sampled_from(["minor", "desk", "by_author", "copyedit"]),
    "on": st.sampled_from(["2026-03-02", "2026-05-04", "2026-06-01"]),
    "received_on": st.just("2026-05-04"),
    "event": st.integers(1, 4),
    "handling_editor": st.just(None),
    "expected_version": st.just(None),
})  # fmt: skip


@pytest.fixture
def tokens(as_: As, who: People) -> dict[str, str]:
    return {name: as_(name).token for name in ROLES}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(questions(Manuscript(reference="X"))))
def test_answers_are_as_promised_whatever_is_asked(app: Flask, who: People, tokens: dict[str, str], name: str) -> None:
    for state in (State.RECEIVED, State.UNDER_REVIEW, State.ACCEPTED):
        manuscript_that_is(state, who.journal, title=f"Work {state}")
    db.session.rollback()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operation = schema.find_operation_by_id(name)
    cases = st.one_of(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases, role=st.sampled_from(ROLES), aim=st.none() | AIMS)
    def answered(case: Any, role: str, aim: dict[str, Any] | None) -> None:
        for part in (case.path_parameters, case.query, case.body) if aim else ():
            if isinstance(part, dict):
                part.update({word: value for word, value in aim.items() if word in part})
        case.call_and_validate(headers={"Authorization": f"Bearer {tokens[role]}"}, checks=CHECKS)

    answered()
    db.session.rollback()
    assert verify_all().problems == ()
