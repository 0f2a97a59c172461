"""Which passwords are taken: long enough, and not among the first that anybody would try, nor known to have leaked."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tracker.domain.errors import BadInput
from tracker.models import Account

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
SAFE = 3  # of 0–4: a hundred million guesses and more, by zxcvbn's lists of words, names and keyboard walks
LOOKED_AT = 72  # of a long one, its beginning is enough, and time is not lost on the rest


def check_password(password: str, account: Account | None = None) -> None:
    """Raise BadInput, with what to do, for a password that is too short, too long, or too easy to guess."""
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput(f"The password is too short: {SHORTEST_PASSWORD} characters at least.")
    if len(password) > LONGEST_PASSWORD:
        raise BadInput(f"The password is too long: {LONGEST_PASSWORD} characters at most.")
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # it has no types; its lists take a while to load

    own = [account.email, *account.email.split("@"), *account.name.split()] if account else []
    if zxcvbn(password[:LOOKED_AT], user_inputs=["tracker", "journal", *own])["score"] < SAFE:
        raise BadInput("The password is easy to guess. Take a few words that do not belong together.")


def must_not_have_leaked(password: str, known: Path) -> None:
    """Raise BadInput for a password whose SHA-1 stands in a list of leaked ones.

    The list has a line for each, `HASH` or `HASH:COUNT`, in capitals and in order, as haveibeenpwned.com makes it.
    It is searched where it lies, by halves, so that it may be larger than the memory; nobody else is asked.
    """
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with known.open("rb") as lines:
        first, low, high = lines.readline(), 0, known.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            lines.readline()  # the rest of the line that the middle lies in
            line = lines.readline()
            low, high = (middle + 1, high) if line and line[:40] < digest else (low, middle)
        lines.seek(low)
        lines.readline()
        if digest in (first[:40], lines.readline()[:40]):
            raise BadInput("This password has leaked somewhere, and is among the first that are tried. Take another.")
