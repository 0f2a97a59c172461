"""Several witnesses of one milestone in one file: which date is told onwards."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.formats.article_record import DatedFact

ONCE = frozenset(("received", "accepted", "published", "published_in_issue"))


def settled(facts: Iterable[DatedFact]) -> tuple[DatedFact, ...]:
    """One date for each milestone that happens once: the first told, or a more exact one that agrees with it.

    Re-submissions and notices stay as they are, none of them twice. The order of first telling is kept.
    """
    chosen: dict[tuple[object, ...], DatedFact] = {}
    for fact in facts:
        key = (fact.kind,) if fact.kind in ONCE else (fact.kind, fact.on)
        known = chosen.get(key)
        if known is None or _sharpens(fact, known):
            chosen[key] = fact
    return tuple(chosen.values())


def _sharpens(fact: DatedFact, known: DatedFact) -> bool:
    return fact.on != known.on and fact.on.lies_within(known.on)
