"""How fast letters are planned and delivered: `python -m tests.benchmarks.bench_delivery [TASKS [LETTERS]]`.

On SQLite and on PostgreSQL, with a mail server on this machine in a process of its own, and one scheduler's passes.
Prints a table for each. The processor's time of an idle pass, made once a minute, is what a scheduler costs.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, inspect, select, update

IDLE_PASSES = 20
FIRST_DAY = date(2026, 4, 30)  # every task is due for its first look, and the first letters are owed
BATCH = 5_000


class Counting:
    """Takes every letter and reads none: what is measured is the sender."""

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802  aiosmtpd's name
        return "250 taken"


def serve(ready: Any) -> None:
    from tests.mail.servers import smtp_server

    with smtp_server(Counting()) as url:
        ready.send(url)
        time.sleep(3600)


def timed(what: str, count: int, run: Callable[[], Any]) -> Any:
    start, worked = time.perf_counter(), time.process_time()
    result = run()
    spent, worked = time.perf_counter() - start, time.process_time() - worked
    print(f"{what:<58} {count:>7} {spent:>9.3f} s {count / spent:>10.0f} /s {worked:>8.3f} s cpu", flush=True)
    return result


def fill(count: int) -> None:
    """Copy one manuscript whose author owes a revision, due on a working day of the three months to come."""
    from tests.services.reminding import live_journal, revision_due
    from tracker.db import transaction
    from tracker.models import Author, Manuscript, Task

    revision_due(live_journal(), 0)
    with transaction() as session:
        manuscript, author, task = (
            _row(session.scalars(select(table)).first()) for table in (Manuscript, Author, Task)
        )
    for start in range(1, count, BATCH):
        numbers = range(start + 1, min(start + BATCH, count) + 1)
        with transaction() as session:
            session.execute(insert(Manuscript), [{**manuscript, **_named(n)} for n in numbers])
            theirs = [{**author, "manuscript_id": n, "email": f"author{n}@example.org"} for n in numbers]
            session.execute(insert(Author), theirs)
            session.execute(insert(Task), [{**task, "manuscript_id": n, **_days(n)} for n in numbers])


def _row(found: Any) -> dict[str, Any]:
    row = {attribute.key: getattr(found, attribute.key) for attribute in inspect(type(found)).column_attrs}
    return {name: value for name, value in row.items() if name != "id"}


def _named(number: int) -> dict[str, Any]:
    return {
        "id": number, "uid": uuid.UUID(int=number).hex, "reference": f"BIG-{number:07d}", "version": 2,
        "title": f"On the number {number}", "identity_key": f"on{number}|",
    }  # fmt: skip


def _days(number: int) -> dict[str, Any]:
    due_on = FIRST_DAY + timedelta(days=8 + number % 90)  # 7 days before: the earliest is tomorrow
    return {"due_on": due_on, "next_letter_on": FIRST_DAY - timedelta(days=1)}


def measure(tasks: int, most: int, smtp_url: str) -> None:
    from tests.services.reminding import deliver, plan
    from tracker.db import db, transaction
    from tracker.models import Letter, Manuscript, Task
    from tracker.queries.reminders import planned_letters

    fill(tasks)
    first_day, second_day = FIRST_DAY, FIRST_DAY + timedelta(days=1)
    timed("first look at every task, nothing owed yet", tasks, lambda: plan(first_day))
    timed(f"{IDLE_PASSES} idle passes", tasks, lambda: [_pass(first_day) for _ in range(IDLE_PASSES)])
    with transaction() as session:
        session.execute(update(Task).values(next_letter_on=first_day))
    timed("the same again, as after a change of the settings", tasks, lambda: plan(first_day))
    planned = timed("next day: letters composed and queued", _due(second_day, most), lambda: plan(second_day))
    timed("preview of 7 days", tasks, lambda: planned_letters([1], second_day, second_day + timedelta(days=7)))
    timed("letters delivered over SMTP", planned.queued, lambda: deliver(second_day, smtp_url))
    print(dict(db.session.execute(select(Letter.state, func.count()).group_by(Letter.state)).all()))  # type: ignore[arg-type]
    with transaction() as session:
        session.execute(update(Manuscript).values(is_armed=False))
        session.execute(update(Task).values(next_letter_on=first_day))
    timed(f"{IDLE_PASSES} idle passes, all muted", tasks, lambda: [_pass(second_day) for _ in range(IDLE_PASSES)])


def _pass(day: date) -> None:
    from tests.services.reminding import deliver, plan
    from tracker.db import db

    plan(day)
    deliver(day)
    db.session.remove()


def _due(day: date, most: int) -> int:
    """Leave so many letters for the day; the rest of the day's tasks are looked at another time."""
    from tracker.db import transaction
    from tracker.models import Task

    with transaction() as session:
        ids = list(session.scalars(select(Task.id).where(Task.next_letter_on <= day).order_by(Task.id)))
        later = update(Task).where(Task.id.in_(ids[most:])).values(next_letter_on=day + timedelta(days=60))
        session.execute(later)
    return min(most, len(ids))


@contextmanager
def databases() -> Iterator[list[tuple[str, str]]]:
    """A fresh, migrated database of each kind. PostgreSQL writes to the disk here, as it does for an editor."""
    import psycopg

    from tests.databases import migrate, postgres_server, sqlalchemy_address

    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder, postgres_server() as server:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM RESET fsync")
            connection.execute("SELECT pg_reload_conf()")
            name = f"bench_{uuid.uuid4().hex}"
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        urls = [("SQLite", f"sqlite:///{Path(folder) / 'bench.sqlite'}")]
        urls.append(("PostgreSQL", sqlalchemy_address(server, name)))
        for _, url in urls:
            migrate(url)
        yield urls


def main(tasks: int, letters: int) -> None:
    os.environ["TRACKER_INSTANCE"] = tempfile.mkdtemp()
    from tracker.app import bare_app
    from tracker.db import db

    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    smtp_url = ours.recv()
    with databases() as urls:
        for name, url in urls:
            print(f"\n{name}")
            with bare_app(SQLALCHEMY_DATABASE_URI=url).app_context():
                measure(tasks, letters, smtp_url)
                db.session.remove()
                db.engine.dispose()
    server.terminate()


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:]), *(100_000, 1_000)[len(sys.argv) - 1 :])
