"""Every page there is, each with an address in a journal where something of everything has happened.

The pages are those of the application's own map: a new one whose address cannot be filled in from `Lived` is missing,
and the tests that look at all pages say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule

from tests.people import NOW, TODAY, People, manuscript_in, manuscript_that_is, post, signed_in, step
from tests.web.test_letters import letter_about
from tests.web.test_public import publish
from tests.web.test_sheet_imports import said, sent, token_in
from tests.web.test_status import shared_path
from tracker.db import db, transaction
from tracker.domain.words import State
from tracker.models import LetterLink, Manuscript
from tracker.services.actors import OPERATOR
from tracker.services.hashed_secrets import hash_of
from tracker.services.journals import change_journal
from tracker.web.editing import FIELDS
from tracker.web.sign_in import one_time_password_link

FOR_VISITORS = ("security.login", "security.forgot_password", "security.reset_password", "security.wan_signin")
NO_PAGES = {
    "static": "a file",
    "security.static": "a file of Flask-Security's, which we do not use",
    "security.verify": "asked before something sensitive: see test_second_factors",
    "security.mf_recovery": "in the middle of signing in: see test_second_factors",
    "security.tf_select": "in the middle of signing in: see test_second_factors",
    "security.two_factor_rescue": "in the middle of signing in: see test_second_factors",
    "security.two_factor_token_validation": "in the middle of signing in: see test_second_factors",
    "security.wan_delete": "takes a form only",
    "security.wan_verify": "asked before something sensitive: see test_passkeys",
    "account.ask_confirmation": "at the address of a letter: see test_account_letters",
    "health.healthz": "an answer for machines",
    "dashboard.outgoing": "a part of the dashboard, looked at there",
    "upcoming.of_manuscript": "a part of a manuscript's page, looked at there",
}
FILES = re.compile(r"\.(csv|xlsx|json|pdf|png|svg|ics|xml|txt)$|\.<[^>]*kind>$|^/api/")


@dataclass(frozen=True)
class Lived:
    """What has happened, as what addresses are filled with: by the argument's name, or by the page where it differs."""

    common: dict[str, Any]
    own: dict[str, list[dict[str, Any]]]
    queries: dict[str, list[str]]


def live_in(app: Flask, who: People) -> Lived:
    """A manuscript in every state and more, letters, links, imports and a deed to several: all through the doors."""
    settings = {"reminders_live": True, "public_status": True, "public_turnaround": True}
    with transaction() as session:
        change_journal(session.merge(who.journal), settings=settings, by=OPERATOR, now=NOW)
    works = {state: manuscript_that_is(state, who.journal, title=f"Work {state}", editor=who.chief) for state in State}
    step(manuscript_in(who.journal, title="Held"), "held", date(2026, 5, 1), note="Waiting.")
    awaited = reviewer_awaited(who)
    publish(who.journal)
    chief = signed_in(app.test_client(), who.chief)
    received, review = works[State.RECEIVED].reference, works[State.UNDER_REVIEW].reference
    common = {
        "slug": who.journal.slug, "reference": received, "language": "en", "kind": "review_last", "position": 1,
        "letter_id": letter_about(works[State.UNDER_REVIEW], "uncertain"), "volume": "7", "number": "17",
    }  # fmt: skip
    steps = {
        received: ("sent_to_review", "transferred"),
        review: ("reviewed", "revision_requested", "extended"),
        works[State.ACCEPTED].reference: ("published",),
        works[State.PUBLISHED].reference: ("published",),  # not on offer there: the page that says so
    }
    own = {
        "manuscripts.show": [{"reference": work.reference} for work in works.values()],
        "recording.ask": [{"reference": ref, "action": action} for ref, actions in steps.items() for action in actions],
        "editing.ask": [{"name": name} for name in FIELDS],
        "reviewers.ask": [{"reference": review, "number": 1}],
        "upcoming.edit": [{"reference": awaited.reference, "task": "review:1:1", "step": -7}],
        "upcoming.read": [{"reference": awaited.reference, "task": "review:1:1", "step": -7}],
        "answers.ask": [{"token": link_about(awaited, "review:1:1")}],
        "answers.ask_unsubscribe": [{"token": link_about(None, "")}],
        "status.show": [{"token": shared_path(chief, works[State.UNDER_REVIEW]).rsplit("/", 1)[1]}],
        "security.reset_password": [{"token": one_time_password_link(who.reader).rsplit("/", 1)[1]}],
        "bulk.show": [{"uid": deed_to_all(chief, works.values())}],
        **imports(chief),
    }  # fmt: skip
    queries = {
        "manuscripts.listing": [
            "", "?q=nothing", "?state=open&sort=-open", "?q=work&overdue=yes&sort=due",
            "?columns=round,open,editor,section,tags,note",
        ],
        "reports.behind": ["?of=metric:first_decision"],
        "reports.turnaround": ["", "?from=2026-01-01&to=2026-05-31&by=editor"],
    }  # fmt: skip
    db.session.rollback()
    return Lived(common, own, queries)


def reviewer_awaited(who: People) -> Manuscript:
    """A reviewer of whom a letter will remind in two days."""
    found = manuscript_in(who.journal, title="Awaited", editor=who.editor)
    step(found, "sent_to_review", date(2026, 5, 4), reviewers=["Grace Hopper <grace@example.org>"])
    return step(found, "agreed", date(2026, 5, 5), reviewer=1, due_on=TODAY + timedelta(days=9))


def link_about(manuscript: Manuscript | None, task: str) -> str:
    """A link as letters have it; without a manuscript one that ends the digests."""
    token = f"token-of-{task.replace(':', '-') or 'the-digest'}"
    with transaction() as session:
        journal_id = manuscript.journal_id if manuscript else 1
        session.add(
            LetterLink(
                token_hash=hash_of(token), journal_id=journal_id, manuscript_id=manuscript.id if manuscript else None,
                task_key=task, address="grace@example.org", made_at=NOW,
            )
        )  # fmt: skip
    return token


def deed_to_all(chief: FlaskClient, works: Any) -> str:
    done = post(
        chief, "/manuscripts/bulk/do", deed="tag", tag="urgent", selected=[work.reference for work in works], query=""
    )
    assert done.status_code == 302, done.text
    undo = re.search(r"/manuscripts/bulk/(\w+)/undo", chief.get(done.location).text)
    assert undo is not None
    return undo[1]


def imports(chief: FlaskClient) -> dict[str, list[dict[str, Any]]]:
    """A sheet whose columns are asked for, one that is previewed, and one that went in."""
    asked, previewed, done = (token_in(sent(chief)) for _ in range(3))
    for token in (previewed, done):
        said(chief, token)
    went_in = chief.get(post(chief, f"/import/{done}/run").location)
    return {
        "sheet_imports.columns": [{"token": asked}],
        "sheet_imports.outcome": [{"token": previewed}],
        "sheet_imports.show": [{"uid": token_in(went_in)}],
    }


def pages_of(app: Flask, lived: Lived) -> Iterator[tuple[str, str]]:
    """Endpoint and address of every page. Fails for one whose address cannot be made, so that nobody forgets it."""
    bind = app.url_map.bind("localhost").build
    missing = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if not is_page(rule):
            continue
        for values in lived.own.get(rule.endpoint, [{}]):
            filled = {**choices(rule), **lived.common, **values}
            if not rule.arguments <= filled.keys():
                missing.append(rule.endpoint)
                continue
            path = bind(rule.endpoint, {name: filled[name] for name in rule.arguments})
            for query in lived.queries.get(rule.endpoint, [""]):
                yield rule.endpoint, path + query
    assert missing == [], "say in tests/web/every_page.py where these pages are, or why they are none"


def is_page(rule: Rule) -> bool:
    return "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES and not FILES.search(rule.rule)


def choices(rule: Rule) -> dict[str, Any]:
    converters = rule._converters.items()
    return {name: min(converter.items) for name, converter in converters if isinstance(converter, AnyConverter)}


def clients(app: Flask, who: People) -> Callable[[str], FlaskClient]:
    """By the page's endpoint: the chief editor, or somebody who has not signed in."""
    chief, visitor = signed_in(app.test_client(), who.chief), app.test_client()
    return lambda endpoint: visitor if endpoint in FOR_VISITORS else chief
