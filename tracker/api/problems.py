"""One shape for everything that went wrong: a problem of RFC 9457, whose `detail` is a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, json, request
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from tracker.domain.errors import Conflict, NeedsConfirmation, NotAllowed, NotFound, TrackerError
from tracker.domain.faults import sentence_of

KIND = "application/problem+json"
STATUSES: Sequence[tuple[type[TrackerError], HTTPStatus]] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (NotAllowed, HTTPStatus.FORBIDDEN),
)
SENTENCES = {
    404: "There is no such address: /api/v1/openapi.json lists those that there are.",
    405: "This address does not take that method: /api/v1/openapi.json says what it takes.",
    413: "That is too large: a request may have up to 1 MB.",
}
MOST_ERRORS = 20


class Unauthorized(TrackerError):
    """The request has no token, or one that opens nothing. `code` is the word of RFC 6750 for it, or empty."""

    def __init__(self, sentence: str, code: str = "invalid_token") -> None:
        super().__init__(sentence)
        self.code = code


class TooOften(TrackerError):
    """More was asked than may be; `seconds` is how long to wait."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(f"{sentence} Wait {seconds} second{'' if seconds == 1 else 's'}, and ask again.")
        self.seconds = seconds


class OutOfScope(TrackerError):
    """The token may only read."""


class Unreadable(TrackerError):
    """The body is no JSON."""


class WrongKind(TrackerError):
    """The body is said to be something else than JSON."""


def install(app: Flask) -> None:
    app.register_error_handler(Unauthorized, unauthorized)
    app.register_error_handler(TooOften, too_often)
    app.register_error_handler(OutOfScope, out_of_scope)
    app.register_error_handler(Unreadable, lambda error: problem(400, str(error)))
    app.register_error_handler(WrongKind, lambda error: problem(415, str(error)))
    app.register_error_handler(TrackerError, refused)
    app.register_error_handler(ValidationError, not_understood)
    app.register_error_handler(OperationalError, database_busy)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, fault)


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """The answer for something that went wrong; `more` are members of its own that a program may look at."""
    document = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more
    }  # fmt: skip
    return Response(json.dumps(document), status, headers, content_type=KIND)


def unauthorized(error: Unauthorized) -> Response:
    code = f', error="{error.code}"' if error.code else ""
    return problem(401, str(error), {"WWW-Authenticate": f'Bearer realm="Journal Tracker"{code}'})


def too_often(error: TooOften) -> Response:
    return problem(429, str(error), {"Retry-After": str(error.seconds)})


def out_of_scope(error: OutOfScope) -> Response:
    header = 'Bearer realm="Journal Tracker", error="insufficient_scope", scope="write"'
    return problem(403, str(error), {"WWW-Authenticate": header})


def refused(error: TrackerError) -> Response:
    """What the journal's rules or a person's role do not allow, in the rules' own sentence."""
    if isinstance(error, NotAllowed | NotFound) and "caller" in g:
        line, asked = "%s: account %s, %s %s %s", (request.method, request.endpoint, request.view_args)
        current_app.logger.warning(line, type(error).__name__, g.caller.account.uid, *asked)
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), HTTPStatus.UNPROCESSABLE_ENTITY)
    if isinstance(error, NeedsConfirmation):
        return problem(status, str(error), needs_confirmation=True)
    return problem(status, str(error))


def not_understood(error: ValidationError) -> Response:
    """What is missing or wrong in a request: a sentence for each, and all of them in one."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        return problem(400, f"The body is no JSON that can be read: {found[0]['msg'].removeprefix('Invalid JSON: ')}.")
    told = [{"field": field_of(one["loc"]), "detail": sentence_about(one)} for one in found[:MOST_ERRORS]]
    return problem(422, " ".join(one["detail"] for one in told), errors=told)


def field_of(place: Sequence[str | int]) -> str:
    """`authors.0.email`: where in the request; empty for all of it."""
    return ".".join(str(part) for part in place)


def sentence_about(error: Mapping[str, Any]) -> str:
    name = f"“{field_of(error['loc'])}”" if error["loc"] else "The body"
    match error["type"]:
        case "missing":
            return f"{name} is missing."
        case "extra_forbidden":
            return f"{name} is not known here: /api/v1/openapi.json says what is."
    return f"{name}: {error['msg']}."


def http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # werkzeug's own type is wider
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return problem(error.code, SENTENCES.get(error.code, error.description or "This was not done."), headers)


def database_busy(error: OperationalError) -> Response:
    current_app.logger.error("the database does not answer", exc_info=error)
    sentence = sentence_of(str(error.orig)) or "The database does not answer just now. Nothing was changed: try again."
    return problem(503, sentence)


def fault(error: Exception) -> Response:
    sentence = "Something went wrong on our side, and nothing was changed. The log of the tracker tells the cause."
    return problem(500, sentence)
