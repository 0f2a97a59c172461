"""Rows for the report benchmark, made inside the database: a million manuscripts by the door would take a day.

Every number is arithmetic on the manuscript's number, so SQLite and PostgreSQL hold the same rows, and the reports of
both can be compared. About eleven intervals, five ledger entries and two assignments a manuscript.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, text

from tracker.db import Base
from tracker.models import Journal, Manuscript

JOURNALS = int(os.environ.get("TRACKER_BENCH_JOURNALS", "200"))
FIRST_DAY, DAYS = date(2019, 1, 1), 2680  # received from 2019 to May 2026
AS_OF = date(2026, 6, 1)


@dataclass(frozen=True)
class Dialect:
    """How a database counts up and adds days to a date."""

    numbers: str
    day: str

    def on(self, days: str) -> str:
        """SQL for the date so many days after the first."""
        return self.day.format(days=days)


SQLITE = Dialect(
    "WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {n})",
    "date('2019-01-01', '+' || ({days}) || ' days')",
)
POSTGRES = Dialect(
    "WITH numbers(i) AS (SELECT generate_series(1::bigint, {n}))", "(date '2019-01-01' + CAST({days} AS integer))"
)

# The life of manuscript i in days. `fate` under 40 is published, under 85 rejected (under 50 at the desk), under 90
# withdrawn, and open above; the latest are open too.
LIVES = """
CREATE TABLE lives AS {numbers}
SELECT i, (i % {journals}) + 1 AS j, came, fate, screening, review, answer, decision, revision, handling, production,
       came + decision AS d1, came + decision + revision + handling AS final
FROM (
  SELECT i, (i * 7919) % {days} AS came, (i * 104729) % 99991 % 100 AS fate,
         1 + (i * 15485863) % 10007 % 9 AS screening, 12 + (i * 32452843) % 10009 % 41 AS review,
         (i * 49979687) % 10037 % 7 AS answer,
         CASE WHEN (i * 104729) % 99991 % 100 BETWEEN 40 AND 49 THEN 1 + (i * 67867967) % 10039 % 12
              ELSE 20 + (i * 86028121) % 10061 % 50 + (i * 122949823) % 10067 % 35 END AS decision,
         10 + (i * 141650939) % 10069 % 60 AS revision, 2 + (i * 160481183) % 10079 % 20 AS handling,
         5 + (i * 179424673) % 10091 % 50 AS production
  FROM numbers
) AS drawn
"""
# metric → (which lives have it, first day, last day)
INTERVALS = {
    "first_decision": ("is_decided", "came", "d1"),
    "first_decision_reviewed": ("is_reviewed", "came", "d1"),
    "first_decision_desk": ("is_desk", "came", "d1"),
    "first_editorial_action": ("is_decided", "came", "came + screening"),
    "first_resubmission": ("is_published", "came", "d1 + revision"),
    "final_decision": ("is_final", "came", "ended"),
    "final_decision_without_desk": ("is_final AND NOT is_desk", "came", "ended"),
    "acceptance": ("is_published", "came", "final"),
    "last_resubmission_to_acceptance": ("is_published", "final - handling", "final"),
    "production": ("is_published", "final", "final + production"),
    "publication": ("is_published", "came", "final + production"),
    "author_revision": ("is_published", "d1", "d1 + revision"),
    "journal_time": ("is_final", "came", "closed"),
    "author_time": ("is_final", "came", "closed"),
    "editor_idle": ("is_final", "came", "closed"),
}
DAYS_OF = {
    "journal_time": "closed - came - (CASE WHEN is_published THEN revision ELSE 0 END)",
    "author_time": "CASE WHEN is_published THEN revision ELSE 0 END",
    "editor_idle": "CASE WHEN is_published THEN screening + handling ELSE screening END",
}
FATES = """
CREATE TABLE fated AS SELECT lives.*, fate < 40 AND final + production <= {days} AS is_published,
  fate BETWEEN 40 AND 84 AND d1 <= {days} AS is_rejected, fate BETWEEN 40 AND 49 AND d1 <= {days} AS is_desk,
  fate BETWEEN 85 AND 89 AND d1 <= {days} AS is_withdrawn,
  fate < 85 AND d1 <= {days} AS is_decided, fate < 85 AND NOT fate BETWEEN 40 AND 49 AND d1 <= {days} AS is_reviewed,
  (fate < 40 AND final + production <= {days}) OR (fate BETWEEN 40 AND 84 AND d1 <= {days}) AS is_final,
  CASE WHEN fate < 40 THEN final ELSE d1 END AS ended,
  CASE WHEN fate < 40 THEN final + production ELSE d1 END AS closed
FROM lives
"""


def fill(connection: Connection, n: int) -> None:
    """Fill an empty, migrated database with `n` manuscripts of 200 journals. Indexes are made when the rows are in."""
    kind = connection.dialect.name
    dialect = SQLITE if kind == "sqlite" else POSTGRES
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    connection.execute(
        Journal.__table__.insert(),  # type: ignore[attr-defined]
        [{"id": i, "slug": f"j{i}", "title": f"Journal {i}", "timezone": "UTC", "country": "", "language": "en",
          "settings": {}, "created_at": made_at} for i in range(1, JOURNALS + 1)],
    )  # fmt: skip
    indexes = [index for table in Base.metadata.tables.values() for index in table.indexes if table.name in _BIG]
    for index in indexes:
        index.drop(connection, checkfirst=True)
    numbers = dialect.numbers.format(n=n)
    for statement in (LIVES.format(numbers=numbers, journals=JOURNALS, days=DAYS), FATES.format(days=DAYS)):
        connection.execute(text(statement))
    for statement in _rows(dialect):
        connection.execute(text(statement.replace("FALSE", "0") if kind == "sqlite" else statement))
    for table in ("fated", "lives"):
        connection.execute(text(f"DROP TABLE {table}"))
    for index in indexes:
        index.create(connection)
    if kind != "sqlite":
        for name in ("journals", "manuscripts"):
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))


_BIG = frozenset({"manuscripts", "ledger", "intervals", "closings", "holder_days", "assignments", "turnaround_counts"})


_EMPTY = {str: "''", bool: "FALSE", int: "0"}


def _rows(dialect: Dialect) -> list[str]:
    on, instant = dialect.on, "CURRENT_TIMESTAMP"
    state = (
        "CASE WHEN is_published THEN 'published' WHEN is_rejected THEN 'rejected' WHEN is_withdrawn THEN 'withdrawn' "
        "WHEN is_decided THEN 'revision_requested' ELSE 'under_review' END"
    )
    is_over = "is_final OR is_withdrawn"
    columns = {
        "id": "i", "uid": "'u' || i", "journal_id": "j", "reference": "'J' || j || '-' || i",
        "title": "'A made-up title'", "keywords": "'[]'", "section": "'Articles'", "identity_key": "'k' || i",
        "created_at": instant,
        "state": state, "round": "1",
        "kind": "CASE WHEN is_desk THEN 'desk' WHEN is_rejected THEN 'after_review' END",
        "waiting_on": f"CASE WHEN {is_over} THEN 'nobody' WHEN is_decided THEN 'author' ELSE 'reviewers' END",
        "waiting_since_on": on("came + screening"), "state_since_on": on("came + screening"),
        "due_on": f"CASE WHEN {is_over} THEN NULL ELSE {on('came + screening + 60')} END", "received_on": on("came"),
        "paper_received_on": on("came"), "first_decision_on": f"CASE WHEN is_decided THEN {on('d1')} END",
        "accepted_on": f"CASE WHEN is_published THEN {on('final')} END",
        "published_on": f"CASE WHEN is_published THEN {on('final + production')} END",
        "closed_on": f"CASE WHEN {is_over} THEN {on('closed')} END", "version": "5", "head_hash": "'hash'",
    }  # fmt: skip
    for column in Manuscript.__table__.columns:
        if column.name not in columns and not column.nullable:
            columns[column.name] = _EMPTY[column.type.python_type]
    manuscripts = f"INSERT INTO manuscripts ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM fated"
    ledger = f"""
INSERT INTO ledger (manuscript_id, position, action, occurred_on, sequence, precision, details, recorded_at, actor,
  note, source, step, hash)
SELECT i, p, action, {on("came + screening * (p - 1)")}, 1000, 'day', '{{}}', {instant}, 'bench', '',
  'live', p, 'hash' FROM fated CROSS JOIN (SELECT 1 AS p, 'received' AS action UNION ALL SELECT 2, 'sent_to_review'
  UNION ALL SELECT 3, 'agreed' UNION ALL SELECT 4, 'reviewed' UNION ALL SELECT 5, 'revision_requested') AS steps"""
    closings = f"""
INSERT INTO closings (manuscript_id, number, journal_id, outcome, closed_on)
SELECT i, 1, j, {state}, {on("closed")} FROM fated WHERE is_final OR is_withdrawn"""
    parts = {"editor": DAYS_OF["editor_idle"], "author": DAYS_OF["author_time"],
             "production": "CASE WHEN is_published THEN production ELSE 0 END"}  # fmt: skip
    parts["reviewers"] = "closed - came - (" + " + ".join(f"({days})" for days in parts.values()) + ")"
    holders = [
        f"INSERT INTO holder_days (manuscript_id, holder, journal_id, days, ended_on, received_on) "
        f"SELECT i, '{holder}', j, {days}, {on('closed')}, {on('came')} FROM fated WHERE is_final"
        for holder, days in parts.items()
    ]
    assignments = f"""
INSERT INTO assignments (manuscript_id, round, reviewer_number, journal_id, status, invited_on, answered_on,
  first_due_on, reviewed_on)
SELECT i, 1, r, j, CASE WHEN is_reviewed THEN 'reviewed' ELSE 'agreed' END, {on("came + screening")},
  {on("came + screening + answer")}, {on("came + screening + answer + 28")},
  CASE WHEN is_reviewed THEN {on("came + screening + answer + review")} END
FROM fated CROSS JOIN (SELECT 1 AS r UNION ALL SELECT 2) AS reviewers"""
    together = """
INSERT INTO turnaround_counts (metric, year, days, n)
SELECT metric, year, days, sum(n) FROM turnaround_counts GROUP BY 1, 2, 3"""
    counts = """
INSERT INTO turnaround_counts (journal_id, metric, year, days, n)
SELECT journal_id, metric, CAST(substr(CAST(ended_on AS TEXT), 1, 4) AS INTEGER), days, count(*)
FROM intervals GROUP BY 1, 2, 3, 4"""
    return [manuscripts, ledger, closings, *holders, assignments, *_intervals(dialect), counts, together]


def _intervals(dialect: Dialect) -> list[str]:
    on = dialect.on
    head = (
        "INSERT INTO intervals (manuscript_id, metric, number, journal_id, round, days, paper_days, started_on, "
        "ended_on, received_on) SELECT i, "
    )
    tail, came = f"{on('came')} FROM fated", "j, 1,"
    single = [
        f"{head} '{metric}', 1, {came} {DAYS_OF.get(metric, f'{end} - ({start})')}, 0, {on(start)}, {on(end)}, {tail} "
        f"WHERE {condition}"
        for metric, (condition, start, end) in INTERVALS.items()
    ]
    twice = "CROSS JOIN (SELECT 1 AS r UNION ALL SELECT 2) AS reviewers WHERE is_reviewed"
    invited, agreed = "came + screening", "came + screening + answer"
    reviewed = f"{agreed} + review"
    return [
        *single,
        f"{head} 'reviewer_response', r, {came} answer, answer, {on(invited)}, {on(agreed)}, {tail} {twice}",
        f"{head} 'review', r, {came} review, review, {on(agreed)}, {on(reviewed)}, {tail} {twice}",
    ]
