"""How many of the letters to come go out, how many do not, and why not: in the same words wherever they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tracker.queries.reminders import PlannedLetter

IN_A_WORD = {
    "no_address": "no address", "refused_address": "refused address", "opted_out": "no reminders wanted",
    "by_editor": "held back", "dry_run": "dry-run",
}  # fmt: skip


def how_many_go_out(letters: Iterable[PlannedLetter]) -> str:
    """`No letter goes out`, `One letter goes out`, `5 letters go out`."""
    count = sum(letter.goes_out for letter in letters)
    return f"{count} letters go out" if count > 1 else "One letter goes out" if count else "No letter goes out"


def how_many_do_not(letters: Iterable[PlannedLetter]) -> str:
    """`2 do not: no address`; `3 do not: 2 no address, 1 held back`; empty where all go out."""
    reasons = Counter(IN_A_WORD[letter.held] for letter in letters if not letter.goes_out)
    count = reasons.total()
    if not count:
        return ""
    why = ", ".join(f"{number} {reason}" for reason, number in sorted(reasons.items()))
    return f"{count} {'does' if count == 1 else 'do'} not: {why if len(reasons) > 1 else next(iter(reasons))}"
