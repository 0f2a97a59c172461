"""What was sent after the sign-in had ended, or by a page from before it: nothing is done, nothing typed is lost."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.exceptions import HTTPException

HEADING = "This page was open too long"
SIGNED_OUT = (
    "You are not signed in any more, so nothing was changed. Sign in again: what you typed is put back where you "
    "typed it."
)
STALE = (
    "It was loaded before you signed in again, so nothing was changed. Load it again: what you typed is put back where "
    "you typed it."
)
FIRST_SENTENCE = "For your safety a form works only while you are signed in. "
NOBODYS_WORDS = ("csrf_token", "password", "password_confirm", "version", "was", "then", "query", "deed", "uid")


def interrupted() -> ResponseReturnValue:
    """The page that leads back to the form; a part of a page, asked for by htmx, leads there by itself."""
    signed_out = not current_user.is_authenticated
    back = form_page()
    href = url_for("security.login", next=back) if signed_out else back
    if request.headers.get("HX-Request") == "true":
        return Response(status=401, headers={"HX-Redirect": href})
    page = render_template(
        "error.html",
        heading=HEADING,
        sentence=FIRST_SENTENCE + (SIGNED_OUT if signed_out else STALE),
        way_back={"href": href, "label": "Sign in again" if signed_out else "Load the page again"},
        typed=what_was_typed(),
    )
    return page, 400


def form_page() -> str:
    """The page that the form is on: its own address where that shows a page, else where it was sent from."""
    sent_from = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    if request.headers.get("HX-Request") != "true" and is_page(request.path):
        return request.full_path.rstrip("?")
    if sent_from.netloc == request.host and is_page(sent_from.path):
        return f"{sent_from.path}?{sent_from.query}".rstrip("?")
    return "/"


def is_page(path: str) -> bool:
    """Whether there is something to see at this path of ours."""
    try:
        endpoint, _ = current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return False
    return not endpoint.startswith("security.")


def what_was_typed() -> list[tuple[str, str]]:
    """The form's words, for whoever has no JavaScript; only what a page of our own has sent."""
    came_from_us = urlsplit(request.headers.get("Origin", "")).netloc == request.host
    if not came_from_us or (request.endpoint or "").startswith("security."):
        return []
    return [
        (name.replace("_", " ").capitalize(), value)
        for name, value in request.form.items(multi=True)
        if value.strip() and name not in NOBODYS_WORDS
    ]
