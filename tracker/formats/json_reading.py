"""JSON from outside: one document, or one a line; and getting at its parts when they may be anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracker.domain.errors import BadInput
from tracker.formats.page_text import decode


def parse_json(data: bytes) -> list[Any]:
    """The documents of the file: one, or as many as it has lines. Raises BadInput, naming the place."""
    text = decode(data).lstrip("\ufeff").strip()
    if not text:
        raise BadInput("the file is empty.")
    try:
        return [_loaded(text)]
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith("{") or not lines[0].rstrip().endswith("}"):
            raise BadInput(f"the file is no JSON (line {error.lineno}: {error.msg}).") from None
    return [_line(line, number) for number, line in enumerate(lines, start=1)]


def _line(line: str, number: int) -> Any:
    try:
        return _loaded(line)
    except json.JSONDecodeError as error:
        raise BadInput(f"line {number} is no JSON ({error.msg}).") from None


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise BadInput("the file is nested too deeply.") from None
    except ValueError as error:
        if isinstance(error, json.JSONDecodeError):
            raise
        raise BadInput("the file holds a number that is too long.") from None


def text(value: Any) -> str:
    """The value if it is a text or a number, the first of a list; empty for anything else."""
    if isinstance(value, list):
        return text(value[0]) if value else ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return value if isinstance(value, str) else str(value)[:40]


def part(value: Any, *names: str) -> Any:
    """What lies under these names, one in the other; None where the path breaks off."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def parts(value: Any, *names: str) -> Iterator[dict[str, Any]]:
    """The objects of the list that lies under these names; nothing where there is no such list."""
    found = part(value, *names)
    yield from (item for item in found if isinstance(item, dict)) if isinstance(found, list) else ()
