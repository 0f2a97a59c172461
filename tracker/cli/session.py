"""What commands share: the application and its settings, output as JSON, and a journal or manuscript by its name."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from rich.text import Text

    from tracker.config import Settings

P = ParamSpec("P")
R = TypeVar("R")

JSON_SHAPES = ("json", "jsonld", "csl", "doaj")
CONTROLS = (*range(0x20), *range(0x7F, 0xA0))  # C0, DEL and C1
SPELLED_OUT = {code: f"\\x{code:02x}" for code in CONTROLS if chr(code) not in "\t\n"}

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def in_app(function: Callable[P, R]) -> Callable[P, R]:
    """Run the command inside the application, without its pages; its connections are closed after it."""

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        from tracker.app import bare_app
        from tracker.db import db

        with bare_app().app_context():
            try:
                return function(*args, **kwargs)
            finally:
                db.session.remove()
                db.engine.dispose()

    return wrapped


def installation() -> Settings:
    """What this installation was told from outside; in a command that runs `in_app`."""
    from flask import current_app

    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    return settings


def echo_json(document: Any) -> None:
    """Print one JSON document, with letters as they are."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def say(text: str | bytes, *, err: bool = False, nl: bool = True) -> None:
    """Print what is for people. A title or a note may hold what a terminal would obey: it is shown instead."""
    click.echo(text if isinstance(text, bytes) else visible(text), err=err, nl=nl)


def visible(text: str) -> str:
    """The text with its control characters spelled out, but for ends of lines and tabs: `\\x1b` for ESC."""
    return "\r\n".join(line.translate(SPELLED_OUT) for line in text.split("\r\n"))


def say_as(shape: str, text: str, *, nl: bool = True) -> None:
    """Print a document in this format: JSON as it is, for programs; all else as for people."""
    (click.echo if shape in JSON_SHAPES else say)(text, nl=nl)


def as_written(text: str) -> Text:
    """The same for a table of rich, which would read [brackets] as orders of its own."""
    from rich.text import Text

    return Text(visible(text))


def complain(sentence: str) -> None:
    """Say on standard error, in one line, why something was refused; bytes that are no text are spelled out."""
    line = " ".join(sentence.split())
    say(line.encode("utf-8", "backslashreplace").decode(), err=True)
