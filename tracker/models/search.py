"""What the search looks through: one text a manuscript, of words only.

The words are folded here and not by the databases, so that both find the same. On SQLite an FTS5 table reads this
one; on PostgreSQL it has an index of its words (migration 0003). `services.search` keeps it in the transaction of
whatever it says: a trigger would have to be made again by every migration that rebuilds one of the five tables that
the words come from, and SQLite rebuilds a table to change a column; the first migration to forget would lose words
without anybody seeing it. A row that a service forgot is found by comparing, and `words_of` can always write all anew.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base


class SearchText(Base):
    """The words of a manuscript: reference, title, authors, abstract, key words, tags and notes."""

    __tablename__ = "search_texts"

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscripts.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
