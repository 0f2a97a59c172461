"""Which passwords are taken: long enough, and not among the first that anybody would try."""

from __future__ import annotations

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
