"""Letters about accounts: invitations, new passwords, new addresses. They leave, and nobody of a journal reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cli.running import Terminal
from tests.mail.servers import Mailbox, smtp_server
from tests.people import PASSWORD, People, post, token_of
from tracker import clock
from tracker.db import db, transaction
from tracker.jobs.passes import deliver
from tracker.models import Account, AuditEntry, Letter
from tracker.services.accounts import account_named, add_account, change_address, disable
from tracker.services.actors import OPERATOR

As = Callable[[str], FlaskClient]
LINK = re.compile(r"http://127\.0\.0\.1:5000(/\S+)")
NEW = "three unlikely garden words"


def delivered(app: Flask, *, later: timedelta = timedelta()) -> list[EmailMessage]:
    """What the next delivery hands over."""
    mailbox = Mailbox()
    db.session.rollback()
    with smtp_server(mailbox) as address:
        settings = app.config["TRACKER_SETTINGS"].model_copy(update={"smtp_url": address})
        done = deliver(now_of=lambda: clock.now() + later, today_of=clock.today, settings=settings)
    assert done.problem == ""
    return mailbox.letters


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage) -> str:
    """The path of the one link; the same stands in the HTML."""
    (path,) = set(LINK.findall(text_of(letter)))
    html = letter.get_body(("html",))
    assert html is not None
    assert f'href="http://127.0.0.1:5000{path}"' in html.get_content()
    return str(path)


def set_password(client: FlaskClient, link: str, password: str = NEW):
    typed = {"csrf_token": token_of(client, link), "password": password, "password_confirm": password}
    return client.post(link, data=typed)


def sign_in(client: FlaskClient, email: str, password: str):
    return client.post("/login", data={"csrf_token": token_of(client), "email": email, "password": password})


def invite(chief: FlaskClient, email: str = "new@example.org", role: str = "editor", slug: str = "ijcp"):
    return post(chief, f"/settings/{slug}/people", email=email, person="Nadia New", role=role)


def test_somebody_invited_gets_a_letter_and_gets_in(app: Flask, as_: As, visitor: FlaskClient) -> None:
    assert invite(as_("chief")).status_code == 302
    (letter,) = delivered(app)
    assert (letter["To"], letter["Subject"]) == (
        "Nadia New <new@example.org>", "An account for you at Journal of Careful Practice",
    )  # fmt: skip
    assert "Chief has given you an account" in " ".join(text_of(letter).split())
    assert set_password(visitor, link_in(letter)).status_code == 302
    assert sign_in(visitor, "new@example.org", NEW).location == "/"
    assert "Journal of Careful Practice" in visitor.get("/account/").text
    again = app.test_client().get(link_in(letter), follow_redirects=True)
    assert "This link was used or is incomplete" in again.text


def test_somebody_who_has_an_account_gets_the_role_and_no_link(app: Flask, as_: As, who: People) -> None:
    invite(as_("chief"), "stranger@example.org", "reader")
    (letter,) = delivered(app)
    assert letter["To"] == "Stranger <stranger@example.org>"
    assert "you are reader of Journal of Careful Practice now" in " ".join(text_of(letter).split())
    assert LINK.findall(text_of(letter)) == ["/reset,"]
    assert "Journal of Careful Practice" in as_("stranger").get("/account/").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs between the two
@pytest.mark.parametrize(
    ("email", "role", "sentence"),
    [
        ("", "editor", "Whom do you want to add?"),
        ("no address", "editor", "is no e-mail address"),
        ("new@example.org", "king", "There is no role “king”"),
        ("editor@example.org", "reader", "Editor belongs to Journal of Careful Practice already"),
    ],
)
def test_an_invitation_that_cannot_be_keeps_what_was_typed(
    as_: As, who: People, email: str, role: str, sentence: str
) -> None:
    answer = invite(as_("chief"), email, role)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Nadia New"' in answer.text
    assert db.session.query(Letter).count() == 0
    assert db.session.query(Account).count() == 6


def test_people_are_added_by_the_chief_editor_alone(as_: As, who: People) -> None:
    assert {name: invite(as_(name)).status_code for name in ("editor", "assistant", "reader")} == {
        "editor": 403, "assistant": 403, "reader": 403,
    }  # fmt: skip
    assert invite(as_("other_editor")).status_code == 404
    assert db.session.query(Account).count() == 6


def test_the_chief_editor_changes_roles_and_takes_people_out(as_: As, who: People) -> None:
    chief = as_("chief")
    post(chief, f"/settings/ijcp/people/{who.editor.uid}/role", role="reader")
    post(chief, f"/settings/ijcp/people/{who.assistant.uid}/role", role="none")
    page = chief.get("/settings/ijcp").text
    assert "assistant@example.org" not in page
    assert as_("assistant").get("/settings/ijcp").status_code == 404
    only = post(chief, f"/settings/ijcp/people/{who.chief.uid}/role", role="reader")
    assert (only.status_code, "only chief editor" in only.text) == (422, True)
    assert post(chief, f"/settings/ijcp/people/{who.stranger.uid}/role", role="reader").status_code == 404


def test_an_invitation_is_sent_again_but_not_at_once(app: Flask, as_: As, who: People) -> None:
    chief = as_("chief")
    invite(chief)
    uid = db.session.scalars(select(Account.uid).where(Account.email == "new@example.org")).one()
    assert post(chief, f"/settings/ijcp/people/{uid}/invite").status_code == 422
    assert len(delivered(app)) == 1
    with transaction() as session:
        for letter in session.scalars(select(Letter)):
            letter.queued_at -= timedelta(hours=1)
    assert post(chief, f"/settings/ijcp/people/{uid}/invite").status_code == 302
    assert len(delivered(app)) == 1
    refused = post(chief, f"/settings/ijcp/people/{who.editor.uid}/invite")
    assert "has got in before" in refused.text


def test_a_forgotten_password_is_set_anew(app: Flask, visitor: FlaskClient, as_: As, who: People) -> None:
    elsewhere = as_("editor")
    asked = post_to(visitor, "/reset", email=" Editor@example.org")
    assert "a letter with a link is on its way" in asked.text
    (letter,) = delivered(app)
    assert letter["To"] == "Editor <editor@example.org>"
    link = link_in(letter)
    assert set_password(visitor, link).status_code == 302
    assert elsewhere.get("/").status_code == 302, "other browsers are signed out"
    assert sign_in(visitor, "editor@example.org", PASSWORD).status_code == 200
    assert sign_in(visitor, "editor@example.org", NEW).status_code == 302
    (news,) = delivered(app)
    assert news["Subject"] == "Your account: the password was set"


def post_to(client: FlaskClient, path: str, **data: str):
    return client.post(path, data={"csrf_token": token_of(client), **data})


def test_nobody_learns_who_has_an_account(app: Flask, visitor: FlaskClient, who: People) -> None:
    with transaction() as session:
        disable(session.merge(who.editor), by=OPERATOR, now=clock.now())
    said = [
        post_to(visitor, "/reset", email=email).text.replace(email, "X")
        for email in ("nobody@example.org", "editor@example.org", "reader@example.org")
    ]
    assert [text.split("<main")[0].count("on its way") for text in said] == [1, 1, 1]
    assert [letter["To"] for letter in delivered(app)] == ["Reader <reader@example.org>"]


def test_a_letter_that_waited_too_long_or_for_a_closed_account_is_dropped(app: Flask, visitor, as_, who) -> None:
    post_to(visitor, "/reset", email="reader@example.org")
    assert delivered(app, later=timedelta(days=3)) == []
    invite(as_("chief"))
    with transaction() as session:
        account = session.scalars(select(Account).where(Account.email == "new@example.org")).one()
        disable(account, by=OPERATOR, now=clock.now())
    assert delivered(app) == []
    assert set(db.session.scalars(select(Letter.state))) == {"cancelled"}


def test_letters_about_accounts_are_nobody_elses_to_read(
    app: Flask, visitor: FlaskClient, as_: As, who: People, capsys: pytest.CaptureFixture[str], tmp_path, caplog
) -> None:
    caplog.set_level("DEBUG")
    chief = as_("chief")
    invite(chief)
    post_to(visitor, "/reset", email="reader@example.org")
    letters = delivered(app)
    tokens = [link_in(letter).removeprefix("/reset/") for letter in letters]
    assert len(tokens) == 2
    rows = db.session.query(Letter).all()
    pages = ["/outbox/", *(f"/outbox/{row.id}" for row in rows), "/reminders/", "/settings/audit", "/settings/looks"]
    shown = [chief.get(page).text for page in [*pages, "/settings/audit.csv"]]
    assert [chief.get(f"/outbox/{row.id}").status_code for row in rows] == [404, 404]
    terminal = Terminal(capsys)
    shown += [terminal.run(*command).out for command in (("outbox", "list"), ("outbox", "list", "--json"), ("audit",))]
    terminal.run("export", str(tmp_path / "x"))
    exported = [path.read_text(encoding="utf-8-sig") for path in (tmp_path / "x").iterdir()]
    kept = [row.text_body + row.html_body + row.subject + row.last_error for row in rows]
    for text in [*shown, *exported, *kept, caplog.text]:
        assert not any(token in text for token in tokens)
    for text in [*shown, *exported]:
        assert "choose a password" not in text.lower()
    assert "reader@example.org" not in chief.get("/outbox/").text
    assert "An account for you" in terminal.run("outbox", "list").out, "the operator sees that there are letters"


def test_an_address_is_changed_by_a_link_to_the_new_one(app: Flask, as_: As, who: People) -> None:
    reader = as_("reader")
    assert post(reader, "/account/address", email="Reader@elsewhere.example").status_code == 302
    (letter,) = delivered(app)
    assert letter["To"] == "Reader <reader@elsewhere.example>"
    link = link_in(letter)
    assert as_("editor").get(link).status_code == 422, "it is for the person alone"
    assert "reader@elsewhere.example" in reader.get(link).text
    assert db.session.scalar(select(Account.email).where(Account.uid == who.reader.uid)) == "reader@example.org"
    assert post(reader, link).status_code == 302
    (news,) = delivered(app)
    assert news["To"] == "Reader <reader@example.org>"
    assert "reader@elsewhere.example" in text_of(news)
    assert post(reader, link).status_code == 422, "it works once"
    assert sign_in(app.test_client(), "reader@elsewhere.example", PASSWORD).status_code == 302
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "account_changed"))
    assert (entry.actor, entry.account, entry.after) == (who.reader.uid, who.reader.uid, {"address": "changed"})


def test_what_was_sent_to_the_old_address_opens_nothing_after_the_change(app: Flask, as_: As, who: People) -> None:
    reader, visitor = as_("reader"), app.test_client()
    post_to(visitor, "/reset", email="reader@example.org")
    (letter,) = delivered(app)
    old_link = link_in(letter)
    post_to(visitor, "/reset", email="reader@example.org")  # and one that still waits
    with transaction():
        account = account_named("reader@example.org")
        change_address(account, "reader@elsewhere.example", by=OPERATOR, now=clock.now())
    assert reader.get("/account/").status_code == 200, "whoever changed it stays signed in"
    assert "This link was used or is incomplete" in visitor.get(old_link, follow_redirects=True).text
    assert [letter["To"] for letter in delivered(app)] == []


def test_the_address_of_another_account_is_neither_told_nor_taken(app: Flask, as_: As, who: People) -> None:
    reader = as_("reader")
    assert post(reader, "/account/address", email="editor@example.org").status_code == 302
    assert delivered(app) == []
    post(reader, "/account/address", email="free@example.org")
    link = link_in(*delivered(app))
    post(as_("editor"), "/account/address", email="free@example.org")
    other = link_in(*delivered(app))
    assert post(as_("editor"), other).status_code == 302
    assert post(reader, link).status_code == 422
    assert db.session.scalar(select(Account.email).where(Account.uid == who.reader.uid)) == "reader@example.org"


def test_the_command_line_invites_too(app: Flask, who: People, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(capsys)
    assert terminal.run("account", "add", "new@example.org", "--journal", "ijcp", "--json").document["invitation"]
    (letter,) = delivered(app)
    assert "The editorial office has given you an account" in " ".join(text_of(letter).split())
    assert link_in(letter).startswith("/reset/")


def test_a_german_journal_writes_in_german(app: Flask, as_: As, who: People) -> None:
    with transaction() as session:
        session.merge(who.journal).language = "de"
    invite(as_("chief"))
    (letter,) = delivered(app)
    assert letter["Subject"] == "Ihr Zugang zu Journal of Careful Practice"
    assert "Guten Tag Nadia New" in text_of(letter)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ("Your tokens for the API still work.", "Your calendar's address still works.")),
        ("de", ("Ihre Tokens für die API gelten weiter.", "Die Adresse Ihres Kalenders gilt weiter.")),
    ],
)
def test_a_password_set_by_a_link_brings_word_of_what_still_works(
    app: Flask, visitor: FlaskClient, as_: As, who: People, language: str, sentences: tuple[str, str]
) -> None:
    with transaction() as session:
        session.merge(who.journal).language = language
    editor = as_("editor")
    post(editor, "/account/tokens/", name="A script", scope="read", days="0")
    post(editor, "/calendar/feed")
    post_to(visitor, "/reset", email="editor@example.org")
    set_password(visitor, link_in(*delivered(app)))
    (news,) = delivered(app)
    told = " ".join(text_of(news).split())
    assert all(sentence in told for sentence in sentences)
    assert "http://127.0.0.1:5000/account/tokens/" in told
    assert "http://127.0.0.1:5000/calendar/" in told
    sign_in(editor, "editor@example.org", NEW)
    post(editor, "/account/password", password=NEW, new_password=PASSWORD, new_password_confirm=PASSWORD)
    (news,) = delivered(app)
    assert not any(sentence in " ".join(text_of(news).split()) for sentence in sentences), "they knew the old one"


def test_a_password_set_by_a_link_brings_no_word_of_what_there_is_not(
    app: Flask, visitor: FlaskClient, who: People
) -> None:
    post_to(visitor, "/reset", email="editor@example.org")
    set_password(visitor, link_in(*delivered(app)))
    (news,) = delivered(app)
    assert "still work" not in text_of(news)


def test_every_address_costs_the_same_hashes(
    app: Flask, visitor: FlaskClient, who: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They take long: whoever measures would learn who has an account, and who has not got in yet."""
    with transaction() as session:
        add_account(email="invited@example.org", name="Invited", by=OPERATOR, now=clock.now())
        disable(session.merge(who.editor), by=OPERATOR, now=clock.now())
    hashed: list[str] = []
    for context in (app.extensions["security"].pwd_context, app.extensions["security"].hashing_context):
        monkeypatch.setattr(context, "hash", noting(context, hashed))
    slow = {}
    for name in ("nobody", "invited", "editor", "reader"):
        hashed.clear()
        assert "on its way" in post_to(visitor, "/reset", email=f"{name}@example.org").text
        slow[name] = [scheme for scheme in hashed if scheme != "hex_sha256"]
    assert list(slow.values()) == [["argon2"]] * 4


def noting(context: Any, hashed: list[str]) -> Callable[..., Any]:
    """The context's way to make a hash, which notes each."""
    make = context.hash

    def made(*told: Any, **more: Any) -> Any:
        hashed.append(context.default_scheme())
        return make(*told, **more)

    return made


def test_whoever_adds_somebody_is_told_nothing_of_an_account_that_there_is(as_: As, who: People) -> None:
    with transaction() as session:
        disable(session.merge(who.stranger), by=OPERATOR, now=clock.now())
    chief = as_("chief")
    emails = ("other_editor@example.org", "stranger@example.org", "new@example.org")
    said = [said_after(chief, invite(chief, email)).replace(email, "X") for email in emails]
    assert set(said) == {said[0]}
    assert said[0].startswith("X was added.")


def said_after(client: FlaskClient, answer: Any) -> str:
    """What the page says to which the answer leads."""
    assert answer.status_code == 302
    found = re.search(r"[^<>\s]+ was added\.[^<]*", client.get(answer.location).text)
    assert found is not None
    return found[0]
