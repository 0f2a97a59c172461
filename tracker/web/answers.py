"""Answers to letters, by a link and without an account. GET shows and only POST acts: mail scanners follow links."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, validate_csrf  # type: ignore[import-untyped]  # it ships no types
from wtforms import ValidationError

from tracker import clock
from tracker.db import transaction
from tracker.domain.errors import NotFound, TrackerError
from tracker.domain.letters import AnswerKind
from tracker.models import Task
from tracker.queries.answers import review_due_on, review_would_be_due
from tracker.services.answers import (
    NoSuchAnswer,
    Reply,
    answer_letter,
    choices_for,
    first_day,
    latest_day,
    unsubscribe,
)
from tracker.services.letter_links import OVER, language_of_link, link_and_task, unsubscribe_link
from tracker.web.answer_words import words_in
from tracker.web.compression import unmasked
from tracker.web.record_form import day_or_none
from tracker.web.safety import csrf
from tracker.web.sign_in import public

pages = Blueprint("answers", __name__)


@pages.after_request
def tell_nobody(answer: Response) -> Response:
    """The address is a secret: it is passed on to nobody, and kept nowhere."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@pages.errorhandler(NotFound)
def over(error: NotFound) -> ResponseReturnValue:
    words = words_in(language_of_link((request.view_args or {}).get("token", "")))
    sentence = words["over_sentence"] if str(error) == OVER else str(error)
    return render_template("answers/over.html", words=words, sentence=sentence), 404


@pages.get("/answer/<token>")
@public
def ask(token: str) -> ResponseReturnValue:
    return form_of(link_and_task(token)[1])


def form_of(task: Task, problem: TrackerError | None = None) -> ResponseReturnValue:
    """The page with the answers that can be given about this task."""
    manuscript, words = task.manuscript, words_in(task.manuscript.journal.language)
    today = clock.today(manuscript.journal.timezone)
    page = render_template(
        "answers/ask.html",
        manuscript=manuscript,
        task=task,
        words=words,
        today=today,
        review_due=review_would_be_due(manuscript, today),
        choices=choices_for(task),
        last=latest_day(task, today),
        first=first_day(task, today),
        problem=words.sentence_of(problem) if problem else "",
        typed=request.form,
    )
    return page, 422 if problem else 200


@pages.post("/answer/<token>")
@csrf.exempt  # type: ignore[untyped-decorator]  # checked below: a browser names no referrer here, as Flask-WTF wants
@public
def give(token: str) -> ResponseReturnValue:
    must_be_our_form()
    try:
        with transaction():
            link, task = link_and_task(token)
            journal = task.manuscript.journal
            now, today, reviewer = clock.now(), clock.today(journal.timezone), task.reviewer_number
            answer = answer_letter(link, task, reply_of(), now=now, today=today)
            due_on = review_due_on(answer.manuscript_id, reviewer) if answer.kind == AnswerKind.AGREED else None
    except NotFound:
        raise
    except TrackerError as error:
        return form_of(link_and_task(token)[1], error)
    words = words_in(journal.language)
    return render_template("answers/thanks.html", answer=answer, journal=journal, words=words, review_due=due_on)


def must_be_our_form() -> None:
    """Raise CSRFError unless the form came from our page."""
    try:
        validate_csrf(unmasked(request.form.get("csrf_token", "")))
    except ValidationError as error:
        raise CSRFError(str(error)) from None


def reply_of() -> Reply:
    """What was chosen. Raises BadInput."""
    kind = request.form.get("answer", "")
    if kind not in list(AnswerKind):
        raise NoSuchAnswer
    until = day_or_none(request.form.get("until", ""), "day") if kind == AnswerKind.LATER else None
    return Reply(AnswerKind(kind), until, request.form.get("note", ""))


@pages.get("/unsubscribe/<token>")
@public
def ask_unsubscribe(token: str) -> ResponseReturnValue:
    journal = unsubscribe_link(token).journal
    return render_template("answers/unsubscribe.html", journal=journal, done=False, words=words_in(journal.language))


@pages.post("/unsubscribe/<token>")
@csrf.exempt  # type: ignore[untyped-decorator]  # RFC 8058: a mail program posts it; the token is the capability
@public
def end_digests(token: str) -> ResponseReturnValue:
    with transaction():
        link = unsubscribe_link(token)
        unsubscribe(link, now=clock.now())
        journal = link.journal
    return render_template("answers/unsubscribe.html", journal=journal, done=True, words=words_in(journal.language))
