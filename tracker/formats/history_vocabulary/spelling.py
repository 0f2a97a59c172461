"""How the labels of English lines are misspelt: a letter left out, doubled, or two of them changed over."""

from __future__ import annotations

_OFTEN = ("received", "accepted", "published", "submitted", "revised", "available")


def _misspellings(word: str) -> set[str]:
    """One slip in the inside of `word`: the first letter and the last are always there."""
    inside = range(1, len(word) - 1)
    lost = {word[:place] + word[place + 1 :] for place in inside}
    doubled = {word[:place] + word[place] + word[place:] for place in inside}
    changed = {word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(1, len(word) - 2)}
    return (lost | doubled | changed) - {word}


MISSPELT = {wrong: word for word in _OFTEN for wrong in _misspellings(word)}
"""Each misspelling, and the word that is meant."""
