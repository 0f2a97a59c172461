"""Delivery over SMTP: one connection for many letters, and for every failure what it means for the letter.

`TRACKER_SMTP_URL` is `smtp://user:password@host:port`, `smtps://…`, `smtp+starttls://…`, or `demo:`, which accepts
every letter and sends none.
"""

from __future__ import annotations

import base64
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from tracker.domain.errors import BadInput
from tracker.mail.smtp_answers import (
    NotDelivered,
    RefusedForGood,
    ServerUnreachable,
    Uncertain,
    in_words,
    is_about_address,
    refusal,
    said,
)
from tracker.mail.wire import envelope_of, wire_of

DEMO = "demo:"
TIMEOUT_SECONDS = 30.0  # for each answer of the server
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class Post(Protocol):
    """Something that takes letters."""

    def deliver(self, message: EmailMessage) -> None:
        """Hand over one letter. Returns once the server has taken it; raises one of the errors above otherwise."""


@dataclass(frozen=True)
class ServerAddress:
    """TRACKER_SMTP_URL taken apart."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""


def parse_smtp_url(url: str) -> ServerAddress:
    """Take the address apart, percent-decoding user and password. Raises BadInput, which never shows the password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadInput("TRACKER_SMTP_URL has no readable port or host; write smtp://user:password@host:587.") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadInput("TRACKER_SMTP_URL is written smtp://host:25, smtps://host:465 or smtp+starttls://host:587.")
    return ServerAddress(
        parts.scheme, parts.hostname, port or PORTS[parts.scheme], unquote(parts.username or ""),
        unquote(parts.password or ""),
    )  # fmt: skip


@contextmanager
def open_post(url: str) -> Iterator[Post]:
    """A connection to the mail server for as many letters as there are. Raises ServerUnreachable and BadInput."""
    if url == DEMO:
        yield DemoPost()
        return
    post = SmtpPost(parse_smtp_url(url), TIMEOUT_SECONDS)
    post.connect()
    try:
        yield post
    finally:
        post.close()


class DemoPost:
    """Accepts every letter and sends nothing."""

    def deliver(self, message: EmailMessage) -> None:
        wire_of(message)


class SmtpPost:
    """One server. A connection that breaks is opened anew for the next letter."""

    def __init__(self, address: ServerAddress, timeout: float) -> None:
        self.address, self.timeout = address, timeout
        self.connection: smtplib.SMTP | None = None
        self.carried = 0  # letters that the present connection has carried

    def connect(self) -> smtplib.SMTP:
        """Open the connection and sign in. Raises ServerUnreachable, saying what the server said."""
        try:
            self.connection = self._opened()
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            self.close()
            raise ServerUnreachable(f"The mail server {self.address.host} cannot be used: {said(error)}") from error
        self.carried = 0
        return self.connection

    def _opened(self) -> smtplib.SMTP:
        address, context = self.address, ssl.create_default_context()
        if address.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                address.host, address.port, timeout=self.timeout, context=context
            )
        else:
            connection = smtplib.SMTP(address.host, address.port, timeout=self.timeout)
        self.connection = connection
        if address.scheme == "smtp+starttls":
            connection.starttls(context=context)
        connection.ehlo_or_helo_if_needed()
        if address.user:
            _sign_in(connection, address.user, address.password)
        return connection

    def close(self) -> None:
        """End the connection; a server that is gone already is no matter."""
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()

    def deliver(self, message: EmailMessage) -> None:
        wire = wire_of(message)
        try:
            connection = self._begun(message)
            self._envelope(connection, message)
            self._handed_over(connection, wire)
            self.carried += 1
        except (NotDelivered, RefusedForGood):
            self._reset()
            raise
        except (ServerUnreachable, Uncertain):
            self._dropped()
            raise
        except (smtplib.SMTPException, OSError) as error:  # before DATA: nothing has left
            self._dropped()
            raise NotDelivered(said(error)) from error

    def _begun(self, message: EmailMessage) -> smtplib.SMTP:
        """A connection on which the server has taken our sender. One that has carried letters and does not go on is
        opened anew: many servers take only so many letters on one.
        """
        if self.connection is not None and self.carried:
            try:
                self._sender(self.connection, message)
            except (ServerUnreachable, smtplib.SMTPException, OSError):
                self._dropped()
            else:
                return self.connection
        connection = self.connection or self.connect()
        self._sender(connection, message)
        return connection

    def _sender(self, connection: smtplib.SMTP, message: EmailMessage) -> None:
        sender, recipient = envelope_of(message)
        options = []
        if not (sender + recipient).isascii():
            if not connection.has_extn("smtputf8"):
                raise RefusedForGood(f"The server cannot write to {recipient}.", address_at_fault=False)
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        code, answer = connection.mail(sender, options)
        if code != 250:
            # The sender is ours, the same for all: the next letter would fare no better.
            raise ServerUnreachable(f"The mail server does not take letters from {sender}: {in_words(code, answer)}")

    def _envelope(self, connection: smtplib.SMTP, message: EmailMessage) -> None:
        code, answer = connection.rcpt(envelope_of(message)[1])
        if code not in (250, 251):
            raise refusal(code, answer, address_at_fault=is_about_address(code, answer))
        code, answer = connection.docmd("DATA")
        if code != 354:
            raise refusal(code, answer, address_at_fault=False)

    def _handed_over(self, connection: smtplib.SMTP, wire: bytes) -> None:
        try:
            connection.send(_dotted(wire) + b".\r\n")
            code, answer = connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise Uncertain(f"The connection broke before the server answered: {said(error)}") from error
        if code != 250:
            raise refusal(code, answer, address_at_fault=False)

    def _reset(self) -> None:
        if self.connection is not None:
            try:
                self.connection.rset()
            except (smtplib.SMTPException, OSError):
                self._dropped()

    def _dropped(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()


def _sign_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    if (user + password).isascii():
        connection.login(user, password)
        return
    # The library knows ASCII only; AUTH PLAIN says UTF-8 (RFC 4616).
    told = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, answer = connection.docmd("AUTH", f"PLAIN {told}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _dotted(wire: bytes) -> bytes:
    """The message as DATA wants it: CRLF at its end, and a dot doubled at the beginning of a line."""
    wire = wire if wire.endswith(b"\r\n") else wire + b"\r\n"
    return (b"\r\n" + wire).replace(b"\r\n.", b"\r\n..")[2:]
