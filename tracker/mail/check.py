"""Whether letters can leave: the mail server is tried with a test letter, and what is wrong is said in plain words."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from smtplib import SMTPAuthenticationError, SMTPNotSupportedError, SMTPServerDisconnected

from tracker.mail.addresses import sender_address
from tracker.mail.heads import LETTER, Person, people_head, text_head, verbatim_head
from tracker.mail.mime import fill, put
from tracker.mail.smtp import DEMO, ServerAddress, open_post, parse_smtp_url
from tracker.mail.smtp_answers import NotDelivered, RefusedForGood, ServerUnreachable, Uncertain

TEXT = (
    "This is a test letter of the Journal Tracker.\n\nIf you can read it, letters leave this installation and arrive. "
    "There is nothing to answer.\n"
)


@dataclass(frozen=True)
class Check:
    """What came of the check: whether the letter was taken, and sentences, the most important first."""

    is_sent: bool
    sentences: tuple[str, ...]


def check_mail(smtp_url: str, mail_from: str, to: str, *, now: datetime) -> Check:
    """Send a test letter to the address, or to the sender's own if it is empty. Raises BadInput for an unusable one."""
    if not smtp_url:
        return Check(False, ("No mail server is configured: set TRACKER_SMTP_URL, such as smtp://host:25.",))
    if smtp_url == DEMO:
        return Check(False, ("This is a demonstration (TRACKER_SMTP_URL is demo:): letters go to nobody.",))
    message, address = _test_letter(mail_from, to, now), parse_smtp_url(smtp_url)
    recipient = message["To"].addresses[0].addr_spec
    try:
        with open_post(smtp_url) as post:
            post.deliver(message)
    except ServerUnreachable as error:
        return Check(False, (explained(error.__cause__, address), str(error), *_warnings(address, mail_from)))
    except RefusedForGood as error:
        return Check(False, (f"The server can be used, and refuses letters to {recipient}.", str(error)))
    except (NotDelivered, Uncertain) as error:
        return Check(False, ("The server can be used, and did not take the test letter this time.", str(error)))
    taken = f"{address.host} has taken a test letter to {recipient}. Look whether it arrives, and not as spam."
    return Check(True, (taken, *_warnings(address, mail_from)))


def _test_letter(mail_from: str, to: str, now: datetime) -> EmailMessage:
    sender = sender_address(mail_from)
    message = EmailMessage(policy=LETTER)
    put(
        message,
        people_head("From", [Person(sender, "Journal Tracker")]),
        people_head("To", [Person(to or sender)]),
        text_head("Subject", "Test letter of the Journal Tracker"),
        verbatim_head("Date", format_datetime(now)),
        verbatim_head("Message-ID", make_msgid(domain=sender.rpartition("@")[2])),
        verbatim_head("Auto-Submitted", "auto-generated"),
    )
    fill(message, TEXT, "")
    return message


def explained(error: BaseException | None, address: ServerAddress) -> str:
    """What to do about a server that cannot be used."""
    place = f"{address.host}, port {address.port}"
    match error:
        case socket.gaierror() | UnicodeError():
            return f"There is no computer named {address.host}: check the name in TRACKER_SMTP_URL."
        case ConnectionRefusedError():
            return f"Nobody answers at {place}: check the port, and whether the mail server runs."
        case _ if isinstance(error, TimeoutError) or "timed out" in str(error):  # smtplib wraps the one in its own
            return f"{place} did not answer in time: a firewall may be in the way, or the port may want smtps://."
        case ssl.SSLCertVerificationError():
            return (
                f"The certificate of {place} cannot be trusted: {error.verify_message}. Use the name that stands in "
                "it; for one of your own making, name its file in SSL_CERT_FILE."
            )
        case ssl.SSLError():
            return f"{place} does not speak TLS as smtps:// wants it: try smtp+starttls:// (port 587)."
        case SMTPNotSupportedError():
            return f"{place} does not offer what TRACKER_SMTP_URL asks for (STARTTLS, or signing in): try smtps://."
        case SMTPAuthenticationError():
            return f"{place} does not know the user {address.user} with this password."
        case SMTPServerDisconnected():
            return f"{place} ended the connection: it may want smtps:// or smtp+starttls://, or may not want us at all."
        case None:
            return f"{place} does not take letters from TRACKER_MAIL_FROM: use an address that this user may send from."
        case _:
            return f"{place} cannot be used."


def _warnings(address: ServerAddress, mail_from: str) -> tuple[str, ...]:
    found = []
    if address.user and address.scheme == "smtp" and not _is_local(address.host):
        found.append("The password is sent without encryption: use smtps:// or smtp+starttls://.")
    if sender_address(mail_from).endswith("@localhost"):
        found.append("Letters come from tracker@localhost, which nobody can answer: set TRACKER_MAIL_FROM.")
    return tuple(found)


def _is_local(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")
