"""How a letter's bodies are written for the wire: as quoted-printable, and as text beside HTML."""

from __future__ import annotations

import binascii
from email.message import EmailMessage

from tracker.mail.heads import LETTER, Head, verbatim_head

BOUNDARY = "=_next"  # stands in no quoted-printable text, where every “=” is followed by digits (RFC 2045, 6.7)


def put(message: EmailMessage, *heads: Head) -> None:
    """Give the message these heads, which the email package keeps as they are. Raises ValueError for one twice."""
    for head in heads:
        message[head.name] = head


def fill(message: EmailMessage, text: str, html: str) -> None:
    """Give the message its text, and beside it the same as HTML if there is any."""
    put(message, verbatim_head("MIME-Version", "1.0"))
    if not html:
        _write(message, "plain", text)
        return
    put(message, verbatim_head("Content-Type", f'multipart/alternative; boundary="{BOUNDARY}"'))
    for subtype, body in (("plain", text), ("html", html)):
        part = EmailMessage(policy=LETTER)
        _write(part, subtype, body)
        message.attach(part)


def _write(part: EmailMessage, subtype: str, body: str) -> None:
    put(part, verbatim_head("Content-Type", f'text/{subtype}; charset="utf-8"'))
    put(part, verbatim_head("Content-Transfer-Encoding", "quoted-printable"))
    lines = b"".join(line + b"\n" for line in body.encode(errors="replace").splitlines())
    part.set_payload(binascii.b2a_qp(lines, istext=True).decode("ascii"))
