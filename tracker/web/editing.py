"""Changing a manuscript's record in its place: a word is clicked, typed and saved; without JavaScript on a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import transaction
from tracker.domain.audit import RecordField
from tracker.domain.errors import Conflict, NotFound
from tracker.formats.author_lines import HINT, WHO_GETS_LETTERS
from tracker.models import Manuscript
from tracker.queries.people import editors_of, tags_of
from tracker.services import records
from tracker.services.author_lines import put_authors
from tracker.services.manuscripts import unlink_from_origin
from tracker.services.records import READ, link_back
from tracker.services.remarks import set_tags, tag_words, write_note
from tracker.web.failures import Problem, or_again
from tracker.web.frame import flash_with_undo
from tracker.web.loaders import actor, manuscript_or_404, must_assign, must_write, today_in
from tracker.web.manuscripts import editor_chosen

pages = Blueprint("editing", __name__)


@dataclass(frozen=True)
class Field:
    """Something on the record that people change. `read` gives its text; `write` takes what was typed, and by whom."""

    label: str
    read: Callable[[Manuscript], str]
    write: Callable[..., None]
    hint: str = ""


def _assign(manuscript: Manuscript, uid: str, **told: Any) -> None:
    must_assign(manuscript)
    records.assign_editor(manuscript, editor_chosen(manuscript.journal_id, uid), **told)


def _tag(manuscript: Manuscript, text: str, **_: Any) -> None:
    set_tags(manuscript, tag_words(text))


def _put_authors(manuscript: Manuscript, text: str, **told: Any) -> None:
    is_confirmed = "confirmed" in request.form
    put_authors(manuscript, text, today=today_in(manuscript.journal), confirmed=is_confirmed, **told)


FIELDS: dict[str, Field] = {
    "title": Field("title", READ[RecordField.TITLE], records.retitle),
    "authors": Field("authors", READ[RecordField.AUTHORS], _put_authors, f"{HINT} {WHO_GETS_LETTERS}"),
    "section": Field("section", READ[RecordField.SECTION], records.put_in_section, "As in your table of contents."),
    "handling_editor": Field("handling editor", READ[RecordField.HANDLING_EDITOR], _assign),
    "tags": Field("tags", lambda one: ", ".join(tags_of(one)), _tag, "With commas between."),
    "status_note": Field(
        "note", lambda one: one.status_note, write_note, "How it stands, for your colleagues. Earlier notes are kept."
    ),
    "files": Field(
        "file links", READ[RecordField.FILES], records.link_files,
        "One a line: what it is, then its web address. The files stay where they are.",
    ),
    "keywords": Field("key words", READ[RecordField.KEYWORDS], records.put_keywords, "With commas between."),
    "abstract": Field("abstract", READ[RecordField.ABSTRACT], records.put_abstract),
}  # fmt: skip


SHOWN_TWICE = ("authors",)  # the page has more of them than the field: it is loaded anew
NAMES_PEOPLE = ("authors",)
FITS_A_COOKIE = 2000  # letters, of the four thousand that a browser keeps


def field_or_404(name: str) -> Field:
    if name not in FIELDS:
        raise NotFound(f"There is no field “{name}”.")
    return FIELDS[name]


def by_htmx() -> bool:
    """Whether a part of the page is asked for, and not a page."""
    return request.headers.get("HX-Request") == "true"


@pages.get("/manuscripts/<reference>/edit/<name>")
def ask(reference: str, name: str) -> ResponseReturnValue:
    """The field as a form; with `?shown=yes` as it was, for whoever changes their mind."""
    manuscript = manuscript_or_404(reference)
    if request.args.get("shown") == "yes" and by_htmx():
        return fragment(manuscript, name, "shown")
    return form_of(reference, name)


def form_of(reference: str, name: str, problem: Problem | None = None) -> ResponseReturnValue:
    manuscript, field = manuscript_or_404(reference), field_or_404(name)
    must_write(manuscript.journal)
    if name == "handling_editor":
        must_assign(manuscript)
    present = field.read(manuscript)
    more = {
        "problem": problem,
        "was": request.form.get("was", present) if not (problem and problem.is_conflict) else present,
        "value": request.form.get("value", present),
        "editors": [("", "Nobody yet"), *((one.uid, one.display_name) for one in editors_of([manuscript.journal_id]))],
    }
    return fragment(manuscript, name, "form" if by_htmx() else "page", **more)


def fragment(manuscript: Manuscript, name: str, part: str, **more: Any) -> str:
    context = {"manuscript": manuscript, "name": name, "field": field_or_404(name), "tags": tags_of(manuscript)}
    return render_template(f"editing/{part}.html", **context, **more)


@pages.post("/manuscripts/<reference>/edit/<name>")
@or_again(form_of)
def save(reference: str, name: str) -> ResponseReturnValue:
    """Save what was typed, if the field still is what the form showed. An undo is the same the other way round."""
    with transaction():
        manuscript, field = manuscript_or_404(reference), field_or_404(name)
        must_write(manuscript.journal)
        before = field.read(manuscript)
        if "was" in request.values and request.values["was"].splitlines() != before.splitlines():
            raise Conflict(f"Somebody has changed the {field.label} since you opened it. It reads now: “{before}”.")
        field.write(manuscript, request.values.get("value", ""), by=actor(manuscript.journal), now=clock.now())
        after = field.read(manuscript)
    if by_htmx() and name not in SHOWN_TWICE:
        return fragment(manuscript, name, "shown", undo={"value": before, "was": after} if before != after else None)
    say_changed(reference, name, before, after)
    if by_htmx():
        return "", {"HX-Refresh": "true"}
    return redirect(url_for("manuscripts.show", reference=reference))


def say_changed(reference: str, name: str, before: str, after: str) -> None:
    """Say what was changed, with an undo. People's addresses stand in no address of a page: logs keep those."""
    label = FIELDS[name].label
    sentence = f"The {label} of {reference} {'are' if label.endswith('s') else 'is'} changed."
    if before == after:
        flash("Nothing was different.", "success")
    elif name not in NAMES_PEOPLE:
        flash_with_undo(sentence, url_for(".save", reference=reference, name=name, value=before, was=after))
    elif len(before) + len(after) <= FITS_A_COOKIE:
        flash_with_undo(sentence, url_for(".save", reference=reference, name=name), {"value": before, "was": after})
    else:
        flash(sentence, "success")


@pages.post("/manuscripts/<reference>/reminders")
def reminders(reference: str) -> ResponseReturnValue:
    """Arm or mute the automatic letters about one manuscript."""
    armed = request.values.get("armed") == "yes"
    with transaction():
        manuscript = manuscript_or_404(reference)
        must_write(manuscript.journal)
        records.arm_reminders(manuscript, armed, by=actor(manuscript.journal), now=clock.now())
    words = "Letters about it are written again" if armed else "No automatic letter is written about it any more"
    flash_with_undo(f"{words}.", url_for(".reminders", reference=reference, armed="no" if armed else "yes"))
    return redirect(url_for("manuscripts.show", reference=reference))


@pages.post("/manuscripts/<reference>/unlink")
def unlink(reference: str) -> ResponseReturnValue:
    """Say that a manuscript is no return of an earlier one: its own received date counts again."""
    with transaction():
        manuscript = manuscript_or_404(reference)
        must_write(manuscript.journal)
        if manuscript.origin is None:
            raise NotFound("There is nothing to unlink.")
        origin = manuscript.origin.reference
        unlink_from_origin(manuscript)
    undo = url_for(".link", reference=reference, origin=origin)
    flash_with_undo(f"{reference} is not linked to {origin} any more; its own received date counts.", undo)
    return redirect(url_for("manuscripts.show", reference=reference))


@pages.post("/manuscripts/<reference>/link")
def link(reference: str) -> ResponseReturnValue:
    with transaction():
        manuscript = manuscript_or_404(reference)
        must_write(manuscript.journal)
        link_back(manuscript, manuscript_or_404(request.values.get("origin", "")))
    flash_with_undo(f"{reference} is linked to its origin.", url_for(".unlink", reference=reference))
    return redirect(url_for("manuscripts.show", reference=reference))
