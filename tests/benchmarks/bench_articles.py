"""How many articles a second each reader and writer manages, and how many JATS files a second are imported whole.

    python -m tests.benchmarks.bench_articles [FOLDER OF JATS FILES]

Without a folder the files are made-up ones of 60 kB. The target is 100 JATS files a second.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from tests.formats.articles import ARTICLE, JOURNAL
from tests.formats.test_any_file import SEEDS
from tracker.formats.article_html import article_fragment
from tracker.formats.citations import cite_apa, cite_bibtex
from tracker.formats.crossref_deposit import write_crossref_deposit
from tracker.formats.jats_writing import write_jats
from tracker.formats.pubmed_writing import write_pubmed
from tracker.formats.sources import SOURCES

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SECONDS = 2.0
WRITERS: dict[str, Callable[[], object]] = {
    "JATS": lambda: write_jats(ARTICLE, JOURNAL),
    "Crossref deposit": lambda: write_crossref_deposit(ARTICLE, JOURNAL, now=NOW),
    "PubMed XML": lambda: write_pubmed([(ARTICLE, JOURNAL)]),
    "HTML fragment": lambda: article_fragment(ARTICLE, JOURNAL, ""),
    "APA": lambda: cite_apa(ARTICLE, JOURNAL),
    "BibTeX": lambda: cite_bibtex(ARTICLE, JOURNAL),
}


def rate(work: Callable[[], object]) -> float:
    """How often a second."""
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        work()
        count += 1
    return count / (time.perf_counter() - start)


def made_up_files() -> list[bytes]:
    """Two hundred JATS files, each with a body that makes it as long as real ones are."""
    body = (
        "<body>" + "".join(f"<sec><p>{'Tides rise and tables fall. ' * 20}</p></sec>" for _ in range(100)) + "</body>"
    )
    files = []
    for number in range(200):
        article = (
            write_jats(ARTICLE, JOURNAL).replace("ams.2023.17", f"ams.{number}").replace("On &lt;", f"{number} &lt;")
        )
        files.append(article.replace("</front>", f"</front>{body}").encode())
    return files


def read_all(files: list[bytes]) -> float:
    start = time.perf_counter()
    for data in files:
        list(SOURCES["jats"].read(data))
    return len(files) / (time.perf_counter() - start)


def import_all(files: list[bytes]) -> tuple[float, int]:
    """Files a second from disk to ledger, in SQLite, with every event sealed and committed; and how many got there."""
    from tests.databases import migrate
    from tracker.app import bare_app
    from tracker.cli.article_import import import_files
    from tracker.db import transaction
    from tracker.services.actors import OPERATOR
    from tracker.services.journals import add_journal

    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(files):
            (Path(folder) / f"{number}.xml").write_bytes(data)
        url = f"sqlite:///{folder}/bench.sqlite"
        with mock.patch.dict(os.environ, {"TRACKER_INSTANCE": folder, "TRACKER_DATABASE_URL": url}):
            migrate(url)
            with bare_app().app_context():
                with transaction():
                    add_journal(slug="ams", title="Annals", by=OPERATOR, now=NOW)
                start = time.perf_counter()
                result = import_files([Path(folder)], "jats", "ams")
                seconds = time.perf_counter() - start
    return len(files) / seconds, len(result.outcomes)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    files = [path.read_bytes() for path in sorted(folder.glob("*.xml"))] if folder else made_up_files()
    size = sum(map(len, files)) / len(files) / 1000
    print(f"{len(files)} JATS files of {size:.0f} kB on average")
    print(f"{'read':<28}{read_all(files):>10.0f} files/s")
    speed, count = import_all(files)
    print(f"{'read, stored and sealed':<28}{speed:>10.0f} files/s ({count} imported)")
    for kind, data in SEEDS.items():
        print(f"{'read ' + kind:<28}{rate(lambda k=kind, d=data: list(SOURCES[k].read(d))):>10.0f} /s")  # type: ignore[misc]
    for name, work in WRITERS.items():
        print(f"{'write ' + name:<28}{rate(work):>10.0f} /s")
    works = json.dumps([json.loads(SEEDS["crossref"])] * 5000).encode()
    start = time.perf_counter()
    list(SOURCES["crossref"].read(works))
    print(f"{'5,000 Crossref works':<28}{time.perf_counter() - start:>10.2f} s")


if __name__ == "__main__":
    main()
