"""Views of the list that a person or a journal has given a name, with how many manuscripts each has now."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.db import db, transaction
from tracker.domain.errors import NotFound
from tracker.models import Account, Membership, SavedView
from tracker.queries.lists import counts_of
from tracker.queries.views import view_of, views_of
from tracker.services.views import remove_view, save_view
from tracker.web.frame import flash_with_undo
from tracker.web.list_request import filter_of, query_of
from tracker.web.loaders import journal_or_404, memberships, must_set_up

pages = Blueprint("saved_views", __name__)


@dataclass(frozen=True)
class CountedView:
    """A view as the list shows it."""

    view: SavedView
    href: str
    count: int
    is_current: bool
    may_remove: bool


def views_with_counts(seats: list[Membership]) -> list[CountedView]:
    """The person's views over the journals in view; three queries for all."""
    views = views_of(current_user.id, [seat.journal_id for seat in seats])
    counts = counts_of([filter_of(asked_by(view), _seats_of(view, seats)) for view in views], today_of=clock.today)
    here = query_of(request.args)
    chiefs = {seat.journal_id for seat in memberships() if seat.role == "chief_editor"}
    return [
        CountedView(
            view, f"{url_for('manuscripts.listing')}?{view.query}", count, view.query == here,
            not view.is_shared or view.journal_id in chiefs,
        )
        for view, count in zip(views, counts, strict=True)
    ]  # fmt: skip


def asked_by(view: SavedView) -> MultiDict[str, str]:
    """What the view's address asks for."""
    return MultiDict(parse_qs(view.query))


def _seats_of(view: SavedView, seats: list[Membership]) -> list[Membership]:
    return [seat for seat in seats if view.journal_id in (None, seat.journal_id)]


@pages.post("/views")
def save() -> ResponseReturnValue:
    """Keep the list as it is filtered, sorted and shown under a name; for everybody where a journal is named."""
    with transaction():
        journal = journal_or_404(request.values["journal"]) if request.values.get("journal") else None
        if journal is not None:
            must_set_up(journal)
        query = query_of(MultiDict(parse_qs(request.values.get("query", ""))))
        view = save_view(request.values.get("name", ""), query, account=own_account(), journal=journal)
    flash_with_undo(f"“{view.name}” is saved. It stands above the list.", url_for(".remove", uid=view.uid))
    return redirect(f"{url_for('manuscripts.listing')}?{view.query}")


def own_account() -> Account:
    """The signed-in person's row in this session."""
    return db.session.scalars(select(Account).where(Account.id == current_user.id)).one()


@pages.post("/views/<uid>/remove")
def remove(uid: str) -> ResponseReturnValue:
    with transaction():
        seats = memberships()
        view = view_of(uid, current_user.id, [seat.journal_id for seat in seats])
        if view is None:
            raise NotFound("There is no such view among yours.")
        journal = next((seat.journal for seat in seats if seat.journal_id == view.journal_id), None)
        if journal is not None:
            must_set_up(journal)
        name, query = view.name, view.query
        remove_view(view)
    again = url_for(".save", name=name, query=query, journal=journal.slug if journal else None)
    flash_with_undo(f"The view “{name}” is removed; its manuscripts are as they were.", again)
    return redirect(url_for("manuscripts.listing"))
