"""What every answer says beside its document: keep nothing, load nothing, guess nothing. And how large a request is."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import NotFound

LARGEST_REQUEST = 1024 * 1024
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
A_YEAR_SECONDS = 365 * 24 * 3600


def settings_from(host: Flask) -> dict[str, Any]:
    """What the API shares with the pages. No secret key: nothing here is signed, so there are no sessions."""
    shared = ("TRACKER_SETTINGS", "TESTING", "SESSION_COOKIE_SECURE")
    return {
        **{name: host.config[name] for name in shared},
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "PROVIDE_AUTOMATIC_OPTIONS": False,  # it answers no pages of other sites, so it needs no preflight
    }


def install(app: Flask) -> None:
    app.url_map.strict_slashes = False
    app.before_request(no_nul)
    app.after_request(add_headers)


def no_nul() -> None:
    """No text holds a NUL: PostgreSQL knows none. Whatever is asked for by one, is not there."""
    if "\0" in request.path or any("\0" in text for pair in request.args.items(multi=True) for text in pair):
        raise NotFound


def add_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR_SECONDS}"
    return response
