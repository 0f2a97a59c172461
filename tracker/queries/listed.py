"""One line of a list of manuscripts: its columns, and the orders that a list can have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import db
from tracker.domain.words import Holder
from tracker.models import Account, Author, Journal, Manuscript, Tag

M = Manuscript
Today = Mapping[int, date]
FIRST_AUTHOR = func.coalesce(func.nullif(Author.family, ""), Author.given, "")
EDITOR = func.coalesce(func.nullif(Account.name, ""), Account.email, "")
TAGS = (
    select(func.aggregate_strings(Tag.word, ","))
    .where(Tag.manuscript_id == M.id)
    .correlate(M)
    .scalar_subquery()
)  # fmt: skip

# What a list can be sorted by; a minus before the word turns it round. What has no value comes last both ways.
SORTS: Mapping[str, ColumnElement[Any] | InstrumentedAttribute[Any]] = {
    "reference": M.reference,
    "title": func.lower(M.title),
    "author": func.lower(FIRST_AUTHOR),
    "state": M.state,
    "holder": M.waiting_on,
    "due": M.due_on,
    "received": M.received_on,
    "editor": func.lower(EDITOR),
    "section": func.nullif(func.lower(M.section), ""),
    "round": M.round,
    "in_state": M.state_since_on,
}
COUNTED = ("open", "held")  # days up to today: sorted by where they were counted from
NEWEST_FIRST = "-received"


@dataclass(frozen=True)
class ListedManuscript:
    """One line of a list. `first_author` is the family name, `journal` the slug; `as_of` is the journal's today.

    `days_overdue` is 0 for what is not late; `days_open` are counted from received to the end, or to today, and
    `days_held` are those of the present holder: None where nothing is known or nobody holds it.
    """

    reference: str
    journal: str
    title: str
    first_author: str
    state: str
    kind: str | None
    round: int
    waiting_on: str
    since_on: date | None
    due_on: date | None
    days_overdue: int
    received_on: date | None
    editor: str
    as_of: date
    on_hold: bool = False
    returned_incomplete: bool = False
    appeal_open: bool = False
    state_since_on: date | None = None
    days_open: int | None = None
    section: str = ""
    tags: tuple[str, ...] = ()
    status_note: str = ""
    editor_uid: str | None = None

    @property
    def is_late(self) -> bool:
        return self.days_overdue > 0

    @property
    def days_held(self) -> int | None:
        if self.since_on is None or self.waiting_on == Holder.NOBODY:
            return None
        return (self.as_of - self.since_on).days

    @property
    def days_in_state(self) -> int | None:
        return (self.as_of - self.state_since_on).days if self.state_since_on else None

    def as_document(self) -> dict[str, Any]:
        """The line as the command line and other systems see it; dates are ISO."""
        told = {name: value for name, value in asdict(self).items() if name != "editor_uid"}  # a name tells enough
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def listed(
    conditions: Sequence[ColumnElement[bool]], today: Today, *, sort: str, limit: int | None = None, offset: int = 0
) -> tuple[ListedManuscript, ...]:
    """The lines of the manuscripts that meet all conditions, in one query.

    The page is chosen among bare numbers first: names and tags are joined for its lines only.
    """
    order = order_of(sort, today)
    chosen = _chosen(select(M.id), conditions, order, sort, limit, offset)
    found = _columns().where(M.id.in_(chosen)).order_by(*order)
    return tuple(_line(row, today[row.journal_id]) for row in db.session.execute(found))


def listed_and_counted(
    conditions: Sequence[ColumnElement[bool]], today: Today, *, sort: str, limit: int | None, offset: int
) -> tuple[tuple[ListedManuscript, ...], int]:
    """The same with how many meet the conditions in all: one query where finding them is the work, as in a search.

    Behind the last page nothing is found, and then they are counted by themselves.
    """
    order = order_of(sort, today)
    numbered = select(M.id, _how_many(conditions).label("total"))
    chosen = _chosen(numbered, conditions, order, sort, limit, offset).subquery()
    found = _columns().add_columns(chosen.c.total).join(chosen, chosen.c.id == M.id).order_by(*order)
    rows = db.session.execute(found).all()
    total = rows[0].total if rows else db.session.scalar(counted(conditions)) or 0 if offset else 0
    return tuple(_line(row, today[row.journal_id]) for row in rows), total


def _how_many(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    """How many rows meet the conditions, as a column beside each of them.

    SQLite counts apart and walks an index to the end of the page; a window would have it keep every row it counts.
    """
    return counted(conditions).scalar_subquery() if _is_sqlite() else func.count().over()


def counted(conditions: Iterable[ColumnElement[bool]]) -> Select[int]:
    """The query for how many manuscripts meet the conditions."""
    return select(func.count()).select_from(M).where(*conditions)


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


def _chosen(
    ids: Select[*tuple[Any, ...]],
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    sort: str,
    limit: int | None,
    offset: int,
) -> Select[*tuple[Any, ...]]:
    """The page of bare numbers: `ids` narrowed, in order, and cut."""
    chosen = _joined_for(sort, ids).where(*conditions).order_by(*order)
    return chosen if limit is None else chosen.limit(limit).offset(offset)


def order_of(sort: str, today: Today) -> tuple[ColumnElement[Any], ...]:
    """Columns to order by; an unknown word sorts by what came in last."""
    word = sort.removeprefix("-")
    turned = sort.startswith("-")
    if word not in SORTS and word not in COUNTED:
        word, turned = NEWEST_FIRST.removeprefix("-"), True
    column = _days(word, today) if word in COUNTED else SORTS[word]
    if turned:
        return column.desc().nulls_last(), M.id.desc()
    return column.asc().nulls_last(), M.id.asc()


def _days(word: str, today: Today) -> ColumnElement[Any]:
    """How long, as something to sort by."""
    now = case(*((M.journal_id == number, literal(day)) for number, day in today.items()), else_=None)
    if word == "held":
        began: ColumnElement[Any] = case((M.waiting_on != Holder.NOBODY, M.waiting_since_on), else_=None)
        return _between(began, now)
    return _between(M.received_on, func.coalesce(M.closed_on, now))


def _between(began: Any, ended: Any) -> ColumnElement[Any]:
    if _is_sqlite():
        return func.julianday(ended) - func.julianday(began)
    return ended - began  # type: ignore[no-any-return]  # dates of PostgreSQL: a number of days


def _joined_for(sort: str, found: Select[Any]) -> Select[Any]:
    match sort.removeprefix("-"):
        case "author":
            return found.outerjoin(Author, and_(Author.manuscript_id == M.id, Author.position == 1))
        case "editor":
            return found.outerjoin(Account, Account.id == M.handling_editor_id)
    return found


def _columns() -> Select[*tuple[Any, ...]]:
    first_author = and_(Author.manuscript_id == M.id, Author.position == 1)
    return (
        select(
            M.reference, Journal.slug, M.title, FIRST_AUTHOR.label("first_author"), M.state, M.kind, M.stage, M.round,
            M.waiting_on, M.waiting_since_on, M.state_since_on, M.due_on, M.received_on, M.closed_on,
            EDITOR.label("editor"), M.journal_id, M.on_hold, M.returned_incomplete, M.appeal_open, M.section,
            M.status_note, TAGS.label("tags"), Account.uid.label("editor_uid"),
        )
        .join(Journal, Journal.id == M.journal_id)
        .outerjoin(Author, first_author)
        .outerjoin(Account, Account.id == M.handling_editor_id)
    )  # fmt: skip


def _line(row: Row[*tuple[Any, ...]], today: date) -> ListedManuscript:
    ended = row.closed_on or today
    return ListedManuscript(
        reference=row.reference, journal=row.slug, title=row.title, first_author=row.first_author, state=row.state,
        kind=row.kind or row.stage, round=row.round, waiting_on=row.waiting_on, since_on=row.waiting_since_on,
        due_on=row.due_on, days_overdue=max((today - row.due_on).days, 0) if row.due_on else 0,
        received_on=row.received_on, editor=row.editor, as_of=today, on_hold=row.on_hold,
        returned_incomplete=row.returned_incomplete, appeal_open=row.appeal_open, state_since_on=row.state_since_on,
        days_open=(ended - row.received_on).days if row.received_on else None, section=row.section,
        tags=tuple(sorted(row.tags.split(","), key=str.casefold)) if row.tags else (), status_note=row.status_note,
        editor_uid=row.editor_uid,
    )  # fmt: skip
