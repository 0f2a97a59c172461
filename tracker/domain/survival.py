"""How long it takes when some are still pending: Kaplan–Meier, its limits, and outcomes that compete.

An average over finished manuscripts is biased low, because the slow ones are still open. Here the open ones
count for as long as they have been seen. "Not reached" (None) is an answer. Times are whole days since
receipt.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Final, NamedTuple

from tracker.domain.proportions import Z95

HORIZONS: Final = (90, 180, 365)  # days at which the outcomes are printed
HALF: Final = Fraction(1, 2)
FOUR_FIFTHS: Final = Fraction(4, 5)

# Fifty digits, then one rounding: exactly one half must come out as one half, or a median slips a step
_ARITHMETIC: Final = Context(prec=50)
_TIE: Final = 1 + 1e-12  # a float may miss a multiple of another by an ulp; no two shares lie this close


class Leaving(NamedTuple):
    """How many left observation after the same number of days: by the event, or still open when last seen."""

    events: int
    censored: int


@dataclass(frozen=True)
class Step:
    """A day on which somebody left. `survival` is the share open after it, with pointwise 95 % limits."""

    day: int
    at_risk: int
    events: int
    censored: int
    survival: float
    low: float
    high: float

    @property
    def still_at_risk(self) -> int:
        """Manuscripts seen open beyond this day."""
        return self.at_risk - self.events - self.censored


@dataclass(frozen=True)
class Forecast:
    """When those still open at `age` days had the event, in days since receipt; None means not reached.

    `at_risk` is how many manuscripts were seen open beyond that age: what the forecast rests on.
    """

    age: int
    at_risk: int
    half_by: int | None
    four_fifths_by: int | None


@dataclass(frozen=True)
class SurvivalCurve:
    """The share still open by days since receipt, one step for each day on which anyone left, in order."""

    n: int
    steps: tuple[Step, ...]

    def at(self, day: int) -> float | None:
        """The share still open after this day; None where nobody was seen so long but some were left open."""
        index = bisect_right(self.steps, day, key=lambda step: step.day)
        if index == 0:
            return 1.0 if self.n else None
        last = self.steps[index - 1]
        return None if day > last.day and not last.still_at_risk and last.survival else last.survival

    def quantile(self, share: Fraction) -> int | None:
        """The first day by which at least this share had the event; None if not reached.

        Without censoring this is the nearest-rank percentile.
        """
        return self._first_at_or_below(float(1 - share))

    def quantile_limits(self, share: Fraction) -> tuple[int | None, int | None]:
        """95 % limits of the quantile in days; None: not reached (R. Brookmeyer & J. Crowley 1982, log-log).

        The first days on which the lower and the upper pointwise limit come down to what is left.
        """
        left = float(1 - share)
        low = next((step.day for step in self.steps if step.low <= left), None)
        high = next((step.day for step in self.steps if step.high <= left), None)
        return low, high

    @property
    def median(self) -> int | None:
        """The first day by which half had the event; None if not reached."""
        return self.quantile(HALF)

    @property
    def median_limits(self) -> tuple[int | None, int | None]:
        """The median's 95 % limits, as `quantile_limits`."""
        return self.quantile_limits(HALF)

    def forecast(self, age: int) -> Forecast:
        """By which day half, and 80 %, of those still open after `age` days had the event: S(t)/S(age)."""
        index = bisect_right(self.steps, age, key=lambda step: step.day)
        open_then = self.steps[index - 1].survival if index else 1.0
        at_risk = self.steps[index - 1].still_at_risk if index else self.n
        if not at_risk:
            return Forecast(age, 0, None, None)
        half_by, most_by = (self._first_at_or_below(float(1 - share) * open_then) for share in (HALF, FOUR_FIFTHS))
        return Forecast(age, at_risk, half_by, most_by)

    def _first_at_or_below(self, survival: float) -> int | None:
        index = bisect_left(self.steps, -survival * _TIE, key=lambda step: -step.survival)
        return self.steps[index].day if index < len(self.steps) else None


@dataclass(frozen=True)
class CumulativeIncidence:
    """The share closed by each cause, by days since receipt: `shares[cause][i]` holds from `days[i]` on.

    `still_open[i]` is the rest, so that the shares and it are one whole.
    """

    days: tuple[int, ...]
    shares: Mapping[str, tuple[float, ...]]
    still_open: tuple[float, ...]

    def at(self, cause: str, day: int) -> float | None:
        """The share closed by this cause within so many days; None where nobody was seen so long.

        Once all are closed the shares are final, and known for every later day. KeyError for another cause.
        """
        if not self.days or (day > self.days[-1] and self.still_open[-1]):
            return None
        index = bisect_right(self.days, day)
        return self.shares[cause][index - 1] if index else 0.0

    def table(self, horizons: tuple[int, ...] = HORIZONS) -> dict[str, dict[int, float | None]]:
        """Cause → days → share, for the days that a report prints."""
        return {cause: {day: self.at(cause, day) for day in horizons} for cause in self.shares}


def kaplan_meier(histogram: Mapping[int, tuple[int, int]]) -> SurvivalCurve:
    """Estimate the share still open from days → (events, censored) (E. L. Kaplan & P. Meier 1958).

    Those censored on a day are at risk on it. The pointwise limits are Greenwood's (1926) on the log-log
    scale (J. D. Kalbfleisch & R. L. Prentice 1980): they stay within 0 and 1. They are undefined where nobody
    is left: there `low` is 0 and `high` stays as it was, so that one last manuscript cannot bound a median.
    Raises ValueError for a negative day or count.
    """
    steps: list[Step] = []
    survival, greenwood, low, high = 1.0, 0.0, 1.0, 1.0
    for day, at_risk, leaving, weight in _redistributed(histogram):
        events, censored = leaving
        left = at_risk - events
        if events and left:
            survival = float(_ARITHMETIC.multiply(weight, Decimal(left)))
            greenwood += events / (at_risk * left)
            low, high = _log_log_limits(survival, greenwood)
        elif events:
            survival, low = 0.0, 0.0
        steps.append(Step(day, at_risk, events, censored, survival, low, high))
    return SurvivalCurve(n=steps[0].at_risk if steps else 0, steps=tuple(steps))


def aalen_johansen(closed: Mapping[str, Mapping[int, int]], still_open: Mapping[int, int]) -> CumulativeIncidence:
    """Estimate the share closed by each cause (O. Aalen & S. Johansen 1978).

    `closed` maps each cause to its histogram, days → count; `still_open` is the histogram of the ages of the
    pending ones. A cause without closings keeps its row of zeros. Raises ValueError for a negative day or
    count.
    """
    leaving = {
        day: (sum(histogram.get(day, 0) for histogram in closed.values()), still_open.get(day, 0))
        for day in {*still_open, *(day for histogram in closed.values() for day in histogram)}
    }
    _refuse_negative(count for histogram in closed.values() for count in histogram.values())
    days: list[int] = []
    left: list[float] = []
    running = dict.fromkeys(closed, Decimal(0))
    shares: dict[str, list[float]] = {cause: [] for cause in closed}
    with localcontext(_ARITHMETIC):
        for day, at_risk, (gone, _), weight in _redistributed(leaving):
            days.append(day)
            left.append(float(weight * (at_risk - gone)))
            for cause, histogram in closed.items():
                running[cause] += weight * histogram.get(day, 0)
                shares[cause].append(float(running[cause]))
    return CumulativeIncidence(tuple(days), {cause: tuple(row) for cause, row in shares.items()}, tuple(left))


def _redistributed(
    histogram: Mapping[int, tuple[int, int]],
) -> Iterator[tuple[int, int, Leaving, Decimal]]:
    """Each day with its number at risk, who left, and the weight of one manuscript at risk, in order of days.

    Redistribution to the right (B. Efron 1967): everybody weighs 1/n; those who leave unfinished hand their
    weight on in equal parts to those still at risk. The weight that is left is Kaplan–Meier's survival, the
    weight that left by a cause is Aalen–Johansen's incidence: one pass serves both, and they add up to one.
    """
    _refuse_negative(number for day, leaving in histogram.items() for number in (day, *leaving))
    at_risk = sum(events + censored for events, censored in histogram.values())
    weight = _ARITHMETIC.divide(Decimal(1), Decimal(at_risk)) if at_risk else Decimal(0)
    for day in sorted(histogram):
        leaving = Leaving(*histogram[day])
        if not any(leaving):
            continue
        yield day, at_risk, leaving, weight
        open_on = at_risk - leaving.events
        at_risk = open_on - leaving.censored
        if at_risk:
            weight = _ARITHMETIC.divide(_ARITHMETIC.multiply(weight, Decimal(open_on)), Decimal(at_risk))


def _refuse_negative(numbers: Iterable[int]) -> None:
    if any(number < 0 for number in numbers):
        raise ValueError("a survival histogram cannot hold a negative day or count")


def _log_log_limits(survival: float, greenwood: float) -> tuple[float, float]:
    """95 % limits S^exp(±z·√greenwood / ln S), for 0 < S < 1."""
    spread = math.exp(Z95 * math.sqrt(greenwood) / -math.log(survival))
    return float(survival**spread), float(survival ** (1 / spread))
