"""`tracker demo`: a sample journal in a database of its own, served with its scheduler."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.session import echo_json, json_option, say

if TYPE_CHECKING:
    from flask import Flask

HOST, PORT = "127.0.0.1", 5000


@click.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), help=f"{PORT} unless given, or a free one if that is taken.")
@click.option("--no-serve", is_flag=True, help="Build the database and stop.")
@json_option
def demo_command(port: int | None, no_serve: bool, as_json: bool) -> None:
    """Serve a sample journal in a database of its own, rebuilt from scratch each time."""
    address = f"http://{HOST}:{_port(port, serving=not no_serve)}"
    app = _demo_app(address)
    report = _report(app, address)
    if as_json:
        echo_json(report)
    else:
        for line in _in_words(report, serving=not no_serve):
            say(line)
    if not no_serve:
        from tracker.cli.serve import serve_with_waitress

        serve_with_waitress(app, HOST, int(address.rpartition(":")[2]))


def _port(wanted: int | None, *, serving: bool) -> int:
    from tracker.cli.addresses import any_free_port, is_free, must_be_free

    if wanted is None:
        return PORT if not serving or is_free(HOST, PORT) else any_free_port(HOST)
    if serving:
        must_be_free(HOST, wanted)
    return wanted


def _demo_app(address: str) -> Flask:
    """The application on the demonstration's own database, built anew. Nothing of the real installation is used."""
    from tracker import clock
    from tracker.app import create_app
    from tracker.config import instance_folder
    from tracker.db import db, transaction
    from tracker.demo.build import build_demo
    from tracker.demo.letters import send_past_letters
    from tracker.migrations.state import upgrade

    path = instance_folder() / "demo.sqlite"
    for old in path.parent.glob("demo.sqlite*"):  # with the write-ahead log that may be beside it
        old.unlink()
    os.environ.update(
        TRACKER_DATABASE_URL=f"sqlite:///{path}", TRACKER_SMTP_URL="demo:", TRACKER_BASE_URL=address
    )  # this process is the demonstration, and its scheduler reads the same settings
    app = create_app(TRACKER_DEMO=True)
    with app.app_context():
        upgrade()
        with transaction():
            build_demo(now=clock.now(), today_in=clock.today)
        send_past_letters(today_in=clock.today, settings=app.config["TRACKER_SETTINGS"])
        db.engine.dispose()
    return app


def _report(app: Flask, address: str) -> dict[str, Any]:
    from tracker.demo.people import ACCOUNTS

    people = [
        {"email": person.email, "password": person.password, "role": str(person.role), "journal": person.journal}
        for person in ACCOUNTS
    ]
    return {"url": f"{address}/", "database": app.config["TRACKER_SETTINGS"].database_url, "accounts": people}


def _in_words(report: dict[str, Any], *, serving: bool) -> Iterator[str]:
    yield ""
    yield f"  The demonstration is {'at ' + report['url'] if serving else 'built'}"
    yield ""
    yield "  Sign in as"
    for person in report["accounts"]:
        role = f"{person['role'].replace('_', ' ')} of {person['journal']}"
        yield f"    {person['email']:<24} {person['password']:<24} {role}"
    yield ""
    yield f"  Its database: {report['database']}"
    yield "  Letters are not sent: they are shown in the outbox. Everything here is made up but the seed article."
    yield "  Stop with Ctrl-C; the next start begins afresh." if serving else ""
    yield ""
