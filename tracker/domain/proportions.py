"""Shares of few manuscripts: a rate never stands without its interval, and an arrow never without reason."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Literal

Interval = tuple[float | None, float | None]
Change = Literal["up", "down", "no clear change"]

Z95: Final = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Proportion:
    """`count` out of `of`. Of none there is no rate: `percent`, `low`, `high` and `interval` are None.

    Raises ValueError unless 0 ≤ count ≤ of.
    """

    count: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"{self.count} out of {self.of} is no proportion")

    @property
    def percent(self) -> float | None:
        """The rate in percent, unrounded."""
        return 100 * self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % score interval in percent, unrounded, not continuity-corrected (E. B. Wilson 1927)."""
        if not self.of:
            return None
        share, spread = self.count / self.of, Z95**2 / self.of
        centre = share + spread / 2
        half_width = math.sqrt(spread * (share * (1 - share) + spread / 4))
        low = (centre - half_width) / (1 + spread)
        # of all, the formula gives one, and its floats may give an ulp more
        high = (centre + half_width) / (1 + spread) if self.count < self.of else 1.0
        return 100 * low, 100 * high

    @property
    def low(self) -> float | None:
        """The lower limit of the interval, in percent."""
        return self.interval[0] if self.interval else None

    @property
    def high(self) -> float | None:
        """The upper limit of the interval, in percent."""
        return self.interval[1] if self.interval else None

    @property
    def words(self) -> str:
        """`5/12 = 42 % (19–68 %)`, whole percents with halves rounded up; `0/0: no rate`."""
        if self.interval is None:
            return f"{self.count}/{self.of}: no rate"
        percent = (200 * self.count + self.of) // (2 * self.of)
        low, high = (math.floor(limit + 0.5) for limit in self.interval)
        return f"{self.count}/{self.of} = {percent} % ({low}–{high} %)"


def clear_change(before: Interval | None, after: Interval | None) -> Change:
    """Which way an arrow may point: only if the two intervals have no value in common.

    Takes the limits of a proportion (`Proportion.interval`), a median (`Summary.ci95`) or a survival
    quantile, both in the same unit. Limits that touch overlap; an end of None is open ("not reached"); no
    interval is no claim.
    """
    if before is None or after is None:
        return "no clear change"
    (before_low, before_high), (after_low, after_high) = before, after
    if before_high is not None and after_low is not None and before_high < after_low:
        return "up"
    if after_high is not None and before_low is not None and after_high < before_low:
        return "down"
    return "no clear change"
