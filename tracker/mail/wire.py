"""A letter's bytes, read once more before they leave.

Heads are written so that nothing in them can be taken for another head (`mail.heads`). Should that fail one day, by
our fault or the email package's, the letter stays here and a person sees it.
"""

from __future__ import annotations

from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import HeaderParser
from email.policy import SMTP, SMTPUTF8, compat32
from email.utils import getaddresses

from tracker.mail.smtp_answers import RefusedForGood

WITH_PEOPLE = ("From", "To", "Reply-To")
HEADS = HeaderParser(policy=compat32)  # not the way that they were written


def wire_of(message: EmailMessage) -> bytes:
    """The letter's bytes, if they say what the letter says: its heads, each once, and one recipient.

    Raises RefusedForGood, with a sentence for whom it is parked for, if they do not or cannot be written at all.
    """
    try:
        wire = message.as_bytes(policy=SMTP if _is_plain(message) else SMTPUTF8)
    except (ValueError, MessageError) as error:
        raise _refused(f"it cannot be written ({' '.join(str(error).split())})") from error
    # The last head is Content-Type or the like, in which nobody writes: an empty line before the body would cut it off.
    read = HEADS.parsestr(wire.partition(b"\r\n\r\n")[0].decode(errors="replace") + "\r\n\r\n")
    if read.keys() != message.keys() or len({name.lower() for name in read}) != len(read) or read.defects:
        raise _refused("its heads are not those that it was given")
    if len(message["To"].addresses) != 1 or _people_in(read) != _people_meant(message):
        raise _refused("it would come from, or go to, somebody else")
    return wire


def envelope_of(message: EmailMessage) -> tuple[str, str]:
    """The addresses of the sender and of the one recipient."""
    return message["From"].addresses[0].addr_spec, message["To"].addresses[0].addr_spec


def _is_plain(message: EmailMessage) -> bool:
    return all(address.isascii() for address in envelope_of(message))


def _people_in(read: Message) -> list[list[str]]:
    return [[address for _, address in getaddresses(read.get_all(name, []))] for name in WITH_PEOPLE]


def _people_meant(message: EmailMessage) -> list[list[str]]:
    return [[one.addr_spec for one in message[name].addresses] if name in message else [] for name in WITH_PEOPLE]


def _refused(why: str) -> RefusedForGood:
    return RefusedForGood(f"The letter was not sent, as {why}. Look at its subject and names.", address_at_fault=False)
