"""What a report says of a number of days: n, median, percentiles and how sure the median is.

Everything works on histograms (days → how many manuscripts took so long), so that the cost does not grow with
the manuscripts once the database has grouped them.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from operator import mul
from typing import Any, Final, Literal

Flag = Literal["few", "listed", "held_back"]

LISTED_BELOW: Final = 3  # one or two values are the manuscripts themselves: list them, a median would pretend
FEW_BELOW: Final = 6  # with five values even minimum to maximum covers the median in only 93.75 %
EXACT_UP_TO: Final = 10_000  # beyond, 2**n costs more than its last digits are worth
_FIXED_POINT: Final = 1 << 128


@dataclass(frozen=True)
class Summary:
    """Days, summarised. What cannot honestly be said is None; `n` is always there.

    Median, percentiles and `ci95` are None for fewer than three values, which are then in `values` (sorted,
    flag "listed"); `values` is empty otherwise. Three to five values are flagged "few" and have no `ci95`.
    `ci95` is a pair of days that occurred, covering the median with a probability of at least 95 %.
    """

    n: int
    median: float | None = None
    p25: int | None = None
    p75: int | None = None
    p80: int | None = None
    p90: int | None = None
    mean: float | None = None
    min: int | None = None
    max: int | None = None
    ci95: tuple[int, int] | None = None
    flag: Flag | None = None
    values: tuple[int, ...] = ()


HELD_BACK: Final = Summary(n=0, flag="held_back")  # there may be some: too few to be shown, or they would tell of few


class _Ordered:
    """The values of a histogram by rank, as if they stood in a sorted list."""

    def __init__(self, histogram: Mapping[int, int]) -> None:
        if min(histogram.values(), default=0) < 0:
            raise ValueError("a histogram cannot hold a negative count")
        self.days = sorted(days for days, count in histogram.items() if count)
        counts = [histogram[days] for days in self.days]
        self._up_to = list(accumulate(counts))
        self.n = self._up_to[-1] if self._up_to else 0
        self.total = sum(map(mul, self.days, counts))

    def ranked(self, rank: int) -> int:
        """The value of this rank, from 1 (smallest) to n (largest)."""
        return self.days[bisect_left(self._up_to, rank)]

    def percentile(self, percent: int) -> int:
        """Nearest rank: the ⌈p·n⌉-th value. In whole numbers, because 0.8 is no exact float."""
        return self.ranked(-(-percent * self.n // 100))

    def median(self) -> float:
        """The middle value, or the mean of the two middle ones."""
        return (self.ranked((self.n + 1) // 2) + self.ranked(self.n // 2 + 1)) / 2


def summarize(histogram: Mapping[int, int]) -> Summary:
    """Summarise days → count. An empty histogram gives n = 0 and nothing else; counts of 0 are ignored.

    Percentiles are by nearest rank (the ⌈p·n⌉-th value), so each is a number of days that occurred; the
    median is the mean of the two middle values. Raises ValueError for a negative count.
    """
    ordered = _Ordered(histogram)
    n = ordered.n
    if n == 0:
        return Summary(n=0)
    mean, low, high = ordered.total / n, ordered.days[0], ordered.days[-1]
    if n < LISTED_BELOW:
        values = tuple(ordered.ranked(rank) for rank in range(1, n + 1))
        return Summary(n=n, mean=mean, min=low, max=high, flag="listed", values=values)
    ranks = median_ranks(n)
    return Summary(
        n=n,
        median=ordered.median(),
        p25=ordered.percentile(25),
        p75=ordered.percentile(75),
        p80=ordered.percentile(80),
        p90=ordered.percentile(90),
        mean=mean,
        min=low,
        max=high,
        ci95=ranks and (ordered.ranked(ranks[0]), ordered.ranked(ranks[1])),
        flag="few" if n < FEW_BELOW else None,
    )


@lru_cache(maxsize=4096)
def median_ranks(n: int) -> tuple[int, int] | None:
    """The ranks (k, n + 1 − k) whose values enclose the median with at least 95 %; None below n = 6.

    The narrowest symmetric pair: the largest k with P(k ≤ X ≤ n − k) ≥ 0.95 for X ~ Binomial(n, ½), whatever
    the distribution of the days (W. R. Thompson 1936; H. A. David & H. N. Nagaraja, Order Statistics, 2003, §
    7.1). Exact integers up to n = 10 000. Beyond, the same walk in 128-bit fixed point, about √n steps, from
    a central term good to some 1e-15; neighbouring k differ by more than 1e-5 in coverage up to n = 10**7.
    """
    if n < FEW_BELOW:
        return None
    whole = 1 << n if n <= EXACT_UP_TO else _FIXED_POINT
    term = math.comb(n, n // 2) if n <= EXACT_UP_TO else int(_central_weight(n) * _FIXED_POINT)
    k = n // 2
    covered = term if n % 2 == 0 else 2 * term
    while 20 * covered < 19 * whole:
        term = term * k // (n - k + 1)  # C(n, k − 1) from C(n, k), without remainder while it is exact
        k -= 1
        covered += 2 * term
    return k, n + 1 - k


def _central_weight(n: int) -> float:
    """C(n, ⌊n/2⌋) / 2ⁿ by Stirling's series; relative error below 1e-15 for n > 10 000.

    C(2m, m) / 4ᵐ ~ (1 − 1/8m + 1/128m² + 5/1024m³ − …) / √(πm); an odd n has the value of n + 1.
    """
    m = (n + 1) // 2
    return (1 - 1 / (8 * m) + 1 / (128 * m**2) + 5 / (1024 * m**3)) / math.sqrt(math.pi * m)


def doaj_weeks(summary: Summary) -> int | None:
    """DOAJ's average weeks from submission to publication: the mean in days / 7; None without values.

    A half week is rounded up, as an editor would: Python's own round() takes 8.5 to 8 and 9.5 to 10.
    """
    if summary.mean is None:
        return None
    return math.floor(Fraction(summary.mean) / 7 + Fraction(1, 2))


def as_json(summary: Summary) -> dict[str, Any]:
    """The summary in the keys and the order of the public JSON report; whole numbers are integers."""
    return {
        "n": summary.n,
        "median": _plain(summary.median),
        "p25": summary.p25,
        "p75": summary.p75,
        "p80": summary.p80,
        "p90": summary.p90,
        "mean": _plain(summary.mean),
        "min": summary.min,
        "max": summary.max,
        "ci95": None if summary.ci95 is None else list(summary.ci95),
        "flag": summary.flag,
        "values": list(summary.values),
    }


def _plain(number: float | None) -> float | None:
    """26 rather than 26.0: the days are whole, and a file that is compared by text should say so."""
    return int(number) if number is not None and number.is_integer() else number
