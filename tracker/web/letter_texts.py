"""The words of a journal's letters: one page a letter, with a preview by a real manuscript and a test to oneself."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker import clock
from tracker.db import transaction
from tracker.mail.languages import LANGUAGES, language_of
from tracker.mail.letters import Composed, Occasion, built_in_words, compose
from tracker.mail.own_words import NAMES, OwnWords, checked
from tracker.models import Journal
from tracker.queries.letter_texts import KINDS, checked_kind, own_texts_in, sample_occasion
from tracker.services.letter_texts import drop_text, keep_text, send_to_oneself
from tracker.web.failures import Problem, or_again
from tracker.web.loaders import actor, hidden, installation, journal_or_404, must_set_up, today_in

pages = Blueprint("letter_texts", __name__)

TEXT = "/settings/<slug>/letters/<language>/<kind>"


@pages.get("/settings/<slug>/letters")
def listing(slug: str) -> ResponseReturnValue:
    """Every kind of letter in one language, the journal's own unless another is asked for."""
    journal = settable(slug)
    wanted = request.args.get("language", "")
    code = wanted if wanted in LANGUAGES else language_of(journal.language).code
    own = own_texts_in(journal, code)
    rows = [(kind, words, own.get(kind), built_in(journal, kind, code).subject) for kind, words in KINDS.items()]
    return render_template(
        "letter_texts/listing.html",
        edited=journal,
        rows=rows,
        code=code,
        languages=LANGUAGES.values(),
        own_language=language_of(journal.language).name,
    )


def settable(slug: str) -> Journal:
    """The journal, for its chief editor. Raises NotFound or Refused."""
    journal = journal_or_404(slug)
    must_set_up(journal)
    return journal


def built_in(journal: Journal, kind: str, code: str) -> OwnWords:
    return built_in_words(sample(journal, kind, code, None))


def sample(journal: Journal, kind: str, code: str, own: OwnWords | None) -> Occasion:
    """An occasion for this letter, to the person who looks at it."""
    name = current_user.display_name
    today = today_in(journal)
    return sample_occasion(journal, kind, code, today, to_name=name, signed_by=name, own=own, hidden=hidden())


@pages.get(TEXT)
def show(slug: str, language: str, kind: str) -> ResponseReturnValue:
    return text_page(slug, language, kind)


def text_page(slug: str, language: str, kind: str, problem: Problem | None = None) -> ResponseReturnValue:
    journal = settable(slug)
    checked_kind(kind, language)
    row = own_texts_in(journal, language).get(kind)
    words = OwnWords(row.subject, row.words) if row else built_in(journal, kind, language)
    return render_template(
        "letter_texts/show.html",
        edited=journal,
        kind=kind,
        what=KINDS[kind],
        language=LANGUAGES[language],
        is_own=row is not None,
        typed=request.form or {"subject": words.subject, "words": words.words},
        names=NAMES,
        preview=None if problem else previewed(journal, kind, language, words),
        problem=problem,
    )


def previewed(journal: Journal, kind: str, language: str, words: OwnWords) -> Composed:
    """The letter with the words that were typed, or that are in force."""
    own = typed_words() if request.form else words
    return compose(sample(journal, kind, language, own))


def typed_words() -> OwnWords:
    """What was typed. Raises BadInput."""
    return checked(request.form.get("subject", ""), request.form.get("words", ""))


@pages.post(TEXT)
@or_again(text_page)
def decide(slug: str, language: str, kind: str) -> ResponseReturnValue:
    """Save the words, only show them, send them to oneself, or go back to those that come with the tracker."""
    settable(slug)
    checked_kind(kind, language)
    match request.form.get("deed", "save"):
        case "preview":
            return text_page(slug, language, kind)
        case "test":
            return tested(slug, language, kind)
        case "reset":
            return dropped(slug, language, kind)
        case _:
            return kept(slug, language, kind)


def kept(slug: str, language: str, kind: str) -> ResponseReturnValue:
    with transaction():
        journal = settable(slug)
        own = typed_words()
        keep_text(
            journal, kind, language, subject=own.subject, words=own.words, by=actor(journal), now=clock.now()
        )  # fmt: skip
    flash(f"“{KINDS[kind]}” goes out in your words from now on.", "success")
    return redirect(url_for("letter_texts.listing", slug=slug, language=language))


def dropped(slug: str, language: str, kind: str) -> ResponseReturnValue:
    with transaction():
        journal = settable(slug)
        drop_text(journal, kind, language, by=actor(journal), now=clock.now())
    flash(f"“{KINDS[kind]}” goes out in the tracker's own words again.", "success")
    return redirect(url_for("letter_texts.listing", slug=slug, language=language))


def tested(slug: str, language: str, kind: str) -> ResponseReturnValue:
    own = typed_words()
    with transaction():
        journal = settable(slug)
        words = compose(sample(journal, kind, language, own))
        send_to_oneself(journal, words, current_user, now=clock.now(), base_url=installation().base_url)
    flash(f"A test letter to {current_user.email} is queued; nothing was saved.", "success")
    return text_page(slug, language, kind)
