"""Saved views of the list: a name for the query of its address."""

from __future__ import annotations

from sqlalchemy import select

from tracker.db import db, take_turns
from tracker.domain.errors import BadInput, Refused
from tracker.models import Account, Journal, SavedView

MOST = 12  # a person's own, and a journal's: each is counted whenever the list is shown


def save_view(name: str, query: str, *, account: Account, journal: Journal | None = None) -> SavedView:
    """Keep a view for the person, or for everybody of `journal`. The same name again replaces what it stood for.

    Raises BadInput for an empty or long name, Refused where there are too many already.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= 80:
        raise BadInput("Give the view a short name, such as “Late with reviewers”.")
    take_turns(journal or account)
    owned = select(SavedView).where(
        SavedView.journal_id == journal.id if journal else SavedView.account_id == account.id
    )
    views = list(db.session.scalars(owned))
    view = next((one for one in views if one.name.casefold() == name.casefold()), None)
    if view is None:
        if len(views) >= MOST:
            raise Refused(f"There are {MOST} saved views already. Remove one that nobody uses.")
        view = SavedView(account_id=None if journal else account.id, journal_id=journal.id if journal else None)
        db.session.add(view)
    view.name, view.query = name, query
    db.session.flush()
    return view


def remove_view(view: SavedView) -> None:
    """Forget a saved view. The manuscripts in it stay as they are."""
    db.session.delete(view)
