"""What a person asks a report for, read from the address; the same words for page, files, pictures and lists.

What the person is an author of is in none of the figures: a short period, a part or the list behind a number would
tell of it what its editors know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request

from tracker import clock
from tracker.domain.dates import parse_iso
from tracker.domain.reports import GROUPINGS, Period, TurnaroundReport
from tracker.models import Journal
from tracker.queries.turnaround import compared, turnaround_report
from tracker.web.loaders import chosen_memberships, hidden, journal_or_404, today_in


@dataclass(frozen=True)
class Asked:
    """One journal's report as asked for: the period, how to split it, what to compare with, which metric to draw."""

    journal: Journal
    period: Period
    by: str = ""
    compare: str = ""
    metric: str = ""

    @property
    def as_of(self) -> date:
        return today_in(self.journal)

    def report(self) -> TurnaroundReport:
        """The report, with another period beside it if that was asked for."""
        report = turnaround_report(
            self.journal, self.period, as_of=self.as_of, by=self.by, today_is_fixed=clock.fixed_today() is not None
        )
        other = None if self.lacks_a_period else self.period.other(self.compare)
        return compared(report, self.journal, other) if other else report

    @property
    def lacks_a_period(self) -> bool:
        """Whether the period before was asked for, and this one has no length."""
        return self.compare == "before" and self.period.before() is None

    def query(self, **changed: Any) -> dict[str, Any]:
        """The words of the address, with some changed; what says nothing is left out."""
        period = self.period
        words = {
            "journal": self.journal.slug,
            "from": period.from_on and period.from_on.isoformat(),
            "to": period.to_on and period.to_on.isoformat(),
            "basis": period.basis if period.basis != "ended" else None,
            "imported": None if period.imported else "no",
            "papers": "yes" if period.by_paper else None,
            "by": self.by,
            "compare": self.compare,
            "metric": self.metric,
        }
        return {name: value for name, value in {**words, **changed}.items() if value}


def asked() -> Asked | None:
    """What the address asks for; None while a person with several journals has chosen none. NotFound for a stranger."""
    slug = request.args.get("journal")
    seats = chosen_memberships()
    if not slug and len(seats) != 1:
        return None
    journal = journal_or_404(slug) if slug else seats[0].journal
    by = request.args.get("by", "")
    return Asked(
        journal=journal,
        period=replace(period_of(request.args), without=hidden()),
        by=by if by in GROUPINGS else "",
        compare=request.args.get("compare", ""),
        metric=request.args.get("metric", ""),
    )


def period_of(words: Mapping[str, str]) -> Period:
    """The period that the address names, by `year` or by `from` and `to`. Raises BadInput for what is no date."""
    basis, imported = words.get("basis") or "ended", words.get("imported") != "no"
    by_paper = words.get("papers") == "yes"
    if words.get("year"):
        year = parse_iso(words["year"], field="year").first.year
        return Period(date(year, 1, 1), date(year, 12, 31), basis, imported, by_paper)
    from_on = parse_iso(words["from"], field="first day").first if words.get("from") else None
    to_on = parse_iso(words["to"], field="last day").last if words.get("to") else None
    return Period(from_on, to_on, basis, imported, by_paper)
