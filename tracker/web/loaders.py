"""Who is asking, and what they may see: a view takes its journal and manuscript from here, and cannot forget to ask.

What belongs to another's journal is not found; that it exists is nobody's business. What a person is an author of is
kept from them as an editor: `hidden` goes into every query over manuscripts, and `manuscript_or_404` raises OwnWork.
"""

from __future__ import annotations

from datetime import date

from flask import current_app, g, request, session
from flask_security import current_user

from tracker import clock
from tracker.config import Settings
from tracker.domain.errors import NotAllowed, NotFound, OwnWork
from tracker.domain.roles import Deed, Role, Whose, may
from tracker.mail.links import whole_address
from tracker.models import Journal, Manuscript, Membership
from tracker.queries.conflicts import authored_by
from tracker.queries.journals import memberships_of
from tracker.queries.people import manuscript_of_journals
from tracker.services.actors import Actor


def installation() -> Settings:
    """What this installation was told from outside: its address, its mail server, its secret key."""
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings


def from_outside(path: str) -> str:
    """The address of a path for use elsewhere. What a request calls the host is no word of ours: anybody may say it."""
    return whole_address(path, base_url=installation().base_url)


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


def hidden() -> tuple[int, ...]:
    """The manuscripts of the person's journals that they are an author of; asked once a request."""
    if "hidden" not in g:
        mine = [seat.journal_id for seat in memberships()]
        g.hidden = authored_by(current_user, mine) if mine else ()
    found: tuple[int, ...] = g.hidden
    return found


def manuscript_or_404(reference: str) -> Manuscript:
    """The manuscript of this reference, for an editor's eyes. Raises NotFound, and OwnWork for an author of it."""
    manuscript = manuscript_or_own(reference)
    if manuscript.id in hidden():
        raise OwnWork(manuscript.reference)
    return manuscript


def manuscript_or_own(reference: str) -> Manuscript:
    """The manuscript of this reference, if it is in one of the person's journals. Raises NotFound.

    For pages that show its authors what authors see: `manuscript.id in hidden()` says who is asking.
    """
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


def whose(handling_editor: str | None) -> Whose:
    """Whose a manuscript is that this uid handles, to the person: one that they may see, so no author's."""
    return (
        Whose.NOBODYS if not handling_editor else Whose.MINE if handling_editor == current_user.uid else Whose.ANOTHERS
    )


def whose_is(manuscript: Manuscript) -> Whose:
    """Whose the manuscript is, to the person."""
    return whose(manuscript.handling_editor.uid if manuscript.handling_editor else None)


def must_write(journal: Journal) -> None:
    """Raise NotAllowed for a reader from the board."""
    if not may(role_in(journal), Deed.WRITE):
        raise NotAllowed("You can read everything in this journal; recording is done by its editors and assistants.")


def must_assign(manuscript: Manuscript) -> None:
    """Raise NotAllowed for an editor who would take a manuscript from another."""
    if not may(role_in(manuscript.journal), Deed.ASSIGN, whose_is(manuscript)):
        raise NotAllowed("Another editor handles it: the chief editor or an assistant gives it to somebody else.")


def must_set_up(journal: Journal) -> None:
    """Raise NotAllowed for anyone but the chief editor."""
    if not may(role_in(journal), Deed.SET_UP):
        raise NotAllowed("The settings of a journal are changed by its chief editor. Ask them.")


def today_in(journal: Journal) -> date:
    """Today in the journal's own calendar."""
    return clock.today(journal.timezone)
