"""The report as the page and the PDF print it: headline figures, rows of text, sentences. No markup, no database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.reports import Group, TurnaroundReport
from tracker.domain.summaries import Summary, doaj_weeks
from tracker.domain.survival import FOUR_FIFTHS
from tracker.domain.turnaround import METRICS
from tracker.formats.chart_words import captions
from tracker.formats.turnaround_tables import TITLES
from tracker.formats.turnaround_words import (
    HEADLINES,
    excluded_in_words,
    flattery,
    immaturity,
    listed,
    number,
    sentence,
    trend,
)

ARROWS = {"up": "slower", "down": "faster", "no clear change": "no clear change"}
HORIZONS = (30, 60, 90, 180, 365)


@dataclass(frozen=True)
class MetricRow:
    """One line of a table of metrics, as text. `listed` holds the values themselves where there are one or two."""

    key: str
    title: str
    n: int
    listed: str
    median: str
    p80: str
    interval: str
    p25: str
    p75: str
    p90: str
    mean: str
    range: str
    flag: str
    note: str
    change: str = ""
    before: str = ""
    before_n: int = 0


@dataclass(frozen=True)
class Figure:
    """A number at the head of the page: what, the number, what to know about it, and what is behind both."""

    label: str
    value: str
    note: str
    of: str
    note_of: str = ""


@dataclass(frozen=True)
class ReportPage:
    """Everything that is printed, in the order in which it is read."""

    headline: str
    trend: str
    figures: tuple[Figure, ...]
    rows: tuple[MetricRow, ...]
    open_rows: tuple[MetricRow, ...]
    survival: tuple[tuple[int, str, str], ...]
    decided: str
    outcomes: tuple[tuple[str, tuple[str, ...]], ...]
    immaturity: str
    flattery: str
    left_out: str
    captions: Mapping[str, str]


def page_of(report: TurnaroundReport, metric: str) -> ReportPage:
    """The report put into words; `metric` is the one that the pictures show."""
    curve = report.to_first_decision
    return ReportPage(
        headline=sentence(metric, report.metrics[metric], report.period),
        trend=trend(report.years, metric),
        figures=_figures(report),
        rows=tuple(_compared(report, key) for key in METRICS),
        open_rows=tuple(metric_row(key, report.metrics[key]) for key in TITLES if key not in METRICS),
        survival=tuple((day, _share(curve.at(day)), _limits(report, day)) for day in HORIZONS) if curve.n else (),
        decided=_half_decided(report),
        outcomes=tuple(
            (cause, tuple(_share(share) for share in shares.values()))
            for cause, shares in report.outcomes.table().items()
        ),
        immaturity=immaturity(report.cohort),
        flattery=flattery(report.rates, report.live_acceptance),
        left_out=excluded_in_words(len({item.reference for item in report.excluded})),
        captions=captions(report, metric),
    )


def metric_row(key: str, summary: Summary) -> MetricRow:
    """A summary as text; with fewer than three values they are listed, and no median is said."""
    few_values = summary.n < 3
    ci95 = f"{summary.ci95[0]}–{summary.ci95[1]}" if summary.ci95 else ""
    weeks = doaj_weeks(summary) if key == "publication" else None
    return MetricRow(
        key=key, title=TITLES[key], n=summary.n, listed=listed(summary) if summary.values else "",
        median=number(summary.median), p80=number(summary.p80), interval=ci95, p25=number(summary.p25),
        p75=number(summary.p75), p90=number(summary.p90), mean=number(summary.mean),
        range="–" if few_values else f"{summary.min}–{summary.max}", flag=summary.flag or "",
        note=f"{weeks} weeks as DOAJ asks" if weeks is not None else "",
    )  # fmt: skip


def _compared(report: TurnaroundReport, key: str) -> MetricRow:
    row = metric_row(key, report.metrics[key])
    if report.comparison is None:
        return row
    before = metric_row(key, report.comparison.metrics[key])
    text = before.listed or before.median
    change = ARROWS[report.comparison.changes[key]] if row.n and before.n else ""
    return MetricRow(**{**row.__dict__, "before": f"{text} (n = {before.n})" if before.n else "none", "change": change,
                        "before_n": before.n})  # fmt: skip


def _figures(report: TurnaroundReport) -> tuple[Figure, ...]:
    keys = [key for key in HEADLINES if report.metrics[key].n][:2] or [HEADLINES[0]]
    if report.metrics["publication"].n and "publication" not in keys:
        keys.append("publication")
    figures = [_figure(key, report.metrics[key]) for key in keys]
    return (*figures, _acceptance(report), _open(report))


def _figure(key: str, summary: Summary) -> Figure:
    of, label = f"metric:{key}", METRICS[key]
    if summary.n == 0:
        return Figure(label, "–", "none yet", of)
    if summary.flag == "listed":
        return Figure(label, listed(summary), f"n = {summary.n}, too few for a median", of)
    few = ", few" if summary.flag == "few" else ""
    most = f"median, n = {summary.n}{few}; 80 % within {summary.p80}"
    return Figure(label, f"{number(summary.median)} days", most, of)


def _acceptance(report: TurnaroundReport) -> Figure:
    share = report.rates.acceptance
    basis = "decided" if report.period.basis == "ended" else "received"
    label = f"Accepted, of those {basis} in the period"
    if share.percent is None or share.low is None or share.high is None:
        return Figure(label, "–", "none yet", "outcome:accepted")
    return Figure(
        label, f"{share.percent:.0f} %", f"{share.count} of {share.of}; {share.low:.0f}–{share.high:.0f} %",
        "outcome:accepted",
    )  # fmt: skip


def _open(report: TurnaroundReport) -> Figure:
    late = report.metrics["days_overdue"].n
    note = f"{late} late" if late else "none late"
    note_of = "metric:days_overdue" if late else ""
    return Figure("Open now", str(report.metrics["days_with_holder"].n), note, "metric:days_with_holder", note_of)


def _share(share: float | None) -> str:
    return "not known yet" if share is None else f"{100 * share:.0f} %"


def _limits(report: TurnaroundReport, day: int) -> str:
    """The limits of the share still waiting on a day."""
    steps = [step for step in report.to_first_decision.steps if step.day <= day]
    waiting = report.to_first_decision.at(day)  # once all are decided there is nothing left to be unsure of
    return f"{100 * steps[-1].low:.0f}–{100 * steps[-1].high:.0f} %" if steps and waiting else ""


def _half_decided(report: TurnaroundReport) -> str:
    """What Kaplan–Meier says of the median, in a sentence."""
    curve = report.to_first_decision
    received = f"received {report.period.words}" if report.period.words else "received"
    if curve.n == 0:
        return f"No manuscript was {received} whose decisions are known."
    low, high = (str(limit) if limit is not None else "not reached" for limit in curve.median_limits)
    many = f"the {curve.n} manuscripts {received}" if curve.n > 1 else f"the one manuscript {received}"
    if curve.median is None:
        return f"Fewer than half of {many} have had a first decision so far (95 % limits {low} – {high})."
    most = curve.quantile(FOUR_FIFTHS)
    and_most = f"80 % within {most}" if most is not None else "80 % have not had one so far"
    limits = f"95 % limits {low} – {high}"
    return f"Half of {many} have a first decision within {curve.median} days ({limits}); {and_most}."


def rows_of_groups(groups: Sequence[Group], metric: str) -> list[tuple[str, MetricRow]]:
    """(value, row) of each group that has the metric at all."""
    return [(group.value, metric_row(metric, group.metrics[metric])) for group in groups if group.metrics[metric].n]


@dataclass(frozen=True)
class LeftOut:
    """A manuscript, the titles of the figures that it is left out of, and why."""

    reference: str
    metrics: tuple[str, ...]
    reason: str


def excluded_by_reason(report: TurnaroundReport) -> list[LeftOut]:
    """What is left out, a line for each manuscript and reason."""
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in report.excluded:
        grouped[item.reference, item.reason].append(TITLES[item.metric])
    return [LeftOut(reference, tuple(metrics), reason) for (reference, reason), metrics in grouped.items()]


_NUMBERS = {
    "outcome:accepted": "Accepted", "outcome:rejected": "Rejected", "outcome:withdrawn": "Withdrawn",
    "outcome:transferred": "Transferred", "outcome:pending": "Pending", "cohort": "Received in the period",
    "flow:open_at_start": "Open at the start", "flow:received": "Received", "flow:reopened": "Reopened",
    "flow:open_at_end": "Open at the end", "imported": "With an imported history",
    "survival:first_decision": "Those whose wait for a first decision is counted",
    "survival:final_decision": "Those whose wait for a final decision is counted",
    "flow:closed": "Closed", "reviews:invited": "Reviewers invited",
    "reviews:agreed": "Reviewers who agreed", "reviews:declined": "Reviewers who declined",
    "reviews:no_reply": "Invitations without a reply", "reviews:released": "Reviewers released",
    "reviews:waiting": "Invitations not yet answered", "reviews:reviews": "Reviews received",
    "reviews:late": "Reviews not in by their first due date",
}  # fmt: skip


def heading_of(of: str) -> str:
    """What a number counts, as the heading over the manuscripts behind it."""
    kind, _, what = of.partition(":")
    if kind == "metric":
        return TITLES[what]
    if of.startswith("flow:closed:"):
        return f"Closed: {what.removeprefix('closed:')}"
    return _NUMBERS[of]
