"""Rows for `tracker list`."""

from __future__ import annotations

from typing import Any

from tracker import clock
from tracker.cli.session import as_written, say
from tracker.db import db
from tracker.domain.errors import BadInput
from tracker.domain.words import Holder, State, spoken
from tracker.models import Journal
from tracker.queries.lists import ListFilter, manuscripts_matching
from tracker.queries.manuscripts import journal_by_slug

NARROWEST = 120  # columns: below that a title is one word a line, and a table that is piped has no width at all


def listed(
    slug: str | None, state: str | None, waiting_on: str | None, overdue: bool, query: str
) -> tuple[int, list[dict[str, Any]]]:
    """How many manuscripts match, and each as the public contract lists it."""
    _must_be_one_of("state", state, State)
    _must_be_one_of("holder", waiting_on, Holder)
    journals = [journal_by_slug(slug)] if slug else list(db.session.scalars(db.select(Journal)))
    wanted = ListFilter(
        journal_ids=tuple(journal.id for journal in journals),
        state=state or "",
        waiting_on=waiting_on or "",
        overdue=overdue,
        query=query,
        per_page=None,
    )
    found = manuscripts_matching(wanted, today_of=clock.today)
    return found.total, [row.as_document() for row in found.rows]


def _must_be_one_of(what: str, given: str | None, words: type[State] | type[Holder]) -> None:
    if given and given not in {str(word) for word in words}:
        raise BadInput(f"The {what} “{given}” is not one of: {', '.join(words)}.")


def print_table(total: int, rows: list[dict[str, Any]]) -> None:
    """A table on a terminal; the same columns when piped."""
    from rich.console import Console
    from rich.table import Table

    if not rows:
        say("No manuscript matches.")
        return
    table = Table(box=None, pad_edge=False)
    for name in ("reference", "first author", "title", "state", "waiting on", "since", "due", "overdue"):
        wraps = name in ("title", "first author")
        table.add_column(name, no_wrap=not wraps, overflow="fold", ratio=1 if name == "title" else None)
    for row in rows:
        late = f"{row['days_overdue']} d" if row["days_overdue"] else ""
        table.add_row(
            *map(as_written, (
                row["reference"], row["first_author"], row["title"], spoken(row["state"]), row["waiting_on"],
                row["since_on"] or "", row["due_on"] or "", late,
            ))
        )  # fmt: skip
    console = Console()
    console.width = max(console.width, NARROWEST)
    console.print(table)
    say(f"{total} in all")
