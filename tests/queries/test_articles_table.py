"""A table of 16,617 real articles, imported and reported, against figures that others computed from the same table.

Where the rules differ, and why the figures then do:
- An article whose dates contradict each other is refused as a whole, with a sentence that names the two dates. 404 rows
  have a revision after the acceptance: as their editor would, the loader then leaves the revisions out, which none of
  the three figures needs. Some forty stay refused (accepted before received, published before accepted). The expected
  `nonneg` figures drop only the one negative duration of such a row and keep its others: groups that they touch are
  recomputed here from the rows that both rules keep; all other groups are compared as given.
- A received date of 1970-01-01 is left out with its reason; the expected figures average it in.
- Percentiles there are interpolated, ours are values that occurred (nearest rank): only the median is the same rule.
"""

from __future__ import annotations

import csv
import statistics
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from tracker.db import db, transaction
from tracker.domain.dates import PartialDate
from tracker.domain.errors import Refused
from tracker.domain.recording import Authority, Entry, Plan
from tracker.domain.reports import Period
from tracker.domain.turnaround import EPOCH
from tracker.models import Journal
from tracker.queries.all_journals import wrong_counts
from tracker.queries.turnaround import turnaround_report
from tracker.services.actors import OPERATOR
from tracker.services.bulk_history import BulkHistories, NewHistory, plan_history
from tracker.services.journals import add_journal

NOW, TODAY = datetime(2026, 6, 1, tzinfo=UTC), date(2026, 6, 1)
METRICS = {
    "received_to_accepted": ("acceptance", "received", "accepted"),
    "accepted_to_published": ("production", "accepted", "published_online"),
    "received_to_published": ("publication", "received", "published_online"),
}
Row = dict[str, str]
Key = tuple[str, str, str, str]  # journal, metric there, basis there, year


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def facts_of(row: Row) -> list[Entry]:
    """The dates of a row as an import has them; a day on no calendar is a Refused."""
    dated = [("received", row["received"]), *(("resubmitted", text) for text in row["revised"].split(";"))]
    dated += [("accepted", row["accepted"]), ("published", row["published_online"])]
    entries = []
    for action, text in dated:
        if not text:
            continue
        day = day_of(text)
        if day is None:
            raise Refused(f"{text} is on no calendar")
        entries.append(Entry(action, PartialDate(day)))
    return entries


def planned(row: Row, authority: Authority) -> Plan | None:
    """The row's history, or None if its dates cannot be."""
    try:
        return plan_history(facts_of(row), authority)
    except Refused:
        return None


def imported(rows: list[Row]) -> tuple[dict[str, Journal], set[str]]:
    """The journals by title, and the ids of the rows that were refused."""
    refused: set[str] = set()
    journals: dict[str, Journal] = {}
    with transaction() as session:
        many = BulkHistories(session)
        for number, row in enumerate(rows):
            if row["journal"] not in journals:
                slug = f"j{len(journals)}"
                journals[row["journal"]] = add_journal(slug=slug, title=row["journal"], by=OPERATOR, now=NOW)
                session.flush()
            journal = journals[row["journal"]]
            authority = Authority("import", NOW, TODAY, source=f"articles.csv, row {number}")
            plan = planned(row, authority) or planned({**row, "revised": ""}, authority)
            if plan is None:
                refused.add(row["row_id"])
                continue
            many.add(NewHistory(record_of(many, journal, number), (), plan, journal.policy))
        many.finish()
    return journals, refused


def record_of(many: BulkHistories, journal: Journal, number: int) -> dict[str, object]:
    empty = dict.fromkeys(
        ("abstract", "section", "article_type", "citation", "volume", "issue", "article_number", "pages", "doi"), ""
    )
    return {
        **empty, "id": many.next_id(), "uid": uuid.uuid4().hex, "journal_id": journal.id, "keywords": [],
        "reference": f"A-{number}", "title": f"Article {number}", "identity_key": str(number), "is_armed": False,
        "created_at": NOW,
    }  # fmt: skip


def kept_days(rows: list[Row], refused: set[str]) -> dict[Key, list[int]]:
    """What both rules keep: the durations of rows that were not refused, by journal, metric, basis and year."""
    kept: dict[Key, list[int]] = defaultdict(list)
    for row in rows:
        if row["row_id"] in refused:
            continue
        for there, (_, start, end) in METRICS.items():
            begins, ends = day_of(row[start]), day_of(row[end])
            if begins and ends and EPOCH not in (begins, ends):
                for basis, year in (("all", "all"), ("received", row["received"][:4]), (end.split("_")[0], ends.year)):
                    kept[row["journal"], there, basis, str(year)].append((ends - begins).days)
    return kept


def expected_rows(path: Path) -> Iterator[tuple[Key, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["rule"] == "nonneg" and row["year_basis"] != "issue":
                yield (row["journal"], row["metric"], row["year_basis"], row["year"] or "all"), row


def ours(journals: dict[str, Journal]) -> Iterator[tuple[Key, tuple[int, float, float, int, int]]]:
    """Our figures in their words: by the date an interval ended, and by the date received."""
    ends = {there: end.split("_")[0] for there, (_, _, end) in METRICS.items()}
    for title, journal in journals.items():
        for basis in ("ended", "received"):
            report = turnaround_report(journal, Period(basis=basis), as_of=TODAY)
            parts = [("all", report.metrics), *((group.value, group.metrics) for group in report.years)]
            for year, metrics in parts:
                for there, (here, _, _) in METRICS.items():
                    s = metrics[here]
                    if s.n and s.mean is not None and s.min is not None and s.max is not None:
                        median = statistics.median(s.values) if s.median is None else s.median
                        word = "all" if year == "all" else "received" if basis == "received" else ends[there]
                        yield (title, there, word, year), (s.n, median, s.mean, s.min, s.max)


@pytest.mark.slow
def test_real_articles_give_the_expected_figures_wherever_the_rules_agree(app: Flask, shared_data: Path) -> None:
    with (shared_data / "tables" / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    journals, refused = imported(rows)
    kept = kept_days(rows, refused)
    found = dict(ours(journals))
    assert wrong_counts(db.session.connection()) == []

    compared = touched = 0
    for key, row in expected_rows(shared_data / "tables" / "articles-expected.csv"):
        days = kept.get(key, [])
        if len(days) == int(row["n"]):
            expected = tuple(float(row[name]) for name in ("n", "median", "mean", "min", "max"))
            compared += 1
        elif days:
            expected = (len(days), statistics.median(days), statistics.fmean(days), min(days), max(days))
            touched += 1
        else:
            assert key not in found
            continue
        assert found[key] == pytest.approx(expected, abs=5e-7), key
    assert len(rows) == 16_617
    assert (len(refused), compared, touched) == (50, 745, 100)
    db.session.rollback()
