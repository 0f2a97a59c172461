"""A letter's row as an email message, and the names by which messages and threads are known."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit, urlunsplit

from tracker.mail.addresses import sender_address
from tracker.mail.heads import LETTER, Head, Person, people_head, text_head, verbatim_head
from tracker.mail.links import IN_WORDS, UNSUBSCRIBE, filled
from tracker.mail.mime import fill, put
from tracker.models import Letter

REPLY_TO_SEPARATOR = ", "  # in the letter's row; no address has a comma in it


def message_of(
    letter: Letter, *, mail_from: str, now: datetime, links: Mapping[str, str] | None = None
) -> EmailMessage:  # fmt: skip
    """The letter for one recipient, as text and HTML, marked as written by a program (RFC 3834).

    Every letter to a person about a manuscript refers to the same thread. Raises BadInput for an address that is none
    and for a line break or NUL in any header. `links` are the addresses for the place-holders in the letter.
    """
    links = links or {}
    message = EmailMessage(policy=LETTER)
    put(
        message,
        people_head("From", [Person(sender_address(mail_from), letter.from_name)]),
        people_head("To", [Person(letter.to_email, letter.to_name)]),
        *_answers_to(letter),
        text_head("Subject", letter.subject),
        verbatim_head("Date", format_datetime(now)),
        verbatim_head("Message-ID", letter.message_id),
        *_thread(letter),
        verbatim_head("Auto-Submitted", "auto-generated"),
        *_way_out(links),
    )
    fill(message, _with_links(letter.text_body, links), _with_links(letter.html_body, links))
    return message


def _answers_to(letter: Letter) -> list[Head]:
    addresses = letter.reply_to.split(REPLY_TO_SEPARATOR) if letter.reply_to else []
    return [people_head("Reply-To", map(Person, addresses))] if addresses else []


def _thread(letter: Letter) -> list[Head]:
    names = ("In-Reply-To", "References") if letter.thread_id else ()
    return [verbatim_head(name, letter.thread_id) for name in names]


def _way_out(links: Mapping[str, str]) -> list[Head]:
    """RFC 8058: one click, by POST."""
    if UNSUBSCRIBE not in links:
        return []
    link = verbatim_head("List-Unsubscribe", f"<{_ascii_link(links[UNSUBSCRIBE])}>")
    return [link, verbatim_head("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]


def _with_links(text: str, links: Mapping[str, str]) -> str:
    return filled(text, lambda place: links.get(place, IN_WORDS))


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
