"""One deed for several manuscripts: say what, see what would become of each, do it, take it back."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qs

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.db import rehearsal, transaction
from tracker.domain.dates import parse_iso
from tracker.domain.errors import BadInput, NotFound
from tracker.domain.transitions import TRANSITIONS
from tracker.domain.words import spoken
from tracker.models import Account, BulkDeed, Manuscript
from tracker.queries.people import editors_of
from tracker.queries.selections import deed_of, selected_manuscripts
from tracker.services.deeds import DEEDS, Deed, Teller, do_to_each, keep_deed, undo_deed, wish_for_all
from tracker.services.remarks import tag_words
from tracker.web.failures import Problem, or_again
from tracker.web.frame import flash_with_undo
from tracker.web.list_request import query_of
from tracker.web.loaders import actor, hidden, memberships, must_write, today_in
from tracker.web.saved_views import own_account

pages = Blueprint("bulk", __name__)

TITLES = {
    "record": "Record an action", "assign": "Assign an editor", "tag": "Add a tag", "untag": "Remove a tag",
    "mute": "Mute reminders", "arm": "Arm reminders",
}  # fmt: skip
# What an action asks that is not the same for several manuscripts.
_OF_ONE_ONLY = frozenset(("reviewer", "reviewers", "task", "link", "transferred_to", "conditions_met", "issue"))


@pages.post("/manuscripts/bulk")
def ask() -> ResponseReturnValue:
    """What is to be done, and to which; deeds that need no more words are shown at once."""
    return preview() if deed_word() in ("mute", "arm") else ask_form()


def ask_form(problem: Problem | None = None) -> ResponseReturnValue:
    chosen = chosen_manuscripts()
    return render_template(
        "bulk/ask.html",
        deed=deed_word(),
        title=TITLES[deed_word()],
        chosen=chosen,
        typed=request.form,
        problem=problem,
        actions=actions_for(chosen),
        editors=[("", "Nobody"), *((one.uid, one.display_name) for one in editors_of(journals_of(chosen)))],
        latest=max(today_in(one.journal) for one in chosen),
    )


def deed_word() -> str:
    """The deed that the form asks for. Raises BadInput."""
    word = request.form.get("deed", "")
    if word not in DEEDS:
        raise BadInput("The form does not say what is to be done. Choose it below the list.")
    return word


def chosen_manuscripts() -> list[Manuscript]:
    """The selected manuscripts of the person's journals. Raises BadInput where none is, Refused for a reader."""
    found = selected(request.form.getlist("selected"))
    if not found:
        raise BadInput("No manuscript is selected. Go back, tick some, and choose again.")
    for journal in {one.journal for one in found}:
        must_write(journal)
    return found


def selected(references: list[str]) -> list[Manuscript]:
    """Those of the references that the person may see as an editor."""
    return selected_manuscripts(references, [seat.journal_id for seat in memberships()], hidden=hidden())


def journals_of(manuscripts: Iterable[Manuscript]) -> list[int]:
    return sorted({one.journal_id for one in manuscripts})


def actions_for(chosen: Iterable[Manuscript]) -> list[tuple[str, str]]:
    """The actions of the lifecycle for some of these, with their kinds: `rejected:desk`, “Reject (at the desk)”."""
    states = {one.state for one in chosen}
    rows = [row for row in TRANSITIONS if row.sources & states and not row.opens_linked]
    found: dict[str, str] = {}
    for row in rows:
        if not _OF_ONE_ONLY.intersection(row.asks):
            for kind in row.kinds or ("",):
                found.setdefault(f"{row.action}:{kind}", f"{row.button} ({spoken(kind)})" if kind else row.button)
    return list(found.items())


def deed_typed() -> Deed:
    """The deed with what it needs. Raises BadInput for what cannot be read."""
    form, word = request.form, deed_word()
    if word == "assign":
        return Deed(word, editor=editor_typed(form.get("editor", "")))
    if word in ("tag", "untag"):
        words = tag_words(form.get("tag", ""))
        if len(words) != 1:
            raise BadInput("Write one tag, such as “special issue”.")
        return Deed(word, tag=words[0])
    if word == "record":
        action, _, kind = form.get("action", "").partition(":")
        if not action:
            raise BadInput("Choose the action to record.")
        on = parse_iso(form.get("on", ""), field="date")
        return Deed(word, wish_for_all(action, on, kind, form.get("note", ""), confirmed="confirmed" in form))
    return Deed(word)


def editor_typed(uid: str) -> Account | None:
    """An editor of every journal of the selection. Raises BadInput."""
    if not uid:
        return None
    for journal_id in journals_of(chosen_manuscripts()):
        found = next((one for one in editors_of([journal_id]) if one.uid == uid), None)
        if found is None:
            raise BadInput("The editor chosen does not handle manuscripts of every journal of the selection.")
    return found


def teller() -> Teller:
    return Teller(
        own_account(), lambda one: actor(one.journal), lambda one: today_in(one.journal), clock.now()
    )  # fmt: skip


@pages.post("/manuscripts/bulk/preview")
@or_again(ask_form)
def preview() -> ResponseReturnValue:
    """What would become of each: it is done, looked at, and not kept."""
    with rehearsal():
        outcomes = do_to_each(chosen_manuscripts(), deed_typed(), teller())
    return render_template(
        "bulk/preview.html", deed=deed_word(), title=TITLES[deed_word()], outcomes=outcomes, typed=request.form
    )


@pages.post("/manuscripts/bulk/do")
@or_again(ask_form)
def do() -> ResponseReturnValue:
    with transaction():
        deed, by = deed_typed(), teller()
        outcomes = do_to_each(chosen_manuscripts(), deed, by)
        kept = keep_deed(deed, outcomes, by)
    done = sum(outcome.is_done for outcome in outcomes)
    flash_with_undo(f"{TITLES[deed.kind]}: done for {done} of {len(outcomes)}.", url_for(".undo", uid=kept.uid))
    if done < len(outcomes):
        return redirect(url_for(".show", uid=kept.uid))
    query = query_of(MultiDict(parse_qs(request.form.get("query", ""))))
    return redirect(f"{url_for('manuscripts.listing')}?{query}" if query else url_for("manuscripts.listing"))


@pages.get("/manuscripts/bulk/<uid>")
def show(uid: str) -> ResponseReturnValue:
    kept = deed_or_404(uid)
    return render_template("bulk/done.html", kept=kept, title=TITLES[kept.deed])


def deed_or_404(uid: str) -> BulkDeed:
    kept = deed_of(uid, current_user.id)
    if kept is None:
        raise NotFound("There is no such deed of yours.")
    return kept


@pages.post("/manuscripts/bulk/<uid>/undo")
def undo(uid: str) -> ResponseReturnValue:
    """Take it back wherever nothing has happened since; what cannot be taken back is said."""
    with transaction():
        kept = deed_or_404(uid)
        references = [row["reference"] for row in kept.before]
        found = selected(references)
        for journal in {one.journal for one in found}:
            must_write(journal)
        outcomes = undo_deed(kept, found, teller())
    left = [f"{one.reference}: {one.sentence}" for one in outcomes if not one.is_done]
    flash(f"{TITLES[kept.deed]}: taken back for {len(outcomes) - len(left)} of {len(outcomes)}.", "success")
    for sentence in left[:5]:
        flash(sentence, "warning")
    return redirect(url_for("manuscripts.listing"))
