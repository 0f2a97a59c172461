"""What a mail server's answers, and its silence, mean for the letter that it was given."""

from __future__ import annotations

import smtplib

from tracker.domain.errors import TrackerError


class ServerUnreachable(TrackerError):
    """The mail server cannot be used at all now: no letter is at fault."""


class NotDelivered(TrackerError):
    """The letter did not leave this time, and may another time."""


class RefusedForGood(TrackerError):
    """The server will not take the letter. `address_at_fault` if it was the address that it refused."""

    def __init__(self, sentence: str, *, address_at_fault: bool) -> None:
        super().__init__(sentence)
        self.address_at_fault = address_at_fault


class Uncertain(TrackerError):
    """The letter was handed over and the answer never came: it may have left."""


def refusal(code: int, answer: bytes, *, address_at_fault: bool) -> TrackerError:
    """What an answer that is no yes means: 5xx is for good, all else for now."""
    sentence = in_words(code, answer)
    return RefusedForGood(sentence, address_at_fault=address_at_fault) if code >= 500 else NotDelivered(sentence)


def is_about_address(code: int, answer: bytes) -> bool:
    """Whether a refusal is about the mailbox (RFC 3463: 5.1.x, 5.2.1) and not about us or the server's rules."""
    enhanced = answer.decode("ascii", "replace").split(" ", 1)[0]
    if enhanced[:2] == "5." and enhanced.count(".") == 2:
        return enhanced.startswith("5.1.") or enhanced == "5.2.1"
    return code in (550, 551, 553)


def in_words(code: int, answer: bytes) -> str:
    """The answer as the outbox shows it."""
    return f"{code} {' '.join(answer.decode('utf-8', 'replace').split())}"[:500]


def said(error: BaseException) -> str:
    """What the server said, or why nothing was heard from it."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return in_words(error.smtp_code, text if isinstance(text, bytes) else str(text).encode())
    if isinstance(error, TimeoutError) or "timed out" in str(error):  # smtplib wraps the one in its own
        return "it did not answer in time."
    return " ".join(str(error).split())[:500] or type(error).__name__
