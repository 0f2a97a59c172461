"""Who is asking, and what they may see: a view takes its journal and manuscript from here, and cannot forget to ask.

What belongs to another's journal is not found; that it exists is nobody's business.
"""

from __future__ import annotations

from datetime import date

from flask import g, request, session
from flask_security import current_user

from tracker import clock
from tracker.domain.errors import NotFound, Refused
from tracker.domain.roles import MAY_SET_UP, WRITERS, Role
from tracker.models import Journal, Manuscript, Membership
from tracker.queries.journals import memberships_of
from tracker.queries.people import manuscript_of_journals
from tracker.services.history import Actor


def memberships() -> list[Membership]:
    """The signed-in person's journals with their role in each, by title; asked once a request."""
    if "memberships" not in g:
        g.memberships = memberships_of(current_user.id) if current_user.is_authenticated else []
    found: list[Membership] = g.memberships
    return found


def chosen_memberships() -> list[Membership]:
    """The journals that the person is looking at: the one chosen by `?journal=`, remembered, or all of theirs."""
    return [seat for seat in memberships() if seat.journal.slug == session.get("journal")] or memberships()


def choose_journal() -> None:
    """Remember the journal that the address asks for; an empty one means all. Raises NotFound for another's."""
    slug = request.args.get("journal")
    if slug is not None and current_user.is_authenticated:
        session["journal"] = journal_or_404(slug).slug if slug else ""


def journal_or_404(slug: str) -> Journal:
    """The journal of this short name, if the person belongs to it. Raises NotFound."""
    return membership_or_404(slug).journal


def membership_or_404(slug: str) -> Membership:
    """The person's place in the journal of this short name. Raises NotFound."""
    for seat in memberships():
        if seat.journal.slug == slug:
            return seat
    raise NotFound(f"There is no journal “{slug}” among yours.")


def manuscript_or_404(reference: str) -> Manuscript:
    """The manuscript of this reference, if it is in one of the person's journals. Raises NotFound."""
    manuscript = manuscript_of_journals(reference, [seat.journal_id for seat in memberships()])
    if manuscript is None:
        raise NotFound(f"There is no manuscript “{reference}” in your journals.")
    return manuscript


def role_in(journal: Journal) -> Role:
    """What the person is in this journal. Raises NotFound for a stranger."""
    return Role(membership_or_404(journal.slug).role)


def actor(journal: Journal) -> Actor:
    """The person as services and the ledger know them."""
    return Actor(current_user.uid, role_in(journal))


def may_write(journal: Journal) -> bool:
    return role_in(journal) in WRITERS


def must_write(journal: Journal) -> None:
    """Raise Refused for a reader from the board."""
    if not may_write(journal):
        raise Refused("You can read everything in this journal; recording is done by its editors and assistants.")


def must_set_up(journal: Journal) -> None:
    """Raise Refused for anyone but the chief editor."""
    if role_in(journal) not in MAY_SET_UP:
        raise Refused("The settings of a journal are changed by its chief editor. Ask them.")


def today_in(journal: Journal) -> date:
    """Today in the journal's own calendar."""
    return clock.today(journal.timezone)
