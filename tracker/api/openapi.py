"""openapi.json: what every call takes and gives, written from what the calls say of themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, url_for
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from werkzeug.routing import Rule

from tracker.api.operations import JSON, Operation, Shape
from tracker.api.problems import KIND
from tracker.api.shapes import Problem
from tracker.domain.roles import Scope

calls = Blueprint("openapi", __name__)

REF = "#/components/schemas/{model}"
ABOUT = """The same documents as the command line prints with `--json`.

Dates are calendar dates in the journal's own calendar, instants are UTC. What goes wrong is a problem (RFC 9457) whose
`detail` is a sentence. What belongs to a journal that you are no member of is not found."""


@calls.get("/openapi.json")
def document() -> Response:
    """This description."""
    return jsonify(description())


def described() -> Iterator[tuple[Rule, str, Operation]]:
    """Every call with its method and what it says of itself."""
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        told: Operation | None = getattr(current_app.view_functions[rule.endpoint], "operation", None)
        if told is not None:
            method = "post" if "POST" in (rule.methods or ()) else "get"
            yield rule, method, told


def description() -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, told in described():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/v1"))
        paths.setdefault(path, {})[method] = operation_object(rule, told)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Journal Tracker", "version": version("journal-tracker"), "description": ABOUT},
        "servers": [{"url": url_for("openapi.document").removesuffix("/openapi.json")}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A personal access token, made at /account/tokens/ or by “tracker account token”.",
                }
            },
        },
    }


def schemas() -> dict[str, Any]:
    """Every shape by its name."""
    given: list[tuple[Shape, JsonSchemaMode]] = [(Problem, "serialization")]
    for _, _, told in described():
        given += [(told.gives, "serialization")] if told.gives else []
        given += [(told.takes, "validation")] if told.takes else []
    _, document = models_json_schema(given, ref_template=REF)
    found: dict[str, Any] = document["$defs"]
    return found


def operation_object(rule: Rule, told: Operation) -> dict[str, Any]:
    call = current_app.view_functions[rule.endpoint]
    words = inspect.getdoc(call) or ""
    found: dict[str, Any] = {
        "operationId": call.__name__,
        "summary": words.split(". ")[0].split(": ")[0].rstrip("."),
        "description": f"{words} The token needs the scope “{told.scope}”.",
        "tags": [rule.endpoint.split(".")[0]],
        "parameters": parameters(rule, told),
        "responses": responses(rule, told),
    }
    if told.takes:
        found["requestBody"] = {"required": True, "content": {JSON: {"schema": ref(told.takes)}}}
    return found


def parameters(rule: Rule, told: Operation) -> list[dict[str, Any]]:
    """What stands in the address, in the query and in headers."""
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in sorted(rule.arguments)
    ]
    if told.asks:
        schema = told.asks.model_json_schema()
        shared = schema.get("$defs", {})
        for name, part in schema["properties"].items():
            required = name in schema.get("required", [])
            found.append({"name": name, "in": "query", "required": required, "schema": given_once(part, shared)})
    if 409 in told.may:
        words = "The ETag of the manuscript as it was seen; 409 where its history has grown."
        found.append({
            "name": "If-Match", "in": "header", "required": False, "description": words,
            "schema": {"type": "string", "pattern": '^"[0-9]{1,7}"$'},
        })  # fmt: skip
    return found


def given_once(part: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter: a query holds no null, and what it refers to is written out."""
    choices = [one for one in part.get("anyOf", []) if one.get("type") != "null"]
    rest = {name: value for name, value in part.items() if name not in ("anyOf", "title") and value is not None}
    written = [shared[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one for one in choices]
    if not written:
        return rest
    return {**rest, **written[0]} if len(written) == 1 else {**rest, "anyOf": written}


def responses(rule: Rule, told: Operation) -> dict[str, Any]:
    """The document that it gives, and every problem that it may answer with."""
    content: dict[str, Any] = {JSON: {"schema": ref(told.gives)}} if told.gives else {}
    content |= {kind: {"schema": {"type": "string"}} for kind in told.kinds}
    good: dict[str, Any] = {"description": HTTPStatus(told.status).phrase, "content": content}
    if told.headers:
        good["headers"] = {
            name: {"description": words, "schema": {"type": "string"}} for name, words in told.headers.items()
        }
    statuses = {401, 429, 503, *told.may}
    statuses |= {422} if told.asks else set()
    statuses |= {400, 413, 415, 422} if told.takes else set()
    statuses |= {403} if told.scope == Scope.WRITE else set()
    bad = {"schema": ref(Problem)}
    return {
        str(told.status): good,
        **{str(code): {"description": HTTPStatus(code).phrase, "content": {KIND: bad}} for code in sorted(statuses)},
    }


def ref(shape: Shape) -> dict[str, str]:
    return {"$ref": REF.format(model=shape.__name__)}
