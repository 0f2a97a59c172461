"""Turnaround reports as JSON, CSV and a table for the terminal."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import asdict
from typing import Any

from tracker.domain.flow import Flow
from tracker.domain.proportions import Proportion
from tracker.domain.reports import Comparison, Rates, Reviewing, TurnaroundReport
from tracker.domain.summaries import Summary, as_json, doaj_weeks
from tracker.domain.survival import SurvivalCurve
from tracker.domain.turnaround import METRICS

OPEN_WORK = {
    "open_age": "Open manuscripts: days since received",
    "days_with_holder": "Open manuscripts: days with the holder",
    "days_overdue": "Overdue manuscripts: days overdue",
}
TITLES = {**METRICS, **OPEN_WORK}
COLUMNS = ("n", "median", "p25", "p75", "p80", "p90", "mean", "min", "max")
CSV_HEADER = ("group", "metric", "title", *COLUMNS, "ci95_low", "ci95_high", "flag", "as_of")


def report_as_json(report: TurnaroundReport) -> dict[str, Any]:
    """The report in the shape of the public contract. Days are whole calendar days."""
    period = report.period
    document: dict[str, Any] = {
        "journal": report.journal,
        "from": period.from_on and period.from_on.isoformat(),
        "to": period.to_on and period.to_on.isoformat(),
        "basis": period.basis,
        "counted_by": "paper" if period.by_paper else "manuscript",
        "as_of": report.as_of.isoformat(),
        "metrics": metrics_as_json(report.metrics),
        "groups": [
            {"by": group.by, "value": group.value, "metrics": metrics_as_json(group.metrics)} for group in report.groups
        ],
        "rates": rates_as_json(report.rates, period.basis),
        "acceptance_without_imported": report.live_acceptance and _proportion(report.live_acceptance),
        "flow": flow_as_json(report.flow),
        "months": [asdict(month) for month in report.months],
        "holders": [{"year": part.value, "n": part.n, "days": dict(part.days)} for part in report.holders],
        "reviewing": reviewing_as_json(report.reviewing),
        "cohort": {**asdict(report.cohort), "immature": report.cohort.is_immature},
        "survival": _survival(report),
        "comparison": report.comparison and _comparison(report.comparison),
        "imported": report.imported,
        "excluded": _excluded(report),
    }
    return {**document, "today_is_fixed": True} if report.today_is_fixed else document


def metrics_as_json(metrics: Any) -> dict[str, Any]:
    """{key: summary}; `publication` carries its DOAJ weeks too."""
    shown = {key: as_json(summary) for key, summary in metrics.items()}
    if "publication" in shown:
        shown["publication"]["doaj_weeks"] = doaj_weeks(metrics["publication"])
    return shown


def rates_as_json(rates: Rates, basis: str) -> dict[str, Any]:
    """The acceptance rate in percent with its interval, and what stands beside it."""
    return {
        "basis": "received in the period" if basis == "received" else "decided in the period",
        "acceptance": {"accepted": rates.accepted, **_proportion(rates.acceptance)},
        "rejected": rates.rejected,
        "withdrawn": rates.withdrawn,
        "transferred": rates.transferred,
        "pending": rates.pending,
    }


def _proportion(share: Proportion) -> dict[str, Any]:
    return {"of": share.of, "percent": share.percent, "ci95": list(share.interval) if share.interval else None}


def flow_as_json(flow: Flow) -> dict[str, Any]:
    """The flow with whether it balances."""
    return {**asdict(flow), "closed": dict(flow.closed), "balances": flow.balances}


def reviewing_as_json(reviewing: Reviewing) -> dict[str, Any]:
    """Invitations, answers and reviews, with the share that was on time."""
    plain = {key: value for key, value in asdict(reviewing).items() if key != "on_time"}
    return {**plain, "on_time": {"count": reviewing.on_time.count, **_proportion(reviewing.on_time)}}


def _survival(report: TurnaroundReport) -> dict[str, Any]:
    return {
        "first_decision": _curve(report.to_first_decision),
        "final_decision": _curve(report.to_final_decision),
        "outcomes": {cause: dict(shares) for cause, shares in report.outcomes.table().items()},
    }


def _curve(curve: SurvivalCurve) -> dict[str, Any]:
    return {
        "n": curve.n,
        "median": curve.median,
        "ci95": list(curve.median_limits) if curve.n else None,
        "steps": [
            {"day": step.day, "at_risk": step.at_risk, "survival": step.survival, "ci95": [step.low, step.high]}
            for step in curve.steps
        ],
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    period = comparison.period
    return {
        "from": period.from_on and period.from_on.isoformat(),
        "to": period.to_on and period.to_on.isoformat(),
        "metrics": metrics_as_json(comparison.metrics),
        "rates": rates_as_json(comparison.rates, period.basis),
        "changes": dict(comparison.changes),
        "acceptance_change": comparison.acceptance_change,
    }


def _excluded(report: TurnaroundReport) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in report.excluded:
        grouped[item.reference, item.reason].append(item.metric)
    return [
        {"reference": reference, "reason": reason, "metrics": metrics}
        for (reference, reason), metrics in grouped.items()
    ]


def report_as_csv(report: TurnaroundReport) -> str:
    """One row for each metric, first of all manuscripts and then of each group."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_HEADER)
    for value, metrics in [("all", report.metrics), *((group.value, group.metrics) for group in report.groups)]:
        for key, summary in metrics.items():
            low, high = summary.ci95 or ("", "")
            cells = figures_of(summary)
            writer.writerow(
                [
                    _plain(value),
                    key,
                    TITLES[key],
                    *map(_blank, cells),
                    low,
                    high,
                    summary.flag or "",
                    report.as_of_in_files,
                ]
            )
    return text.getvalue()


def figures_of(summary: Summary) -> list[Any]:
    """The COLUMNS of a summary; of one that is held back not even its n."""
    return [None if summary.flag == "held_back" else getattr(summary, column) for column in COLUMNS]


def _blank(value: Any) -> Any:
    return "" if value is None else value


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
