"""The board: a column a state. Moving a card opens the lifecycle's action that leads there, with date and guard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.ageing import age_of
from tracker.domain.roles import WRITERS, Whose, may_record
from tracker.domain.transitions import Transition, transitions_of
from tracker.domain.words import State
from tracker.queries.boards import board_of
from tracker.queries.listed import ListedManuscript
from tracker.web.loaders import chosen_memberships, hidden, whose

pages = Blueprint("board", __name__)


@dataclass(frozen=True)
class Move:
    """A way out of a column: the column that it leads to, the action's words, and the form that records it."""

    target: str
    label: str
    href: str


@pages.get("/board/")
def show() -> ResponseReturnValue:
    seats = chosen_memberships()
    roles = {seat.journal.slug: seat.role for seat in seats}
    form = url_for("recording.ask", reference="~reference~", action="~action~", then="board")
    return render_template(
        "board/show.html",
        columns=board_of([seat.journal for seat in seats], today_of=clock.today, hidden=hidden()),
        moves_of=lambda card: moves_of(card, roles[card.journal], whose(card.editor_uid), form),
        age_of=age_of,
        many_journals=len(seats) > 1,
        may_enter=any(role in WRITERS for role in roles.values()),
    )


def moves_of(card: ListedManuscript, role: str, whose: Whose, form: str) -> list[Move]:
    """Where this card may be moved by this role; the form that opens asks the rest, and may refuse.

    `form` is the address of the form for any card: to have Flask build each of five hundred took a third of the page.
    """
    is_conditional = card.kind == "conditional"
    rows = _moves(State(card.state), role, whose, is_conditional=is_conditional, incomplete=card.returned_incomplete)
    own = form.replace("~reference~", quote(card.reference, safe=""))
    return [Move(str(row.target), row.button, own.replace("~action~", row.action)) for row in rows]


@cache
def _moves(state: State, role: str, whose: Whose, *, is_conditional: bool, incomplete: bool) -> tuple[Transition, ...]:
    """The rows of the lifecycle that lead from here to another column, as far as this role may record them."""
    return tuple(
        row for row in transitions_of(state)
        if _is_move(row, state, is_conditional=is_conditional, incomplete=incomplete)
        and may_record(role, row.action, whose)
    )  # fmt: skip


def _is_move(row: Transition, state: State, *, is_conditional: bool, incomplete: bool) -> bool:
    if row.target is None or row.target == state or row.opens_linked:
        return False
    if row.asks == ("conditions_met",):
        return is_conditional
    return not (incomplete and row.action in ("sent_to_review", "accepted", "revision_requested"))
