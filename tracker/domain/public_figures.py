"""What a journal may show to everybody: yearly figures without the small numbers that would point to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.proportions import Proportion
from tracker.domain.summaries import Summary

SUPPRESSED_BELOW = 5
HELD_BACK = f"fewer than {SUPPRESSED_BELOW}: not shown"
PUBLIC_METRICS = ("first_decision", "final_decision", "acceptance", "publication")


def held_back(counts: Mapping[str, int], least: int = SUPPRESSED_BELOW) -> set[str]:
    """The parts of a whole that must not be shown beside it: those under `least`, and enough others.

    A single part that is missing is the whole less the ones that are there. So at least two are held back, of `least`
    together, the smallest first; parts with nothing in them neither need hiding nor hide another.
    """
    by_size = sorted((count, part) for part, count in counts.items() if count)
    hidden = [(count, part) for count, part in by_size if count < least]
    for other in by_size[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(count for count, _ in hidden) >= least):
            break
        hidden.append(other)
    return {part for _, part in hidden}


@dataclass(frozen=True)
class PublicFigure:
    """A line of the card. `value` is None where the number is held back."""

    label: str
    value: str | None
    note: str


def public_days(label: str, summary: Summary) -> PublicFigure:
    """The median, with n and the days within which 80 % were done; held back below five."""
    if summary.n < SUPPRESSED_BELOW or summary.median is None:
        return PublicFigure(label, None, HELD_BACK)
    median = f"{summary.median:.1f}".removesuffix(".0")
    return PublicFigure(label, f"{median} days", f"median of {summary.n}; 80 % within {summary.p80}")


def without_giveaways(summaries: Mapping[str, Summary]) -> dict[str, Summary]:
    """The summaries of PUBLIC_METRICS, without the final decisions where these and the acceptances give away fewer
    than five rejections: one n less the other.
    """
    decided, accepted = summaries["final_decision"], summaries["acceptance"]
    gives_away = accepted.n >= SUPPRESSED_BELOW and decided.n - accepted.n < SUPPRESSED_BELOW
    return {**summaries, **({"final_decision": Summary(0)} if gives_away else {})}


def public_share(label: str, share: Proportion) -> PublicFigure:
    """The rate with its interval; held back where either side has fewer than five, as one tells the other."""
    if min(share.count, share.of - share.count) < SUPPRESSED_BELOW or share.percent is None or share.interval is None:
        return PublicFigure(label, None, HELD_BACK)
    low, high = share.interval
    return PublicFigure(
        label, f"{share.percent:.0f} %", f"{share.count} of {share.of}; 95 % interval {low:.0f}–{high:.0f} %"
    )
