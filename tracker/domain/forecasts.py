"""What may be expected of an open manuscript, from its journal's own past. An expectation is not a promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.dates import day_in_words
from tracker.domain.survival import SurvivalCurve

FEW_BELOW = 12  # with fewer that were open as long, one slow manuscript moves the date by weeks
NOTHING_BELOW = 3


@dataclass(frozen=True)
class Prospect:
    """When half, and 80 %, of those that were open as long had their decision. A date of None is “not reached”.

    `n` manuscripts were seen open beyond this age of `age` days. `decision` is `first decision` or `final decision`.
    """

    decision: str
    age: int
    n: int
    half_by: date | None
    most_by: date | None
    of_type: str = ""

    @property
    def is_few(self) -> bool:
        """Whether the dates rest on so few that they should be said with care."""
        return self.n < FEW_BELOW

    @property
    def words(self) -> str:
        """The sentence for an editor, which says what it rests on."""
        like = f"{self.of_type} manuscripts" if self.of_type else "manuscripts"
        if self.n < NOTHING_BELOW:
            return f"Too few {like} were still without a {self.decision} after {self.age} days to say when it comes."
        if self.half_by is None:
            return f"Fewer than half of the {self.n} {like} open after {self.age} days have had a {self.decision}."
        most = f"; 80 % of them by {day_in_words(self.most_by)}" if self.most_by else "; 80 % of them never did yet"
        few = " These are few." if self.is_few else ""
        return (
            f"A {self.decision} may come by {day_in_words(self.half_by)}: half of the {self.n} {like} that were open "
            f"after {self.age} days had it in that time{most}.{few}"
        )


def prospect(curve: SurvivalCurve, decision: str, received_on: date, as_of: date, of_type: str = "") -> Prospect:
    """The prospect of a manuscript received on a day: the curve conditional on its age, S(t) / S(age)."""
    age = max((as_of - received_on).days, 0)
    ahead = curve.forecast(age)
    half, most = (
        received_on + timedelta(days=day) if day is not None else None for day in (ahead.half_by, ahead.four_fifths_by)
    )
    return Prospect(decision, age, ahead.at_risk, half, most, of_type)
