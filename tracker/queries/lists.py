"""Lists of manuscripts: filtered, sorted, a page at a time; the same number of queries for one row and for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from tracker.db import db
from tracker.domain.words import OPEN_STATES, Holder
from tracker.models import Account, Manuscript, Tag
from tracker.queries.conflicts import not_among
from tracker.queries.journals import todays
from tracker.queries.listed import NEWEST_FIRST, ListedManuscript, counted, listed, listed_and_counted
from tracker.queries.search import mentions

M = Manuscript
OPEN = "open"  # a filter word beside the states: everything that is not closed
NOBODY = "nobody"  # a filter word beside the editors: manuscripts that nobody handles


@dataclass(frozen=True)
class ListFilter:
    """What a person asks to see. `journal_ids` are the only journals looked at; empty words filter nothing.

    `state` is a stored state or `open`, `waiting_on` a holder, `query` words that `queries.search` looks for,
    `editor` the uid of a handling editor or `nobody`, `tag` a tag in any spelling of its case.
    `hidden` are manuscripts that the person is an author of, and so does not see as an editor.
    `sort` is a key of `listed.SORTS`, with a minus for descending. `page` counts from 1; `per_page` None gives all.
    """

    journal_ids: tuple[int, ...]
    state: str = ""
    waiting_on: str = ""
    overdue: bool = False
    query: str = ""
    editor: str = ""
    section: str = ""
    tag: str = ""
    sort: str = NEWEST_FIRST
    page: int = 1
    per_page: int | None = 50
    hidden: tuple[int, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether anything is filtered out."""
        words = (self.state, self.waiting_on, self.query, self.editor, self.section, self.tag)
        return self.overdue or any(words)


@dataclass(frozen=True)
class Listed:
    """A page of a list: how many there are in all, and these rows of them."""

    total: int
    rows: tuple[ListedManuscript, ...]


@dataclass(frozen=True)
class Choices:
    """What the manuscripts of some journals can be filtered by."""

    sections: tuple[str, ...]
    tags: tuple[str, ...]


def manuscripts_matching(filter: ListFilter, *, today_of: Callable[[str], date]) -> Listed:
    """The manuscripts that match. `today_of` gives the day of a time zone (`clock.today`): what is late depends on it.

    Void records are never listed. Three queries, whatever the number of rows.
    """
    today = todays(filter.journal_ids, today_of)
    conditions = conditions_of(filter, today)
    offset = (max(filter.page, 1) - 1) * (filter.per_page or 0)
    if filter.query.strip():
        rows, total = listed_and_counted(conditions, today, sort=filter.sort, limit=filter.per_page, offset=offset)
        return Listed(total, rows)
    total = db.session.scalar(counted(conditions)) or 0
    return Listed(total, listed(conditions, today, sort=filter.sort, limit=filter.per_page, offset=offset))


def counts_of(filters: Sequence[ListFilter], *, today_of: Callable[[str], date]) -> list[int]:
    """How many manuscripts match each filter, in two queries for all of them."""
    if not filters:
        return []
    today = todays(sorted({number for filter in filters for number in filter.journal_ids}), today_of)
    counts = [counted(conditions_of(filter, today)).scalar_subquery() for filter in filters]
    return [count or 0 for count in db.session.execute(select(*counts)).one()]


def choices_in(journal_ids: Iterable[int], hidden: Sequence[int] = ()) -> Choices:
    """The sections and tags in use, in alphabetical order; not those of what is `hidden` alone."""
    ids = tuple(journal_ids)
    sections = select(M.section).where(M.journal_id.in_(ids), M.section != "", *not_among(hidden)).distinct()
    tags = select(func.min(Tag.word)).where(Tag.journal_id.in_(ids)).group_by(Tag.key)
    if hidden:
        tags = tags.where(Tag.manuscript_id.not_in(hidden))
    return Choices(*(tuple(sorted(db.session.scalars(words), key=str.casefold)) for words in (sections, tags)))


def conditions_of(filter: ListFilter, today: Mapping[int, date]) -> list[ColumnElement[bool]]:
    """What a manuscript has to meet for this filter."""
    conditions: list[ColumnElement[bool]] = [M.journal_id.in_(filter.journal_ids), *not_among(filter.hidden)]
    if not (filter.state or filter.overdue or filter.waiting_on not in ("", Holder.NOBODY)):
        conditions.append(M.state.is_not(None))  # elsewhere it goes without saying, and would mislead SQLite's planner
    if filter.state == OPEN:
        conditions.append(M.state.in_(OPEN_STATES))
    elif filter.state:
        conditions.append(M.state == filter.state)
    if filter.waiting_on:
        conditions.append(M.waiting_on == filter.waiting_on)
    if filter.overdue:
        conditions.append(is_overdue(today))
    if filter.query.strip():
        conditions.append(mentions(filter.query))
    return conditions + _kept_beside(filter)


def _kept_beside(filter: ListFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filter.editor == NOBODY:
        conditions.append(M.handling_editor_id.is_(None))
    elif filter.editor:
        handles = select(Account.id).where(Account.uid == filter.editor).scalar_subquery()
        conditions.append(M.handling_editor_id == handles)
    if filter.section:
        conditions.append(M.section == filter.section)
    if filter.tag:
        tagged = select(Tag.manuscript_id).where(
            Tag.journal_id.in_(filter.journal_ids), Tag.key == filter.tag.casefold()
        )
        conditions.append(M.id.in_(tagged))
    return conditions


def is_overdue(today: Mapping[int, date]) -> ColumnElement[bool]:
    """Due before the journal's own today. Whoever holds nothing has no due date."""
    late = [and_(M.journal_id == journal_id, M.due_on < day) for journal_id, day in today.items()]
    return or_(false(), *late)
