"""The flow of manuscripts through a period: what was there and came in is what left and is still there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Flow:
    """Numbers of manuscripts in a period, each counted on its own: the identity is checked, never forced.

    `closed` maps an outcome (accepted, rejected, withdrawn, transferred …) to how many closings of the period
    ended in it. A manuscript that was closed, reopened and closed again in the period is one in `reopened`
    and two in `closed`. Raises ValueError for a negative number.
    """

    open_at_start: int
    received: int
    reopened: int
    closed: Mapping[str, int]
    open_at_end: int

    def __post_init__(self) -> None:
        numbers = (self.open_at_start, self.received, self.reopened, *self.closed.values(), self.open_at_end)
        if any(number < 0 for number in numbers):
            raise ValueError("a flow cannot hold a negative number of manuscripts")

    @property
    def closed_in_all(self) -> int:
        """Closings of every outcome."""
        return sum(self.closed.values())

    @property
    def inflow(self) -> int:
        """The left side: open at start + received + reopened."""
        return self.open_at_start + self.received + self.reopened

    @property
    def outflow(self) -> int:
        """The right side: closed by outcome + open at end."""
        return self.closed_in_all + self.open_at_end

    @property
    def missing(self) -> int:
        """Manuscripts that came in and are nowhere (below zero: that came from nowhere). 0 if it balances."""
        return self.inflow - self.outflow

    @property
    def balances(self) -> bool:
        """Whether the identity holds."""
        return self.missing == 0

    @property
    def words(self) -> str:
        """The identity as it is printed, with ≠ where it fails; an outcome with none is left out."""
        outcomes = "".join(f"{count} {outcome} + " for outcome, count in self.closed.items() if count)
        return (
            f"{self.open_at_start} open at start + {self.received} received + {self.reopened} reopened"
            f" {'=' if self.balances else '≠'} {outcomes}{self.open_at_end} open at end"
        )
