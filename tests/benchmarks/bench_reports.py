"""What reports cost as manuscripts grow: `python -m tests.benchmarks.bench_reports [10000 100000 1000000]`.

For each size and database: one journal's full report, all journals by year, and recording an action; median and 95th
percentile of the time, the processor time of our own process (which a busy machine inflates less), and the memory of a
process that does only that. Beside them pandas, polars and DuckDB compute
the same table of all journals by year from the same rows. These three are no dependencies of the project: point
TRACKER_BENCH_RIVALS at a Python that has them, or they are left out.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIZES = (10_000, 100_000, 1_000_000)
RIVALS = ("duckdb", "polars", "pandas")


def main(sizes: tuple[int, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        from tests.databases import PostgresDatabases, SqliteFiles, postgres_server

        with postgres_server() as server:
            columns = f"{'median':>9}  {'p95':>9}  {'own CPU':>9}  {'memory':>7}"
            print(f"{'manuscripts':>11}  {'database':10}  {'what':30}  {columns}")
            print(f"load of the machine now: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            Path(folder, "files").mkdir()
            for kind in (SqliteFiles(Path(folder, "files")), PostgresDatabases(server)):
                for size in sizes:
                    with kind.fresh() as url:
                        measure_one(url, size, Path(folder))


def measure_one(url: str, size: int, folder: Path) -> None:
    """Fill the database, then measure each thing in a process of its own."""
    name = url.partition(":")[0].partition("+")[0]
    started = time.perf_counter()
    filled = subprocess.run([sys.executable, __file__, "fill", url, str(size), str(folder)], check=True)
    assert filled.returncode == 0
    print(f"{size:>11,}  {name:10}  (filled in {time.perf_counter() - started:.0f} s)", flush=True)
    for what in TASKS:
        done = subprocess.run([sys.executable, __file__, what, url], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        found = json.loads(done.stdout.splitlines()[-1])
        figures = "  ".join(f"{found[key]:>6.1f} ms" for key in ("median", "p95", "cpu"))
        print(f"{size:>11,}  {name:10}  {TASKS[what][0]:30}  {figures}  {found['memory']:>4} MB", flush=True)
        if what == "all":
            rivals(size, found["median"], folder)


def rivals(size: int, ours: float, folder: Path) -> None:
    """The same table by others, read from the same rows as a CSV file: in their favour, as they read it fastest."""
    python = os.environ.get("TRACKER_BENCH_RIVALS")
    if not python:
        print(f"{'':25}rivals left out: TRACKER_BENCH_RIVALS names no Python that has them")
        return
    for rival in RIVALS:
        script = Path(__file__).with_name("rivals.py")
        done = subprocess.run([python, script, rival, folder / "rows.csv"], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{'':25}{rival}: {done.stderr.splitlines()[-1]}")
            continue
        found = json.loads(done.stdout)
        ratio = found["ms"] / ours
        line = (
            f"{size:>11,}  {rival:10}  {TASKS['all'][0]:30}  {found['ms']:>6.0f} ms  {'':20}  {found['memory']:>4} MB"
        )
        print(f"{line}  {ratio:.0f} times ours", flush=True)


# Measured in a process of their own.


def timed(action: Callable[[], object], times: int) -> dict[str, float]:
    action()  # the first one compiles statements and fills caches, as any server has
    taken, busy = [], []
    for _ in range(times):
        started, busy_before = time.perf_counter(), time.process_time()
        action()
        taken.append(1000 * (time.perf_counter() - started))
        busy.append(1000 * (time.process_time() - busy_before))
    p95 = sorted(taken)[min(len(taken) - 1, round(0.95 * len(taken)))]
    return {"median": statistics.median(taken), "p95": p95, "cpu": statistics.median(busy)}


def one_journal() -> dict[str, float]:
    from tests.benchmarks.report_rows import AS_OF, JOURNALS
    from tracker.db import db
    from tracker.domain.reports import Period
    from tracker.models import Journal
    from tracker.queries.turnaround import turnaround_report

    journals = iter(range(1, JOURNALS + 1))

    def action() -> None:
        journal = db.session.get(Journal, next(journals))
        assert journal is not None
        report = turnaround_report(journal, Period(), as_of=AS_OF, by="year")
        assert report.flow.balances

    return timed(action, 60)


def all_journals() -> dict[str, float]:
    from tests.benchmarks.report_rows import JOURNALS
    from tracker.queries.all_journals import journals_by_year, metrics_by_year

    ids = range(1, JOURNALS + 1)
    return timed(lambda: (metrics_by_year(ids), journals_by_year(ids, "first_decision")), 12)


def recording() -> dict[str, float]:
    from datetime import UTC, date, datetime

    from tracker.db import db, transaction
    from tracker.domain.dates import PartialDate
    from tracker.formats.article_record import AuthorRecord
    from tracker.models import Journal
    from tracker.services.actions import Wish, record_action
    from tracker.services.actors import OPERATOR
    from tracker.services.manuscripts import enter_manuscript

    now, today = datetime(2026, 6, 1, tzinfo=UTC), date(2026, 6, 1)
    numbers = iter(range(10**6))

    def enter() -> object:
        with transaction():
            journal = db.session.get(Journal, 7)
            assert journal is not None
            title, authors = f"Made up {next(numbers)}", [AuthorRecord("Ada", "Lovelace", "")]
            day = PartialDate(date(2026, 1, 5))
            return enter_manuscript(
                journal, title=title, authors=authors, received_on=day, by=OPERATOR, now=now, today=today
            )

    waiting = [enter() for _ in range(61)]

    def action() -> None:
        with transaction() as session:
            manuscript = session.merge(waiting.pop())
            wish = Wish("revision_requested", PartialDate(date(2026, 2, 5)), kind="minor")
            record_action(manuscript, wish, by=OPERATOR, now=now, today=today)  # type: ignore[arg-type]

    return timed(action, 60)


TASKS: dict[str, tuple[str, Callable[[], dict[str, float]]]] = {
    "one": ("one journal's full report", one_journal),
    "all": ("all journals by year", all_journals),
    "record": ("recording an action", recording),
}


def fill_database(url: str, size: int, folder: Path) -> None:
    from sqlalchemy import create_engine, text

    from tests.benchmarks.report_rows import fill

    engine = create_engine(url)
    with engine.begin() as connection:
        fill(connection, size)
    if not url.startswith("sqlite"):  # what autovacuum does within minutes
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    if os.environ.get("TRACKER_BENCH_RIVALS"):
        with engine.connect() as connection, Path(folder, "rows.csv").open("w", encoding="ascii") as file:
            file.write("journal_id,metric,ended_on,days\n")
            rows = connection.execution_options(yield_per=50_000).execute(
                text("SELECT journal_id, metric, CAST(ended_on AS TEXT), days FROM intervals")
            )
            file.writelines(f"{journal},{metric},{ended_on},{days}\n" for journal, metric, ended_on, days in rows)


def peak_memory() -> int:
    """The most memory that this process held, in MB. (`ru_maxrss` would count the parent's too.)"""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def measure(what: str, url: str) -> None:

    os.environ.update(TRACKER_DATABASE_URL=url.replace("+psycopg", ""), TRACKER_INSTANCE=tempfile.mkdtemp())
    from tracker.app import create_app

    with create_app().app_context():
        found = TASKS[what][1]()
    print(json.dumps({**found, "memory": peak_memory()}))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    match sys.argv[1:]:
        case ["fill", url, size, folder]:
            fill_database(url, int(size), Path(folder))
        case [what, url] if what in TASKS:
            measure(what, url)
        case sizes:
            main(tuple(int(size) for size in sizes) or SIZES)
