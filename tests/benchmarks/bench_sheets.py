"""How long a sheet takes, with every event, hash and interval: `python -m tests.benchmarks.bench_sheets [ROWS …]`.

Each import runs as a process of its own, on both databases, as `tracker import sheet` does; its peak memory is the
largest of it and of the processes that help it. A path instead of a number imports that file, by its journal column.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from tests.databases import PostgresDatabases, SqliteFiles, postgres_server

HEADER = ["Manuscript ID", "Title", "Authors", "Received", "Revised", "Accepted", "Published online", "DOI", "Section",
          "Handling editor", "Country", "Remarks"]  # fmt: skip


def made_up_sheet(path: Path, rows: int) -> Path:
    """A sheet of the usual twelve columns; all dates and names differ."""
    chance = random.Random(7)  # noqa: S311  the same sheet every time
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            days = [date(2005, 1, 1) + timedelta(days=chance.randrange(6500))]
            for most in (90, 40, 60):
                days.append(days[-1] + timedelta(days=chance.randrange(3, most)))
            title = f"On the careful keeping of invented matter number {number}"
            authors = f"Author{number % 5000}, Ada; Writer{number % 700}, Grace"
            dates = [day.isoformat() for day in days]
            more = [f"10.5555/made.up.{number}", "Articles", f"Editor {number % 7}", "NZ", f"remark {number}"]
            writer.writerow([f"MS-{number:06d}", title, authors, *dates, *more])
    return path


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """A fresh, migrated database of each kind."""
    with (
        postgres_server() as server,
        SqliteFiles(folder).fresh() as file,
        PostgresDatabases(server).fresh() as database,
    ):
        yield {"sqlite": file, "postgresql": database.replace("+psycopg", "")}


def measured(url: str, arguments: list[str], folder: Path) -> tuple[float, int, dict[str, int]]:
    """Seconds, peak megabytes, and the counts of one command."""
    environment = {**os.environ, "TRACKER_DATABASE_URL": url, "TRACKER_INSTANCE": str(folder / "instance")}
    program = "import resource, sys; from tracker.cli import main; status = main(sys.argv[1:]); " + (
        "print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)), "
        "file=sys.stderr); sys.exit(status)"
    )
    command = [sys.executable, "-c", program, *arguments]
    began = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    if not done.stdout.startswith("{"):
        raise SystemExit(done.stderr[-2000:])
    document = json.loads(done.stdout)
    counts = {name: document[name] for name in ("created", "updated", "unchanged")}
    return seconds, int(done.stderr.split()[-1]) // 1024, {**counts, "refused": len(document["refused"])}


def main(cases: list[str]) -> None:
    """Print one row a case and database: how many rows became what, seconds, rows a second, peak megabytes."""
    print(
        f"{'rows':>10} {'database':12} {'created':>9} {'unchanged':>9} {'refused':>8} {'s':>7} {'rows/s':>8} {'MB':>5}"
    )
    for case in cases:
        with tempfile.TemporaryDirectory() as name, databases(Path(name)) as urls:
            folder = Path(name)
            is_file = not case.isdigit()
            sheet = Path(case) if is_file else made_up_sheet(folder / "sheet.csv", int(case))
            where = ["--journal-column", "journal"] if is_file else ["--journal", "bench"]
            for kind, url in urls.items():
                if not is_file:
                    journal = ["journal", "add", "bench", "--title", "A Journal to Measure", "--json"]
                    subprocess.run(
                        [sys.executable, "-m", "tracker", *journal], check=True, capture_output=True,
                        env={**os.environ, "TRACKER_DATABASE_URL": url, "TRACKER_INSTANCE": str(folder / "instance")},
                    )  # fmt: skip
                arguments = ["import", "sheet", str(sheet), *where, "--json"]
                for _ in range(2 if not is_file else 1):
                    seconds, megabytes, counts = measured(url, arguments, folder)
                    rows = sum(counts.values())
                    print(
                        f"{rows:10,} {kind:12} {counts['created']:9,} {counts['unchanged']:9,} {counts['refused']:8,} "
                        f"{seconds:7.1f} {rows / seconds:8,.0f} {megabytes:5}",
                        flush=True,
                    )


if __name__ == "__main__":
    main(sys.argv[1:] or ["1000", "10000", "100000"])
