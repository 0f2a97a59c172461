"""What the tests of the pages share: people in a journal, and clients that are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import TODAY, Browser, People, people, signed_in


@pytest.fixture
def who(app: Flask, monkeypatch: pytest.MonkeyPatch) -> People:
    """Everybody; it is 1 June 2026 for all journals."""
    app.test_client_class = Browser
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    return people()


@pytest.fixture
def visitor(app: Flask, who: People) -> FlaskClient:
    """Somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def as_(app: Flask, who: People) -> Callable[[str], FlaskClient]:
    """A client signed in as the person of this name: `as_("editor")`."""
    return lambda name: signed_in(app.test_client(), who.everybody[name])
