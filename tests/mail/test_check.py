"""Plain, STARTTLS and TLS with signing in, and what the check says of a server that cannot be used."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.mail.certificates import Certificate, certificate_for
from tests.mail.servers import Mailbox, free_port
from tests.people import NOW
from tracker.domain.errors import BadInput
from tracker.mail import smtp
from tracker.mail.check import Check, check_mail

FROM = "Careful Practice <office@example.org>"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    return certificate_for("127.0.0.1", tmp_path_factory.mktemp("tls"))


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 2.0)


def knows_ada(server: object, session: object, envelope: object, mechanism: str, login: Any) -> AuthResult:
    known = (login.login, login.password) == (b"ada", b"s3:cret")
    return AuthResult(success=known, handled=False)


class FromTheStart(Controller):
    """Speaks TLS before a word of SMTP. The library's own check of such a server does not trust our certificate."""

    def _trigger_server(self) -> None:
        socket.create_connection((self.hostname, self.port), 5).close()


@contextmanager
def server(scheme: str, mailbox: Mailbox, certificate: Certificate) -> Iterator[str]:
    """A server that wants a user, and encryption where the scheme names it; gives host and port."""
    port = free_port()
    options: dict[str, Any] = {"authenticator": knows_ada}
    if scheme == "smtps":
        controller: Controller = FromTheStart(
            mailbox, hostname="127.0.0.1", port=port, ssl_context=certificate.context, auth_require_tls=False, **options
        )
    elif scheme == "smtp+starttls":
        options |= {"tls_context": certificate.context, "require_starttls": True}
        controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    else:
        controller = Controller(mailbox, hostname="127.0.0.1", port=port, auth_require_tls=False, **options)
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()


def check(url: str, to: str = "ada@example.org", mail_from: str = FROM) -> Check:
    return check_mail(url, mail_from, to, now=NOW)


@pytest.mark.parametrize("scheme", ["smtp", "smtp+starttls", "smtps"])
def test_a_test_letter_leaves_in_all_three_ways_signed_in(
    scheme: str, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    with server(scheme, mailbox, certificate) as place:
        done = check(f"{scheme}://ada:s3%3Acret@{place}")
        wrong = check(f"{scheme}://ada:wrong@{place}")
    assert (done.is_sent, mailbox.recipients) == (True, ["ada@example.org"])
    assert "has taken a test letter to ada@example.org" in done.sentences[0]
    assert not wrong.is_sent
    assert "does not know the user ada with this password" in wrong.sentences[0]
    assert not any("wrong" in sentence or "cret" in sentence for sentence in wrong.sentences)


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_password_is_said(
    scheme: str, certificate: Certificate
) -> None:
    with server(scheme, Mailbox(), certificate) as place:
        done = check(f"{scheme}://ada:s3%3Acret@{place}")
    assert not done.is_sent
    assert "cannot be trusted" in done.sentences[0]
    assert "SSL_CERT_FILE" in done.sentences[0]


def test_a_server_without_starttls_is_not_spoken_to_in_the_clear() -> None:
    port, mailbox = free_port(), Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    starttls = check(f"smtp+starttls://ada:s3cret@127.0.0.1:{port}")
    from_the_start = check(f"smtps://127.0.0.1:{port}")
    controller.stop()
    assert "does not offer what TRACKER_SMTP_URL asks for" in starttls.sentences[0]
    assert "does not speak TLS" in from_the_start.sentences[0]
    assert mailbox.letters == []


def test_what_is_wrong_is_said_in_plain_words() -> None:
    assert "Nobody answers at 127.0.0.1" in check(f"smtp://127.0.0.1:{free_port()}").sentences[0]
    assert "There is no computer named nowhere.invalid" in check("smtp://nowhere.invalid").sentences[0]
    assert "There is no computer named mail..example.org" in check("smtp://mail..example.org").sentences[0]
    assert "No mail server is configured" in check("").sentences[0]
    assert "letters go to nobody" in check("demo:").sentences[0]
    with pytest.raises(BadInput, match="no mail address"):
        check("smtp://127.0.0.1:25", to="nobody at all")


def test_a_server_that_hangs_or_hangs_up_is_told_from_one_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "did not answer in time" in check(f"smtp://127.0.0.1:{silent.getsockname()[1]}").sentences[0]
    with socket.create_server(("127.0.0.1", 0)) as rude:
        hanging_up = threading.Thread(target=lambda: rude.accept()[0].close())
        hanging_up.start()
        assert "ended the connection" in check(f"smtp://127.0.0.1:{rude.getsockname()[1]}").sentences[0]
        hanging_up.join()


def test_a_refused_sender_and_a_refused_recipient_are_told_apart() -> None:
    port, mailbox = free_port(), Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    unknown = check(f"smtp://127.0.0.1:{port}", to="unknown@example.org")
    own = check(f"smtp://127.0.0.1:{port}", to="")
    mailbox.rejects_sender = True
    sender = check(f"smtp://127.0.0.1:{port}", mail_from="tracker@localhost")
    controller.stop()
    assert "refuses letters to unknown@example.org" in unknown.sentences[0]
    assert (own.is_sent, mailbox.recipients) == (True, ["office@example.org"])
    assert "does not take letters from TRACKER_MAIL_FROM" in sender.sentences[0]
    assert "which nobody can answer" in sender.sentences[-1]
