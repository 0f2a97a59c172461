"""The turnaround report, as openapi.json describes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from tracker.api.shapes import Day, Document

Flag = Literal["few", "listed", "held_back"]


class Summary(Document):
    """One metric in whole calendar days. `flag`: few (3 to 5), listed (one or two, see `values`), or held_back: few of
    one editor are not shown.
    """

    n: int
    median: float | None
    p25: float | None
    p75: float | None
    p80: float | None
    p90: float | None
    mean: float | None
    min: int | None
    max: int | None
    ci95: list[float] | None
    flag: Flag | None
    values: list[int]
    doaj_weeks: int | None = None


Metrics = dict[str, Summary]


class Group(Document):
    """The same metrics for one part of the manuscripts."""

    by: str
    value: str
    metrics: Metrics


class Acceptance(Document):
    """The acceptance rate in percent."""

    accepted: int
    of: int
    percent: float | None
    ci95: list[float] | None


class ShareOf(Document):
    """A share in percent, of how many."""

    of: int
    percent: float | None
    ci95: list[float] | None


class Rates(Document):
    """Acceptance, and what stands beside it."""

    basis: str
    acceptance: Acceptance
    rejected: int
    withdrawn: int
    transferred: int
    pending: int


class Comparison(Document):
    """The same figures of another period, and which way each went."""

    from_: Annotated[Day | None, Field(alias="from")]
    to: Day | None
    metrics: Metrics
    rates: Rates
    changes: dict[str, Any]
    acceptance_change: Any


class Exclusion(Document):
    """A manuscript left out of some metrics, and why."""

    reference: str
    reason: str
    metrics: list[str]


class Turnaround(Document):
    """A journal's turnaround. The metrics' keys and definitions are those of the report's own page."""

    journal: str
    from_: Annotated[Day | None, Field(alias="from")]
    to: Day | None
    basis: str
    counted_by: Literal["manuscript", "paper"]
    as_of: Day
    metrics: Metrics
    groups: list[Group]
    rates: Rates
    acceptance_without_imported: ShareOf | None
    flow: dict[str, Any]
    months: list[dict[str, Any]]
    holders: list[dict[str, Any]]
    reviewing: dict[str, Any]
    cohort: dict[str, Any]
    survival: dict[str, Any]
    comparison: Comparison | None
    imported: int
    excluded: list[Exclusion]
    today_is_fixed: bool = False
