"""What every answer says to the browser, errors included: load nothing from elsewhere, keep nothing of a person's."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.datastructures import ImmutableMultiDict

from tracker.domain.errors import BadInput, NotFound
from tracker.web import compression

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
A_YEAR_SECONDS = 365 * 24 * 3600

csrf = compression.MaskedCSRF()


def install(app: Flask) -> None:
    """CSRF on every POST; strict headers on every answer; static files by content, kept for a year."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # as long as the session: a form may stay open over lunch
    csrf.init_app(app)
    compression.install(app)
    app.before_request(no_nul)
    app.after_request(add_headers)
    app.url_defaults(name_by_content)


def no_nul() -> None:
    """No text holds a NUL: PostgreSQL knows none, and SQLite ends a text at it.

    No page has one in its path, what is asked for is read without it, and what is sent is refused by name.
    """
    if "\0" in request.path:
        raise NotFound
    if any("\0" in text for pair in request.form.items(multi=True) for text in pair):
        raise BadInput("What was sent holds the character NUL, which is in no text. Take it out, and send it again.")
    if "%00" in request.query_string.decode("ascii", "replace"):
        asked = request.args.items(multi=True)
        request.args = ImmutableMultiDict([(name.replace("\0", ""), text.replace("\0", "")) for name, text in asked])


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR_SECONDS}; includeSubDomains")
    if request.endpoint == "security.logout":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'  # words not sent are kept in it
    response.headers["Cache-Control"] = cache_control(response)
    return response


def cache_control(response: Response) -> str:
    """Static files are named by their content and never change; nothing else is kept."""
    if request.endpoint == "static" and response.status_code in (200, 304) and "v" in request.args:
        return f"public, max-age={A_YEAR_SECONDS}, immutable"
    return response.headers.get("Cache-Control", "no-store") if is_public(response) else "no-store"


def is_public(response: Response) -> bool:
    """Whether the answer itself says that it may be kept by others; only pages without a person say so."""
    return "public" in response.headers.get("Cache-Control", "")


def name_by_content(endpoint: str, values: dict[str, Any]) -> None:
    """Put a hash of the file's content into the address of a static file."""
    if endpoint == "static" and "v" not in values and current_app.static_folder:
        path = Path(current_app.static_folder) / str(values.get("filename", ""))
        if path.is_file():
            values["v"] = content_hash(path, path.stat().st_mtime_ns)


@cache
def content_hash(path: Path, changed_at_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
