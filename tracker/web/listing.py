"""The list of manuscripts as a page and as files."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker import clock
from tracker.domain.errors import NotFound
from tracker.domain.roles import MAY_SET_UP, WRITERS
from tracker.domain.words import Holder, State
from tracker.formats.sheets.writing import write_csv, write_xlsx
from tracker.queries.lists import NOBODY, OPEN, choices_in, manuscripts_matching
from tracker.queries.people import editors_of
from tracker.web.list_columns import COLUMNS, file_header, file_row
from tracker.web.list_request import column_head, columns_of, filter_of, listing_href, query_of
from tracker.web.loaders import chosen_memberships, hidden, whose
from tracker.web.manuscripts import pages
from tracker.web.next_steps import next_step
from tracker.web.saved_views import views_with_counts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/manuscripts/")
def listing() -> ResponseReturnValue:
    seats = chosen_memberships()
    wanted = filter_of(request.args, seats)
    roles = {seat.journal.slug: seat.role for seat in seats}
    return render_template(
        "manuscripts/list.html",
        listed=manuscripts_matching(wanted, today_of=clock.today),
        wanted=wanted,
        views=views_with_counts(seats),
        head=column_head,
        columns=columns_of(request.args),
        all_columns=[(name, column.label) for name, column in COLUMNS.items()],
        step_for=lambda row: next_step(row, roles[row.journal], whose(row.editor_uid)),
        list_href=listing_href,
        list_query=query_of(request.args),
        file_href=file_href,
        may_enter=any(role in WRITERS for role in roles.values()),
        shareable=[seat.journal for seat in seats if seat.role in MAY_SET_UP],
        **menus(wanted.journal_ids),
    )


def file_href(kind: str) -> str:
    """The address of the same list as a file."""
    return f"{url_for('manuscripts.export', kind=kind)}?{query_of(request.args)}"


def menus(journal_ids: tuple[int, ...]) -> dict[str, Any]:
    """What the filters offer, as (value, words)."""
    used = choices_in(journal_ids, hidden())
    return {
        "states": [OPEN, *State],
        "holders": [holder for holder in Holder if holder not in (Holder.NOBODY, Holder.UNKNOWN)],
        "editors": [
            ("", "Any editor"), (current_user.uid, "Me"), (NOBODY, "Nobody yet"),
            *((one.uid, one.display_name) for one in editors_of(journal_ids) if one.uid != current_user.uid),
        ],
        "sections": used.sections,
        "tags": used.tags,
    }  # fmt: skip


@pages.get("/manuscripts.<kind>")
def export(kind: str) -> ResponseReturnValue:
    """Every row of the list that the address asks for, with the columns that it shows."""
    if kind not in ("csv", "xlsx"):
        raise NotFound(f"There is no list as “{kind}”.")
    columns = columns_of(request.args)
    wanted = replace(filter_of(request.args, chosen_memberships()), page=1, per_page=None)
    rows = manuscripts_matching(wanted, today_of=clock.today).rows
    header, body = file_header(columns), (file_row(row, columns) for row in rows)
    if kind == "csv":
        text = io.StringIO(newline="")
        write_csv(text, header, body)
        return _file(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "manuscripts.xlsx"
        write_xlsx(path, header, body)
        return _file(path.read_bytes(), XLSX, kind)


def _file(content: bytes, media_type: str, kind: str) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename=manuscripts.{kind}"
    return answer
