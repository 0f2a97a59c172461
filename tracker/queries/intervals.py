"""Finished intervals and open work, counted by the database: grouped days come out, never a row a manuscript."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import db
from tracker.domain.errors import BadInput
from tracker.domain.public_figures import held_back
from tracker.domain.reports import GROUPINGS, INTERNAL_FROM, Group, Period
from tracker.domain.summaries import HELD_BACK, Summary, summarize
from tracker.domain.turnaround import FIRST_OF_PAPER, LAST_OF_PAPER, METRICS, OUTCOMES
from tracker.domain.words import OPEN_STATES
from tracker.models import Account, Exclusion, Interval, Journal, Manuscript, TurnaroundCount

Counts = Select[*tuple[Any, ...]]
Histograms = dict[str, dict[int, int]]
OPEN_WORK = {
    "open_age": Manuscript.received_on,
    "days_with_holder": Manuscript.waiting_since_on,
    "days_overdue": Manuscript.due_on,
}
ALL_METRICS = (*METRICS, *OPEN_WORK)
NOT_SAID = "not said"  # the group of what has no section, type or editor
_OF_MANUSCRIPTS = ("section", "type", "editor", "outcome")


def within(period: Period, column: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    """The conditions that a date falls in the period, both days included."""
    bounds = []
    if period.from_on is not None:
        bounds.append(column >= period.from_on)
    if period.to_on is not None:
        bounds.append(column <= period.to_on)
    return bounds


def year_of(column: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """The year of a date as text: both databases write a date as 2020-11-30, and cutting text is the cheapest."""
    return func.substr(cast(column, String), 1, 4)


def month_of(column: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """`2020-11` of a date."""
    return func.substr(cast(column, String), 1, 7)


def finished_by(journal: Journal, period: Period, by: str) -> dict[str, Histograms]:
    """{part: {metric: histogram}} of the intervals in the period. Raises BadInput for an unknown grouping."""
    if by not in GROUPINGS:
        raise BadInput(f"“{by}” is no way to split a report; it can be split by {', '.join(GROUPINGS)}.")
    value = group_value(period, by)
    days = days_of(period)
    counted = in_period(select(value, Interval.metric, days, func.count()), journal, period)
    if by in _OF_MANUSCRIPTS:
        counted = counted.join(Manuscript, Manuscript.id == Interval.manuscript_id)
    if by == "editor":
        counted = counted.outerjoin(Account, Account.id == Manuscript.handling_editor_id)
    parts: dict[str, Histograms] = defaultdict(lambda: defaultdict(dict))
    for part, metric, taken, count in db.session.execute(counted.group_by(value, Interval.metric, days)):
        parts[str(part or NOT_SAID)][metric][taken] = count
    return parts


def in_period(counted: Counts, journal: Journal, period: Period) -> Counts:
    """Only intervals of the journal whose date lies in the period."""
    counted = counted.where(Interval.journal_id == journal.id, *within(period, date_of(period)))
    if period.by_paper:
        counted = counted.where(*_one_for_each_paper(journal))
    counted = counted.where(*leaving_out(period, Interval.manuscript_id))
    return counted if period.imported else counted.where(Interval.manuscript_id.in_(_live(journal)))


def leaving_out(period: Period, column: InstrumentedAttribute[int]) -> list[ColumnElement[bool]]:
    """The condition that keeps out what the period is without, by the column that holds a manuscript's number."""
    return [column.not_in(period.without)] if period.without else []


def days_of(period: Period) -> InstrumentedAttribute[int]:
    """The days of an interval: from the manuscript's receipt, or from the paper's first one."""
    return Interval.paper_days if period.by_paper else Interval.days


def _one_for_each_paper(journal: Journal) -> list[ColumnElement[bool]]:
    """Of records that are linked, the first decision is the first one's and the final one the last one's."""
    return [
        Interval.metric.not_in(FIRST_OF_PAPER) | Interval.manuscript_id.not_in(came_back(journal)),
        Interval.metric.not_in(LAST_OF_PAPER) | Interval.manuscript_id.not_in(left_for(journal)),
    ]


def came_back(journal: Journal) -> Select[*tuple[Any, ...]]:
    """The manuscripts that another one of the journal came back as."""
    return select(Manuscript.id).where(Manuscript.journal_id == journal.id, Manuscript.origin_id.is_not(None))


def left_for(journal: Journal) -> Select[*tuple[Any, ...]]:
    """The manuscripts that came back as another one."""
    return select(Manuscript.origin_id).where(Manuscript.journal_id == journal.id, Manuscript.origin_id.is_not(None))


def has_linked_records(journal: Journal) -> bool:
    """Whether any manuscript of the journal came back as another one, so that papers are fewer than manuscripts."""
    linked = select(Manuscript.id).where(Manuscript.journal_id == journal.id, Manuscript.origin_id.is_not(None))
    return db.session.scalar(linked.limit(1)) is not None


def _live(journal: Journal) -> Select[*tuple[Any, ...]]:
    return select(Manuscript.id).where(Manuscript.journal_id == journal.id, Manuscript.is_imported.is_(False))


def date_of(period: Period) -> InstrumentedAttribute[Any]:
    """The date of an interval that has to lie in the period."""
    return Interval.ended_on if period.basis == "ended" else Interval.received_on


def group_value(period: Period, by: str) -> ColumnElement[Any]:
    """What an interval is grouped by. Joined tables: manuscripts, and accounts for the editor."""
    outcomes = {str(state): outcome for state, outcome in OUTCOMES.items()}
    return {
        "year": year_of(date_of(period)),
        "month": month_of(date_of(period)),
        "section": func.nullif(Manuscript.section, ""),
        "type": func.nullif(Manuscript.article_type, ""),
        "editor": func.coalesce(func.nullif(Account.name, ""), Account.email),
        "outcome": case(
            (Manuscript.kind == "desk", literal("rejected at the desk")),
            else_=case(outcomes, value=Manuscript.state, else_="pending"),
        ),
        "round": cast(Interval.round, String),
    }[by]


def finished_by_year(journal: Journal, period: Period) -> dict[str, Histograms]:
    """As `finished_by` year. Whole years by the date of the end are read from the counts, which are fewer rows."""
    if not _is_counted(period):
        return finished_by(journal, period, "year")
    years = [
        *([TurnaroundCount.year >= period.from_on.year] if period.from_on else []),
        *([TurnaroundCount.year <= period.to_on.year] if period.to_on else []),
    ]
    kept = TurnaroundCount.year, TurnaroundCount.metric, TurnaroundCount.days, TurnaroundCount.n
    parts: dict[str, Histograms] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for year, metric, days, n in db.session.execute(
        select(*kept).where(TurnaroundCount.journal_id == journal.id, *years)
    ):
        parts[str(year)][metric][days] += n
    return _without_zeros(parts)


def _without_zeros(parts: dict[str, Histograms]) -> dict[str, Histograms]:
    """What was counted and taken back leaves a count of nought behind."""
    cleaned = {
        part: {metric: kept for metric, days in found.items() if (kept := {day: n for day, n in days.items() if n})}
        for part, found in parts.items()
    }
    return {part: found for part, found in cleaned.items() if found}


def _is_counted(period: Period) -> bool:
    is_plain = period.basis == "ended" and period.imported and not period.by_paper and not period.without
    return is_plain and period.is_whole_years


def added_up(parts: Iterable[Histograms]) -> Histograms:
    """The histograms of several parts as one."""
    whole: Histograms = defaultdict(lambda: defaultdict(int))
    for histograms in parts:
        for metric, histogram in histograms.items():
            for days, count in histogram.items():
                whole[metric][days] += count
    return whole


def summaries(histograms: Mapping[str, Mapping[int, int]], keys: Iterable[str]) -> dict[str, Summary]:
    """A summary of each of these metrics; n = 0 where nothing was finished."""
    return {key: summarize(histograms.get(key, {})) for key in keys}


def groups_of(parts: Mapping[str, Histograms], by: str) -> tuple[Group, ...]:
    """The parts in order, summarised. Of editors, what counts fewer than five is held back, and what would tell it."""
    groups = [Group(by, part, summaries(parts[part], METRICS)) for part in sorted(parts, key=_numbers_as_numbers)]
    return tuple(groups if by != "editor" else _without_small(groups))


def _without_small(groups: Sequence[Group]) -> Iterator[Group]:
    sizes = {key: {group.value: group.metrics[key].n for group in groups} for key in METRICS}
    hidden = {key: held_back(counts, INTERNAL_FROM) for key, counts in sizes.items()}
    for group in groups:
        shown = {key: HELD_BACK if group.value in hidden[key] else found for key, found in group.metrics.items()}
        yield replace(group, metrics=shown)


def _numbers_as_numbers(part: str) -> tuple[int, str]:
    return (int(part) if part.isdigit() else 0, part)


def open_work(journal: Journal, as_of: date, period: Period) -> Histograms:
    """Ages of what is open now, whatever the period: since it was received, with its holder, past its due date."""
    found: Counts = select(*OPEN_WORK.values(), _is_undated()).where(*still_open(journal, period))
    ages: dict[str, Counter[int]] = {key: Counter() for key in OPEN_WORK}
    for *days, is_undated in db.session.execute(found):  # one pass over what is open, which is little
        for key, since in zip(OPEN_WORK, days, strict=True):
            if since is None or since > as_of - timedelta(days=key == "days_overdue"):
                continue
            if key != "open_age" or not is_undated:
                ages[key][(as_of - since).days] += 1
    return {key: dict(counted) for key, counted in ages.items()}


def open_work_behind(journal: Journal, metric: str, as_of: date, period: Period) -> Counts:
    """Reference, title, state and the date counted from, of the open manuscripts that a metric of open work counts."""
    since = OPEN_WORK[metric]
    counted = since <= as_of - timedelta(days=metric == "days_overdue")
    dated = [~_is_undated()] if metric == "open_age" else []
    found = select(Manuscript.reference, Manuscript.title, Manuscript.state, since)
    return found.where(*still_open(journal, period), counted, *dated).order_by(since, Manuscript.id)


def still_open(journal: Journal, period: Period) -> list[ColumnElement[bool]]:
    """The conditions for the journal's open manuscripts."""
    conditions = [Manuscript.journal_id == journal.id, Manuscript.state.in_(OPEN_STATES)]
    conditions += leaving_out(period, Manuscript.id)
    return conditions if period.imported else [*conditions, Manuscript.is_imported.is_(False)]


def _is_undated() -> ColumnElement[bool]:
    """Whether the day on which it was received is not known, so that nobody can say its age."""
    return (
        select(Exclusion.manuscript_id)
        .where(Exclusion.manuscript_id == Manuscript.id, Exclusion.metric == "open_age")
        .exists()
    )
