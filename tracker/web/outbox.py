"""The outbox: every letter as it was rendered, what became of it, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import transaction
from tracker.domain.audit import Look
from tracker.domain.letters import LetterState
from tracker.domain.roles import WRITERS
from tracker.models import Journal, Letter
from tracker.queries.outbox import FOR_A_PERSON, WAITING, letter_by_id, letter_counts, letters_in_outbox
from tracker.services.outbox import cancel_letter, correct_address, release_letter, retry_letter
from tracker.web.audit import look_at
from tracker.web.failures import Problem, or_again
from tracker.web.loaders import actor, chosen_memberships, hidden, memberships, role_in, today_in

pages = Blueprint("outbox", __name__)

PER_PAGE = 50
# deed → the states in which it is on offer, and its button
DEEDS: dict[str, tuple[tuple[LetterState, ...], str]] = {
    "retry": ((LetterState.FAILED, LetterState.PARKED), "Try again now"),
    "release": ((LetterState.UNCERTAIN,), "Send it again"),
    "cancel": ((*WAITING, *FOR_A_PERSON), "Cancel letter"),
}


@pages.get("/outbox/")
def listing() -> ResponseReturnValue:
    ids = [seat.journal_id for seat in chosen_memberships()]
    state = request.args.get("state", "")
    states = [state] if state in list(LetterState) else []
    counts = letter_counts(ids, hidden=hidden())
    page = min(max(request.args.get("page", 1, type=int), 1), 100_000)
    return render_template(
        "outbox/list.html",
        letters=letters_in_outbox(ids, states=states, limit=PER_PAGE, offset=(page - 1) * PER_PAGE, hidden=hidden()),
        counts=[(str(known), counts[known]) for known in LetterState if known in counts],
        undecided=sum(counts.get(known, 0) for known in FOR_A_PERSON),
        total=counts.get(state, 0) if states else sum(counts.values()),
        state=state if states else "",
        first=(page - 1) * PER_PAGE + 1,
        page=page,
        per_page=PER_PAGE,
    )


@pages.get("/outbox/<int:letter_id>")
def show(letter_id: int) -> ResponseReturnValue:
    return letter_page(letter_id)


def letter_page(letter_id: int, problem: Problem | None = None) -> ResponseReturnValue:
    letter = letter_or_404(letter_id)
    look_at(Look.LETTERS, manuscript=letter.manuscript, journal_id=letter.journal_id)
    deeds = deeds_for(letter)
    did_not_arrive = letter.state in (LetterState.FAILED, *FOR_A_PERSON) and letter.role in ("author", "reviewer")
    return render_template(
        "outbox/letter.html", letter=letter, deeds=deeds, may_correct=bool(deeds) and did_not_arrive, problem=problem
    )


def letter_or_404(letter_id: int) -> Letter:
    """The letter, if it is of one of the person's journals, and about nothing of their own. Raises NotFound."""
    return letter_by_id(letter_id, [seat.journal_id for seat in memberships()], hidden=hidden())


def journal_of(letter: Letter) -> Journal:
    return next(seat.journal for seat in memberships() if seat.journal_id == letter.journal_id)


def deeds_for(letter: Letter) -> list[tuple[str, str]]:
    """The deeds that the letter's state and the person's role allow, with the words of their buttons."""
    if role_in(journal_of(letter)) not in WRITERS:
        return []
    return [(deed, button) for deed, (states, button) in DEEDS.items() if letter.state in states]


@pages.post("/outbox/<int:letter_id>/retry")
def retry(letter_id: int) -> ResponseReturnValue:
    return decided(letter_id, queue_now(retry_letter), "will be tried again now")


@pages.post("/outbox/<int:letter_id>/release")
def release(letter_id: int) -> ResponseReturnValue:
    return decided(letter_id, queue_now(release_letter), "will be sent")


@pages.post("/outbox/<int:letter_id>/cancel")
def cancel(letter_id: int) -> ResponseReturnValue:
    def deed(letter: Letter) -> None:
        cancel_letter(letter, by=actor(journal_of(letter)), now=clock.now())

    return decided(letter_id, deed, "will not be sent")


@pages.post("/outbox/<int:letter_id>/address")
@or_again(letter_page)
def address(letter_id: int) -> ResponseReturnValue:
    """The right address of whom the letter did not reach."""

    def correct(letter: Letter) -> None:
        journal = journal_of(letter)
        new = request.form.get("email", "")
        correct_address(letter, new, by=actor(journal), now=clock.now(), today=today_in(journal))

    return decided(letter_id, correct, "is written anew to the address that you gave, in the sending hours")


def queue_now(service: Callable[..., None]) -> Callable[[Letter], None]:
    """The service with who and when filled in."""

    def queue(letter: Letter) -> None:
        journal = journal_of(letter)
        service(letter, by=actor(journal), now=clock.now(), today=today_in(journal))

    return queue


def decided(letter_id: int, deed: Callable[[Letter], None], words: str) -> ResponseReturnValue:
    with transaction():
        letter = letter_or_404(letter_id)
        deed(letter)
        subject, recipient = letter.subject, letter.to_name or letter.to_email
    flash(f"“{subject}” to {recipient} {words}.", "success")
    return redirect(url_for("outbox.show", letter_id=letter_id))
