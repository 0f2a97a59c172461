"""The pass that reads returned letters where they arrive: every ten minutes, by one process of many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tracker.config import Settings
from tracker.db import transaction
from tracker.mail.mailboxes import open_mailbox
from tracker.services.bounces import Bounced, note_bounces
from tracker.services.schedule import FINISHED, claim_slot, forget_slots, note_slot

JOB = "bounces"
MINUTES_BETWEEN = 10
AGAIN_AFTER = timedelta(minutes=5)
KEPT = timedelta(days=2)


def regularly(*, now_of: Callable[[], datetime], settings: Settings) -> str:
    """Read what is new in the mailbox of TRACKER_BOUNCES_URL, if it is set. Raises MailboxUnreachable and BadInput."""
    now = now_of()
    if not settings.bounces_url:
        return ""
    slot = now.replace(minute=now.minute - now.minute % MINUTES_BETWEEN).strftime("%Y-%m-%dT%H:%M")
    with transaction():
        if not claim_slot(JOB, slot, now=now, again_after=AGAIN_AFTER):
            return ""
        forget_slots(JOB, before=now - KEPT)
    done = read_returned(settings.bounces_url, now_of=now_of)
    with transaction():
        note_slot(JOB, slot, now=now_of(), outcome=f"{FINISHED}: {done.reports} reports")
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
