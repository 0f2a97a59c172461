"""One answer to each kind of error: a sentence that says what happened, why, and what to do. Nothing was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from tracker.domain.errors import Conflict, NeedsConfirmation, NotAllowed, NotFound, OwnWork, TrackerError
from tracker.domain.faults import sentence_of
from tracker.web.interrupted import interrupted

NOT_FOUND = (
    "There is no such page",
    "The address may be mistyped, or what it showed belongs to a journal that you are not a member of.",
)
WORDS: dict[int, tuple[str, str]] = {
    400: (
        "That could not be read",
        "What the page sent is incomplete. Go back, load it again and send it.",
    ),
    404: NOT_FOUND,
    405: (
        "Nothing was done",
        "This address only takes what a form sends. Open the page and use its button.",
    ),
    413: ("That is too large", "A file may be up to 20 MB. Split it, or leave out what is not needed."),
}
NAMES_IN_ADDRESSES = ("reference", "slug", "position", "uid")


@dataclass(frozen=True)
class Problem:
    """Why a form is shown again. `sentence` says it; the flags say what the form adds to itself."""

    sentence: str
    needs_confirmation: bool = False
    status: int = 422

    @classmethod
    def of(cls, error: TrackerError) -> Problem:
        status = 409 if isinstance(error, Conflict) else 403 if isinstance(error, NotAllowed) else 422
        return cls(str(error), isinstance(error, NeedsConfirmation), status)

    @property
    def is_conflict(self) -> bool:
        return self.status == 409


def install(app: Flask) -> None:
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(OwnWork, own_work)
    app.register_error_handler(TrackerError, refused)
    app.register_error_handler(CSRFError, open_too_long)
    app.register_error_handler(OperationalError, database_busy)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, fault)


def or_again(show: Callable[..., ResponseReturnValue]) -> Callable[[Callable[..., ResponseReturnValue]], Any]:
    """For a view that takes a form: what is refused shows the form again, by `show(problem=…, **address)`.

    `show` fills it from the request, so nothing that was typed is lost.
    """

    def decorated(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def wrapped(**address: Any) -> ResponseReturnValue:
            try:
                return view(**address)
            except (NotFound, OwnWork):
                raise
            except TrackerError as error:
                problem = Problem.of(error)
                answer = show(problem=problem, **address)
                log_refusal(error)
                return answer if isinstance(answer, tuple) else make_response(answer, problem.status)

        return wrapped

    return decorated


def said(heading: str, sentence: str, status: int, **more: Any) -> ResponseReturnValue:
    """A page that says one thing."""
    return render_template("error.html", heading=heading, sentence=sentence, **more), status


def not_found(error: NotFound) -> ResponseReturnValue:
    log_refusal(error)
    return said(*NOT_FOUND, 404)


def own_work(error: OwnWork) -> ResponseReturnValue:
    log_refusal(error)
    page = {"href": url_for("manuscripts.show", reference=error.reference), "label": "See what its authors see"}
    return said("This is your own work", str(error), 403, way_back=page)


def refused(error: TrackerError) -> ResponseReturnValue:
    log_refusal(error)
    return said("This was not done", str(error), Problem.of(error).status)


def log_refusal(error: TrackerError) -> None:
    """Tell the log who asked for what is not theirs, or not there; of an address only names, for some hold secrets."""
    if isinstance(error, NotAllowed | NotFound) and current_user.is_authenticated:
        asked = {name: text for name, text in (request.view_args or {}).items() if name in NAMES_IN_ADDRESSES}
        kind, line = type(error).__name__, "%s: account %s, %s %s %s"
        current_app.logger.warning(line, kind, current_user.uid, request.method, request.endpoint, asked)


def open_too_long(error: CSRFError) -> ResponseReturnValue:
    return interrupted()


def http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    return said(*WORDS.get(error.code, ("This was not done", error.description or "")), error.code)


def database_busy(error: OperationalError) -> ResponseReturnValue:
    current_app.logger.error("the database does not answer", exc_info=error)
    return plain(
        "The database does not answer just now",
        sentence_of(str(error.orig))
        or "Nothing was changed. Wait a moment and try again; if it stays, tell the person who runs the tracker.",
        503,
    )


def fault(error: Exception) -> ResponseReturnValue:
    return plain(
        "Something went wrong on our side",
        "Nothing was changed. The person who runs the tracker finds the cause in its log.",
        500,
    )


def plain(heading: str, sentence: str, status: int) -> ResponseReturnValue:
    """Said without the context of a person: asking who it is asks the database, which may be what is broken."""
    return current_app.jinja_env.get_template("error.html").render(heading=heading, sentence=sentence), status
