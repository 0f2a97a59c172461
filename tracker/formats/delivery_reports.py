"""Delivery reports (RFC 3464): what a mail server says became of a letter after it had taken it.

Anybody can write such a message, so nothing in it is believed but by what it is matched with; it is read as bytes with
a limit, and whatever cannot be read is no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from tracker.domain.addresses import address_key

LONGEST_BYTES = 2_000_000
MOST_RECIPIENTS = 100
LONGEST_TEXT = 300
MESSAGE_ID = re.compile(r"<[^<>\s]{3,190}>")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class DeliveryReport:
    """What became of a letter to one recipient (an address in small letters, empty if it is not named).

    `message_ids` are those of the letter, as far as the report returns them; `written_at` is when it says that it was
    written; `answer` is what the server said, on one line.
    """

    recipient: str
    action: str
    status: str
    answer: str
    message_ids: frozenset[str]
    written_at: datetime | None

    @property
    def is_final(self) -> bool:
        """Whether the letter will never arrive: failed, and not for a passing reason (a 4.x.x that was given up)."""
        return self.action == "failed"

    @property
    def is_about_address(self) -> bool:
        """Whether it is the address that is at fault (RFC 3463: 5.1.x, 5.2.1, 5.4.4), not our letter or its size."""
        return self.is_final and (self.status.startswith("5.1.") or self.status in ("5.0.0", "5.2.1", "5.4.4"))


def read_delivery_reports(raw: bytes) -> list[DeliveryReport]:
    """The reports in a message, one a recipient; none if it is no delivery report, or longer than any."""
    if len(raw) > LONGEST_BYTES:
        return []
    try:
        message = message_from_bytes(raw)
        blocks = [block for part in message.walk() for block in _blocks(part)]
        ids = frozenset(_message_ids(message, blocks))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError):
        return []  # the library's parser raises these on what is written to confuse it
    written_at = _instant(message)
    found = [block for block in blocks if block.get("Action")]
    return [_report(block, ids, written_at) for block in found[:MOST_RECIPIENTS]]


def _blocks(part: Message) -> list[Message]:
    if part.get_content_type() != "message/delivery-status":
        return []
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _message_ids(message: Message, blocks: list[Message]) -> Iterator[str]:
    for block in blocks:
        yield from MESSAGE_ID.findall(str(block.get("Original-Message-ID", "")))
    for part in message.walk():
        if part is not message and part.get("Message-ID"):  # the letter, returned whole
            yield from MESSAGE_ID.findall(str(part["Message-ID"]))
        if part.get_content_type() == "text/rfc822-headers":  # its head alone
            head = part.get_payload(decode=True)
            returned = message_from_bytes(head[:LONGEST_BYTES] if isinstance(head, bytes) else b"")
            yield from MESSAGE_ID.findall(str(returned.get("Message-ID", "")))


def _report(block: Message, ids: frozenset[str], written_at: datetime | None) -> DeliveryReport:
    recipient = _value(block, "Original-Recipient") or _value(block, "Final-Recipient")
    status = STATUS.search(_text(block, "Status"))
    answer = _value(block, "Diagnostic-Code") or _text(block, "Status")
    return DeliveryReport(
        recipient=address_key(recipient.strip("<>")), action=_text(block, "Action").casefold(),
        status=status[1] if status else "", answer=answer, message_ids=ids, written_at=written_at,
    )  # fmt: skip


def _text(block: Message, name: str) -> str:
    return " ".join(UNPRINTABLE.sub(" ", str(block.get(name, ""))).split())[:LONGEST_TEXT]


def _value(block: Message, name: str) -> str:
    """What follows the type: `rfc822; ada@example.org` and `smtp; 550 5.1.1 no such person`."""
    text = _text(block, name)
    return text.partition(";")[2].strip() if ";" in text else text


def _instant(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(message.get("Date", "")))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
