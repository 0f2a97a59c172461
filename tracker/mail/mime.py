"""How letters are written for the wire: heads that may not be touched, and bodies as quoted-printable.

The email package reads every head by its grammar, folds it after 78 characters, and writes as an encoded word what it
cannot fold. That is right for names and subjects. Identifiers and links have no place to fold at, and mail programs
know them only as they are: encoded, a thread falls apart and no click unsubscribes (RFC 2047, 5; RFC 8058, 3.1).
"""

from __future__ import annotations

import binascii
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, Policy
from typing import Any

VERBATIM = (
    "auto-submitted", "content-transfer-encoding", "content-type", "date", "in-reply-to", "list-unsubscribe",
    "list-unsubscribe-post", "message-id", "mime-version", "references",
)  # fmt: skip
BOUNDARY = "=_next"  # stands in no quoted-printable text, where every “=” is followed by digits (RFC 2045, 6.7)


class Verbatim(BaseHeader):
    """A head that is written as it is, on one line."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"], kwds["decoded"] = None, value

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Heads(HeaderRegistry):
    """The package's registry makes a class anew for every head of every letter; this one makes it once a name."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, type[BaseHeader]] = {}
        for name in VERBATIM:
            self.map_to_type(name, Verbatim)

    def __getitem__(self, name: str) -> type[BaseHeader]:
        if name not in self.made:
            self.made[name] = super().__getitem__(name)
        return self.made[name]


LETTER = SMTP.clone(header_factory=_Heads())


def fill(message: EmailMessage, text: str, html: str) -> None:
    """Give the message its text, and beside it the same as HTML if there is any."""
    message["MIME-Version"] = "1.0"
    if not html:
        _write(message, "plain", text)
        return
    message["Content-Type"] = f'multipart/alternative; boundary="{BOUNDARY}"'
    for subtype, body in (("plain", text), ("html", html)):
        part = EmailMessage(policy=LETTER)
        _write(part, subtype, body)
        message.attach(part)


def _write(part: EmailMessage, subtype: str, body: str) -> None:
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    lines = b"".join(line + b"\n" for line in body.encode().splitlines())
    part.set_payload(binascii.b2a_qp(lines, istext=True).decode("ascii"))
