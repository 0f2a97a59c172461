"""What the tests of the API share: people in a journal, and programs that hold a token of one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.api.programs import Program, token_for
from tests.people import TODAY, Browser, People, people


@pytest.fixture
def who(app: Flask, monkeypatch: pytest.MonkeyPatch) -> People:
    """Everybody; it is 1 June 2026 for all journals."""
    app.test_client_class = Browser
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    return people()


@pytest.fixture
def as_(app: Flask, who: People) -> Callable[..., Program]:
    """A program with a token of the person of this name that may write: `as_("editor")`."""
    return lambda name, **more: Program(app.test_client(), token_for(who.everybody[name], **more))
