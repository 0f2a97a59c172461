"""Importing articles by the hundred: new ones are written together, by the door for many; known ones one by one.

What becomes of an article is what `services.articles.import_article` would have made of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.db import db
from tracker.domain.errors import BadInput
from tracker.domain.recording import Authority, Entry
from tracker.formats.article_record import ArticleRecord, cleaned
from tracker.models import Journal
from tracker.services.actors import Actor
from tracker.services.article_changes import fields_of
from tracker.services.article_facts import facts_of
from tracker.services.articles import (
    NO_DATES,
    Outcome,
    import_article,
    known_manuscript,
)
from tracker.services.bulk_history import BulkHistories, NewHistory, plan_history
from tracker.services.manuscripts import identity_key
from tracker.services.references import free_reference, told_apart

MOST_PENDING = 500


@dataclass(frozen=True)
class Taken:
    """What became of one article."""

    reference: str
    title: str
    outcome: Outcome


class ArticleBatch:
    """The articles of one transaction. `finish` before it ends: until then new articles wait in memory."""

    def __init__(self, *, by: Actor, now: datetime) -> None:
        self.by, self.now = by, now
        self.histories = BulkHistories(db.session())
        self._pending: set[tuple[int, str]] = set()

    def take(self, journal: Journal, record: ArticleRecord, *, source: str, today: date) -> Taken:
        """Import one article; raises what `import_article` raises, and then nothing of the article is there."""
        record = cleaned(record)
        keys = _keys(journal, record)
        if not self._pending.isdisjoint(keys) or len(self._pending) > MOST_PENDING:
            self._write()
        if known_manuscript(journal, record) is not None:
            self._write()
            with db.session.begin_nested():
                imported = import_article(journal, record, source=source, by=self.by, now=self.now, today=today)
            return Taken(imported.manuscript.reference, imported.manuscript.title, imported.outcome)
        return self._create(journal, record, keys, source=source, today=today)

    def finish(self) -> None:
        """Write what waits, and count it for the reports."""
        self.histories.finish()

    def _write(self) -> None:
        self.histories.write()
        self._pending.clear()

    def _create(
        self, journal: Journal, record: ArticleRecord, keys: set[tuple[int, str]], *, source: str, today: date
    ) -> Taken:
        if not record.title:
            raise BadInput("A manuscript needs a title.")
        facts = facts_of(record.dates)
        if not facts:
            raise BadInput(NO_DATES)
        plan = plan_history(facts, Authority(self.by.as_importer, self.now, today, source))
        reference = free_reference(journal, told_apart(journal, record.reference), _year(facts))
        authors = [vars(author) for author in record.authors]
        self.histories.add(NewHistory(self._row(journal, record, reference), authors, plan, journal.policy))
        self._pending |= {*keys, (0, reference.upper())}
        return Taken(reference, record.title, "created")

    def _row(self, journal: Journal, record: ArticleRecord, reference: str) -> dict[str, Any]:
        return {
            **fields_of(record), "id": self.histories.next_id(), "uid": uuid.uuid4().hex, "journal_id": journal.id,
            "reference": reference, "identity_key": _identity(record), "is_armed": False, "created_at": self.now,
        }  # fmt: skip


def _keys(journal: Journal, record: ArticleRecord) -> set[tuple[int, str]]:
    """All that the article could be known by: an article that shares one with a waiting one has to wait for it."""
    names = {record.doi.lower(), _identity(record)}
    own = {(journal.id, name) for name in names if name.strip("|")}
    return own | ({(0, record.reference.upper())} if record.reference else set())


def _identity(record: ArticleRecord) -> str:
    return identity_key(record.title, record.authors)


def _year(facts: Sequence[Entry]) -> int:
    return min(fact.on.first.year for fact in facts)
