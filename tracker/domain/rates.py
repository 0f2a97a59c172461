"""How often somebody may ask: so many times at once, and so often in the long run.

It is the “generic cell rate algorithm” of ITU-T I.371, which needs one number to remember: when the last of what was
asked for would have been due, had it come evenly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

ROUNDING = 0.001  # seconds: sums of floating-point instants are off by less


@dataclass(frozen=True)
class Rate:
    """`burst` at once, and one every `seconds` from then on."""

    burst: int
    seconds: float


class Asked(NamedTuple):
    """What to remember after a question, and the seconds to wait before the next try: 0 where it may be answered."""

    due: float
    wait: float


def ask(due: float, now: float, rate: Rate) -> Asked:
    """One question at `now`, in seconds, after those that `due` remembers (0 for none). One too many counts nothing."""
    due = max(now, min(due, now + rate.burst * rate.seconds))  # a clock that was put back makes nobody wait for it
    wait = due - now - (rate.burst - 1) * rate.seconds
    return Asked(due, wait) if wait > ROUNDING else Asked(due + rate.seconds, 0.0)
