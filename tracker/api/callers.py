"""Who is asking, by their token, and what they may see: a call takes its journal and manuscript from here.

What belongs to another's journal is not found; that it exists is nobody's business. What a person is an author of is
kept from them as an editor: `hidden` goes into every query over manuscripts, and `manuscript_or_404` raises OwnWork.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app, g, request
from sqlalchemy.exc import OperationalError

from tracker import clock
from tracker.api.limits import PER_TOKEN, Limits
from tracker.api.problems import OutOfScope, TooOften, Unauthorized
from tracker.db import transaction
from tracker.domain.errors import NotAllowed, NotFound, OwnWork
from tracker.domain.roles import Deed, Role, Scope, may
from tracker.domain.sign_ins import network_of
from tracker.models import Account, ApiToken, Journal, Manuscript, Membership
from tracker.queries.api_tokens import token_of_hash
from tracker.queries.conflicts import authored_by
from tracker.queries.journals import memberships_of
from tracker.queries.people import manuscript_of_journals
from tracker.services.actors import Actor
from tracker.services.api_tokens import note_use
from tracker.services.hashed_secrets import hash_of

OPEN_TO_ALL = frozenset({"openapi.document"})
TOO_OFTEN = f"A token may ask {PER_TOKEN.burst} times at once, and {1 / PER_TOKEN.seconds:.0f} times a second then."
HOW = "Send “Authorization: Bearer …” with a token that you make at /account/tokens/."


@dataclass(frozen=True)
class Caller:
    """The person whose token it is, with their role in each of their journals, and what the token may do."""

    account: Account
    scope: str
    seats: tuple[Membership, ...]


def install(app: Flask) -> None:
    app.extensions["limits"] = Limits()
    app.before_request(know_the_caller)


def know_the_caller() -> None:
    """Every call needs a token, but those that are open to all: a new one cannot forget to ask. Raises Unauthorized."""
    if request.routing_exception is not None or request.endpoint in OPEN_TO_ALL:
        return
    token = token_shown()
    note_day(token)
    g.caller = Caller(token.account, token.scope, tuple(memberships_of(token.account_id)))


def token_shown() -> ApiToken:
    """The token of the request. Raises Unauthorized where there is none that works, and TooOften."""
    shown = request.authorization
    if shown is None or shown.type != "bearer" or not shown.token:
        raise Unauthorized(f"This needs a token. {HOW}", code="")
    token_hash, limits = hash_of(shown.token), current_app.extensions["limits"]
    if not limits.tokens.knows(token_hash):
        must_not_guess_on(limits)
    token = token_of_hash(token_hash)
    if token is None or token.has_expired(clock.now()):
        count_in_vain(limits)
        what = "has expired." if token else "opens nothing: it is incomplete, or was revoked."
        raise Unauthorized(f"This token {what} {HOW}")
    if seconds := limits.tokens.seconds_to_wait(token_hash, clock.now().timestamp()):
        raise TooOften(TOO_OFTEN, seconds)
    return token


def must_not_guess_on(limits: Limits) -> None:
    """Raise TooOften, before the database is asked, where too many tokens in vain came from this address.

    A program whose token has worked is let through: its neighbours are not its fault.
    """
    address = network_of(request.remote_addr or "")
    if address and (seconds := limits.addresses.is_spent(address, clock.now().timestamp())):
        raise TooOften("From your address came too many tokens that open nothing.", seconds)


def count_in_vain(limits: Limits) -> None:
    if address := network_of(request.remote_addr or ""):
        limits.addresses.seconds_to_wait(address, clock.now().timestamp())


def note_day(token: ApiToken) -> None:
    """Remember, once a day, that the token is used. A disk that takes no notes keeps nobody from reading."""
    today = clock.today("UTC")
    if token.last_used_on == today:
        return
    try:
        with transaction() as session:
            note_use(session.merge(token), today)
    except OperationalError as error:
        current_app.logger.error("the use of a token could not be noted", exc_info=error)


def caller() -> Caller:
    found: Caller = g.caller
    return found


def must_have_scope(scope: Scope) -> None:
    """Raise OutOfScope where the token may read only."""
    if scope == Scope.WRITE and caller().scope != Scope.WRITE:
        raise OutOfScope("This token may read and change nothing. Make one that may, at /account/tokens/.")


def journals(slug: str | None = None) -> list[Journal]:
    """The journal of this short name, or all that the person belongs to. Raises NotFound."""
    return [journal_or_404(slug)] if slug else [seat.journal for seat in caller().seats]


def seat_in(slug: str) -> Membership:
    """The person's place in the journal of this short name. Raises NotFound."""
    for seat in caller().seats:
        if seat.journal.slug == slug:
            return seat
    raise NotFound(f"There is no journal “{slug}” among yours.")


def journal_or_404(slug: str) -> Journal:
    return seat_in(slug).journal


def manuscript_or_404(reference: str) -> Manuscript:
    """The manuscript of this reference, for an editor's eyes. Raises NotFound, and OwnWork for an author of it."""
    manuscript = manuscript_of_journals(reference, [seat.journal_id for seat in caller().seats])
    if manuscript is None:
        raise NotFound(f"There is no manuscript “{reference}” in your journals.")
    if manuscript.id in hidden():
        raise OwnWork(manuscript.reference)
    return manuscript


def hidden() -> tuple[int, ...]:
    """The manuscripts of the person's journals that they are an author of; asked once a request."""
    if "hidden" not in g:
        mine = [seat.journal_id for seat in caller().seats]
        g.hidden = authored_by(caller().account, mine) if mine else ()
    found: tuple[int, ...] = g.hidden
    return found


def writer_in(journal: Journal) -> Actor:
    """The person as services and the ledger know them. Raises NotAllowed for a reader from the board."""
    role = Role(seat_in(journal.slug).role)
    if not may(role, Deed.WRITE):
        raise NotAllowed("You can read everything in this journal; recording is done by its editors and assistants.")
    return Actor(caller().account.uid, role)


def must_set_up(journal: Journal) -> None:
    """Raise NotAllowed for anyone but the chief editor."""
    if not may(seat_in(journal.slug).role, Deed.SET_UP):
        raise NotAllowed(f"This is for the chief editor of {journal.title}.")


def today_in(journal: Journal) -> date:
    """Today in the journal's own calendar."""
    return clock.today(journal.timezone)
