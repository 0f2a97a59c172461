"""The figures that journals are asked for every year, as values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tracker.domain.proportions import Proportion
from tracker.domain.reports import TurnaroundReport
from tracker.domain.summaries import Summary, doaj_weeks

Worry = tuple[str, str, str, int]  # reference, title, who has it, days


@dataclass(frozen=True)
class BoardReport:
    """The editorial board's report: a period beside the one before, and what to worry about now.

    `late` are past their due date, by days late; `stuck` have waited longer for their final decision than nine in ten
    did (`long_is` days), by days since received.
    """

    report: TurnaroundReport
    late: Sequence[Worry]
    stuck: Sequence[Worry]
    long_is: int | None

    def without(self, references: Collection[str]) -> BoardReport:
        """The same report, in which these manuscripts are not named."""
        late, stuck = ([worry for worry in rows if worry[0] not in references] for rows in (self.late, self.stuck))
        return replace(self, report=self.report.without(references), late=late, stuck=stuck)


@dataclass(frozen=True)
class DoajFigures:
    """DOAJ application form, question on “average number of weeks between article submission and publication”."""

    journal: str
    title: str
    year: int
    publication: Summary

    @property
    def weeks(self) -> int | None:
        """Whole weeks; None if nothing was published."""
        return doaj_weeks(self.publication)


@dataclass(frozen=True)
class PlanSFigures:
    """Plan S price and service transparency, on the services: what a journal did in a year (cOAlition S, 2020)."""

    journal: str
    title: str
    year: int
    submissions: int
    reviews_requested: int
    reviews_received: int
    acceptance: Proportion
    publication: Summary
