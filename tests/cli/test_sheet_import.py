"""`tracker import sheet` and `tracker sheet`, on both databases: what becomes of every row, again and taken back."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cli.running import Ran, Terminal
from tracker.db import db
from tracker.models import Import, Manuscript
from tracker.queries.verification import verify_all

HEADER = ["MS No.", "Titel", "Autoren", "Eingang", "Überarbeitet", "Angenommen", "Online", "DOI", "Betreut von"]
ROWS = [
    ["17/2019", "Über die Pflege wahrer Daten", "Müller, Änne; Schmidt, Karl", "13.04.2019", "", "25.05.2019",
     "21.06.2019", "10.5555/a.17", "Dr. Roth"],
    ["18/2019", "Wege durch eine Bibliothek", "Meier, Jan", "23.04.2019", "21.06.2019; 22.07.2019", "20.08.2019", "",
     "", ""],
    ["19/2019", "Von Brücken", "Meier, Jan", "30.02.2019", "", "", "", "", "Dr. Klee"],
    ["20/2019", "Zurück an den Anfang", "Vogel, Ute", "15.05.2019", "", "01.05.2019", "", "", ""],
    ["21/2019", "Ein Sommer im Archiv", "Winter, Paul", "22.06.2019", "", "", "", "", "=1+1"],
]  # fmt: skip


def sheet(path: Path, rows: Sequence[Sequence[str]] = ROWS, header: Sequence[str] = HEADER) -> str:
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    return str(path)


class Beside(Terminal):
    """Commands run beside this test's own reading, which must not hold the database meanwhile."""

    def run(self, *arguments: str) -> Ran:
        db.session.rollback()
        return super().run(*arguments)


@pytest.fixture
def tracker(app: Flask, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A command line with one journal."""
    terminal = Beside(capsys)
    terminal.run("journal", "add", "ijcp", "--title", "Journal of Careful Practice")
    return terminal


def imported(tracker: Terminal, *arguments: str) -> dict[str, Any]:
    ran = tracker.run("import", "sheet", *arguments, "--json")
    document: dict[str, Any] = json.loads(ran.out)
    assert ran.status == (1 if document["refused"] else 0)
    assert "Traceback" not in ran.err
    return document


def counts(document: dict[str, Any]) -> tuple[int, int, int, int]:
    return document["created"], document["updated"], document["unchanged"], len(document["refused"])


def states() -> dict[str, str | None]:
    db.session.rollback()
    db.session.expire_all()
    return dict(db.session.execute(select(Manuscript.reference, Manuscript.state)).all())


def test_every_row_is_accounted_for_and_the_refused_come_back_as_a_file(tracker: Terminal, tmp_path: Path) -> None:
    refused = tmp_path / "refused.csv"
    path = sheet(tmp_path / "s.csv")
    document = imported(tracker, path, "--journal", "ijcp", "--refused", str(refused))
    assert counts(document) == (3, 0, 0, 2)
    assert document["manuscripts"] == ["17-2019", "18-2019", "21-2019"]
    assert document["refused"] == [
        {"file": path, "row": 4, "reason": "Eingang: “30.02.2019” is on no calendar."},
        {"file": path, "row": 5,
         "reason": "Accepted on 1 May 2019 lies before Received on 15 May 2019, which it has to follow."},
    ]  # fmt: skip
    assert states() == {"17-2019": "published", "18-2019": "accepted", "21-2019": "received"}
    assert verify_all().problems == ()
    with refused.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Row in the file", *HEADER, "Refused because"]
    assert [row[:2] for row in rows[1:]] == [["4", "19/2019"], ["5", "20/2019"]]

    rows[1][4], rows[2][7 - 1] = "28.02.2019", "01.06.2019"
    with refused.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    assert counts(imported(tracker, str(refused), "--journal", "ijcp", "--dates", "dmy")) == (2, 0, 0, 0)


def test_a_dry_run_says_the_same_and_changes_nothing(tracker: Terminal, tmp_path: Path) -> None:
    path = sheet(tmp_path / "s.csv")
    document = imported(tracker, path, "--journal", "ijcp", "--dry-run")
    assert (counts(document), document["import_id"]) == ((3, 0, 0, 2), None)
    assert states() == {}
    assert db.session.scalars(select(Import)).all() == []
    ran = tracker.run("import", "sheet", path, "--journal", "ijcp", "--dry-run")
    assert "Nothing was changed: this was a dry run." in ran.out
    assert ran.err.splitlines()[0] == "s.csv, row 4: Eingang: “30.02.2019” is on no calendar."


def test_the_same_sheet_again_doubles_nothing_and_a_changed_one_updates(tracker: Terminal, tmp_path: Path) -> None:
    rows = [list(row) for row in (ROWS[0], ROWS[1], ROWS[4])]
    assert counts(imported(tracker, sheet(tmp_path / "s.csv", rows), "--journal", "ijcp")) == (3, 0, 0, 0)
    assert counts(imported(tracker, sheet(tmp_path / "s.csv", rows), "--journal", "ijcp")) == (0, 0, 3, 0)
    rows[0][5] = "26.05.2019"
    rows[1][6] = "28.09.2019"
    rows[2][1] = "Zwei Sommer im Archiv"
    assert counts(imported(tracker, sheet(tmp_path / "s.csv", rows), "--journal", "ijcp")) == (0, 3, 0, 0)
    shown = json.loads(tracker.run("show", "17-2019", "--json").out)
    assert (shown["accepted_on"], shown["state"]) == ("2019-05-26", "published")
    assert states()["18-2019"] == "published"
    assert json.loads(tracker.run("show", "21-2019", "--json").out)["title"] == "Zwei Sommer im Archiv"
    assert counts(imported(tracker, sheet(tmp_path / "s.csv", rows), "--journal", "ijcp")) == (0, 0, 3, 0)
    assert verify_all().problems == ()


def test_a_sheet_that_marks_another_corresponding_author_has_that_one(tracker: Terminal, tmp_path: Path) -> None:
    def byline_after(authors: str) -> str:
        path = sheet(tmp_path / "s.csv", [["M1", "On rivers", authors, "2019-01-02"]], header)
        imported(tracker, path, "--journal", "ijcp")
        tracker.run("sheet", str(tmp_path / "out.csv"), "--journal", "ijcp")
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        return row["Authors"]

    header = ["Reference", "Title", "Authors", "Received"]
    assert byline_after("Roth, Jan <r@x.org>*; Klee, Ute") == "Roth, Jan <r@x.org>*; Klee, Ute"
    assert byline_after("Roth, Jan; Klee, Ute*") == "Roth, Jan <r@x.org>; Klee, Ute*"
    assert byline_after("Roth, Jan; Klee, Ute") == "Roth, Jan <r@x.org>; Klee, Ute*", "the sheet does not say"
    assert byline_after("Klee, Ute*; Roth, Jan*") == "Klee, Ute*; Roth, Jan <r@x.org>*"


def test_a_date_that_a_person_recorded_is_not_overwritten(tracker: Terminal, tmp_path: Path) -> None:
    rows = [[*ROWS[4][:3], "22.06.2019", "", "", "", "", ""]]
    imported(tracker, sheet(tmp_path / "s.csv", rows), "--journal", "ijcp")
    tracker.run("record", "21-2019", "reject", "--on", "2019-07-01", "--kind", "desk")
    rows[0] = [*rows[0], "13.07.2019"]
    document = imported(tracker, sheet(tmp_path / "s.csv", rows, [*HEADER, "Abgelehnt"]), "--journal", "ijcp")
    assert counts(document) == (0, 0, 0, 1)
    assert "recorded by a person; the sheet says 13 July 2019" in document["refused"][0]["reason"]


UU = ["Reference", "Title", "Received", "Resubmitted", "Accepted"]
UU_1 = ["UU-1", "On rivers", "2024-01-10", "2024-03-01; 2024-04-01", "2024-05-06"]


def uu(tmp_path: Path, accepted: str = UU_1[4], resubmitted: str = UU_1[3]) -> tuple[str, ...]:
    return sheet(tmp_path / "uu.csv", [[*UU_1[:3], resubmitted, accepted]], UU), "--journal", "ijcp"


def shown_of(tracker: Terminal, reference: str = "UU-1") -> dict[str, Any]:
    document: dict[str, Any] = json.loads(tracker.run("show", reference, "--json").out)
    return document


def dates_of(tracker: Terminal) -> list[str]:
    moved = {"received", "resubmitted", "accepted"}
    return [event["on"] for event in shown_of(tracker)["events"] if event["action"] in moved and event["stands"]]


def corrected(tracker: Terminal, event: int, on: str) -> None:
    ran = tracker.run("correct", "UU-1", str(event), "--on", on, "--reason", "the letter of acceptance says so")
    assert ran.status == 0, ran.err


def test_what_a_person_corrected_stays_when_the_same_sheet_comes_again(tracker: Terminal, tmp_path: Path) -> None:
    assert counts(imported(tracker, *uu(tmp_path))) == (1, 0, 0, 0)
    corrected(tracker, 2, "2024-03-03")
    corrected(tracker, 4, "2024-05-04")
    for _ in range(2):
        assert counts(imported(tracker, *uu(tmp_path))) == (0, 0, 1, 0)
        assert shown_of(tracker)["accepted_on"] == "2024-05-04"
        assert shown_of(tracker)["first_resubmitted_on"] == "2024-03-03"
    third = imported(tracker, *uu(tmp_path, "2024-05-08"))
    assert counts(third) == (0, 0, 0, 1)
    assert third["refused"][0]["reason"] == (
        "UU-1 has Accepted 4 May 2024, recorded by a person; the sheet says 8 May 2024. "
        "Correct the date there if the sheet is right."
    )
    assert counts(imported(tracker, *uu(tmp_path, "2024-05-04", "2024-03-03; 2024-04-01"))) == (0, 0, 1, 0)
    assert verify_all().problems == ()


def test_a_date_that_an_import_moved_says_which_row_moved_it(tracker: Terminal, tmp_path: Path) -> None:
    imported(tracker, *uu(tmp_path))
    again = imported(tracker, *uu(tmp_path, "2024-05-08"))
    assert counts(again) == (0, 1, 0, 0)
    moved = shown_of(tracker)["events"][-1]
    assert (moved["action"], moved["source"]) == ("date_corrected", f"import {again['import_id']}: uu.csv, row 2")
    assert counts(imported(tracker, *uu(tmp_path, "2024-05-09"))) == (0, 1, 0, 0), "no person has dated it"
    corrected(tracker, 4, "2024-05-04")
    for said in ("2024-05-06", "2024-05-08", "2024-05-09"):
        assert counts(imported(tracker, *uu(tmp_path, said))) == (0, 0, 1, 0), said
    assert shown_of(tracker)["accepted_on"] == "2024-05-04"


def test_what_a_person_undid_stays_undone_when_the_same_sheet_comes_again(tracker: Terminal, tmp_path: Path) -> None:
    imported(tracker, *uu(tmp_path, ""))
    imported(tracker, *uu(tmp_path))
    assert states() == {"UU-1": "accepted"}
    tracker.run("undo", "UU-1")
    assert counts(imported(tracker, *uu(tmp_path))) == (0, 0, 1, 0)
    assert states() == {"UU-1": "resubmitted"}
    moved = imported(tracker, *uu(tmp_path, "2024-05-08"))
    assert (counts(moved), shown_of(tracker)["accepted_on"]) == ((0, 1, 0, 0), "2024-05-08")
    imported(tracker, *uu(tmp_path, "2024-05-09"))
    tracker.run("undo", "UU-1")
    assert shown_of(tracker)["accepted_on"] == "2024-05-08", "the moving is undone"
    assert counts(imported(tracker, *uu(tmp_path, "2024-05-09"))) == (0, 0, 1, 0)
    assert dates_of(tracker)[-1] == "2024-05-08"


def test_a_whole_history_that_a_person_undid_is_begun_again_only_by_another_sheet(
    tracker: Terminal, tmp_path: Path
) -> None:
    imported(tracker, *uu(tmp_path))
    tracker.run("undo", "UU-1")
    assert counts(imported(tracker, *uu(tmp_path))) == (0, 0, 1, 0)
    assert states() == {"UU-1": None}
    assert counts(imported(tracker, *uu(tmp_path, "2024-05-08"))) == (1, 0, 0, 0)
    assert (states(), shown_of(tracker)["accepted_on"]) == ({"UU-1": "accepted"}, "2024-05-08")


def test_an_import_that_was_taken_back_may_say_the_same_again(tracker: Terminal, tmp_path: Path) -> None:
    imported(tracker, *uu(tmp_path, ""))
    second = imported(tracker, *uu(tmp_path))
    tracker.run("import", "sheet", "--undo", second["import_id"])
    assert states() == {"UU-1": "resubmitted"}
    assert shown_of(tracker)["events"][-1]["source"] == f"undo of import {second['import_id']}"
    assert counts(imported(tracker, *uu(tmp_path))) == (0, 1, 0, 0)
    assert states() == {"UU-1": "accepted"}
    assert verify_all().problems == ()


def test_a_whole_import_is_taken_back_and_may_come_again(tracker: Terminal, tmp_path: Path) -> None:
    rows = [list(row) for row in (ROWS[0], ROWS[1], ROWS[4])]
    first = imported(tracker, sheet(tmp_path / "s.csv", rows), "--journal", "ijcp")
    rows[0][5], rows[0][1] = "26.05.2019", "Anders genannt"
    second = imported(tracker, sheet(tmp_path / "s.csv", rows), "--journal", "ijcp")
    assert counts(second) == (0, 1, 2, 0)

    undone = json.loads(tracker.run("import", "sheet", "--undo", second["import_id"], "--json").out)
    assert (undone["taken_back"], undone["kept"]) == (1, [])
    shown = json.loads(tracker.run("show", "17-2019", "--json").out)
    assert (shown["accepted_on"], shown["title"]) == ("2019-05-25", "Über die Pflege wahrer Daten")

    tracker.run("record", "21-2019", "reject", "--on", "2019-07-01", "--kind", "desk")
    ran = tracker.run("import", "sheet", "--undo", first["import_id"])
    assert (ran.status, ran.out) == (1, f"2 manuscripts are as they were before the import {first['import_id']}.\n")
    assert ran.err == "21-2019 has moved on: Rejected 1 July 2019 is not of this import. Undo that first.\n"
    assert states() == {"17-2019": None, "18-2019": None, "21-2019": "rejected"}
    assert "taken back already" in tracker.refused("import", "sheet", "--undo", first["import_id"])

    again = imported(tracker, sheet(tmp_path / "s.csv", rows[:2]), "--journal", "ijcp")
    assert (counts(again), again["manuscripts"]) == ((2, 0, 0, 0), ["17-2019", "18-2019"])
    assert verify_all().problems == ()


def test_what_no_cell_settles_is_asked(tracker: Terminal, tmp_path: Path) -> None:
    path = sheet(tmp_path / "s.csv", [["a", "03/04/2019"]], ["Title", "Received"])
    assert tracker.refused("import", "sheet", path, "--journal", "ijcp") == (
        "s.csv, column “Received”: 03/04/2019 may be 4 March 2019 or 3 April 2019, and no cell settles it. "
        "Say which it is with --dates dmy (day first), mdy (month first) or ymd (year first)."
    )
    assert counts(imported(tracker, path, "--journal", "ijcp", "--dates", "mdy")) == (1, 0, 0, 0)
    assert db.session.scalar(select(Manuscript.received_on).where(Manuscript.title == "a")).isoformat() == "2019-03-04"


def test_rows_of_one_file_are_told_apart_or_named_as_the_same(tracker: Terminal, tmp_path: Path) -> None:
    header = ["Title", "Authors", "Received", "DOI"]
    rows = [
        ["Editorial", "Klee, Ute", "2019-01-15", ""],
        ["Editorial", "Klee, Ute", "2019-01-15", ""],
        ["Editorial", "Klee, Ute", "2020-01-15", ""],
        ["Editorial", "Roth, Jan", "2020-01-15", "10.5555/e.2"],
        ["", "", "2020-02-02", ""],
        ["", "", "2020-02-02", ""],
        ["", "", "", "10.5555/e.3"],
    ]
    document = imported(tracker, sheet(tmp_path / "s.csv", rows, header), "--journal", "ijcp")
    assert counts(document) == (3, 0, 2, 2)
    assert [refusal["reason"] for refusal in document["refused"]] == [
        "Row 3 is about the same manuscript, IJCP-2019-001, and says Received 15 January 2019; this row says "
        "15 January 2020.",
        "The row has no date: expected at least when the manuscript was received, accepted or published.",
    ]
    assert counts(imported(tracker, sheet(tmp_path / "s.csv", rows, header), "--journal", "ijcp")) == (0, 0, 5, 2)


def test_a_column_may_name_the_journals_and_new_ones_are_made(tracker: Terminal, tmp_path: Path) -> None:
    rows = [["x-1", "Journal of Careful Practice", "2019-01-02"], ["x-1", "Annals of Invention", "2019-01-03"],
            ["x-2", "", "2019-01-03"]]  # fmt: skip
    path = sheet(tmp_path / "s.csv", rows, ["id", "Zeitschrift", "Received"])
    document = imported(tracker, path, "--journal-column", "Zeitschrift")
    assert (counts(document), document["manuscripts"]) == ((2, 0, 0, 1), ["x-1", "ANNALS-OF-INVENTION-x-1"])
    assert document["refused"][0]["reason"] == "The row names no journal."
    assert counts(imported(tracker, path, "--journal-column", "Zeitschrift")) == (0, 0, 2, 1)


def test_one_row_an_event_makes_whole_histories(tracker: Terminal, tmp_path: Path) -> None:
    rows = [["M1", "On rivers", "Received", "25.03.2019"], ["M2", "On roads", "Received", "02.04.2019"],
            ["M1", "", "Accept", "03.07.2019"], ["M2", "", "Accept", "01.04.2019"]]  # fmt: skip
    path = sheet(tmp_path / "s.csv", rows, ["Manuscript", "Title", "Event", "Date"])
    document = imported(tracker, path, "--journal", "ijcp")
    assert (document["created"], [refusal["row"] for refusal in document["refused"]]) == (2, [3, 5])
    assert states() == {"M1": "accepted"}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_sheet_to_tracker_to_sheet_is_exact(tracker: Terminal, tmp_path: Path, suffix: str) -> None:
    imported(tracker, sheet(tmp_path / "s.csv", [ROWS[0], ROWS[1], ROWS[4]]), "--journal", "ijcp")
    out, back = tmp_path / f"out.{suffix}", tmp_path / "back.csv"
    assert tracker.run("sheet", str(out), "--journal", "ijcp").status == 0
    assert counts(imported(tracker, str(out), "--journal", "ijcp")) == (0, 0, 3, 0)

    imports = db.session.scalars(select(Import.uid).order_by(Import.id)).all()
    tracker.run("import", "sheet", "--undo", imports[0])
    assert counts(imported(tracker, str(out), "--journal", "ijcp")) == (3, 0, 0, 0)
    tracker.run("sheet", str(back), "--journal", "ijcp")
    tracker.run("sheet", str(tmp_path / "once.csv"), "--journal", "ijcp")
    with back.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Title"] for row in rows] == [ROWS[0][1], ROWS[1][1], ROWS[4][1]]
    assert [row["Authors"] for row in rows] == [ROWS[0][2], ROWS[1][2], ROWS[4][2]]
    assert [row["Re-submitted"] for row in rows] == ["", "2019-06-21; 2019-07-22", ""]
    assert [row["MS No."] for row in rows] == ["17/2019", "18/2019", "21/2019"]
    assert [row["Betreut von"] for row in rows] == ["Dr. Roth", "", "'=1+1"]
    if suffix == "csv":
        assert back.read_bytes() == out.read_bytes()


def test_wrong_usage_is_said(tracker: Terminal, tmp_path: Path) -> None:
    path = sheet(tmp_path / "s.csv")
    assert tracker.run("import", "sheet").status == 2
    assert "--journal SLUG, or --journal-column" in tracker.refused("import", "sheet", path)
    assert "no journal “none”" in tracker.refused("import", "sheet", path, "--journal", "none")
    assert "There is no import “abc”" in tracker.refused("import", "sheet", "--undo", "abc")
    assert "There is no column “Wann”" in tracker.refused(
        "import", "sheet", path, "--journal", "ijcp", "--map", "Wann=received"
    )


@pytest.mark.slow
def test_the_real_articles_are_all_accounted_for(tracker: Terminal, shared_data: Path) -> None:
    document = imported(tracker, str(shared_data / "tables" / "articles.csv"), "--journal-column", "journal")
    assert document["created"] + len(document["refused"]) == 16617
    assert len(document["refused"]) < 500
    assert verify_all().problems == ()
