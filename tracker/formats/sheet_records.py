"""Rows of a sheet as articles: each row, or all rows about one manuscript, as the neutral record.

What stands in a column that is no field is kept beside the record as notes; nothing of a row is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.formats.article_record import (
    LONGEST,
    ArticleRecord,
    AuthorRecord,
    bare_doi,
    bare_orcid,
)
from tracker.formats.sheet_columns import Layout
from tracker.formats.sheet_dates import is_blank
from tracker.formats.sheet_facts import FactReader
from tracker.formats.sheet_people import read_authors, read_name
from tracker.formats.sheet_words import FIELDS
from tracker.formats.sheets.reading import Sheet, SheetRow

_TEXTS = ("title", "volume", "issue", "article_number", "pages", "section", "article_type", "abstract", "citation")
_NOT_IN_REFERENCES = re.compile(r"[^A-Za-z0-9._-]+")
SURPLUS = "The row has more cells than there are columns ({} more): a delimiter within a cell needs quotation marks."
_LISTED = re.compile(r"\s*[;|\n]\s*")


@dataclass(frozen=True)
class SheetRecord:
    """One manuscript of a sheet. `rows` are the numbers of its rows, `cells` their texts.

    The record's title is empty where the sheet has none; `stand_in` is what it may be called then.
    """

    rows: tuple[int, ...]
    record: ArticleRecord
    journal: str
    notes: Mapping[str, str]
    stand_in: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Unread:
    """A row that gives no record, and why."""

    row: int
    reason: str
    cells: tuple[str, ...]


Read = SheetRecord | Unread


def read_records(sheet: Sheet, layout: Layout) -> Iterator[Read]:
    """Every row of the sheet, in order, as a record or as unread with its reasons.

    Where a row is one event, the records come at the end, one a manuscript, in the order of their first rows.
    """
    reader = RowReader(layout)
    if not layout.is_by_event:
        for row in sheet.rows():
            yield reader.read(row)
        return
    gathered: dict[str, SheetRecord] = {}
    for row in sheet.rows():
        read = reader.read(row)
        if isinstance(read, Unread):
            yield read
            continue
        key = _key(read)
        gathered[key] = _joined(gathered[key], read) if key in gathered else read
    yield from gathered.values()


def _key(read: SheetRecord) -> str:
    record = read.record
    first = record.authors[0].family if record.authors else ""
    return f"{read.journal}\n{record.reference or record.doi or f'{record.title}|{first}'}".casefold()


def _joined(one: SheetRecord, other: SheetRecord) -> SheetRecord:
    """Both events in one record; what the earlier row says of the manuscript stays, the later row adds."""
    ours, theirs = one.record, other.record
    lacking = {name: getattr(theirs, name) for name in ("title", "doi", "authors", *_TEXTS) if not getattr(ours, name)}
    dates = (*ours.dates, *(fact for fact in theirs.dates if fact not in ours.dates))
    notes = {name: f"{text}; {one.notes[name]}" if name in one.notes and one.notes[name] != text else text
             for name, text in other.notes.items()}  # fmt: skip
    record = replace(ours, **lacking, dates=dates)
    joined = replace(one, rows=(*one.rows, *other.rows), cells=(*one.cells, *other.cells))
    return replace(joined, record=record, notes={**one.notes, **notes}, stand_in=stand_in(record))


def reference_in(cell: str) -> str:
    """The reference that a cell gives: its spaces and slashes are dashes."""
    return _NOT_IN_REFERENCES.sub("-", cell).strip("-._")[: LONGEST["reference"]]


class RowReader:
    """Reads rows by a layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.places = {column.field: column.index for column in reversed(layout.columns)}
        self.facts = FactReader(layout)
        self.noted = [column for column in layout.columns if column.field == "note"]
        self.texts = [(name, self.places[name]) for name in _TEXTS if name in self.places]
        self.author_columns = [column.index for column in layout.columns if column.field == "authors"]
        self.keyword_columns = [column.index for column in layout.columns if column.field == "keywords"]

    def read(self, row: SheetRow) -> Read:
        """The row as a record; where parts of it cannot be read, all reasons."""
        cells, problems = row.cells, list[str]()
        if row.surplus:
            return Unread(row.number, SURPLUS.format(row.surplus), tuple(cells))
        notes = {column.name: cells[column.index] for column in self.noted if cells[column.index]}
        dates = self.facts.read(cells, notes, problems)
        texts = self._texts(cells, problems)
        doi, reference = self._doi(cells, problems), self._reference(cells, notes)
        authors = self._authors(cells) if not problems else ()
        record = ArticleRecord(
            title=texts.pop("title", ""), authors=authors, dates=dates, reference=reference, doi=doi,
            keywords=self._keywords(cells), **texts,  # type: ignore[arg-type]  # only fields that are text
        )  # fmt: skip
        if not problems and self.layout.is_by_event and not (reference or doi or record.title):
            problems.append("The row does not say which manuscript it is about: no reference, DOI or title.")
        if problems:
            return Unread(row.number, " ".join(problems), tuple(cells))
        journal = self._cell(cells, "journal")
        return SheetRecord((row.number,), record, journal, notes, stand_in(record), (tuple(cells),))

    def _cell(self, cells: list[str], name: str) -> str:
        place = self.places.get(name)
        return cells[place] if place is not None else ""

    def _texts(self, cells: list[str], problems: list[str]) -> dict[str, str]:
        texts = {}
        for name, place in self.texts:
            text = cells[place]
            if name != "abstract" and "\n" in text:
                text = " ".join(text.split())
            if len(text) > LONGEST.get(name, len(text)):
                problems.append(
                    f"The {FIELDS[name].lower()} “{text[:30]}…” is too long: {LONGEST[name]} characters at most."
                )
            texts[name] = text
        return texts

    def _doi(self, cells: list[str], problems: list[str]) -> str:
        cell = self._cell(cells, "doi")
        doi = bare_doi(cell) if cell else ""
        if cell and not doi and not is_blank(cell):
            problems.append(f"“{cell[:60]}” is not a DOI.")
        if len(doi) > LONGEST["doi"]:
            problems.append(f"The DOI “{doi[:30]}…” is too long.")
        return doi

    def _reference(self, cells: list[str], notes: dict[str, str]) -> str:
        """The reference with its spaces and slashes as dashes; as it stood, it is kept in the notes."""
        cell = self._cell(cells, "reference")
        reference = reference_in(cell)
        if reference != cell:
            notes[self.layout.columns[self.places["reference"]].name] = cell
        return reference

    def _keywords(self, cells: list[str]) -> tuple[str, ...]:
        texts = [cells[index] for index in self.keyword_columns if cells[index]]
        words = [word for text in texts for word in (_LISTED.split(text) if _LISTED.search(text) else text.split(","))]
        return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))

    def _authors(self, cells: list[str]) -> tuple[AuthorRecord, ...]:
        authors = [author for index in self.author_columns if cells[index] for author in read_authors(cells[index])]
        given, family = self._cell(cells, "given"), self._cell(cells, "family")
        if family and not authors:
            authors = [read_name(given, family)]
        says = {
            "email": self._cell(cells, "email")[:254], "orcid": bare_orcid(self._cell(cells, "orcid")),
            "affiliation": self._cell(cells, "affiliation"),
        }  # fmt: skip
        if authors and any(says.values()):
            authors[0] = replace(authors[0], **_given(says))
        return tuple(authors)


def _given(says: Mapping[str, str]) -> dict[str, Any]:
    return {name: text for name, text in says.items() if text}


def stand_in(record: ArticleRecord) -> str:
    """What a manuscript without a title is called."""
    if record.title:
        return record.title
    first: PartialDate | None = min((fact.on for fact in record.dates), default=None)
    return f"Untitled, {record.doi or record.reference or (first.words if first else 'no date')}"
