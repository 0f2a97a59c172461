"""People, journals and manuscripts for tests: made through the services, walked to the state that a test needs."""

from __future__ import annotations

import contextvars
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from sqlalchemy import select

from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.words import Action, State
from tracker.formats.article_record import AuthorRecord
from tracker.models import Account, Journal, Manuscript
from tracker.services.accounts import add_account, give_role
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR
from tracker.services.journals import add_journal
from tracker.services.manuscripts import enter_manuscript

PASSWORD = "correct horse battery staple"
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)


@dataclass
class People:
    """A journal with somebody in each role, another journal with its editor, and a stranger to both."""

    journal: Journal
    other_journal: Journal
    chief: Account
    editor: Account
    assistant: Account
    reader: Account
    other_editor: Account
    stranger: Account
    everybody: dict[str, Account] = field(default_factory=dict)


def people() -> People:
    """Everybody, in one transaction. The password is PASSWORD for all; the journals live in UTC."""
    with transaction():
        ours = add_journal(slug="ijcp", title="Journal of Careful Practice", by=OPERATOR, now=NOW)
        theirs = add_journal(slug="other", title="Another Journal", by=OPERATOR, now=NOW)
        roles = {"chief": "chief_editor", "editor": "editor", "assistant": "assistant", "reader": "reader"}
        names = {name: _account(name) for name in (*roles, "other_editor", "stranger")}
        for name, role in roles.items():
            give_role(names[name], ours, role, by=OPERATOR, now=NOW)
        give_role(names["other_editor"], theirs, "chief_editor", by=OPERATOR, now=NOW)
    return People(ours, theirs, everybody=names, **names)


def _account(name: str) -> Account:
    spoken = name.replace("_", " ").title()
    return add_account(email=f"{name}@example.org", name=spoken, password=PASSWORD, by=OPERATOR, now=NOW)


def manuscript_in(
    journal: Journal,
    *,
    title: str = "On the Keeping of True Dates",
    authors: Sequence[AuthorRecord] = (AuthorRecord("Ada", "Lovelace", "ada@example.org"),),
    received_on: date = date(2026, 3, 2),
    editor: Account | None = None,
) -> Manuscript:
    """A manuscript that the journal has received."""
    with transaction() as session:
        return enter_manuscript(
            session.merge(journal), title=title, authors=authors, received_on=PartialDate(received_on), by=OPERATOR,
            now=NOW, today=TODAY, handling_editor=editor and session.merge(editor), confirmed=True,
        )  # fmt: skip


def step(manuscript: Manuscript, action: str, on: date, **wish: Any) -> Manuscript:
    """Record one action by the service that every edge uses."""
    with transaction() as session:
        found = session.scalars(select(Manuscript).where(Manuscript.id == manuscript.id)).one()
        asked = Wish(action, PartialDate(on), **wish)
        record_action(found, asked, by=OPERATOR, now=NOW, today=TODAY)
    return found


# State → the steps that lead there from received, a week apart: (action, what is wished).
REVIEW = (Action.SENT_TO_REVIEW, {"reviewers": ["Grace Hopper <grace@example.org>"]})
REVISE = (Action.REVISION_REQUESTED, {"kind": "minor"})
WALKS: dict[State, tuple[tuple[str, dict[str, Any]], ...]] = {
    State.RECEIVED: (),
    State.UNDER_REVIEW: (REVIEW,),
    State.REVISION_REQUESTED: (REVIEW, REVISE),
    State.RESUBMITTED: (REVIEW, REVISE, (Action.RESUBMITTED, {})),
    State.ACCEPTED: (REVIEW, REVISE, (Action.RESUBMITTED, {}), (Action.ACCEPTED, {})),
    State.PUBLISHED: (REVIEW, (Action.ACCEPTED, {}), (Action.PUBLISHED, {})),
    State.REJECTED: ((Action.REJECTED, {"kind": "desk"}),),
    State.WITHDRAWN: ((Action.WITHDRAWN, {"note": "The author asked for it."}),),
    State.TRANSFERRED: (
        (Action.TRANSFERRED, {"details": {"transferred_to": "Another Journal", "author_consents": True}}),
    ),
}


def manuscript_that_is(state: State, journal: Journal, **more: Any) -> Manuscript:
    """A manuscript walked to this state through the workflow."""
    manuscript = manuscript_in(journal, **more)
    for week, (action, wish) in enumerate(WALKS[state], start=1):
        manuscript = step(manuscript, action, date.fromordinal(date(2026, 3, 2).toordinal() + 7 * week), **wish)
    assert manuscript.state == state
    return manuscript


class Browser(FlaskClient):
    """A client whose requests share nothing with the test: each has a context and a database session of its own."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if has_app_context():
            db.session.rollback()  # what the test has read must not hold a lock
        return contextvars.Context().run(super().open, *args, **kwargs)


class Elsewhere(Browser):
    """A client whose requests call us by a name that is not ours."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        return super().open(*args, **{"base_url": "http://evil.example/", **kwargs})


def token_of(client: FlaskClient, path: str = "/login") -> str:
    """The CSRF token of the form on the page at this address."""
    return token_in(client.get(path).text)


def token_in(html: str) -> str:
    """The CSRF token of a page's form."""
    return html.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def signed_in(client: FlaskClient, account: Account) -> FlaskClient:
    """The client with this person signed in through the sign-in page."""
    answer = client.post("/login", data={"csrf_token": token_of(client), "email": account.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.text
    return client


def post(client: FlaskClient, path: str, **data: Any) -> Any:
    """Send a form with the token that the person's pages carry."""
    return client.post(path, data={"csrf_token": token_of(client, "/"), **data})


def reloaded(manuscript: Manuscript) -> Manuscript:
    """The manuscript as the database has it now."""
    db.session.rollback()
    wanted = select(Manuscript).where(Manuscript.id == manuscript.id)
    return db.session.scalars(wanted, execution_options={"populate_existing": True}).one()
