"""Turnaround in plain words: the sentence that stands over a table or a picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tracker.domain.proportions import Proportion, clear_change
from tracker.domain.reports import Cohort, Group, Period, Rates, TurnaroundReport
from tracker.domain.summaries import Summary

# metric → (what is counted, one of it, “had …” before the number of days)
SUBJECTS: dict[str, tuple[str, str, str]] = {
    "first_decision": ("manuscripts decided", "manuscript decided", "had a decision"),
    "first_decision_reviewed": ("reviewed manuscripts decided", "reviewed manuscript decided", "had a decision"),
    "first_decision_desk": ("manuscripts rejected at the desk", "manuscript rejected at the desk", "had that decision"),
    "first_editorial_action": ("manuscripts acted on", "manuscript acted on", "were sent to review or decided"),
    "first_resubmission": ("manuscripts re-submitted", "manuscript re-submitted", "came back"),
    "final_decision": ("manuscripts finally decided", "manuscript finally decided", "had that decision"),
    "final_decision_without_desk": (
        "manuscripts finally decided, desk rejects apart,", "manuscript finally decided, desk rejects apart,",
        "had that decision",
    ),
    "acceptance": ("manuscripts accepted", "manuscript accepted", "were accepted"),
    "last_resubmission_to_acceptance": (
        "manuscripts accepted after a re-submission", "manuscript accepted after a re-submission",
        "were accepted, from their last re-submission,",
    ),
    "production": ("manuscripts published", "manuscript published", "were online, from acceptance,"),
    "publication": ("manuscripts published", "manuscript published", "were online"),
    "reviewer_response": ("invitations answered", "invitation answered", "had their answer"),
    "review": ("reviews received", "review received", "came in"),
    "author_revision": ("revisions received", "revision received", "came back"),
    "journal_time": ("manuscripts closed", "manuscript closed", "were with the journal"),
    "author_time": ("manuscripts closed", "manuscript closed", "were with the author"),
    "editor_idle": ("manuscripts closed", "manuscript closed", "waited for the editor"),
}  # fmt: skip
HEADLINES = ("first_decision", "final_decision", "acceptance", "publication", "first_resubmission")


def metric_to_show(report: TurnaroundReport, wanted: str = "") -> str:
    """The metric asked for, else the first of the usual ones that has values."""
    if wanted in SUBJECTS:
        return wanted
    return next((key for key in HEADLINES if report.metrics[key].n), HEADLINES[0])


def sentence(metric: str, summary: Summary, period: Period) -> str:
    """`Half of the 34 manuscripts decided in 2025 had a decision within 48 days; 80 % within 96.`

    One or two are listed without a median; three to five say that they are few.
    """
    many, one, had = SUBJECTS[metric]
    when = f" {period.words}" if period.words and period.basis == "ended" else ""
    came = f" of those received {period.words}" if period.words and period.basis == "received" else ""
    if summary.n == 0:
        return f"No {one.rstrip(',')}{when}{came} yet."
    if summary.n == 1:
        return f"One {one}{when}{came}: {days(summary.values[0])}."
    if summary.n == 2:
        return f"Two {many}{when}{came}: {summary.values[0]} and {days(summary.values[1])}."
    assert summary.median is not None
    few = " These are few: one more may change it." if summary.flag == "few" else ""
    half, most = math.floor(summary.median), summary.p80
    return f"Half of the {summary.n} {many}{when}{came} {had} within {days(half)}; 80 % within {most}.{few}"


def trend(years: Sequence[Group], metric: str) -> str:
    """`The median was 62 days in 2025 and 63.5 in 2024: no clear change.` Of the last two years with an interval."""
    known = [(year.value, year.metrics[metric]) for year in years if year.metrics[metric].ci95]
    if len(known) < 2:
        return ""
    (before, old), (now, new) = known[-2:]
    change = {"up": "slower", "down": "faster"}.get(clear_change(old.ci95, new.ci95), "no clear change")
    return f"The median was {number(new.median)} days in {now} and {number(old.median)} in {before}: {change}."


def days(count: int) -> str:
    """`1 day`, `12 days`."""
    return f"{count} day" if count == 1 else f"{count} days"


def number(value: float | None) -> str:
    """`48`, `48.5`, `–`: as many decimals as say something."""
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


def summary_in_words(summary: Summary) -> str:
    """`21 days (n = 1)`, `34 days, 80 % within 61 (n = 12)`: few values are listed, and have no median."""
    if summary.n == 0:
        return "none yet"
    if summary.flag == "listed":
        return f"{listed(summary)} (n = {summary.n})"
    few = ", few" if summary.flag == "few" else ""
    return f"{number(summary.median)} days, 80 % within {summary.p80} (n = {summary.n}{few})"


def listed(summary: Summary) -> str:
    """One or two values as they are: `21 days`, `21 and 34 days`."""
    return f"{' and '.join(str(value) for value in summary.values)} {'day' if summary.values == (1,) else 'days'}"


def immaturity(cohort: Cohort) -> str:
    """The warning that a cohort is not finished; empty for one that is."""
    if not cohort.is_immature:
        return ""
    return (
        f"Of the {cohort.received} manuscripts received in the period {cohort.closed} are closed. "
        "Until nine in ten are, figures by date of receipt speak of the fast ones only, and will change."
    )


def flattery(rates: Rates, live: Proportion | None) -> str:
    """What imported records did to the acceptance rate; empty if they did nothing."""
    if live is None:
        return ""
    return (
        f"Of the accepted, {rates.accepted - live.count} came with imported records, and of the rejected none: "
        f"without imported records it is {live.words}."
    )


def excluded_in_words(count: int) -> str:
    """How many manuscripts are left out of some figures."""
    if count == 0:
        return "Nothing is left out."
    return f"{'One manuscript is' if count == 1 else f'{count} manuscripts are'} left out of some figures."
