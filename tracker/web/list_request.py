"""What the address of the list asks for, and the addresses of the same list with something changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from tracker.domain.words import Holder, State
from tracker.models import Membership
from tracker.queries.listed import COUNTED, NEWEST_FIRST, SORTS
from tracker.queries.lists import OPEN, ListFilter
from tracker.web.list_columns import COLUMNS, columns_chosen
from tracker.web.loaders import hidden

PER_PAGE = 50
LAST_PAGE = 100_000
KEPT = ("q", "state", "waiting_on", "overdue", "editor", "section", "tag", "sort", "columns")


def filter_of(asked: Mapping[str, str], seats: Iterable[Membership], per_page: int | None = PER_PAGE) -> ListFilter:
    """The filter that an address holds; words that are no filter are left out."""
    state, holder, sort = asked.get("state", ""), asked.get("waiting_on", ""), asked.get("sort", "")
    if sort.removeprefix("-") == "since":  # addresses of an earlier version
        sort = sort.replace("since", "held")
    return ListFilter(
        journal_ids=tuple(seat.journal_id for seat in seats),
        state=state if state in (OPEN, *State) else "",
        waiting_on=holder if holder in list(Holder) else "",
        overdue=asked.get("overdue") == "yes",
        query=asked.get("q", "")[:400],
        editor=asked.get("editor", ""),
        section=asked.get("section", ""),
        tag=asked.get("tag", ""),
        sort=sort if sort.removeprefix("-") in (*SORTS, *COUNTED) else NEWEST_FIRST,
        page=page_of(asked.get("page", "")),
        per_page=per_page,
        hidden=hidden(),
    )


def page_of(text: str) -> int:
    """The page asked for; the first where that is no number."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(number, 1), LAST_PAGE)


def columns_of(asked: MultiDict[str, str]) -> tuple[str, ...]:
    """The columns that an address asks for."""
    return columns_chosen(asked.getlist("columns"))


def query_of(asked: MultiDict[str, str], **changed: Any) -> str:
    """What of an address makes the list, as the query of another; empty words are left out."""
    kept = [(name, value) for name in KEPT for value in _values(asked, name) if value and name not in changed]
    return urlencode([*kept, *((name, value) for name, value in changed.items() if value)])


def _values(asked: MultiDict[str, str], name: str) -> list[str]:
    values = asked.getlist(name)
    return [",".join(columns_chosen(values))] if name == "columns" and values else values[:1]


def listing_href(endpoint: str = "manuscripts.listing", **changed: Any) -> str:
    """The address of the same list with something changed."""
    query = query_of(request.args, **changed)
    return f"{url_for(endpoint)}?{query}" if query else url_for(endpoint)


def column_head(name: str) -> dict[str, str]:
    """A column's head that sorts by it, and turns the order round when it does already."""
    if name not in COLUMNS:
        return sorting_head("Manuscript", "title")
    column = COLUMNS[name]
    return sorting_head(column.label, column.sort, column.kind)


def sorting_head(label: str, sort: str, kind: str = "") -> dict[str, str]:
    if not sort:
        return {"label": label, "kind": kind, "href": "", "sort": ""}
    now = request.args.get("sort") or NEWEST_FIRST
    order = {sort: "ascending", f"-{sort}": "descending"}.get(now, "")
    href = listing_href(sort=f"-{sort}" if now == sort else sort)
    return {"label": label, "kind": kind, "href": href, "sort": order}
