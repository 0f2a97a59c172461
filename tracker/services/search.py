"""Keeping the search's words beside what they were taken from, in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select, text

from tracker.db import db
from tracker.formats.search_words import searchable
from tracker.models import Author, Manuscript, SearchText, StatusNote, Tag
from tracker.services.bulk_rows import RowBuffer, RowShape

BATCH = 500

_FORGET = text("INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', :manuscript_id, :words)")
_KNOW = text("INSERT INTO search_index(rowid, words) VALUES (:manuscript_id, :words)")


def keep_searchable(manuscript_ids: Iterable[int]) -> None:
    """Write the words of these manuscripts anew where they have changed. Call it after changing what is searched:
    reference, title, authors, abstract, DOI, key words, tags or notes. Recording a step calls it.
    """
    ids = list(manuscript_ids)
    for start in range(0, len(ids), BATCH):
        _keep(ids[start : start + BATCH])


def keep_all_searchable() -> None:
    """Write the words of every manuscript anew: after rows came in that no service wrote."""
    keep_searchable(db.session.scalars(select(Manuscript.id).order_by(Manuscript.id)).all())


def forget_search_leftovers() -> None:
    """Have SQLite's index drop the words that were deleted from it: until it is merged, it holds them still."""
    if db.session.get_bind().dialect.name == "sqlite":
        db.session.execute(text("INSERT INTO search_index(search_index) VALUES ('optimize')"))


def know_new(connection: Connection, words: Sequence[tuple[int, str]]) -> None:
    """Write the words of manuscripts that are new, and have none yet: (number, words) of each."""
    rows = [{"manuscript_id": number, "words": text_of_it} for number, text_of_it in words]
    buffer = RowBuffer(RowShape(SearchText, connection.dialect))
    for row in rows:
        buffer.add(row)
    buffer.write(connection)
    if rows and connection.dialect.name == "sqlite":
        connection.execute(_KNOW, rows)


def _keep(ids: Sequence[int]) -> None:
    session = db.session()
    session.flush()
    fresh = {number: searchable(texts) for number, texts in _texts(ids).items()}
    stored = select(SearchText.manuscript_id, SearchText.words).where(SearchText.manuscript_id.in_(ids))
    known = {row.manuscript_id: row.words for row in session.execute(stored)}
    changed = [number for number in fresh if known.get(number) != fresh[number]]
    if not changed:
        return
    old = [{"manuscript_id": number, "words": known[number]} for number in changed if number in known]
    new = [{"manuscript_id": number, "words": fresh[number]} for number in changed]
    _write(session.connection(), old, new)


def _write(connection: Connection, old: list[dict[str, object]], new: list[dict[str, object]]) -> None:
    has_own_index = connection.dialect.name == "sqlite"
    if old:
        if has_own_index:
            connection.execute(_FORGET, old)
        connection.execute(
            delete(SearchText).where(SearchText.manuscript_id.in_([row["manuscript_id"] for row in old]))
        )
    connection.execute(insert(SearchText), new)
    if has_own_index:
        connection.execute(_KNOW, new)


def _texts(ids: Sequence[int]) -> dict[int, list[str]]:
    """What is searched, by manuscript."""
    session, m = db.session(), Manuscript
    texts: dict[int, list[str]] = defaultdict(list)
    own = select(m.id, m.reference, m.title, m.abstract, m.doi, m.keywords).where(m.id.in_(ids))
    for number, reference, title, abstract, doi, keywords in session.execute(own):
        texts[number] += [reference, title, abstract, doi, *(keywords or ())]
    whole = (Author.manuscript_id, Author.given, Author.family, Author.email)
    names = select(*whole).where(Author.manuscript_id.in_(ids))
    tags = select(Tag.manuscript_id, Tag.word).where(Tag.manuscript_id.in_(ids))
    notes = select(StatusNote.manuscript_id, StatusNote.text).where(StatusNote.manuscript_id.in_(ids))
    for beside in (names, tags, notes):
        for number, *more in session.execute(beside):
            texts[number] += more
    return texts
