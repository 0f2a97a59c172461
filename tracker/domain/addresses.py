"""Email addresses as they are compared."""

from __future__ import annotations


def address_key(address: str) -> str:
    """By what an address is found and told from others, wherever it is kept or typed: in small letters, and no more.

    `casefold` would go further: `weiß@example.org` and `weiss@example.org` are two people's.
    """
    return address.strip().lower()


def key_of_one_named(word: str) -> str:
    """By what somebody is found again of whom an address is known or, where there is none, a name."""
    return address_key(word) if "@" in word else word.casefold()
