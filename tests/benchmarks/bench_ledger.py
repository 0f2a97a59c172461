"""How long `tracker verify` takes, and what recording one action costs in a small and in a large database.

python -m tests.benchmarks.bench_ledger [--large 1000000] [--verify 100000]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from tests.benchmarks.big_ledgers import NOW, dispose, fill
from tests.databases import PostgresDatabases, SqliteFiles, postgres_server
from tracker.app import bare_app
from tracker.db import transaction
from tracker.domain.dates import PartialDate
from tracker.queries.manuscripts import manuscript_by_reference
from tracker.queries.verification import verify_all
from tracker.services.actions import Wish, record_action
from tracker.services.actors import OPERATOR

TODAY = date(2026, 6, 1)


@contextmanager
def databases() -> Iterator[dict[str, SqliteFiles | PostgresDatabases]]:
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        yield {"sqlite": SqliteFiles(Path(folder)), "postgresql": PostgresDatabases(server)}


def verify_in_this_process(url: str) -> None:
    """Verify the database at `url`, and print seconds, peak MB and what was checked."""
    with bare_app(SQLALCHEMY_DATABASE_URI=url).app_context():
        started = time.perf_counter()
        result = verify_all()
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{result.manuscripts},{result.events},{len(result.problems)},{seconds:.1f},{peak:.0f}")
        dispose()


def bench_verify(manuscripts: int) -> None:
    print(f"\n{'verify':<12}{'manuscripts':>12}{'events':>10}{'problems':>10}{'seconds':>9}{'peak MB':>9}")
    with databases() as kinds:
        for name, kind in kinds.items():
            with kind.fresh() as url:
                with bare_app(SQLALCHEMY_DATABASE_URI=url).app_context():
                    fill(manuscripts)
                    dispose()
                command = [sys.executable, "-m", "tests.benchmarks.bench_ledger", "--verify-at", url]
                said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
                checked, events, problems, seconds, peak = said.split(",")
                print(f"{name:<12}{checked:>12}{events:>10}{problems:>10}{seconds:>9}{peak:>9}")


def bench_record(sizes: tuple[int, ...], actions: int = 100) -> None:
    """Record by turns in a small and in a large database, so that a drifting machine slows both alike."""
    print(f"\n{'record':<12}{'manuscripts':>12}{'median ms':>11}{'p95 ms':>9}")
    with databases() as kinds, ExitStack() as stack:
        for name, kind in kinds.items():
            apps = {}
            for size in sizes:
                apps[size] = bare_app(SQLALCHEMY_DATABASE_URI=stack.enter_context(kind.fresh()))
                with apps[size].app_context():
                    fill(size)
            times: dict[int, list[float]] = {size: [] for size in sizes}
            for number in range(1, actions + 1):
                for size, app in apps.items():
                    with app.app_context():
                        times[size].append(record_once(number))
            for size, taken in times.items():
                p95 = sorted(taken)[int(len(taken) * 0.95)]
                print(f"{name:<12}{size:>12}{statistics.median(taken):>11.1f}{p95:>9.1f}", flush=True)
            for app in apps.values():
                with app.app_context():
                    dispose()


def record_once(number: int) -> float:
    """Milliseconds of recording an acceptance through the product's door, commit included."""
    wish = Wish("accepted", PartialDate(date(2026, 5, 1)), confirmed=True, details={"confirmed": True})
    started = time.perf_counter()
    with transaction():
        record_action(manuscript_by_reference(f"BIG-{number:07d}"), wish, by=OPERATOR, now=NOW, today=TODAY)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--verify", type=int, default=100_000)
    parser.add_argument("--verify-at")
    chosen = parser.parse_args()
    if chosen.verify_at:
        verify_in_this_process(chosen.verify_at)
    else:
        bench_verify(chosen.verify)
        bench_record((100, chosen.large))
