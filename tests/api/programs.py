"""Programs that ask the API, and one question for each of its operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask.testing import FlaskClient

from tests.people import NOW, manuscript_in, step
from tracker import clock
from tracker.db import transaction
from tracker.models import Account, Journal, Manuscript
from tracker.services.actors import OPERATOR
from tracker.services.api_tokens import make_token


def token_for(account: Account, *, scope: str = "write", days: int | None = None, now: datetime | None = None) -> str:
    """A token of this person, made by the service that the page and the command line use."""
    with transaction() as session:
        return make_token(
            session.merge(account), name="a test", scope=scope, days=days, by=OPERATOR, now=now or clock.now()
        )[1]


def expired_token_for(account: Account) -> str:
    return token_for(account, days=1, now=NOW)


@dataclass
class Program:
    """A client that sends its token, if it has one, and nothing else that says who it is."""

    client: FlaskClient
    token: str = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        shown = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        more = {"json": body} if body is not None else {}
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(f"/api/v1{path}", method=method, headers={**shown, **sent}, **more)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)


NEW = {
    "journal": "ijcp", "title": "On Asking Properly", "received_on": "2026-05-04",
    "authors": [{"given": "Ada", "family": "Lovelace", "email": "ada@example.org"}],
}  # fmt: skip
REVISE = {"action": "revision_requested", "kind": "minor", "on": "2026-05-20"}


def with_letters_to_come(journal: Journal) -> Manuscript:
    """A manuscript whose reviewer was invited a week ago, and will be reminded."""
    manuscript = manuscript_in(journal, title="Recent work", received_on=date(2026, 5, 18))
    return step(manuscript, "sent_to_review", date(2026, 5, 25), reviewers=["Grace Hopper <grace@example.org>"])


def questions(manuscript: Manuscript) -> dict[str, tuple[str, str, Any]]:
    """One call of each operation, in an order in which all can be done to a manuscript that is under review."""
    one = f"/manuscripts/{manuscript.reference}"
    correction = {"event": 1, "on": "2026-03-01", "reason": "The letter is dated so."}
    return {
        "list_journals": ("GET", "/journals", None),
        "list_manuscripts": ("GET", "/manuscripts?journal=ijcp", None),
        "show_manuscript": ("GET", one, None),
        "show_dates": ("GET", f"{one}/dates", None),
        "turnaround": ("GET", "/reports/turnaround?journal=ijcp", None),
        "preview_letters": ("GET", "/reminders/preview?journal=ijcp&days=30", None),
        "list_letters": ("GET", "/outbox?journal=ijcp", None),
        "verify": ("GET", "/verify?journal=ijcp", None),
        "parse_dates": ("POST", "/parse-dates", {"lines": ["Received 4 May 2026; Accepted 9 May 2026"]}),
        "enter": ("POST", "/manuscripts", NEW),
        "correct": ("POST", f"{one}/corrections", correction),
        "undo": ("POST", f"{one}/undo", {"reason": "No, it was right."}),
        "record": ("POST", f"{one}/steps", REVISE),
    }


WRITES = ("enter", "correct", "undo", "record")


def statuses(program: Program, manuscript: Manuscript) -> dict[str, int]:
    """What each operation answers to this program."""
    return {name: program.ask(*question).status_code for name, question in questions(manuscript).items()}
