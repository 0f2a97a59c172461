"""What a call takes and gives, said once: it is checked when the call comes, and written into openapi.json."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Response, jsonify, request
from pydantic import BaseModel, ConfigDict

from tracker.api.callers import must_have_scope
from tracker.api.problems import Unreadable, WrongKind
from tracker.domain.roles import Scope

JSON = "application/json"
Shape = type[BaseModel]
Asked = TypeVar("Asked", bound=BaseModel)
Call = Callable[..., Response]


class Strict(BaseModel):
    """What comes from outside: a name that is not known is refused, not passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


@dataclass(frozen=True)
class Operation:
    """One call as it is described: `asks` is its query, `takes` its body, `gives` its document.

    `kinds` are the media types of an answer that is a text. `may` are the further statuses that it answers with.
    """

    gives: Shape | None
    asks: type[Strict] | None = None
    takes: type[Strict] | None = None
    scope: Scope = Scope.READ
    status: int = 200
    kinds: tuple[str, ...] = ()
    may: tuple[int, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def operation(gives: Shape | None, **more: Any) -> Callable[[Callable[..., Any]], Call]:
    """For a call: check the token's scope, read query and body into `asked` and `body`, give its document as JSON.

    `more` are the other fields of Operation.
    """
    told = Operation(gives, **more)

    def decorated(call: Callable[..., Any]) -> Call:
        @wraps(call)
        def answer(**address: Any) -> Response:
            must_have_scope(told.scope)
            if told.asks:
                address["asked"] = query_as(told.asks)
            if told.takes:
                address["body"] = body_as(told.takes)
            given = call(**address)
            return given if isinstance(given, Response) else document(given, told.status)

        answer.operation = told  # type: ignore[attr-defined]  # read by openapi
        return answer

    return decorated


def document(given: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """The document as an answer."""
    response = jsonify(given)
    response.status_code = status
    response.headers.update(headers or {})
    return response


def query_as(shape: type[Asked]) -> Asked:
    """The query of the address; a name that comes twice counts by its last value. Raises ValidationError."""
    return shape.model_validate_strings({name: request.args.getlist(name)[-1] for name in request.args})


def body_as(shape: type[Asked]) -> Asked:
    """The JSON of the body. Raises WrongKind, Unreadable or ValidationError; nothing is converted silently."""
    if request.mimetype != JSON:
        raise WrongKind(f"The body has to be {JSON}; this one is said to be {request.mimetype or 'of no kind'}.")
    content = request.get_data()
    if b"\\u0000" in content:
        raise Unreadable("The body holds the character NUL, which no text of a journal has.")
    return shape.model_validate_json(content, strict=True)


def pages_around(page: int, *, has_more: bool) -> dict[str, str]:
    """The header that links the pages before and after this one (RFC 8288)."""
    wanted = {"prev": page - 1 if page > 1 else None, "next": page + 1 if has_more else None}
    links = [
        f'<{request.script_root}{request.path}?{urlencode({**request.args.to_dict(), "page": number})}>; rel="{rel}"'
        for rel, number in wanted.items() if number
    ]  # fmt: skip
    return {"Link": ", ".join(links)} if links else {}
