"""The nightly backup: one a day (UTC), made once among any number of processes, and thinned out with time.

A night that was missed is made up for by the first pass after it. A process that dies over it leaves a passing file
and a claim; the claim is free again after an hour.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from tracker.config import Settings
from tracker.db import db, transaction
from tracker.domain.errors import TrackerError
from tracker.queries.schedule import slot_outcome
from tracker.services.backups import NIGHTLY, make_backup, remove_abandoned, thin_out
from tracker.services.schedule import FINISHED, claim_slot, forget_slots, note_slot

JOB = "backup"
FOLDER = "backups"
NIGHT_BEGINS = timedelta(hours=2)  # after midnight, UTC
CLAIM_IS_LOST_AFTER = timedelta(hours=1)
SLOTS_ARE_KEPT = timedelta(days=60)


def nightly(folder: Path, *, now_of: Callable[[], datetime], settings: Settings) -> str:
    """Make the backup of this day unless it is made or being made; gives a sentence where it could not be."""
    now = now_of()
    day = (now - NIGHT_BEGINS).date()
    slot = day.isoformat()
    known = slot_outcome(JOB, slot)
    if known is not None and known.startswith(FINISHED):
        return ""
    with transaction():
        is_ours = claim_slot(JOB, slot, now=now, again_after=CLAIM_IS_LOST_AFTER)
    if not is_ours:
        return known or ""
    outcome = _make(folder / NIGHTLY.format(day=slot), now, settings.secret_key)
    with transaction():
        note_slot(JOB, slot, now=now_of(), outcome=outcome)
        forget_slots(JOB, before=now - SLOTS_ARE_KEPT)
    return "" if outcome.startswith(FINISHED) else outcome


def _make(target: Path, now: datetime, secret_key: str) -> str:
    """What became of it: FINISHED, or a sentence for the doctor."""
    db.session.rollback()  # a read must not stay open beside the copying
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        remove_abandoned(target.parent, before=now - CLAIM_IS_LOST_AFTER)
        if not target.exists():  # a process may have died between the file and its note
            make_backup(target, now=now, secret_key=secret_key)
        thin_out(target.parent)
    except (TrackerError, OSError, SQLAlchemyError) as error:
        return f"The nightly backup could not be made: {' '.join(str(error).split())[:300]}"
    return f"{FINISHED}: {target.name}"
