"""Speaking SMTP to a real server: what each failure means for the letter."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from aiosmtpd.smtp import AuthResult

from tests.mail.servers import Mailbox, free_port, smtp_server
from tracker.domain.errors import BadInput
from tracker.mail import smtp
from tracker.mail.smtp import ServerAddress, open_post, parse_smtp_url
from tracker.mail.smtp_answers import NotDelivered, RefusedForGood, ServerUnreachable, Uncertain


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def url(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 1.0)
    with smtp_server(mailbox) as address:
        yield address


DOTTED = "Dear Ada,\n\n.a line with a dot\n..and two\n\nYours\n"


def letter(to: str = "ada@example.org", text: str = DOTTED) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "tracker@example.org", to, "Grüße — a subject"
    message.set_content(text, cte="quoted-printable")
    return message


def test_a_letter_arrives_as_it_was_written(url: str, mailbox: Mailbox) -> None:
    with open_post(url) as post:
        post.deliver(letter())
    (taken,) = mailbox.letters
    assert taken["Subject"] == "Grüße — a subject"
    assert taken.get_content().replace("\r\n", "\n") == DOTTED


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("unknown", RefusedForGood, "550 5.1.1 no such person here"),
        ("policy", RefusedForGood, "550 5.7.1 not for you"),
        ("content", RefusedForGood, "554 5.6.0 not such a letter"),
        ("busy", NotDelivered, "451 4.3.0 come again later"),
        ("dropped", Uncertain, "broke before the server answered"),
        ("hangs", Uncertain, "did not answer in time"),
    ],
)
def test_a_letter_that_fails_says_how_and_the_next_one_leaves(
    url: str, mailbox: Mailbox, name: str, error: type[Exception], says: str
) -> None:
    with open_post(url) as post:
        with pytest.raises(error, match=says):
            post.deliver(letter(f"{name}@example.org"))
        post.deliver(letter("grace@example.org"))
    assert mailbox.recipients[-1] == "grace@example.org"


def test_only_a_refused_mailbox_is_the_addresss_fault(url: str) -> None:
    faults = {}
    with open_post(url) as post:
        for name in ("unknown", "policy", "content"):
            with pytest.raises(RefusedForGood) as refused:
                post.deliver(letter(f"{name}@example.org"))
            faults[name] = refused.value.address_at_fault
    assert faults == {"unknown": True, "policy": False, "content": False}


def test_a_server_that_is_not_there_is_no_letters_fault() -> None:
    with pytest.raises(ServerUnreachable, match="cannot be used"), open_post(f"smtp://127.0.0.1:{free_port()}"):
        pytest.fail("there is no server")


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ServerUnreachable, match="did not answer in time"), open_post(address):
            pytest.fail("it never greeted")


def test_a_sender_that_is_refused_is_no_letters_fault(url: str, mailbox: Mailbox) -> None:
    mailbox.rejects_sender = True
    with (
        open_post(url) as post,
        pytest.raises(ServerUnreachable, match=r"does not take letters from tracker@example\.org"),
    ):
        post.deliver(letter())


def test_the_password_is_decoded_and_used(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 1.0)
    seen = []

    def check(server: object, session: object, envelope: object, mechanism: str, login: object) -> AuthResult:
        seen.append((login.login, login.password))  # type: ignore[attr-defined]  # aiosmtpd's login
        return AuthResult(success=login.password == b"p@ss:w/rd")  # type: ignore[attr-defined]  # aiosmtpd's login

    with smtp_server(mailbox, authenticator=check, auth_require_tls=False) as url:
        signed = url.replace("smtp://", "smtp://me%40example.org:p%40ss%3Aw%2Frd@")
        with open_post(signed) as post:
            post.deliver(letter())
        with pytest.raises(ServerUnreachable, match="cannot be used"), open_post(signed.replace("w%2Frd", "wrong")):
            pytest.fail("signed in with a wrong password")
    assert seen[0] == (b"me@example.org", b"p@ss:w/rd")
    assert len(mailbox.letters) == 1


def test_a_password_beyond_ascii_is_said_as_it_is(mailbox: Mailbox) -> None:
    def check(server: object, session: object, envelope: object, mechanism: str, login: object) -> AuthResult:
        return AuthResult(success=login.password == "Grüße".encode())  # type: ignore[attr-defined]  # aiosmtpd's login

    with smtp_server(mailbox, authenticator=check, auth_require_tls=False) as url:
        with open_post(url.replace("smtp://", "smtp://me:Gr%C3%BC%C3%9Fe@")) as post:
            post.deliver(letter())
        wrong = url.replace("smtp://", "smtp://me:Gr%C3%BC%C3%9Fe%21@")
        with pytest.raises(ServerUnreachable, match="cannot be used"), open_post(wrong):
            pytest.fail("signed in with a wrong password")
    assert mailbox.recipients == ["ada@example.org"]


def test_a_server_that_takes_few_letters_a_connection_is_called_again(url: str, mailbox: Mailbox) -> None:
    mailbox.letters_a_connection = 2
    with open_post(url) as post:
        for n in range(7):
            post.deliver(letter(f"ada{n}@example.org"))
    assert mailbox.recipients == [f"ada{n}@example.org" for n in range(7)]


def test_a_server_that_takes_no_letter_on_a_new_connection_is_no_letters_fault(url: str, mailbox: Mailbox) -> None:
    with open_post(url) as post:
        post.deliver(letter())
        mailbox.rejects_sender = True
        with pytest.raises(ServerUnreachable, match="does not take letters from"):
            post.deliver(letter())


def test_an_address_beyond_ascii_needs_a_server_that_takes_it(mailbox: Mailbox) -> None:
    with smtp_server(mailbox, enable_SMTPUTF8=True) as url, open_post(url) as post:
        post.deliver(letter("jürgen@example.org"))
    assert mailbox.recipients == ["jürgen@example.org"]
    with (
        smtp_server(mailbox, enable_SMTPUTF8=False) as url,
        open_post(url) as post,
        pytest.raises(RefusedForGood, match="cannot write to jürgen"),
    ):
        post.deliver(letter("jürgen@example.org"))


def test_the_demo_takes_everything_and_sends_nothing() -> None:
    with open_post("demo:") as post:
        post.deliver(letter())


def test_addresses_are_taken_apart() -> None:
    assert parse_smtp_url("smtps://u%3A:p%25@mail.example.org") == ServerAddress(
        "smtps", "mail.example.org", 465, "u:", "p%"
    )
    assert parse_smtp_url("smtp+starttls://mail.example.org").port == 587
    assert parse_smtp_url("smtp://mail.example.org").port == 25


@pytest.mark.parametrize("wrong", ["mail.example.org", "http://x", "smtp://", "smtp://u:secret@h:port", "smtp://[::1"])
def test_an_address_that_is_none_is_refused_without_showing_the_password(wrong: str) -> None:
    with pytest.raises(BadInput, match="TRACKER_SMTP_URL") as refused:
        parse_smtp_url(wrong)
    assert "secret" not in str(refused.value)
