"""Links that only the recipient has. A letter is kept with a place-holder; the token is made as the letter leaves.

So neither the outbox nor a backup holds a link that works, and every letter has its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

PLACE = re.compile(r"~(answer|unsubscribe|password|address)(?::(\d{1,18}):([a-z]{1,20}(?::\d{1,9}){1,2}))?~")
UNSUBSCRIBE = "~unsubscribe~"
PASSWORD, ADDRESS = "~password~", "~address~"
IN_WORDS = "(a link that only the recipient has)"


def answer_place(manuscript_id: int, task_key: str) -> str:
    """The place-holder of the link to answer about a task."""
    return f"~answer:{manuscript_id}:{task_key}~"


def places_in(text: str) -> set[str]:
    """The place-holders that stand in a letter."""
    return {found[0] for found in PLACE.finditer(text)}


def task_of(place: str) -> tuple[int, str] | None:
    """The manuscript and task of a place-holder to answer; None for another kind."""
    found = PLACE.fullmatch(place)
    return (int(found[2]), found[3]) if found and found[2] else None


def whole_address(path: str, *, base_url: str) -> str:
    """The path below the address that people see."""
    return base_url.rstrip("/") + path


def filled(text: str, address_of: Callable[[str], str]) -> str:
    """The text with each place-holder replaced by what `address_of` gives for it."""
    return PLACE.sub(lambda found: address_of(found[0]), text)


def for_reading(text: str) -> str:
    """The text with a remark where the links stand, for everybody but the recipient."""
    return filled(text, lambda place: IN_WORDS)
