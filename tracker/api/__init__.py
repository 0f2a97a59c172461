"""The JSON API at /api/: an application of its own, so that nothing of the pages reaches it.

No cookie, session, form or CSRF token exists here: a request says who it is by its token or it is nobody's. The
application is put together when it is first asked for something; until then it costs the pages nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PLACE = "/api"


def mount(host: Flask) -> None:
    """Put the API below PLACE of the application; it uses its settings and database."""
    host.wsgi_app = DispatcherMiddleware(host.wsgi_app, {PLACE: Mounted(host)})  # type: ignore[method-assign]  # how WSGI is wrapped


class Mounted:
    """The API, built by the first request."""

    def __init__(self, host: Flask) -> None:
        self.host, self.lock = host, Lock()
        self.app: Flask | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self.lock:
            app = self.app = self.app or build(self.host)
        return app.wsgi_app(environ, start_response)


def build(host: Flask) -> Flask:
    """The API's own application."""
    from tracker.api import (
        answers,
        callers,
        dates,
        journals,
        manuscripts,
        openapi,
        outbox,
        problems,
        recording,
        reminders,
        reports,
    )
    from tracker.db import db

    app = Flask("tracker.api", static_folder=None)
    app.config.update(answers.settings_from(host))
    app.json.sort_keys = app.json.ensure_ascii = False  # type: ignore[attr-defined]  # as the command line prints
    db.share(host, app)
    problems.install(app)
    callers.install(app)
    answers.install(app)
    for room in (openapi, journals, manuscripts, recording, dates, reports, reminders, outbox):
        app.register_blueprint(room.calls, url_prefix="/v1")
    return app
