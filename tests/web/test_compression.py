"""Pages are small on their way, and their tokens tell nobody anything by the length of a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.people import People, manuscript_in, token_of

As = Callable[[str], FlaskClient]
STATIC = (
    "vendor/bootstrap-reboot-5.3.9.min.css", "vendor/bootstrap-grid-5.3.9.min.css", "tracker.css",
    "vendor/htmx-2.0.11.min.js", "tracker.js",
)  # fmt: skip


def size_of(client: FlaskClient, path: str, encoding: str = "gzip") -> int:
    answer = client.get(path, headers={"Accept-Encoding": encoding})
    assert answer.status_code == 200
    return len(answer.data)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_the_first_load_and_later_pages_are_small(as_: As, who: People, encoding: str) -> None:
    for number in range(60):
        manuscript_in(who.journal, title=f"Some work on the subject of number {number}")
    chief = as_("chief")
    pages = {path: size_of(chief, path, encoding) for path in ("/", "/manuscripts/", "/board/", "/calendar/")}
    assert max(pages.values()) <= 30 * 1024
    first = pages["/"] + sum(size_of(chief, f"/static/{name}", encoding) for name in STATIC)
    assert first <= 120 * 1024


def test_a_token_looks_different_in_every_answer_and_works(as_: As, who: People) -> None:
    chief = as_("chief")
    tokens = [token_of(chief, "/") for _ in range(3)]
    assert len({token[-60:] for token in tokens}) == 3
    for token in tokens:
        answer = chief.post("/manuscripts/quick", data={"csrf_token": token, "line": "A title"})
        assert answer.status_code == 200
    for wrong in (tokens[0][:-8] + "AAAAAAAA", "", "Ijx.y.z", "\u00e9\u00e9\u00e9"):
        assert chief.post("/manuscripts/quick", data={"csrf_token": wrong, "line": "A title"}).status_code == 400
