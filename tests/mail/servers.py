"""A real SMTP server for the tests. What it does with a letter depends on whom the letter is to."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """The handler: keeps what it took. The part of an address before the @ says what happens to the letter.

    `unknown`: refused for good; `busy`: refused for now; `content`: refused after DATA; `dropped`: taken, but the
    connection breaks before the answer; `hangs`: taken, and no answer comes in time. All others are taken.
    """

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    rejects_sender: bool = False
    is_busy: bool = False  # refuses everybody for now
    letters_a_connection: int = 0  # after so many the server says that it is enough; 0 for no such limit
    delay: float = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802  aiosmtpd's name
        if self.rejects_sender:
            return "550 5.7.1 not from you"
        session.begun = getattr(session, "begun", 0) + 1  # type: ignore[attr-defined]  # ours
        if self.letters_a_connection and session.begun > self.letters_a_connection:  # type: ignore[attr-defined]  # ours
            return "421 4.7.0 too many messages on this connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802  aiosmtpd's name
        name = address.split("@")[0]
        if name == "unknown":
            return "550 5.1.1 no such person here"
        if name == "policy":
            return "550 5.7.1 not for you"
        if name == "busy" or self.is_busy:
            return "451 4.3.0 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "content":
            return "554 5.6.0 not such a letter"
        await asyncio.sleep(self.delay)
        with self.lock:
            self.recipients.append(envelope.rcpt_tos[0])
            self.letters.append(message_from_bytes(envelope.content or b"", policy=policy.default))  # type: ignore[arg-type]  # bytes, by default
        if name == "dropped":
            assert server.transport is not None
            server.transport.abort()
        if name == "hangs":
            await asyncio.sleep(3)
        return "250 taken"


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def smtp_server(mailbox: object, **options: Any) -> Iterator[str]:
    """The server on a free port of this machine; gives its address for TRACKER_SMTP_URL."""
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
