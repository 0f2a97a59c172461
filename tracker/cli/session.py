"""What commands share: the application and its settings, output as JSON, and a journal or manuscript by its name."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from tracker.config import Settings

P = ParamSpec("P")
R = TypeVar("R")

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


def complain(sentence: str) -> None:
    """Say on standard error, in one line, why something was refused; bytes that are no text are spelled out."""
    line = " ".join(sentence.split())
    click.echo(line.encode("utf-8", "backslashreplace").decode(), err=True)
