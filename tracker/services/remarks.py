"""Tags and status notes of a manuscript. They are no part of its history: the ledger holds what was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from tracker.db import db, take_turns
from tracker.domain.errors import BadInput
from tracker.models import Manuscript, StatusNote, Tag
from tracker.services.actors import Actor
from tracker.services.search import keep_searchable

LONGEST_TAG = 60


def tag_words(text: str) -> list[str]:
    """Tags as people type them, with commas between: each once, whatever its case. Raises BadInput for a long one."""
    words: dict[str, str] = {}
    for part in text.replace(";", ",").split(","):
        if word := " ".join(part.split()).lstrip("#"):
            words.setdefault(word.casefold(), word)
    for word in words.values():
        if len(word.casefold()) > LONGEST_TAG:
            raise BadInput(f"The tag “{word[:30]}…” is too long: a tag is a word or two, with commas between tags.")
    return list(words.values())


def set_tags(manuscript: Manuscript, words: Iterable[str]) -> None:
    """Make these the manuscript's tags, and no others."""
    take_turns(manuscript)
    wanted = {word.casefold(): word for word in words}
    session = db.session()
    kept = {tag.key: tag for tag in session.scalars(select(Tag).where(Tag.manuscript_id == manuscript.id))}
    for key in kept.keys() - wanted.keys():
        session.delete(kept[key])
    for key in sorted(wanted.keys() - kept.keys()):
        session.add(Tag(manuscript_id=manuscript.id, journal_id=manuscript.journal_id, key=key, word=wanted[key]))
    keep_searchable([manuscript.id])


def write_note(manuscript: Manuscript, text: str, *, by: Actor, now: datetime) -> None:
    """Add a note on how the manuscript stands; it is the one that counts. An empty one says that none counts."""
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if text == manuscript.status_note:
        return
    db.session.add(StatusNote(manuscript_id=manuscript.id, text=text, actor=by.uid, written_at=now))
    manuscript.status_note = text
    keep_searchable([manuscript.id])
