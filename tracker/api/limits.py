"""How often a program may ask. Counted in the memory of each worker, so that reading writes nothing.

So the limit is one of each process: an installation with four workers allows four times as much, and a restart forgets
it. It is there to keep one program from taking the journal from everybody else, not to keep anybody from guessing: a
token has 256 random bits.
"""

from __future__ import annotations

import math
from threading import Lock

from tracker.domain.rates import Rate, ask

PER_TOKEN = Rate(burst=300, seconds=0.2)
PER_ADDRESS = Rate(burst=30, seconds=10)  # tokens that open nothing
MOST_KEYS = 10_000


class Meter:
    """Who asked how often, for up to MOST_KEYS of them; beyond that, those who asked longest ago begin anew."""

    def __init__(self, rate: Rate) -> None:
        self.rate, self.lock = rate, Lock()
        self.due: dict[str, float] = {}

    def seconds_to_wait(self, key: str, now: float) -> int:
        """Count one question; 0, or the whole seconds after which it may be put again, and then it was not counted."""
        with self.lock:
            asked = ask(self.due.pop(key, 0.0), now, self.rate)
            self.due[key] = asked.due  # as the last one: the first is who asked longest ago
            if len(self.due) > MOST_KEYS:
                del self.due[next(iter(self.due))]
        return math.ceil(asked.wait)

    def is_spent(self, key: str, now: float) -> int:
        """The seconds to wait, or 0, without counting anything."""
        return math.ceil(ask(self.due.get(key, 0.0), now, self.rate).wait)

    def knows(self, key: str) -> bool:
        return key in self.due


class Limits:
    """The meters of one process: of tokens that work, by their hash, and of addresses from which others come."""

    def __init__(self) -> None:
        self.tokens, self.addresses = Meter(PER_TOKEN), Meter(PER_ADDRESS)
