"""Letters to come, one at a time: hold, skip, edit, send now; answers that wait; muting and arming a manuscript."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import db, transaction
from tracker.domain.audit import Look
from tracker.domain.errors import NotFound, OwnWork
from tracker.domain.roles import WRITERS
from tracker.domain.sending_window import leaving_day
from tracker.formats.calendars import working_days
from tracker.mail.languages import language_of
from tracker.mail.letters import words_as_text
from tracker.mail.own_words import NAMES
from tracker.models import Answer, Journal, Manuscript
from tracker.queries.conflicts import references_of
from tracker.queries.upcoming import NothingToCome, Upcoming, WholeLetter, next_letters, upcoming, whole_letter
from tracker.services.answers import revoke_answers_of, settle_answer
from tracker.services.audit import note_letter_decision
from tracker.services.upcoming import (
    edit_letter,
    hold_letter,
    let_go,
    letter_to_come,
    remind_again,
    send_now,
    skip_letter,
    take_back_skip,
)
from tracker.web.audit import look_at
from tracker.web.days import day_in_view
from tracker.web.failures import Problem, or_again
from tracker.web.frame import flash_with_undo
from tracker.web.loaders import (
    actor,
    hidden,
    installation,
    manuscript_or_404,
    memberships,
    must_write,
    role_in,
    today_in,
)

pages = Blueprint("upcoming", __name__)

LETTER = "/reminders/<reference>/<task>/<int(signed=True):step>"


@pages.get(LETTER)
def read(reference: str, task: str, step: int) -> ResponseReturnValue:
    """The whole letter as it will leave, to be read before it does."""
    manuscript = manuscript_or_404(reference)
    letter = whole(manuscript, task, step)
    look_at(Look.LETTERS, manuscript=manuscript)
    return render_template(
        "upcoming/read.html",
        manuscript=manuscript,
        letter=letter,
        words=letter.words,
        language=language_of(manuscript.journal.language),
        may_decide=role_in(manuscript.journal) in WRITERS,
    )


def whole(manuscript: Manuscript, task: str, step: int) -> WholeLetter:
    """The letter in which this step goes out. Raises Refused where there is none, or none for an author's eyes."""
    letter = whole_letter(upcoming(manuscript, task, step), today_in(manuscript.journal), now=clock.now())
    if letter.planned.mentions(references_of(hidden())):
        raise NothingToCome(manuscript.reference)
    return letter


@pages.get("/manuscripts/<reference>/letters-to-come")
def of_manuscript(reference: str) -> ResponseReturnValue:
    """What goes out next about a manuscript: played through the engine, so a part of its page by itself."""
    manuscript, own = manuscript_or_404(reference), references_of(hidden())
    found = next_letters(manuscript, today_in(manuscript.journal), now=clock.now())
    letters = [one for one in found if one.letter is None or not one.letter.mentions(own)]
    return render_template("upcoming/_of_manuscript.html", letters=letters)


@pages.post(f"{LETTER}/hold")
def hold(reference: str, task: str, step: int) -> ResponseReturnValue:
    return decided(reference, task, step, lambda letter, m: hold_letter(letter, by=actor(m.journal)), "is held back")


@pages.post(f"{LETTER}/release")
def release(reference: str, task: str, step: int) -> ResponseReturnValue:
    def deed(letter: Upcoming, m: Manuscript) -> None:
        let_go(letter, by=actor(m.journal), today=today_in(m.journal))

    return decided(reference, task, step, deed, "goes out on its day")


@pages.post(f"{LETTER}/skip")
def skip(reference: str, task: str, step: int) -> ResponseReturnValue:
    def deed(letter: Upcoming, m: Manuscript) -> None:
        skip_letter(letter, by=actor(m.journal), today=today_in(m.journal))

    undo = url_for(".unskip", reference=reference, task=task, step=step)
    return decided(reference, task, step, deed, "is left out", undo=undo)


@pages.post(f"{LETTER}/unskip")
def unskip(reference: str, task: str, step: int) -> ResponseReturnValue:
    """It was left out, and goes out after all."""

    def found(m: Manuscript, task: str, step: int) -> Upcoming:
        return take_back_skip(m, task, step, by=actor(m.journal), today=today_in(m.journal))

    return decided(reference, task, step, lambda letter, m: None, "goes out after all", find=found)


@pages.post(f"{LETTER}/remind-again")
def again(reference: str, task: str, step: int) -> ResponseReturnValue:
    """They have told the editor that they want reminders after all."""

    def deed(letter: Upcoming, m: Manuscript) -> None:
        remind_again(letter, by=actor(m.journal), today=today_in(m.journal))

    return decided(reference, task, step, deed, "goes out on its day: they get reminders again")


@pages.post(f"{LETTER}/send")
def send(reference: str, task: str, step: int) -> ResponseReturnValue:
    def deed(letter: Upcoming, m: Manuscript) -> None:
        by, today = actor(m.journal), today_in(m.journal)
        send_now(letter, by=by, now=clock.now(), today=today, base_url=installation().base_url)

    leaves = leaves_in_words(manuscript_or_404(reference).journal)
    return decided(reference, task, step, deed, f"is queued, and leaves {leaves}")


def leaves_in_words(journal: Journal) -> str:
    """`today`, or `on Monday, 30 November 2026`: the next of the journal's sending hours."""
    today = today_in(journal)
    day = leaving_day(clock.now(), journal.timezone, today, working_days(journal.country))
    return "today" if day == today else f"on {day:%A}, {day_in_view(day)}"


def decided(
    reference: str,
    task: str,
    step: int,
    deed: Callable[[Upcoming, Manuscript], None],
    words: str,
    *,
    find: Callable[[Manuscript, str, int], Upcoming] = letter_to_come,
    undo: str = "",
) -> ResponseReturnValue:
    """Do it to the letter to come, and say so where the person was; `undo` is the address that takes it back."""
    with transaction():
        manuscript = manuscript_or_404(reference)
        letter = find(manuscript, task, step)
        deed(letter, manuscript)
        by, now = actor(manuscript.journal), clock.now()
        note_letter_decision(manuscript, words, by=by, now=now, letter=f"{task} {step}")
        recipient = letter.task.to.name or letter.task.to.email or "nobody"
    said = f"The letter about {reference} to {recipient} {words}."
    if undo:
        flash_with_undo(said, undo)
    else:
        flash(said, "success")
    return redirect(url_for("reminders.week"))


@pages.get(f"{LETTER}/edit")
def edit(reference: str, task: str, step: int) -> ResponseReturnValue:
    return edit_form(reference, task, step)


def edit_form(reference: str, task: str, step: int, problem: Problem | None = None) -> ResponseReturnValue:
    manuscript = manuscript_or_404(reference)
    must_write(manuscript.journal)
    letter = whole(manuscript, task, step)
    own = words_as_text(letter.occasion)
    return render_template(
        "upcoming/edit.html",
        manuscript=manuscript,
        letter=letter,
        typed=request.form or {"subject": own.subject, "words": own.words},
        names=NAMES,
        problem=problem,
    )


@pages.post(f"{LETTER}/edit")
@or_again(edit_form)
def keep(reference: str, task: str, step: int) -> ResponseReturnValue:
    subject, words = request.form.get("subject", ""), request.form.get("words", "")

    def deed(letter: Upcoming, m: Manuscript) -> None:
        edit_letter(letter, subject=subject, words=words, by=actor(m.journal))

    return decided(reference, task, step, deed, "goes out in your words")


@pages.post("/manuscripts/<reference>/links/<task>/revoke")
def revoke(reference: str, task: str) -> ResponseReturnValue:
    """Links that were sent about this task stop working."""
    with transaction():
        manuscript = manuscript_or_404(reference)
        revoke_answers_of(manuscript, task, by=actor(manuscript.journal), now=clock.now())
    flash("The links that were sent about it no longer work. The next letter brings a new one.", "success")
    return redirect(url_for("manuscripts.show", reference=reference))


@pages.post("/answers/<int:answer_id>/settle")
def settle(answer_id: int) -> ResponseReturnValue:
    """The editor has looked at an answer."""
    with transaction():
        answer = answer_or_404(answer_id)
        settle_answer(answer, by=actor(answer.manuscript.journal), now=clock.now())
        reference = answer.manuscript.reference
    flash(f"The answer about {reference} is looked after.", "success")
    if request.form.get("then") == "manuscript":
        return redirect(url_for("manuscripts.show", reference=reference))
    return redirect(url_for("reminders.week"))


def answer_or_404(answer_id: int) -> Answer:
    """The answer, if it is about one of the person's journals, and not about their own work. Raises NotFound."""
    answer = db.session.get(Answer, answer_id)
    if answer is None or answer.journal_id not in [seat.journal_id for seat in memberships()]:
        raise NotFound("There is no such answer in your journals.")
    if answer.manuscript_id in hidden():
        raise OwnWork(answer.manuscript.reference)
    return answer
