"""Column kinds that several tables share."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import mapped_column

Id = Annotated[int, mapped_column(primary_key=True)]
JournalId = Annotated[int, mapped_column(ForeignKey("journals.id"), index=True)]
ManuscriptId = Annotated[int, mapped_column(ForeignKey("manuscripts.id"), index=True)]
Word = Annotated[str, mapped_column(String(40))]
Uid = Annotated[str, mapped_column(String(32), unique=True, default=lambda: uuid.uuid4().hex)]


def one_of(column: str, words: Iterable[str], *, or_null: bool = False) -> CheckConstraint:
    """A named CHECK that the column holds one of these stored words."""
    listed = ", ".join(f"'{word}'" for word in sorted(words))
    condition = f"{column} IN ({listed})"
    return CheckConstraint(f"{column} IS NULL OR {condition}" if or_null else condition, name=f"{column}_word")
