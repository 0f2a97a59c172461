"""How long a manuscript has been in one state, in words that a board can show beside its colours."""

from __future__ import annotations

# Up to so many days; the words are for people, and decide nothing.
AGES = ((13, "fresh"), (29, "ageing"), (59, "old"))
OLDEST = "very old"


def age_of(days: int) -> tuple[int, str]:
    """1 to 4, and its word: up to 13 days fresh, up to 29 ageing, up to 59 old, then very old."""
    for step, (most, word) in enumerate(AGES, start=1):
        if days <= most:
            return step, word
    return len(AGES) + 1, OLDEST
