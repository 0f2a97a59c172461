"""Recording a step of the lifecycle, taking the last one back, and correcting a date."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import transaction
from tracker.domain.dates import PartialDate, parse_iso
from tracker.domain.errors import BadInput, NotAllowed, NotFound, Refused
from tracker.domain.events import Event, standing_events
from tracker.domain.roles import may_record, who_may_record
from tracker.domain.standing import Fold
from tracker.domain.transitions import TRANSITIONS, Transition, action_named, done_words, transition_from
from tracker.domain.words import Action, Holder
from tracker.models import Manuscript
from tracker.queries.histories import ledger_of, standing_of
from tracker.services.actions import refusal_for
from tracker.services.answers import settle_answer
from tracker.services.history import correct_date, undo_last_step
from tracker.services.recording import record_wish
from tracker.web.audit_trail import words_of
from tracker.web.days import day_in_view
from tracker.web.failures import Problem, or_again, said
from tracker.web.first_reminder import no_letter_goes_out
from tracker.web.frame import flash_with_undo
from tracker.web.loaders import actor, manuscript_or_404, must_write, role_in, today_in, whose_is
from tracker.web.record_form import choices_for, day_or_none, defaults_for, wish_of
from tracker.web.upcoming import answer_or_404

pages = Blueprint("recording", __name__)

WITH_WHOM = {
    Holder.EDITOR: "It is with the editor now", Holder.REVIEWERS: "It is with the reviewers now",
    Holder.AUTHOR: "It is with the author now", Holder.PRODUCTION: "It is with production now",
    Holder.HOLD: "It is on hold",
}  # fmt: skip


@pages.get("/manuscripts/<reference>/record/<action>")
def ask(reference: str, action: str) -> ResponseReturnValue:
    """The form of an action, or the sentence that says why it is not on offer. `?on=` asks as of an earlier day."""
    manuscript, known = manuscript_or_404(reference), action_or_404(action)
    earlier = day_or_none(request.args.get("on", ""), "date")
    standing = standing_of(manuscript, on=earlier)
    row = offered(standing, known)
    theirs = whose_is(manuscript)
    if not may_record(role_in(manuscript.journal), known, theirs):
        return not_on_offer(manuscript, known, f"“{done_words(known)}” is recorded by {who_may_record(known, theirs)}.")
    if row is None:
        return not_on_offer(manuscript, known, why_not(manuscript, known, standing))
    return form_of(manuscript, row, standing)


def action_or_404(text: str) -> Action:
    """The action that an address names. Raises NotFound."""
    action = action_named(text)
    if action is None:
        raise NotFound(f"There is no action “{text}”.")
    return action


def offered(standing: Fold, action: Action) -> Transition | None:
    """The row of the lifecycle for this action, if it may be done from this standing."""
    return next((row for row in standing.available() if row.action == action), None)


def why_not(manuscript: Manuscript, action: Action, standing: Fold) -> str:
    """Why the lifecycle does not offer the action: the guard's own sentence, or what can be done instead."""
    row = transition_from(standing.state, action)
    blank = Event(0, action, today_in(manuscript.journal), 0, clock.now(), "")
    refusals = [refusal for guard in (row.when if row else ()) if (refusal := guard(standing, blank))]
    return refusals[0] if refusals else refusal_for(manuscript, action)


def not_on_offer(manuscript: Manuscript, action: Action, sentence: str) -> ResponseReturnValue:
    page = {"href": url_for("manuscripts.show", reference=manuscript.reference), "label": "Back to the manuscript"}
    if not may_record(role_in(manuscript.journal), action, whose_is(manuscript)):
        return said("This is not yours to record", sentence, 403, way_back=page)
    context = {"manuscript": manuscript, "action": action, "sentence": sentence, "latest": today_in(manuscript.journal)}
    return render_template("recording/not_on_offer.html", done=done_words(action), **context), 422


def form_of(
    manuscript: Manuscript, row: Transition, standing: Fold, problem: Problem | None = None
) -> ResponseReturnValue:
    today = today_in(manuscript.journal)
    on = day_or_none(request.args.get("on", ""), "date") or today
    return render_template(
        "recording/record.html",
        manuscript=manuscript,
        row=row,
        standing=standing,
        choices=choices_for(manuscript, row, standing),
        typed=request.form or {**defaults_for(manuscript, row, on), **asked_for()},
        problem=problem,
        latest=today,
        no_letter=no_letter_goes_out(manuscript, row, on, today),
    )


def asked_for() -> dict[str, str]:
    """What the link to the form has chosen already: the task to extend, the reviewer to release."""
    return {name: request.args[name] for name in ("task", "reviewer") if name in request.args}


def form_again(reference: str, action: str, problem: Problem) -> ResponseReturnValue:
    """The form with what was typed. If the state has moved on meanwhile, it still holds every word."""
    manuscript, known = manuscript_or_404(reference), action_or_404(action)
    if not may_record(role_in(manuscript.journal), known, whose_is(manuscript)):
        return not_on_offer(manuscript, known, problem.sentence)
    standing = standing_of(manuscript)
    row = offered(standing, known) or transition_from(standing.state, known)
    return form_of(manuscript, row or next(r for r in TRANSITIONS if r.action == known), standing, problem)


@pages.post("/manuscripts/<reference>/record/<action>")
@or_again(form_again)
def record(reference: str, action: str) -> ResponseReturnValue:
    with transaction():
        wish = wish_of(action_or_404(action), request.form)
        manuscript = manuscript_or_404(reference)
        by, today = actor(manuscript.journal), today_in(manuscript.journal)
        version = version_typed()
        manuscript = record_wish(manuscript, wish, by=by, now=clock.now(), today=today, expected_version=version)
        settle_answer_asked(manuscript)
    say_done(manuscript, f"{done_words(wish.action)} on {day_in_view(wish.on)}")
    if request.form.get("then") == "board":
        return redirect(url_for("board.show"))
    return redirect(url_for("manuscripts.show", reference=manuscript.reference))


def settle_answer_asked(manuscript: Manuscript) -> None:
    """Whoever opened the form beside an answer to a letter has looked at the answer. Raises NotFound."""
    asked = request.form.get("answer", type=int)
    if asked is None:
        return
    answer = answer_or_404(asked)
    if answer.manuscript_id != manuscript.id:
        raise NotFound(f"There is no such answer about {manuscript.reference}.")
    settle_answer(answer, by=actor(manuscript.journal), now=clock.now())


def version_typed() -> int:
    """The version that the form was made for. Raises BadInput where it is missing: nobody writes over what they
    have not seen.
    """
    version = request.values.get("version", type=int)
    if version is None:
        raise BadInput("This form does not say which state of the manuscript it was made for. Load the page again.")
    return version


def say_done(manuscript: Manuscript, deed: str) -> None:
    """Say what was done and who has the manuscript now, with a button that takes it back."""
    now_with = WITH_WHOM.get(Holder(manuscript.waiting_on), "It is closed")
    due = f", due {day_in_view(manuscript.due_on)}" if manuscript.due_on else ""
    undo = url_for("recording.undo", reference=manuscript.reference, version=manuscript.version)
    flash_with_undo(f"{deed}. {now_with}{due}.", undo)


@pages.post("/manuscripts/<reference>/undo")
def undo(reference: str) -> ResponseReturnValue:
    """Take back the last step: the one that the button was made for, or none."""
    with transaction():
        manuscript = manuscript_or_404(reference)
        by = actor(manuscript.journal)
        must_write(manuscript.journal)
        undo_last_step(
            manuscript,
            by=by,
            now=clock.now(),
            today=today_in(manuscript.journal),
            reason=request.form.get("reason", ""),
            expected_version=version_typed(),
        )
    taken = words_of(ledger_of(manuscript)[-1], ledger_of(manuscript))
    flash(f"{taken}. The history keeps both: what was done, and that it was taken back.", "success")
    return redirect(url_for("manuscripts.show", reference=reference))


@pages.get("/manuscripts/<reference>/correct/<int:position>")
def correct(reference: str, position: int) -> ResponseReturnValue:
    return correction_form(reference, position)


def correction_form(reference: str, position: int, problem: Problem | None = None) -> ResponseReturnValue:
    manuscript = manuscript_or_404(reference)
    event = event_or_refused(manuscript, position)
    return render_template(
        "recording/correct.html",
        manuscript=manuscript,
        event=event,
        done=done_words(event.action),
        typed=request.form or {"on": event.on.iso if event.precision == "day" else ""},
        problem=problem,
        latest=today_in(manuscript.journal),
    )


def event_or_refused(manuscript: Manuscript, position: int) -> Event:
    """The event that stands at this place of the ledger.

    Raises Refused where none does, and NotAllowed for a role that may not change it.
    """
    must_write(manuscript.journal)
    event = next((e for e in standing_events(ledger_of(manuscript)) if e.position == position), None)
    if event is None:
        raise Refused(f"Entry {position} does not stand in the history of {manuscript.reference}: nothing to correct.")
    theirs = whose_is(manuscript)
    if not may_record(role_in(manuscript.journal), event.action, theirs):
        raise NotAllowed(
            f"The date of “{done_words(event.action)}” is corrected by {who_may_record(event.action, theirs)}."
        )
    return event


@pages.post("/manuscripts/<reference>/correct/<int:position>")
@or_again(correction_form)
def save_correction(reference: str, position: int) -> ResponseReturnValue:
    with transaction():
        manuscript = manuscript_or_404(reference)
        event = event_or_refused(manuscript, position)
        on: PartialDate = parse_iso(request.form.get("on", ""), field="date")
        correct_date(
            manuscript,
            position,
            on,
            reason=request.form.get("reason", ""),
            by=actor(manuscript.journal),
            now=clock.now(),
            today=today_in(manuscript.journal),
            confirmed="confirmed" in request.form,
            expected_version=version_typed(),
        )
    say_done(manuscript, f"“{done_words(event.action)}” is dated {day_in_view(on)} now")
    return redirect(url_for("manuscripts.show", reference=reference))
