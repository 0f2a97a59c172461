"""The work behind `tracker import page|jats|…`: article by article, each whole or not at all."""

from __future__ import annotations

import secrets
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker import clock
from tracker.db import transaction
from tracker.domain.audit import Change
from tracker.domain.errors import BadInput, TrackerError
from tracker.formats.article_record import ArticleRecord
from tracker.formats.sources import MAX_BYTES, SOURCES, Source
from tracker.queries.articles import journal_of_record
from tracker.queries.manuscripts import journal_by_slug
from tracker.services.actors import OPERATOR
from tracker.services.article_batches import ArticleBatch, Taken
from tracker.services.audit import note_change

BATCH = 200  # articles that are committed together: a commit is a write to the disk that the machine waits for


@dataclass
class ImportResult:
    """What became of the files: references as imported, and each refusal with its file and reason."""

    import_id: str
    outcomes: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The shape of the public contract."""
        counts = Counter(outcome for _, outcome, _ in self.outcomes)
        return {
            "import_id": self.import_id,
            "created": counts["created"],
            "updated": counts["updated"],
            "unchanged": counts["unchanged"],
            "refused": self.refused,
            "manuscripts": [reference for reference, _, _ in self.outcomes],
        }

    def lines(self) -> list[str]:
        """One line a manuscript: `IJCP-2020-001  created  Title`."""
        return [f"{reference}  {outcome}  {title}" for reference, outcome, title in self.outcomes]

    def refuse(self, path: Path, row: int | None, reason: str) -> None:
        place = path.name if row is None else f"{path.name}, article {row}"
        reason = reason if reason.startswith(path.name) else f"{place}: {reason}"
        self.refused.append({"file": str(path), "row": row, "reason": reason})


@dataclass(frozen=True)
class Found:
    """One article of a file; `row` counts from 1 where the file holds several, and is None where it holds one."""

    path: Path
    row: int | None
    record: ArticleRecord


def import_files(files: Sequence[Path], kind: str, slug: str | None) -> ImportResult:
    """Import every article of every file, or of every file of a folder that looks like this kind of source.

    A refused article changes nothing and does not stop the others. Without a journal's short name, each article
    goes to the journal that it names, or to the only one there is.
    """
    if slug is not None:
        journal_by_slug(slug)
    source = SOURCES[kind]
    result = ImportResult(import_id=secrets.token_hex(4))
    paths = [path for given in files for path in _files_of(given, source, result)]
    batch: list[Found] = []
    with progress(len(paths)) as advance:
        for path in paths:
            for found in _articles_of(path, source, result):
                batch.append(found)
                if len(batch) >= BATCH:
                    _import_batch(batch, slug, result)
                    batch = []
            advance()
        _import_batch(batch, slug, result)
    _note(result, kind, slug)
    return result


def _note(result: ImportResult, kind: str, slug: str | None) -> None:
    """The histories say where an article is from; the trail says who took it over."""
    counts = Counter(outcome for _, outcome, _ in result.outcomes)
    counts.pop("unchanged", None)
    if counts:
        with transaction():
            note_change(
                Change.DATA_IMPORTED, by=OPERATOR, now=clock.now(), journal=journal_by_slug(slug) if slug else None,
                after={"import": result.import_id, "kind": kind, **counts},
            )  # fmt: skip


def _files_of(path: Path, source: Source, result: ImportResult) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in source.suffixes and file.is_file())
    if not found:
        result.refuse(
            path, None, f"{path.name or path}: no file of this folder ends in {', '.join(sorted(source.suffixes))}."
        )
    return found


def _articles_of(path: Path, source: Source, result: ImportResult) -> Iterator[Found]:
    try:
        data = _content(path)
        readings = list(source.read(data))
    except BadInput as error:
        result.refuse(path, None, str(error))
        return
    except OSError as error:
        result.refuse(path, None, f"the file cannot be read ({error.strerror or 'unknown reason'}).")
        return
    for number, reading in enumerate(readings, start=1):
        row = number if len(readings) > 1 else None
        if isinstance(reading, BadInput):
            result.refuse(path, row, str(reading))
        else:
            yield Found(path, row, reading)


def _content(path: Path) -> bytes:
    if not path.exists():
        raise BadInput("there is no such file.")
    if path.stat().st_size > MAX_BYTES:
        raise BadInput(f"the file is larger than {MAX_BYTES // 2**20} MB; split it.")
    return path.read_bytes()


def _import_batch(batch: Sequence[Found], slug: str | None, result: ImportResult) -> None:
    if not batch:
        return
    with transaction():
        articles = ArticleBatch(by=OPERATOR, now=clock.now())
        for found in batch:
            try:
                taken = _import_one(articles, found, slug, result.import_id)
            except TrackerError as error:
                result.refuse(found.path, found.row, str(error))
            else:
                result.outcomes.append((taken.reference, taken.outcome, taken.title))
        articles.finish()


def _import_one(articles: ArticleBatch, found: Found, slug: str | None, import_id: str) -> Taken:
    journal = journal_by_slug(slug) if slug is not None else journal_of_record(found.record)
    place = found.path.name if found.row is None else f"{found.path.name}, article {found.row}"
    source, today = f"import {import_id}: {place}", clock.today(journal.timezone)
    return articles.take(journal, found.record, source=source, today=today)


@contextmanager
def progress(total: int, label: str = "Importing") -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal for long work; none when piped or for a few files. Call it once a file."""
    if total < 10 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)
