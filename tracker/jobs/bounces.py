"""The pass that reads returned letters where they arrive: every ten minutes, by one process of many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tracker.config import Settings
from tracker.db import transaction
from tracker.domain.errors import TrackerError
from tracker.mail.mailboxes import open_mailbox
from tracker.queries.schedule import slot_outcome
from tracker.services.bounces import Bounced, note_bounces
from tracker.services.schedule import FINISHED, claim_slot, forget_slots, note_slot

JOB = "bounces"
MINUTES_BETWEEN = 10
AGAIN_AFTER = timedelta(minutes=5)
KEPT = timedelta(days=2)


def regularly(*, now_of: Callable[[], datetime], settings: Settings) -> str:
    """Read what is new in the mailbox of TRACKER_BOUNCES_URL, if it is set; gives a sentence where it cannot be read.

    The sentence stands until the mailbox is read again, whoever makes the passes between.
    """
    now = now_of()
    if not settings.bounces_url:
        return ""
    slot = now.replace(minute=now.minute - now.minute % MINUTES_BETWEEN).strftime("%Y-%m-%dT%H:%M")
    with transaction():
        if not claim_slot(JOB, slot, now=now, again_after=AGAIN_AFTER):
            known = slot_outcome(JOB, slot) or ""
            return "" if known.startswith(FINISHED) else known
        forget_slots(JOB, before=now - KEPT)
    trouble = _read(settings.bounces_url, now_of=now_of)
    with transaction():
        note_slot(JOB, slot, now=now_of(), outcome=trouble or FINISHED)
    return trouble


def _read(address: str, *, now_of: Callable[[], datetime]) -> str:
    """Read it; gives a sentence where it cannot be."""
    try:
        read_returned(address, now_of=now_of)
    except TrackerError as error:
        return str(error)
    return ""


def read_returned(address: str, *, now_of: Callable[[], datetime]) -> Bounced:
    """Read what is new in a mailbox and note what it says of our letters; only then is it marked as read.

    The server is not spoken to while the database is being written to. Raises MailboxUnreachable and BadInput.
    """
    with open_mailbox(address) as box:
        messages = list(box.unread())
        with transaction():
            done = note_bounces(messages, now=now_of())
        box.keep_in_mind()
    return done
