"""The board: a column a state. Moving a card opens the lifecycle's action that leads there, with date and guard."""

from __future__ import annotations

from dataclasses import dataclass

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
    return render_template(
        "board/show.html",
        columns=board_of([seat.journal for seat in seats], today_of=clock.today, hidden=hidden()),
        moves_of=lambda card: moves_of(card, roles[card.journal], whose(card.editor_uid)),
        age_of=age_of,
        many_journals=len(seats) > 1,
        may_enter=any(role in WRITERS for role in roles.values()),
    )


def moves_of(card: ListedManuscript, role: str, whose: Whose) -> list[Move]:
    """Where this card may be moved by this role; the form that opens asks the rest, and may refuse."""
    rows = [row for row in transitions_of(State(card.state)) if is_move(row, card)]
    return [
        Move(
            str(row.target), row.button,
            url_for("recording.ask", reference=card.reference, action=row.action, then="board"),
        )
        for row in rows if may_record(role, row.action, whose)
    ]  # fmt: skip


def is_move(row: Transition, card: ListedManuscript) -> bool:
    """Whether the row leads to another column from here."""
    if row.target is None or row.target == card.state or row.opens_linked:
        return False
    if row.asks == ("conditions_met",):
        return card.kind == "conditional"
    return not (card.returned_incomplete and row.action in ("sent_to_review", "accepted", "revision_requested"))
