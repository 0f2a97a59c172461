"""Who may know whom (NISO Z39.106): every surface that authors and reviewers reach, under each anonymity.

The surfaces: letters with all their headers and both bodies, the author's page, the answer pages and what they answer,
feeds, public pages, errors. Authors must not read reviewers' names, except where a journal shows all identities;
reviewers must read neither authors' names nor another reviewer's.
"""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.mail.servers import Mailbox, smtp_server
from tests.people import NOW, TODAY, step
from tests.services.reminding import deliver, plan
from tests.web.routes import ANSWER
from tests.web.world import EDITORS_ONLY, LEDGER_NOTE, NOTE, REVIEWER, REVIEWER_EMAIL, TAG, TO_EDITOR, World, a_world
from tracker.db import db, transaction
from tracker.domain.policy import ANONYMITY
from tracker.models import Journal, Letter, Task
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal

AUTHORS = ("Ada", "Lovelace", "Carlo", "Bianchi", "ada@example.org", "carlo@example.org")
REVIEWERS = (REVIEWER, "Quillfeather", REVIEWER_EMAIL, "Nordin", "Abara", "ole@example.org", "sol@example.org")
NEVER = (TO_EDITOR, NOTE, TAG, LEDGER_NOTE)  # nobody outside the journal reads these


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    return a_world(app)


def in_every_anonymity(world: World) -> list[str]:
    return [str(word) for word in ANONYMITY]


def anonymous_as(world: World, word: str) -> None:
    with transaction() as session:
        journal = session.scalars(select(Journal).where(Journal.slug == "ijcp")).one()
        change_journal(journal, settings={"anonymity": word}, by=OPERATOR, now=NOW)


# What is drawn by chance can spell a short name: identifiers, links to answer, signed values of forms and sessions.
DRAWN = re.compile(
    r"[0-9a-f]{32}|(?<![\w-])(?:[\w-]{43}|[\w-]{60,})(?![\w-])|(?<![\w-])[\w-]{20,}\.[\w-]{6}\.[\w-]{27}(?![\w-])"
)


def must_not_read(words: tuple[str, ...], text: str, where: str) -> None:
    text = DRAWN.sub("", text)
    for word in words:
        assert word.casefold() not in text.casefold(), (where, word)


def public_pages(visitor: FlaskClient, world: World) -> dict[str, str]:
    """What anybody may ask for, errors and refusals too, with the headers of the answers."""
    reference = world.args["reference"]
    paths = [
        "/login", "/reset", "/healthz", "/no-such-page", f"/manuscripts/{reference}", "/manuscripts/?q=Quillfeather",
        f"/status/{'x' * 24}", f"/answer/{'x' * 43}", f"/unsubscribe/{'x' * 43}", f"/calendar/{'x' * 43}.ics",
        "/j/ijcp/", "/j/ijcp/volume/1/article/1", "/j/ijcp/volume/9/article/9", "/turnaround/ijcp",
        "/turnaround/ijcp.svg", f"/j/{reference}/", "/static/none.css",
    ]  # fmt: skip
    return {path: f"{(answer := visitor.get(path)).headers}\n{answer.get_data().decode()}" for path in paths}


def test_what_authors_reach_names_a_reviewer_only_where_all_are_visible(world: World) -> None:
    visitor, status = world.clients["visitor"], world.address("status.show")
    for word in in_every_anonymity(world):
        anonymous_as(world, word)
        answer = visitor.get(status)
        text = f"{answer.headers}\n{answer.text}"
        must_not_read(NEVER, text, word)
        assert (REVIEWER in text) == (word == "all_identities_visible")
        assert ("Reviewer 1" in text) == (word != "all_identities_visible")
        must_not_read((REVIEWER_EMAIL, "Nordin", "Abara"), text, word)
        must_not_read((*EDITORS_ONLY, *REVIEWERS), visitor.get("/j/ijcp/volume/1/article/1").text, word)


def test_what_reviewers_reach_names_no_author_and_no_other_reviewer(world: World) -> None:
    visitor, page = world.clients["visitor"], world.address("answers.ask")
    for word in in_every_anonymity(world):
        anonymous_as(world, word)
        shown = visitor.get(page)
        token = shown.text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        refused = visitor.post(page, data={"csrf_token": token, "answer": "later", "until": "1999-01-01"})
        wrong = visitor.post(page, data={"answer": "done"})
        for answer in (shown, refused, wrong):
            text = f"{answer.headers}\n{answer.text}"
            must_not_read((*AUTHORS, *NEVER, *REVIEWERS), text, word)
    thanks = visitor.post(page, data={"csrf_token": token, "answer": "done"})
    must_not_read((*AUTHORS, *NEVER, *REVIEWERS), thanks.text, "thanks")


def test_pages_for_everybody_name_nobody_of_unpublished_work(world: World) -> None:
    for path, text in public_pages(world.clients["visitor"], world).items():
        words = (*REVIEWERS, *NEVER)
        must_not_read(
            words, text.replace(path, "").replace("/manuscripts/?q%3DQuillfeather", ""), path
        )  # what was asked
        if not path.startswith("/j/ijcp"):
            must_not_read(AUTHORS, text, path)


def all_of(message: EmailMessage) -> str:
    """Headers, subject and both bodies of a letter as it arrived."""
    bodies = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *map(str, bodies)])


@pytest.mark.parametrize("word", ANONYMITY)
def test_no_letter_names_whom_its_reader_may_not_know(world: World, word: str) -> None:
    anonymous_as(world, word)
    mailbox, by_reader = Mailbox(), {}
    with smtp_server(mailbox) as url:
        write(url, (0, 7, 8, 14, 21))
        step(world.manuscript, "revision_requested", TODAY, kind="minor", due_on=TODAY)
        write(url, (3, 14))
    for message in mailbox.letters:
        by_reader.setdefault(str(message["To"]), []).append(all_of(message))
    reviewers = [reader for reader in by_reader if "quillfeather" in reader or "sol@" in reader]
    authors = [reader for reader in by_reader if "ada@" in reader]
    assert reviewers
    assert authors
    for reader in reviewers:
        others = tuple(name for name in REVIEWERS if name.casefold() not in reader.casefold())
        for text in by_reader[reader]:
            must_not_read((*AUTHORS, *NEVER, *others), text, reader)
    for reader in authors:
        for text in by_reader[reader]:
            must_not_read((*REVIEWERS, *NEVER), text, reader)
    threads = {
        side: {line for reader in readers for text in by_reader[reader] for line in heads(text)}
        for side, readers in (("reviewers", reviewers), ("authors", authors))
    }
    assert not threads["reviewers"] & threads["authors"]


def write(url: str, days_ahead: tuple[int, ...]) -> None:
    """Write and deliver what is due so many days from now."""
    for ahead in days_ahead:
        day = TODAY + timedelta(days=ahead)
        plan(day)
        deliver(day, url)


def heads(text: str) -> list[str]:
    """The headers that tie letters together."""
    return [line for line in text.splitlines() if line.startswith(("Message-ID:", "References:", "In-Reply-To:"))]


def test_editors_see_the_manuscript_as_its_author_and_as_a_reviewer(world: World) -> None:
    page = world.clients["editor"].get(world.address("manuscripts.show")).text
    assert "See as author" in page
    assert "See as reviewer" in page
    as_author = world.clients["editor"].get(world.address("status.as_author")).text
    as_reviewer = world.clients["editor"].get(world.address("status.as_reviewer")).text
    must_not_read((*NEVER, *REVIEWERS), as_author, "as author")
    must_not_read((*NEVER, *AUTHORS), as_reviewer, "as reviewer")
    letters = db.session.scalars(select(Letter.subject).where(Letter.role == "reviewer")).all()
    assert letters
    assert all(subject in as_reviewer for subject in letters)
    owed = db.session.scalars(select(Task).where(Task.reviewer_number.is_not(None))).all()
    assert as_reviewer.count("The page of reviewer") == len(owed)
    assert ANSWER not in as_reviewer
