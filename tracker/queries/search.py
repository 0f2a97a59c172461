"""Which manuscripts mention what somebody is looking for."""

from __future__ import annotations

from sqlalchemy import ColumnElement, bindparam, false, func, literal, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import cast

from tracker.db import db
from tracker.formats.search_words import words_of
from tracker.models import Manuscript, SearchText


def mentions(query: str) -> ColumnElement[bool]:
    """The condition that a manuscript has every word of the query, each at least as the beginning of one of its own.

    Any text is a query: only letters and digits count, and a query without any finds nothing.
    """
    words = words_of(query)
    if not words:
        return false()
    if db.session.get_bind().dialect.name == "sqlite":
        wanted = " ".join(f'"{word}"*' for word in dict.fromkeys(words))
        matching = text("SELECT rowid FROM search_index WHERE search_index MATCH :wanted")
        # Its own name for each search: saved views count several in one statement.
        found = matching.bindparams(bindparam("wanted", wanted, unique=True)).columns(rowid=Manuscript.id.type).cte()
        once = found.prefix_with("MATERIALIZED")  # the page and its count both look into it
        return Manuscript.id.in_(select(once.c.rowid))
    wanted = " & ".join(f"'{word}':*" for word in dict.fromkeys(words))
    vector = func.array_to_tsvector(func.string_to_array(SearchText.words, text("' '")))
    having = select(SearchText.manuscript_id).where(vector.op("@@")(cast(literal(wanted), TSQUERY)))
    return Manuscript.id.in_(having)
