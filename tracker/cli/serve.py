"""`tracker serve` and `tracker scheduler`: the production server, and the scheduler as a process of its own."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.session import say

if TYPE_CHECKING:
    from flask import Flask

MOST_WORKERS = 64


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, MOST_WORKERS))
def serve_command(host: str, port: int, workers: int) -> None:
    """Serve the dashboard, with the reminder scheduler beside it."""
    from tracker.cli.addresses import must_be_free, netloc

    app = _ready_app()
    must_be_free(host, port)
    say(f"Journal Tracker at http://{netloc(host, port)}/ (stop with Ctrl-C)")
    if workers > 1 and sys.platform != "win32":
        from tracker.cli.gunicorn_server import serve_with_gunicorn

        serve_with_gunicorn(host, port, workers)
    else:
        serve_with_waitress(app, host, port)


@click.command("scheduler")
def scheduler_command() -> None:
    """Run the reminder scheduler as a process of its own."""
    app = _ready_app()
    from tracker.jobs.scheduler import run_forever

    run_forever(app)


def serve_with_waitress(app: Flask, host: str, port: int) -> None:
    """Serve from this process, with one scheduler thread, until stopped."""
    import waitress

    from tracker.jobs.scheduler import start_in_background

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # waitress knows Ctrl-C only
    stop_scheduler = start_in_background(app)
    try:
        # Whom to believe about what a web server before us says is decided by TRACKER_PROXIES, for every server alike.
        waitress.serve(app, host=host, port=port, threads=8, ident=None, clear_untrusted_proxy_headers=False)
    finally:
        stop_scheduler()


def _ready_app() -> Flask:
    """The application, on a database that is at the newest migration. Raises Refused where it is not."""
    from tracker.app import create_app
    from tracker.db import db
    from tracker.domain.errors import Refused
    from tracker.migrations import state

    app = create_app()
    with app.app_context():
        if not state.is_up_to_date():
            raise Refused(state.behind_sentence())
        db.engine.dispose()  # worker processes open connections of their own
    return app
