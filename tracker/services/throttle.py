"""Counting what is tried in vain, for all processes together, so that guessing gets slow and nobody is locked out.

A try is counted before it is looked at, and forgiven when it was right: a hundred at once are no way around it.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import case, delete, select, update

from tracker.db import db
from tracker.domain.sign_ins import FORGOTTEN_AFTER, SLOTS, Try, seconds_to_wait
from tracker.models import TryCount
from tracker.services.schedule import insert_once

Tried = tuple[Try, str]


def slot_of(kind: Try, what: str, key: str) -> int:
    """The slot that counts tries at this; nobody without the secret `key` can say what shares it."""
    found = hmac.new(key.encode(), f"try {kind}\n{what}".encode(), hashlib.sha256).digest()
    return list(Try).index(kind) * SLOTS + int.from_bytes(found[:4], "big") % SLOTS


def try_once(tries: Iterable[Tried], *, key: str, now: datetime) -> int:
    """Count one try at each of these, and give 0; or, if one has to wait still, count nothing and give the seconds."""
    slots = {slot_of(kind, what, key): kind for kind, what in tries}
    for slot in sorted(slots):
        insert_once(TryCount, slot=slot, tries=0, last_at=now)
    rows = select(TryCount).where(TryCount.slot.in_(slots)).order_by(TryCount.slot).with_for_update()
    counts = list(db.session.scalars(rows.execution_options(populate_existing=True)))
    waits = (seconds_to_wait(slots[count.slot], count.tries, count.last_at, now) for count in counts)
    wait = math.ceil(max(waits, default=0.0))
    if not wait:
        for count in counts:
            count.tries = 1 if now - count.last_at > FORGOTTEN_AFTER else count.tries + 1
            count.last_at = now
        db.session.flush()
    return wait


def forgive(tries: Iterable[Tried], *, key: str) -> None:
    """It was right: begin to count anew. Of an address only the one try is taken back: others may try from there."""
    pairs = list(tries)
    own = [slot_of(kind, what, key) for kind, what in pairs if kind != Try.ADDRESS]
    shared = [slot_of(kind, what, key) for kind, what in pairs if kind == Try.ADDRESS]
    db.session.execute(delete(TryCount).where(TryCount.slot.in_(own)))
    one_less = case((TryCount.tries > 0, TryCount.tries - 1), else_=0)
    db.session.execute(update(TryCount).where(TryCount.slot.in_(shared)).values(tries=one_less))
