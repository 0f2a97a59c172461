"""Which manuscript a row is about: by reference, else DOI, else title and first author; and references for new ones.

A row is matched by stricter rules than an article (`services.articles.known_manuscript`): a sheet is an office's own
list, in which another reference is another manuscript, and in which rows without any name come again.
The keys of a journal's manuscripts are read once an import. Rows of the same file are matched with each other too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.formats.article_record import ArticleRecord
from tracker.models import ImportRow, Journal, Manuscript, ReferenceCounter
from tracker.services.references import AUTOMATIC, locked_counter, numbered, prefixed


@dataclass(slots=True)
class Match:
    """A manuscript that a row is about. `is_void`: its history has been taken back. `row`: the last row about it."""

    manuscript_id: int
    reference: str
    doi: str
    is_void: bool = False
    row: int = 0


class Keys(NamedTuple):
    """What tells a row again: title and first author reduced to letters, or for a row without a name all its text."""

    identity: str
    fingerprint: str


@dataclass
class Manuscripts:
    """The manuscripts of one journal by every key that a row can name them with."""

    session: Session
    journal: Journal
    by_reference: dict[str, Match] = field(default_factory=dict)
    by_doi: dict[str, Match] = field(default_factory=dict)
    by_identity: dict[int, Match] = field(default_factory=dict)
    by_fingerprint: dict[str, Match] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = (
            Manuscript.id, Manuscript.reference, Manuscript.doi, Manuscript.identity_key, Manuscript.state
        )  # fmt: skip
        rows = select(*columns).where(Manuscript.journal_id == self.journal.id).order_by(Manuscript.id)
        for number, reference, doi, identity, state in self.session.execute(rows.execution_options(yield_per=5000)):
            match = Match(number, reference, doi, state is None)
            self.by_reference[reference.upper()] = match
            if state is not None:
                self._take_keys(match, doi, identity)

        rows_again = (
            select(ImportRow.fingerprint, Manuscript.reference)
            .join(Manuscript, Manuscript.id == ImportRow.manuscript_id)
            .where(Manuscript.journal_id == self.journal.id, Manuscript.state.is_not(None))
            .where(ImportRow.fingerprint.is_not(None))
        )
        for fingerprint, reference in self.session.execute(rows_again):
            self.by_fingerprint[str(fingerprint)] = self.by_reference[reference.upper()]

    def _take_keys(self, match: Match, doi: str, identity: str) -> None:
        if doi:
            self.by_doi.setdefault(doi.lower(), match)
        if identity.strip("|"):
            self.by_identity.setdefault(hash(identity), match)

    def find(self, record: ArticleRecord, keys: Keys) -> Match | None:
        """The manuscript that a row is about, or None for a new one."""
        if record.reference:
            found = self._by_reference(record.reference)
            if found is not None and not (found.doi and record.doi and found.doi.lower() != record.doi.lower()):
                return found
        if record.doi and (found := self.by_doi.get(record.doi.lower())) is not None:
            return found
        if record.title:
            return self._twin(record, keys.identity)
        return self.by_fingerprint.get(keys.fingerprint) if keys.fingerprint else None

    def _by_reference(self, reference: str) -> Match | None:
        wanted = reference.upper()
        return self.by_reference.get(prefixed(self.journal, wanted)) or self.by_reference.get(wanted)

    def _twin(self, record: ArticleRecord, identity: str) -> Match | None:
        """The one of the same title and first author, unless DOI or reference say that it is another."""
        found = self.by_identity.get(hash(identity))
        if found is None or (record.doi and found.doi):
            return None
        if record.reference and (found.row or not AUTOMATIC.fullmatch(found.reference)):
            return None
        return found

    def add(self, match: Match, keys: Keys) -> None:
        """Take a new manuscript into account, for the rows to come."""
        self.by_reference[match.reference.upper()] = match
        self._take_keys(match, match.doi, keys.identity)
        if keys.fingerprint:
            self.by_fingerprint[keys.fingerprint] = match


class References:
    """References for the new manuscripts of an import: as wanted where that is free, else the journal's next number."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._counters: dict[tuple[int, int], ReferenceCounter] = {}
        self._elsewhere: set[str] = set()
        self._taken: dict[int, set[str]] = {}

    def look_up(self, wanted: Iterable[str]) -> None:
        """See which of these references are taken in any journal; to be asked for a batch at a time."""
        rows = select(Manuscript.reference).where(Manuscript.reference.in_(list(wanted)))
        self._elsewhere = set(self.session.scalars(rows))

    def give(self, known: Manuscripts, wanted: str, year: int) -> str:
        """A free reference. Where another journal has the wanted one, the journal's short name stands before it."""
        for reference in (wanted, prefixed(known.journal, wanted)[:60]) if wanted else ():
            if reference.upper() not in known.by_reference and reference not in self._elsewhere:
                self._elsewhere.add(reference)
                return reference
        counter = self._counter(known.journal, year)
        while True:
            counter.last += 1
            reference = numbered(known.journal, year, counter.last)
            if reference not in known.by_reference and reference not in self._in_other_journals(known.journal):
                return reference

    def _counter(self, journal: Journal, year: int) -> ReferenceCounter:
        if (journal.id, year) not in self._counters:
            self._counters[journal.id, year] = locked_counter(self.session, journal, year)
        return self._counters[journal.id, year]

    def _in_other_journals(self, journal: Journal) -> set[str]:
        if journal.id not in self._taken:
            like = Manuscript.reference.like(prefixed(journal, "%"))
            others = select(Manuscript.reference).where(like, Manuscript.journal_id != journal.id)
            self._taken[journal.id] = set(self.session.scalars(others))
        return self._taken[journal.id]
