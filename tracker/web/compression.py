"""Answers compressed on their way, and what that asks for: a CSRF token that looks different in every answer.

Flask-WTF's token holds a part that stays the same for a session. In a compressed page that also repeats what an
address says, its length would tell somebody who listens whether a guess was right (BREACH). So the token is written
under a fresh random mask each time, and unmasked before it is checked.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from flask import Flask, Response, g, request
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect, generate_csrf  # type: ignore[import-untyped]  # it has no types

TYPES = [
    "text/html", "text/css", "text/javascript", "text/plain", "text/csv", "text/calendar", "image/svg+xml",
    "application/json", "application/javascript",
]  # fmt: skip


class MaskedCSRF(CSRFProtect):  # type: ignore[misc]  # its base has no types
    """CSRF protection whose tokens come masked."""

    def init_app(self, app: Flask) -> None:
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = masked_token
        app.context_processor(lambda: {"csrf_token": masked_token})

    def _get_csrf_token(self) -> str | None:
        token = super()._get_csrf_token()
        return unmasked(token) if token else None


def install(app: Flask) -> None:
    """Compress what is text; what is small or compressed already is left as it is."""
    app.config.setdefault("COMPRESS_MIMETYPES", TYPES)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_BR_LEVEL", 5)
    Compress(app)
    app.after_request(read_whole)  # runs before the compression, which was registered before it


def read_whole(response: Response) -> Response:
    """Static files are streamed, and streams are not compressed by every algorithm: read ours, they are small."""
    if request.endpoint == "static" and response.status_code == 200 and response.mimetype in TYPES:
        response.direct_passthrough = False
        content = response.get_data()
        response.close()  # the file
        response.set_data(content)
    return response


def masked_token() -> str:
    """The session's token under a mask of its own length, with the mask before it; one mask an answer."""
    if "masked_token" not in g:
        token = generate_csrf().encode()
        mask = secrets.token_bytes(len(token))
        g.masked_token = urlsafe_b64encode(mask + _xor(token, mask)).decode().rstrip("=")
    masked: str = g.masked_token
    return masked


def unmasked(text: str) -> str:
    """The token that was masked; a text that is none comes back as it is, and is refused by its signature."""
    try:
        both = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        half = len(both) // 2
        return _xor(both[:half], both[half:]).decode()
    except (Error, ValueError):
        return text


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))
