"""A turnaround report as a value: what every page, file and command prints, each in its own form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.dates import day_in_words, parse_iso
from tracker.domain.errors import BadInput
from tracker.domain.flow import Flow
from tracker.domain.proportions import Change, Proportion
from tracker.domain.summaries import Summary
from tracker.domain.survival import CumulativeIncidence, SurvivalCurve

BASES = {"ended": "intervals that ended in the period", "received": "manuscripts received in the period"}
GROUPINGS = ("year", "month", "section", "type", "editor", "outcome", "round")
MATURE_FROM = 90  # percent closed: before that, a cohort's finished manuscripts are its fast ones
INTERNAL_FROM = 5  # figures of one editor or reviewer are never shown with fewer (privacy)
FIXED = " (fixed by TRACKER_TODAY)"  # said after a day that was
Histogram = Mapping[int, int]  # days → how many took so long


@dataclass(frozen=True)
class Period:
    """Both days included; None is open-ended. `basis` says which date has to fall in it (BASES).

    `imported` False leaves out manuscripts whose history was imported. `by_paper` counts a paper that came back after a
    rejection once, from the day on which it was first received, under whatever reference; in the flow, its return opens
    it again. What reviewers did and whose the days were stays by manuscript.
    `without` are the numbers of manuscripts that are in no figure: those of which the person who asks is an author.

    Raises BadInput for a period that ends before it begins, for an unknown basis, and for papers by the date received.
    """

    from_on: date | None = None
    to_on: date | None = None
    basis: str = "ended"
    imported: bool = True
    by_paper: bool = False
    without: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.by_paper and self.basis != "ended":
            raise BadInput("By paper, a report is by the date on which an interval ended: choose that basis.")
        if self.basis not in BASES:
            raise BadInput(f"The basis “{self.basis}” is not one of: {', '.join(BASES)}.")
        if self.from_on and self.to_on and self.from_on > self.to_on:
            begins, ends = day_in_words(self.from_on), day_in_words(self.to_on)
            raise BadInput(f"The period begins on {begins} and ends before that, on {ends}.")

    @classmethod
    def of_year(cls, year: int, basis: str = "ended", *, imported: bool = True) -> Period:
        """A calendar year, its first and last day included."""
        return cls(date(year, 1, 1), date(year, 12, 31), basis, imported)

    @property
    def year(self) -> int | None:
        """The year, if it is exactly one calendar year."""
        if self.from_on is None or self.to_on is None:
            return None
        whole = (self.from_on, self.to_on) == (date(self.from_on.year, 1, 1), date(self.from_on.year, 12, 31))
        return self.from_on.year if whole else None

    @property
    def is_whole_years(self) -> bool:
        """Whether it begins and ends with a year, or not at all."""
        begins = self.from_on is None or (self.from_on.month, self.from_on.day) == (1, 1)
        return begins and (self.to_on is None or (self.to_on.month, self.to_on.day) == (12, 31))

    @property
    def words(self) -> str:
        """`in 2025`, `from 1 March 2025 to 30 April 2025`, `until 30 April 2025`; empty for all time."""
        if self.year is not None:
            return f"in {self.year}"
        since = f"from {day_in_words(self.from_on)}" if self.from_on else ""
        until = ("to " if since else "until ") + day_in_words(self.to_on) if self.to_on else ""
        return " ".join(filter(None, (since, until)))

    def other(self, words: str) -> Period | None:
        """The period to compare with: `before`, a year such as `2023`, or `2023-01-01..2023-06-30`; None for no words.

        Raises BadInput for anything else, and for `before` where this period is open-ended.
        """
        if not words:
            return None
        if words == "before":
            if (before := self.before()) is None:
                raise BadInput("To compare with the period before, give the period its first and its last day.")
            return before
        first, _, last = words.partition("..")
        from_on = parse_iso(first, field="first day to compare with").first
        to_on = parse_iso(last or first, field="last day to compare with").last
        return replace(self, from_on=from_on, to_on=to_on)

    def before(self) -> Period | None:
        """The period of the same length just before; None if this one is open-ended. A year's is the year before."""
        if self.from_on is None or self.to_on is None:
            return None
        if self.year is not None:
            return replace(self, from_on=date(self.year - 1, 1, 1), to_on=date(self.year - 1, 12, 31))
        length = self.to_on - self.from_on
        last = self.from_on - timedelta(days=1)
        return replace(self, from_on=last - length, to_on=last)


@dataclass(frozen=True)
class Excluded:
    """A manuscript left out of a metric, and why."""

    reference: str
    metric: str
    reason: str


@dataclass(frozen=True)
class Rates:
    """Acceptance: accepted of accepted and rejected. What is pending, withdrawn or transferred stands beside it."""

    acceptance: Proportion
    accepted: int
    rejected: int
    withdrawn: int
    transferred: int
    pending: int

    def is_flattered_by(self, live: Rates) -> bool:
        """Whether imports brought acceptances and no rejection to the `live` rates: published articles, say."""
        return self.accepted > live.accepted and self.rejected == live.rejected


@dataclass(frozen=True)
class Cohort:
    """The manuscripts received in the period, and how many of them are closed."""

    received: int
    closed: int

    @property
    def is_immature(self) -> bool:
        """Whether less than 90 % of it is closed: its figures will still change, and its slow ones are missing."""
        return self.received > 0 and 100 * self.closed < MATURE_FROM * self.received


@dataclass(frozen=True)
class Reviewing:
    """What reviewers did in a period. `on_time`: reviews in by the first due date, of assignments past it.

    `invited`, `agreed`, `declined` and `no_reply` are of the invitations sent in the period; `reviews` came in then.
    """

    invited: int
    agreed: int
    declined: int
    no_reply: int
    released: int
    waiting: int
    reviews: int
    on_time: Proportion


@dataclass(frozen=True)
class HolderShare:
    """Whose days they were: of `n` manuscripts closed in a part of the period, the days with each holder in all."""

    value: str
    n: int
    days: Mapping[str, int]

    @property
    def mean(self) -> Mapping[str, float]:
        """Days a manuscript, by holder."""
        return {holder: days / self.n for holder, days in self.days.items()} if self.n else {}


@dataclass(frozen=True)
class MonthFlow:
    """One month: what came in, was opened again and was closed, and what was open at its end."""

    month: str
    received: int
    reopened: int
    closed: int
    open_at_end: int


@dataclass(frozen=True)
class Group:
    """The same metrics for one part: a year, a month, a section, an editor or an outcome."""

    by: str
    value: str
    metrics: Mapping[str, Summary]


@dataclass(frozen=True)
class Comparison:
    """The same figures of another period, and which way each went: only where the intervals lie apart."""

    period: Period
    metrics: Mapping[str, Summary]
    rates: Rates
    changes: Mapping[str, Change]
    acceptance_change: Change


@dataclass(frozen=True)
class TurnaroundReport:
    """One journal's turnaround. `metrics` are keyed as in `domain.turnaround.METRICS`; days are calendar days.

    `histograms` are what the metrics were computed from. `years` are the metrics by year, with
    the years before the period where that begins with one; `groups` are by what was asked.
    `live_acceptance` is the rate without imported records, where these brought acceptances only. `today_is_fixed`
    says that `as_of` was fixed for a demonstration or a check.
    """

    journal: str
    title: str
    period: Period
    as_of: date
    metrics: Mapping[str, Summary]
    histograms: Mapping[str, Histogram]
    years: tuple[Group, ...]
    groups: tuple[Group, ...]
    rates: Rates
    flow: Flow
    months: tuple[MonthFlow, ...]
    holders: tuple[HolderShare, ...]
    reviewing: Reviewing
    cohort: Cohort
    to_first_decision: SurvivalCurve
    to_final_decision: SurvivalCurve
    outcomes: CumulativeIncidence
    excluded: tuple[Excluded, ...]
    imported: int
    comparison: Comparison | None = None
    live_acceptance: Proportion | None = None
    today_is_fixed: bool = False

    @property
    def as_of_words(self) -> str:
        """The day that it is of, which says so where it was fixed from outside."""
        return f"{day_in_words(self.as_of)}{FIXED if self.today_is_fixed else ''}"

    @property
    def as_of_in_files(self) -> str:
        """The same day as tables have it."""
        return f"{self.as_of.isoformat()}{FIXED if self.today_is_fixed else ''}"

    def without(self, references: Collection[str]) -> TurnaroundReport:
        """The same figures, with these manuscripts not named among what is left out."""
        named = tuple(item for item in self.excluded if item.reference not in references)
        return replace(self, excluded=named) if references else self
