"""One of everything: a journal in which every address leads somewhere, for tests that walk through all of them."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.people import NOW, PASSWORD, TODAY, Browser, People, manuscript_in, people, post, signed_in, step, token_of
from tests.services.reminding import plan
from tests.web.routes import ANSWER, ROUTES, SHARED, SHEET, UNSUBSCRIBE, Args
from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.formats.article_record import AuthorRecord
from tracker.models import Account, Answer, BulkDeed, Journal, Letter, LetterLink, Manuscript, SavedView
from tracker.services.accounts import add_account, disable, give_role
from tracker.services.actors import OPERATOR
from tracker.services.calendar_feeds import make_feed
from tracker.services.journals import change_journal
from tracker.services.manuscripts import receive_return
from tracker.services.remarks import set_tags, write_note
from tracker.services.status_links import make_status_link
from tracker.services.views import save_view

TITLE = "Whispers in the Quiet Archive"
REVIEWER, REVIEWER_EMAIL = "Grace Quillfeather", "quillfeather@example.org"
TO_EDITOR, TO_AUTHOR = "Between us: the data look invented.", "Please say how the sample was drawn."
NOTE, TAG, LEDGER_NOTE = "Waiting for the ethics board", "delicate-matter", "Chosen for her candour"
# What nobody but editors may know of the manuscript, in any answer to anybody else.
EDITORS_ONLY = (REVIEWER, "Quillfeather", REVIEWER_EMAIL, TO_EDITOR, NOTE, TAG, LEDGER_NOTE)


@dataclass
class World:
    """The people by name, the manuscript that everything is about, and what the addresses need."""

    app: Flask
    who: People
    manuscript: Manuscript
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    args: Args = field(default_factory=dict)

    def address(self, endpoint: str, **changed: Any) -> str:
        """The address of an endpoint, with what it needs."""
        route = ROUTES[endpoint]
        rule = next(rule for rule in self.app.url_map.iter_rules() if rule.endpoint == endpoint)
        needs = {**SHARED, **self.args, **{name: self.args.get(value, value) for name, value in route.args.items()}}
        named = {name: needs[name] for name in rule.arguments} | route.query | changed
        method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        return self.app.url_map.bind("localhost").build(endpoint, named, method=method)

    def send(self, name: str, method: str, endpoint: str, **data: Any) -> Any:
        """What the person of this name is answered."""
        client, address = self.clients[name], self.address(endpoint)
        if method == "GET":
            return client.get(address)
        form = {key: value(self) if callable(value) else value for key, value in ROUTES[endpoint].form.items()}
        return client.post(address, data={"csrf_token": self.tokens[name], **form, **data})

    def snapshot(self, folder: Path) -> Callable[[], None]:
        """Remember the SQLite database as it is now; gives what brings it back."""
        let_go()
        file = Path(self.app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
        uploads = Path(self.app.instance_path) / "uploads"
        shutil.copy(file, folder / "as-it-was.sqlite")
        shutil.copytree(uploads, folder / "uploads")
        cookies = {name: dict(client._cookies or {}) for name, client in self.clients.items()}

        def back() -> None:
            let_go()
            for name, client in self.clients.items():
                client._cookies = dict(cookies[name])
            shutil.copy(folder / "as-it-was.sqlite", file)
            shutil.rmtree(uploads, ignore_errors=True)
            shutil.copytree(folder / "uploads", uploads)

        return back


def let_go() -> None:
    db.session.remove()
    db.engine.dispose()


def a_world(app: Flask) -> World:
    """Everything, on an empty database; everybody is signed in, and `disabled` was before the account was closed."""
    app.test_client_class = Browser
    who = people()
    with transaction() as session:
        journal = session.merge(who.journal)
        settings = dict.fromkeys(("reminders_live", "public_status", "public_articles", "public_turnaround"), True)
        change_journal(journal, by=OPERATOR, now=NOW, settings={**settings, "anonymity": "double_anonymized"})
        for name in ("colleague", "disabled"):
            account = add_account(
                email=f"{name}@example.org", name=name.title(), password=PASSWORD, by=OPERATOR, now=NOW
            )
            give_role(account, journal, "editor", by=OPERATOR, now=NOW)
            who.everybody[name] = account
    found = World(app, who, _reviewed(who))
    found.args |= _others(who)
    _beside(found)
    _sign_in(found)
    _by_hand(found)
    return found


def _reviewed(who: People) -> Manuscript:
    """Under review in its second round, with a review of the first; a reviewer owes another, and letters are due."""
    authors = [
        AuthorRecord("Ada", "Lovelace", "ada@example.org"),
        AuthorRecord("Carlo", "Bianchi", "Carlo@Example.org"),
    ]
    found = manuscript_in(who.journal, title=TITLE, editor=who.editor, authors=authors)
    named = f"{REVIEWER} <{REVIEWER_EMAIL}>"
    step(found, "sent_to_review", date(2026, 3, 9), reviewers=[named], note=LEDGER_NOTE)
    step(found, "agreed", date(2026, 3, 10), reviewer=1)
    step(found, "reviewed", date(2026, 3, 30), reviewer=1, details={"recommendation": "reject"},
         to_author=TO_AUTHOR, to_editor=TO_EDITOR)  # fmt: skip
    step(found, "revision_requested", date(2026, 4, 1), kind="major")
    step(found, "resubmitted", date(2026, 4, 20))
    others = ["Ole Nordin <ole@example.org>", "Sol Abara <sol@example.org>"]
    step(found, "sent_to_review", date(2026, 5, 4), reviewers=[named, *others])
    step(found, "agreed", date(2026, 5, 5), reviewer=1, due_on=TODAY + timedelta(days=7))
    step(found, "agreed", date(2026, 5, 5), reviewer=2, due_on=TODAY + timedelta(days=3))
    step(found, "agreed", date(2026, 5, 5), reviewer=3, due_on=TODAY + timedelta(days=20))
    with transaction() as session:
        row = session.scalars(select(Manuscript).where(Manuscript.id == found.id)).one()
        set_tags(row, [TAG])
        write_note(row, NOTE, by=OPERATOR, now=NOW)
    return found


def _others(who: People) -> Args:
    """Works beside it: published, waiting long for a first decision, and come back after an invitation to re-submit."""
    found = manuscript_in(who.journal, title="A Published Work")
    details = {"volume": "1", "article_number": "1", "doi": "10.1234/one"}
    step(found, "sent_to_review", date(2026, 3, 9), reviewers=["Ole Nordin <ole@example.org>"])
    step(found, "accepted", date(2026, 3, 20))
    step(found, "published", date(2026, 4, 1), details=details)
    waiting = manuscript_in(who.journal, title="A Patient Work")
    origin = manuscript_in(who.journal, title="A Work That Came Back", received_on=date(2026, 1, 5))
    step(origin, "sent_to_review", date(2026, 1, 12), reviewers=["Ole Nordin <ole@example.org>"])
    step(origin, "rejected", date(2026, 2, 2), kind="resubmit_invited")
    with transaction() as session:
        row = session.scalars(select(Manuscript).where(Manuscript.id == origin.id)).one()
        again = receive_return(row, PartialDate(date(2026, 5, 11)), by=OPERATOR, now=NOW, today=TODAY)
    return {"waiting": waiting.reference, "origin": origin.reference, "again": again.reference}


def _beside(found: World) -> None:
    """Letters, links, an answer, a view, a feed."""
    plan(TODAY)
    with transaction() as session:
        manuscript = session.scalars(select(Manuscript).where(Manuscript.id == found.manuscript.id)).one()
        editor = session.scalars(select(Account).where(Account.id == found.who.editor.id)).one()
        journal: Journal = manuscript.journal
        found.args["token"] = make_status_link(manuscript, now=NOW)
        found.args["feed"] = make_feed(editor, now=NOW)
        view = save_view("Mine", "state=open", account=editor)
        answer = Answer(
            journal_id=journal.id, manuscript_id=manuscript.id, task_key="review:2:2", kind="done", name="Ole Nordin",
            answered_at=NOW, stops_letters=True,
        )  # fmt: skip
        session.add(answer)
        for token, key, about in ((ANSWER, "review:2:1", manuscript.id), (UNSUBSCRIBE, "", None)):
            session.add(
                LetterLink(
                    token_hash=hashlib.sha256(token.encode()).hexdigest(), journal_id=journal.id, manuscript_id=about,
                    task_key=key, address=REVIEWER_EMAIL if about else "editor@example.org", made_at=NOW,
                )
            )  # fmt: skip
        session.flush()
        found.args |= {"view": view.uid, "answer_id": answer.id, "reference": manuscript.reference}
        letter = session.scalars(select(Letter).where(Letter.manuscript_id == manuscript.id)).first()
        assert letter is not None, "a letter to a reviewer is due today"
        letter.state = "parked"
        found.args["letter_id"] = letter.id


def _sign_in(found: World) -> None:
    for name, account in found.who.everybody.items():
        found.clients[name] = signed_in(found.app.test_client(), account)
        found.tokens[name] = token_of(found.clients[name], "/")
    found.clients["visitor"] = found.app.test_client()
    found.tokens["visitor"] = token_of(found.clients["visitor"])
    with transaction() as session:
        disable(session.merge(found.who.everybody["disabled"]), by=OPERATOR, now=NOW)


def _by_hand(found: World) -> None:
    """What only the pages make: an upload, an import, a deed to several."""
    editor = found.clients["editor"]
    found.args["import"] = _imported(editor)
    found.args["upload"] = _uploaded(editor)
    post(editor, f"/import/{found.args['upload']}", columns="4")
    post(editor, "/manuscripts/bulk/do", selected=[found.args["reference"]], deed="tag", tag="seen-once")
    db.session.rollback()
    found.args["deed"] = db.session.scalars(select(BulkDeed.uid)).one()
    assert db.session.scalars(select(SavedView.uid)).one() == found.args["view"]


def _uploaded(client: FlaskClient) -> str:
    answer = post(client, "/import/", journal="ijcp", sheet=(io.BytesIO(SHEET.encode()), "sheet.csv"))
    return str(answer.location.rsplit("/", 1)[-1])


def _imported(client: FlaskClient) -> str:
    token = _uploaded(client)
    post(client, f"/import/{token}", columns="4")
    post(client, f"/import/{token}/run")
    return str(client.get(f"/import/{token}/preview").location.rsplit("/", 1)[-1])
