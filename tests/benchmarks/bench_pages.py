"""How long the server takes for the pages that editors live in, how often each asks the database, how large it is.

python -m tests.benchmarks.bench_pages [--sizes 1000 10000 100000] [--times 40] [--only sqlite]
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from flask.testing import FlaskClient
from sqlalchemy import event, text

from tests.benchmarks.bench_ledger import databases
from tests.benchmarks.big_ledgers import dispose, fill
from tests.conftest import CHEAP_PASSWORDS
from tests.people import PASSWORD, Browser, signed_in
from tests.web.test_compression import STATIC
from tracker.app import create_app
from tracker.db import db, transaction
from tracker.models import Account, Journal
from tracker.services.accounts import add_account, give_role
from tracker.services.actors import OPERATOR
from tracker.services.search import keep_all_searchable

NOW, TODAY = datetime(2026, 6, 1, 9, tzinfo=UTC), date(2026, 6, 1)
PAGES = {
    "dashboard": "/",
    "list": "/manuscripts/",
    "filtered, by due": "/manuscripts/?state=under_review&overdue=yes&sort=due",
    "filtered, days open": "/manuscripts/?waiting_on=editor&sort=-open",
    "search, one word": "/manuscripts/?q=number",
    "search, two": "/manuscripts/?q=curi+number+77",
    "board": "/board/",
    "manuscript": "/manuscripts/BIG-0000150",
}
WORDS = ["curie", "hopper", "lovelace", "noether", "franklin", "meitner", "germain", "wu", "mirzakhani", "johnson"]
STATES = {
    0: ("received", "editor", 30), 1: ("under_review", "reviewers", 20), 2: ("revision_requested", "author", 40),
    3: ("resubmitted", "editor", 25), 4: ("accepted", "production", 25),
}  # fmt: skip


def prepare(size: int, filled: int) -> None:
    """Manuscripts up to `size`, spread over states, years, sections and authors; nine in ten are published."""
    fill(size - filled, first=filled + 1)
    with transaction() as session:
        vary = text("""UPDATE manuscripts SET state = :state, waiting_on = :holder, section = :section, kind = NULL,
            received_on = :received, waiting_since_on = :since, state_since_on = :since, due_on = :due,
            closed_on = :closed WHERE id > :first AND id % 50 = :part""")
        for part in range(50):
            session.execute(vary, {"first": filled, "part": part, **_facts(part)})
        names = [
            {"id": number, "family": WORDS[number % 10].title(), "given": "Ada"}
            for number in range(filled + 1, size + 1)
        ]
        session.execute(
            text("""INSERT INTO authors (manuscript_id, position, given, family, email, orcid, affiliation, biography,
            is_corresponding) VALUES (:id, 1, :given, :family, '', '', '', '', false)"""),
            names,
        )
        keep_all_searchable()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _facts(part: int) -> dict[str, object]:
    received = date.fromordinal(TODAY.toordinal() - 7 - part * 31)
    since = date.fromordinal(received.toordinal() + 5)
    if part not in STATES:
        closed = date.fromordinal(received.toordinal() + 100 + part)
        return {"state": "published", "holder": "nobody", "section": f"Section {part % 8}", "received": received,
                "since": closed, "due": None, "closed": closed}  # fmt: skip
    state, holder, days = STATES[part]
    due = date.fromordinal(TODAY.toordinal() - 20 + days)
    return {"state": state, "holder": holder, "section": f"Section {part % 8}", "received": received, "since": since,
            "due": due, "closed": None}  # fmt: skip


def person() -> Account:
    with transaction() as session:
        chief = add_account(email="chief@example.org", name="Chief", password=PASSWORD, by=OPERATOR, now=NOW)
        journal = session.query(Journal).filter_by(slug="big").one()
        give_role(chief, journal, "chief_editor", by=OPERATOR, now=NOW)
    return chief


@contextmanager
def counted() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:  # type: ignore[no-untyped-def]
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def measure(client: FlaskClient, path: str, times: int) -> tuple[float, float, float, int, int]:
    """Median and p95 in milliseconds, the median of our own processor's share, queries, compressed size in bytes."""
    headers = {"Accept-Encoding": "br, gzip"}
    client.get(path, headers=headers)
    with counted() as sent:
        answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.status
    taken, worked = [], []
    for _ in range(times):
        started, cpu = time.perf_counter(), time.process_time()
        client.get(path, headers=headers)
        taken.append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    taken.sort()
    queries = sum(not statement.startswith("BEGIN") for statement in sent)
    p95 = taken[min(int(times * 0.95), times - 1)]
    return statistics.median(taken), p95, statistics.median(worked), queries, len(answer.data)


def first_load(client: FlaskClient) -> int:
    """Compressed bytes of the styles and scripts that a browser then keeps."""
    answers = (client.get(f"/static/{file}", headers={"Accept-Encoding": "br"}) for file in STATIC)
    return sum(len(answer.data) for answer in answers)


def main(sizes: list[int], times: int, only: str) -> None:
    os.environ["TRACKER_TODAY"] = TODAY.isoformat()
    heads = f"{'median ms':>10}{'p95 ms':>9}{'cpu ms':>9}{'queries':>9}{'KiB':>7}"
    print(f"{'database':<12}{'manuscripts':>12}  {'page':<22}{heads}")
    with databases() as kinds:
        for name, kind in kinds.items():
            if only not in ("", name):
                continue
            with kind.fresh() as url:
                os.environ["TRACKER_DATABASE_URL"] = url.replace("+psycopg", "")
                app = create_app(TESTING=True, SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=CHEAP_PASSWORDS)
                app.test_client_class = Browser
                with app.app_context():
                    filled, client = 0, app.test_client()
                    for size in sizes:
                        prepare(size, filled)
                        client = client if filled else signed_in(client, person())
                        filled = size
                        db.session.remove()
                        for page, path in PAGES.items():
                            median, p95, cpu, queries, length = measure(client, path, times)
                            print(
                                f"{name:<12}{size:>12}  {page:<22}{median:>10.1f}{p95:>9.1f}{cpu:>9.1f}{queries:>9}"
                                f"{length / 1024:>7.1f}",
                                flush=True,
                            )
                    print(f"{name:<12}styles and scripts of the first load: {first_load(client) / 1024:.1f} KiB")
                    dispose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--only", default="", choices=("", "sqlite", "postgresql"))
    chosen = parser.parse_args()
    main(chosen.sizes, chosen.times, chosen.only)
