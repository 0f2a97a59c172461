"""A letter's row as an email message, and the names by which messages and threads are known."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit, urlunsplit

from tracker.domain.errors import BadInput
from tracker.mail.links import IN_WORDS, UNSUBSCRIBE, filled
from tracker.mail.mime import LETTER, fill
from tracker.models import Letter

REPLY_TO_SEPARATOR = ", "  # in the letter's row; no address has a comma in it
FORBIDDEN = re.compile(r"[\r\n\x00]")
ADDRESS = re.compile(r"[^\s<>@,;:\"\\]+@[^\s<>@,;:\"\\]+")


def message_of(
    letter: Letter, *, mail_from: str, now: datetime, links: Mapping[str, str] | None = None
) -> EmailMessage:  # fmt: skip
    """The letter for one recipient, as text and HTML, marked as written by a program (RFC 3834).

    Every letter to a person about a manuscript refers to the same thread. Raises BadInput for an address that is none
    and for a line break or NUL in any header. `links` are the addresses for the place-holders in the letter.
    """
    links = links or {}
    message = EmailMessage(policy=LETTER)
    message["From"] = Address(display_name=header_text(letter.from_name), addr_spec=sender_address(mail_from))
    message["To"] = Address(display_name=header_text(letter.to_name), addr_spec=checked_address(letter.to_email))
    if letter.reply_to:
        answers_to = letter.reply_to.split(REPLY_TO_SEPARATOR)
        message["Reply-To"] = [Address(addr_spec=checked_address(address)) for address in answers_to]
    message["Subject"] = header_text(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = header_text(letter.message_id)
    if letter.thread_id:
        message["In-Reply-To"] = message["References"] = header_text(letter.thread_id)
    message["Auto-Submitted"] = "auto-generated"
    if UNSUBSCRIBE in links:  # RFC 8058: one click, by POST
        message["List-Unsubscribe"] = f"<{_ascii_link(header_text(links[UNSUBSCRIBE]))}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    fill(message, _with_links(letter.text_body, links), _with_links(letter.html_body, links))
    return message


def _with_links(text: str, links: Mapping[str, str]) -> str:
    return filled(text, lambda place: links.get(place, IN_WORDS))


def header_text(text: str) -> str:
    """The text, if it may stand in a header. Raises BadInput for CR, LF and NUL."""
    if FORBIDDEN.search(text):
        raise BadInput(f"“{FORBIDDEN.sub(' ', text)[:80]}” has a line break in it and cannot stand in a letter's head.")
    return text


def checked_address(text: str) -> str:
    """The address, if it can be one, its domain as every server knows it (`xn--…`). Raises BadInput."""
    if not ADDRESS.fullmatch(header_text(text)):
        raise BadInput(f"“{text[:80]}” is no mail address.")
    if text.isascii():
        return text
    name, _, domain = text.rpartition("@")
    try:
        return f"{name}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise BadInput(f"“{text[:80]}” is no mail address: its domain cannot be one.") from None


def sender_address(mail_from: str) -> str:
    """The address alone of TRACKER_MAIL_FROM, which may be written with a name. Raises BadInput."""
    return checked_address(parseaddr(header_text(mail_from))[1] or mail_from)


def _ascii_link(link: str) -> str:
    parts = urlsplit(link)
    return link if link.isascii() else urlunsplit(parts._replace(netloc=parts.netloc.encode("idna").decode("ascii")))


def message_id(uid: str, base_url: str) -> str:
    """The Message-ID of a letter: made of its row, so that a letter sent twice can be told as one."""
    return f"<{uid}@{_domain(base_url)}>"


def thread_id(manuscript_uid: str, email: str, role: str, base_url: str) -> str:
    """The thread of one person about one manuscript; nobody else's letters belong to it, and it names nobody."""
    key = hashlib.sha256(f"{manuscript_uid}\n{role}\n{email.casefold()}".encode()).hexdigest()[:32]
    return f"<thread.{key}@{_domain(base_url)}>"


def _domain(base_url: str) -> str:
    host = urlsplit(base_url).hostname or "localhost"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"
