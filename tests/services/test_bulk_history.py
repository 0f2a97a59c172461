"""The door for many writes what the single door writes: row by row, column by column, in every table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, func, literal, select

from tests.people import NOW, TODAY
from tracker.db import Base, db, transaction
from tracker.domain.dates import PartialDate, Precision
from tracker.domain.errors import Refused
from tracker.domain.recording import Authority, Entry, Plan, plan_step
from tracker.domain.words import Action
from tracker.formats.sheet_columns import Said, read_layout
from tracker.formats.sheets.reading import opened_sheet
from tracker.models import (
    Assignment,
    Author,
    Closing,
    Exclusion,
    HolderDays,
    Interval,
    Journal,
    LedgerEntry,
    Manuscript,
    SearchText,
    Task,
    TurnaroundCount,
)
from tracker.queries.verification import verify_all
from tracker.services import sheet_ahead
from tracker.services.actors import OPERATOR
from tracker.services.bulk_history import BulkHistories, NewHistory
from tracker.services.bulk_plans import Beginning, plan_history, prepare
from tracker.services.bulk_void import Taken, void_histories
from tracker.services.history import record_facts
from tracker.services.manuscripts import identity_key, new_record
from tracker.services.sheet_imports import Circumstances, import_rows

A = Action
HISTORIES: dict[str, list[Entry]] = {
    "received only": [Entry(A.RECEIVED, PartialDate(date(2026, 5, 1)), note="Editor: Dr. Klee")],
    "the seed": [
        Entry(A.RECEIVED, PartialDate(date(2020, 11, 11))),
        Entry(A.RESUBMITTED, PartialDate(date(2020, 12, 2))),
        Entry(A.ACCEPTED, PartialDate(date(2020, 12, 7))),
        Entry(A.PUBLISHED, PartialDate(date(2021, 1, 14)), {"doi": "10.5555/seed"}),
    ],
    "all told": [
        Entry(A.RECEIVED, PartialDate(date(2024, 2, 29))),
        Entry(A.SENT_TO_REVIEW, PartialDate(date(2024, 3, 4))),
        Entry(A.REVISION_REQUESTED, PartialDate(date(2024, 4, 4)), {"kind": "major"}),
        Entry(A.RESUBMITTED, PartialDate(date(2024, 6, 4))),
        Entry(A.ACCEPTED, PartialDate(date(2024, 6, 4))),
        Entry(A.PUBLISHED, PartialDate(date(2024, 7, 1))),
    ],
    "rejected": [
        Entry(A.RECEIVED, PartialDate(date(2024, 1, 1))),
        Entry(A.REJECTED, PartialDate(date(2024, 1, 9)), {"kind": "desk"}),
    ],
    "waiting for the author": [
        Entry(A.RECEIVED, PartialDate(date(2026, 3, 1))),
        Entry(A.REVISION_REQUESTED, PartialDate(date(2026, 4, 1)), {"kind": "minor"}),
    ],
    "a month only": [
        Entry(A.RECEIVED, PartialDate(date(2019, 3, 1), "month")),
        Entry(A.ACCEPTED, PartialDate(date(2019, 5, 2))),
    ],
    "accepted only": [Entry(A.ACCEPTED, PartialDate(date(2019, 5, 2)))],
    "withdrawn": [
        Entry(A.RECEIVED, PartialDate(date(2024, 1, 1))),
        Entry(A.WITHDRAWN, PartialDate(date(2024, 2, 1)), {"kind": "by_author"}),
    ],
}
DERIVED: tuple[type[Base], ...] = (
    Author, LedgerEntry, Task, Interval, Exclusion, Closing, HolderDays, Assignment, SearchText,
)  # fmt: skip


def journal(slug: str) -> Journal:
    found = Journal(slug=slug, title=slug, created_at=NOW)
    db.session.add(found)
    db.session.flush()
    return found


def singly(name: str, entries: list[Entry]) -> int:
    """Through the single door."""
    with transaction():
        made = new_record(
            journal(f"single-{name.replace(' ', '-')}"), title=f"On {name}", authors=[], year=2020, now=NOW
        )
        made.is_armed = False
        record_facts(made, entries, source="a test", by=OPERATOR, now=NOW, today=TODAY)
        return made.id


def together(name: str, entries: list[Entry], uid: str, reference: str) -> int:
    """Through the door for many, as the manuscript of the same uid would have been."""
    with transaction() as session:
        place = journal(f"bulk-{name.replace(' ', '-')}")
        histories = BulkHistories(session)
        number = histories.next_id()
        row: dict[str, Any] = {
            "id": number, "uid": uid, "journal_id": place.id, "reference": reference, "title": f"On {name}",
            "keywords": [], "identity_key": identity_key(f"On {name}", []), "is_armed": False, "created_at": NOW,
        }  # fmt: skip
        plan = plan_history(entries, Authority("import", NOW, TODAY, "a test"))
        histories.add(NewHistory(row, [], plan, place.policy))
        histories.finish()
        return number


def rows_of(model: type[Base], number: int) -> list[tuple[Any, ...]]:
    table = model.__table__
    assert isinstance(table, Table)
    own = ("id", "manuscript_id", "journal_id", "words", "uid", "reference", "hash", "head_hash")
    columns = [column for column in table.columns if column.name not in own]
    where = table.c.id == number if model is Manuscript else table.c.manuscript_id == number
    return sorted(map(tuple, db.session.execute(select(literal(1), *columns).where(where))), key=repr)


def counts_of(number: int) -> dict[tuple[Any, ...], int]:
    t = TurnaroundCount
    place = select(Manuscript.journal_id).where(Manuscript.id == number).scalar_subquery()
    rows = select(t.metric, t.year, t.days, func.sum(t.n)).where(t.journal_id == place)
    found = db.session.execute(rows.group_by(t.metric, t.year, t.days))
    return {tuple(key): n for *key, n in found if n}


@pytest.mark.parametrize("name", HISTORIES)
def test_both_doors_write_the_same_rows(app: Flask, name: str) -> None:
    one = singly(name, HISTORIES[name])
    other = together(name, HISTORIES[name], uid="ab" * 16, reference=f"BULK-{len(name)}")
    assert rows_of(Manuscript, one) == rows_of(Manuscript, other)
    for model in DERIVED:
        assert rows_of(model, one) == rows_of(model, other), model.__tablename__
    assert counts_of(one) == counts_of(other)
    checked = verify_all()
    assert (checked.manuscripts, checked.problems) == (2, ())


DAYS = st.integers(0, 40).map(lambda day: date(2024, 1, 1) + timedelta(days=day))
PRECISIONS: st.SearchStrategy[Precision] = st.sampled_from(["day", "day", "day", "month"])
KINDS = [A.RECEIVED, A.SENT_TO_REVIEW, A.REVISION_REQUESTED, A.RESUBMITTED, A.ACCEPTED, A.REJECTED, A.PUBLISHED]
ENTRIES = st.builds(
    lambda action, day, precision: Entry(
        action, PartialDate(day if precision == "day" else day.replace(day=1), precision)
    ),
    st.sampled_from(KINDS), DAYS, PRECISIONS,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=6), st.booleans())
def test_the_quick_plan_is_the_plan_or_refuses_in_the_same_words(entries: list[Entry], in_order: bool) -> None:
    entries = sorted(entries, key=lambda entry: entry.on.first) if in_order else entries
    by = Authority("import", datetime(2026, 1, 1, tzinfo=UTC), date(2024, 2, 5), "a test")
    assert told(lambda: plan_history(entries, by)) == told(lambda: plan_step([], entries, by, confirmed=True))


def told(plan: Callable[[], Plan]) -> Plan | str:
    """The plan, or the sentence that refuses it."""
    try:
        return plan()
    except Refused as refusal:
        return str(refusal)


def test_a_history_taken_back_leaves_no_trace_but_its_ledger_and_may_begin_again(app: Flask) -> None:
    entries = HISTORIES["all told"]
    number = together("all told", entries, uid="cd" * 16, reference="B-1")
    made = db.session.get_one(Manuscript, number)
    taken = Taken(number, made.version, made.head_hash, tuple(range(1, 7)))
    with transaction() as session:
        void_histories(session, [taken], actor="a test", reason="wrong", source="a test", now=NOW, today=TODAY)
    db.session.expire_all()
    assert db.session.get_one(Manuscript, number).state is None
    assert [len(rows_of(model, number)) for model in (Interval, Task, Closing, HolderDays)] == [0, 0, 0, 0]
    assert counts_of(number) == {}
    assert verify_all().problems == ()

    with transaction() as session:
        made = db.session.get_one(Manuscript, number)
        beginning = Beginning(made.version, made.head_hash)
        again = plan_history(entries, Authority("import", NOW, TODAY, "a test"), beginning)
        histories = BulkHistories(session)
        row = {"id": number, "uid": made.uid, "journal_id": made.journal_id, "reference": "B-1", "title": "Again",
               "identity_key": "again|", "is_armed": False, "created_at": NOW}  # fmt: skip
        prepared = prepare(again, made.journal.policy, histories.shapes, made.uid, beginning)
        histories.begin_again(row, prepared)
        histories.finish()
    db.session.expire_all()
    assert (db.session.get_one(Manuscript, number).state, len(rows_of(LedgerEntry, number))) == ("published", 13)
    assert verify_all().problems == ()


def test_helping_processes_do_the_same(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"{1 + number % 28:02d}" for number in range(600)]
    rows = [f"M-{number},On matter {number},2024-01-{day},2024-02-{day}" for number, day in enumerate(days)]
    rows[5], rows[6] = "M-5,On matter 5,2024-03-01,2024-02-01", "M-6,On matter 6,never,"
    path = tmp_path / "s.csv"
    path.write_text("\n".join(["ID,Title,Received,Accepted", *rows]), encoding="utf-8")
    with transaction():
        places = [journal("alone"), journal("helped")]
    results = []
    for place, worth in zip(places, (10**9, 1), strict=True):
        monkeypatch.setattr(sheet_ahead, "WORTH_HELPERS", worth)
        with opened_sheet(path) as opened, transaction():
            layout = read_layout(opened, Said(), latest_year=2026)
            around = Circumstances(
                opened.name, opened.header, OPERATOR, NOW, journal_of=lambda _, place=place: place,
                today_of=lambda zone: TODAY, journal=place,
            )  # fmt: skip
            results.append(import_rows(opened, layout, around))
    one, other = results
    assert (one.counts, one.refused) == (other.counts, other.refused)
    assert one.counts == {"created": 598, "refused": 2}
    assert verify_all().problems == ()
