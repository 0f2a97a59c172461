"""What the columns of a sheet become, in which order their dates are, and what its rows tell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.errors import BadInput
from tracker.formats.article_record import AuthorRecord
from tracker.formats.sheet_columns import Layout, Said, read_layout, said_fields
from tracker.formats.sheet_dates import Evidence, read_cell_date
from tracker.formats.sheet_people import authors_cell, read_authors
from tracker.formats.sheet_records import Read, SheetRecord, Unread, read_records
from tracker.formats.sheet_words import field_named, worded
from tracker.formats.sheets.reading import Sheet, opened_sheet

YEAR = 2026
Table = Sequence[Sequence[str]]


@contextmanager
def sheet_of(table: Table) -> Iterator[Sheet]:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        with opened_sheet(path) as sheet:
            yield sheet


def layout_of(table: Table, said: Said | None = None) -> Layout:
    with sheet_of(table) as sheet:
        return read_layout(sheet, said or Said(), latest_year=YEAR)


def fields_of(table: Table, said: Said | None = None) -> list[str]:
    return [column.field for column in layout_of(table, said).columns]


def reads_of(table: Table, said: Said | None = None) -> list[Read]:
    with sheet_of(table) as sheet:
        return list(read_records(sheet, read_layout(sheet, said or Said(), latest_year=YEAR)))


def dates_of(read: Read) -> list[tuple[str, str]]:
    assert isinstance(read, SheetRecord), read
    return [(fact.kind, fact.on.iso) for fact in read.record.dates]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("MS No.", "reference"),
        ("Manuscript_ID", "reference"),
        ("Manuskriptnummer", "reference"),
        ("编号", "reference"),
        ("Titel des Beitrags", "title"),
        ("Título del artículo", "title"),
        ("题目", "title"),
        ("Author(s)", "authors"),
        ("Autor/in", "authors"),
        ("Auteurs", "authors"),
        ("Nachname", "family"),
        ("E-Mail", "email"),
        ("dateReceived", "received"),
        ("Eingang", "received"),
        ("Fecha de aceptación", "accepted"),
        ("Received (dd/mm/yyyy)", "received"),
        ("Überarbeitet", "resubmitted"),
        ("R1", "resubmitted"),
        ("Revision requested", "revision_requested"),
        ("Abgelehnt am", "rejected"),
        ("Sent to reviewers", "sent_to_review"),
        ("Published online", "published"),
        ("Online", "published"),
        ("DOI", "doi"),
        ("Vol.", "volume"),
        ("Received by", None),
        ("Days to acceptance", None),
        ("Zuständig", None),
        ("", None),
    ],
)
def test_names_of_columns_are_known_in_many_words(name: str, field: str | None) -> None:
    assert field_named(name) == field


def test_a_name_alone_does_not_make_a_date() -> None:
    columns = layout_of([["Title", "Accepted", "Received"], ["A long title", "yes", "2020-01-05"]]).columns
    assert [column.field for column in columns] == ["title", "note", "received"]
    assert columns[1].reason == "it is called “Accepted”, but “yes” is not a date"


def test_contents_tell_what_a_name_does_not() -> None:
    rows = [
        [f"x-{number}", f"10.5555/abc.{number}", f"a{number}@example.org", f"Some {number} long thoughts about rivers",
         f"Received {number} May 2019; Accepted {number} June 2019"]
        for number in range(1, 9)
    ]  # fmt: skip
    header = ["our code", "link", "write to", "what it is", "verlauf der dinge"]
    assert fields_of([header, *rows]) == ["reference", "doi", "email", "title", "history"]


def test_what_a_person_says_counts_and_wrong_words_are_refused() -> None:
    table = [["Titel", "Eingang", "Was"], ["Ein Titel", "2020-01-05", "x"]]
    assert fields_of(table, Said(fields={"was": "section"})) == ["title", "received", "section"]
    assert fields_of(table, Said(saved={"was": "section", "titel": "note"})) == ["note", "received", "section"]
    with pytest.raises(BadInput, match="There is no column “Wer”"):
        layout_of(table, Said(fields={"Wer": "title"}))
    with pytest.raises(BadInput, match="There is no field “colour”"):
        said_fields(["Was=colour"])
    with pytest.raises(BadInput, match="is not COLUMN=FIELD"):
        said_fields(["Was"])
    assert said_fields(["A = B=Title"]) == {"A = B": "title"}


def test_a_field_is_one_column_only() -> None:
    columns = layout_of([["Title", "Titel", "Received"], ["a", "b", "2020-01-01"]]).columns
    assert [(column.field, column.reason) for column in columns][1] == ("note", "another column is the title already")


@pytest.mark.parametrize(
    ("cells", "order", "is_open"),
    [
        (["25/03/2019", "03/04/2019"], "dmy", False),
        (["03/25/2019", "03/04/2019"], "mdy", False),
        (["03/04/2019", "05/06/2019"], None, True),
        (["25/03/2019", "03/25/2019", "01/02/2019"], None, True),
        (["2019-03-25", "3 May 2019"], None, False),
        (["13/4/19", "28/4/19"], "dmy", False),
        (["4/13/19"], "mdy", False),
        (["98/04/13"], "ymd", False),
        (["43831", "44146"], "days", False),
        (["03/03/2019"], None, True),
    ],
)
def test_the_order_of_day_and_month_is_decided_by_the_cells_or_asked(
    cells: list[str], order: str | None, is_open: bool
) -> None:
    evidence = Evidence(YEAR)
    for cell in cells:
        evidence.see(cell)
    assert (evidence.order, evidence.is_open) == (order, is_open)


def test_a_first_row_of_data_is_no_row_of_names() -> None:
    with pytest.raises(BadInput, match="Row 1 holds “2020-03-14” where a column name is expected"):
        layout_of([["A-1", "A long title", "2020-03-14"], ["A-2", "Another title", "2020-04-14"]])


def test_what_a_name_adds_in_brackets_does_not_hide_it() -> None:
    assert [column.field for column in layout_of([["Title", "Authors (all)"], ["A", "Roe, J."]]).columns] == [
        "title", "authors"
    ]  # fmt: skip


def test_the_order_is_decided_column_by_column_and_every_cell_counts() -> None:
    rows = [["a title", "03/04/2019", "04/05/2019"]] * 1500 + [["a title", "25/04/2019", "05/06/2019"]]
    first, second = layout_of([["Title", "Received", "Accepted"], *rows]).columns[1:]
    assert (first.order, first.order_words) == ("dmy", "day, month, year: 25/04/2019 can be nothing else")
    assert second.order_is_open
    assert second.order_words == "04/05/2019 may be 5 April 2019 or 4 May 2019, and no cell settles it"
    settled = layout_of([["Title", "Received", "Accepted"], *rows], Said(dates="mdy")).columns[1:]
    assert [column.order for column in settled] == ["dmy", "mdy"]


@pytest.mark.parametrize(
    ("name", "cell", "order"),
    [
        ("Überarbeitet am", "5.6.2021", "dmy"),
        ("Date de réception", "05/06/2021", "dmy"),
        ("Received", "5.6.2021", None),
        ("Fecha de recepción", "05/06/2021", None),
    ],
)
def test_the_language_of_a_name_may_know_one_order_only(name: str, cell: str, order: str | None) -> None:
    column = layout_of([["Title", name], ["A long title", cell]]).columns[1]
    assert (column.order, column.order_is_open) == (order, order is None)


def test_a_language_settles_no_column_whose_cells_contradict_it() -> None:
    column = layout_of(
        [["Title", "Eingegangen am"], ["A", "13.6.2021"], ["B", "6.13.2021"], ["C", "5.6.2021"]]
    ).columns[1]
    assert column.order_is_open


def test_authors_are_told_apart_in_chinese_and_in_a_cell_of_one_name() -> None:
    assert [author.family for author in read_authors("张三；李四、王五")] == ["张三", "李四", "王五"]
    (read,) = reads_of([["Title", "First author", "Received"], ["A long title", "Roe, Jane", "2021-04-05"]])
    assert isinstance(read, SheetRecord)
    assert [(author.given, author.family) for author in read.record.authors] == [("Jane", "Roe")]


def test_a_name_may_say_the_order() -> None:
    columns = layout_of([["Title", "Eingang (TT.MM.JJJJ)"], ["a", "03.04.2019"]]).columns
    assert (columns[1].field, columns[1].order) == ("received", "dmy")


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("2020-11-11", None, "2020-11-11"),
        ("2020-11-11 13:45:00", None, "2020-11-11"),
        ("20201111", None, "2020-11-11"),
        ("11 Nov 2020", None, "2020-11-11"),
        ("11. November 2020", None, "2020-11-11"),
        ("03/04/2019", "dmy", "2019-04-03"),
        ("03/04/2019", "mdy", "2019-03-04"),
        ("19/04/03", "ymd", "2019-04-03"),
        ("44146", "days", "2020-11-11"),
        ("March 2019", None, "2019-03"),
        ("2019-03", None, "2019-03"),
        ("2019", None, "2019"),
        ("2020年11月11日", None, "2020-11-11"),
        ("3.4.19", "dmy", "2019-04-03"),
    ],
)
def test_cells_are_read_as_the_dates_they_are(text: str, order: str | None, iso: str) -> None:
    assert read_cell_date(text, order).iso == iso  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "order", "reason"),
    [
        ("20111-04-14", None, "no journal has the year 20111"),
        ("1970-01-01", None, "no real date"),
        ("30/12/1899", "dmy", "no real date"),
        ("2019-02-30", None, "on no calendar"),
        ("31/04/2019", "dmy", "on no calendar"),
        ("25/03/2019", "mdy", "on no calendar as month, day, year"),
        ("03/04/2019", None, "may be 4 March 2019 or 3 April"),
        ("soon", None, "is not a date"),
        ("x" * 100, None, "is not a date"),
        ("0019-01-01", None, "no journal has the year 19"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, order: str | None, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        read_cell_date(text, order)  # type: ignore[arg-type]


def test_a_row_is_a_manuscript_with_its_dates_and_notes() -> None:
    (read,) = reads_of(
        [
            ["Ref", "Title", "Authors", "Received", "Revised", "Accepted", "Editor"],
            ["7/19", "On rivers", "Lovelace, Ada", "2019-01-02", "2019-03-04; 2019-05-06", "n/a", "Dr. Klee"],
        ]
    )
    assert isinstance(read, SheetRecord)
    assert dates_of(read) == [("received", "2019-01-02"), ("resubmitted", "2019-03-04"), ("resubmitted", "2019-05-06")]
    assert (read.record.reference, read.record.title) == ("7-19", "On rivers")
    assert read.record.authors == (AuthorRecord("Ada", "Lovelace"),)
    assert read.notes == {"Editor": "Dr. Klee", "Ref": "7/19"}


def test_rows_that_cannot_be_read_say_why_with_all_reasons() -> None:
    reads = reads_of(
        [
            ["Title", "Received", "Accepted", "DOI"],
            ["a", "1970-01-01", "20111-04-14", "none of it"],
            ["b", "2019-01-01", "2019-01-02; 2019-01-03", ""],
            ["c", "1969-02-09", "2015-07-07", ""],
            ["d", "2019-01-01", "2019-02-01", "", "surplus"],
        ]
    )
    assert [(read.row, read.reason) for read in reads if isinstance(read, Unread)] == [
        (2, "Received: “1970-01-01” is no real date but what software writes when it has no date. Accepted: "
            "“20111-04-14” cannot be right: no journal has the year 20111. “none of it” is not a DOI."),
        (3, "“Accepted” holds 2 dates; it can have one."),
        (4, "46 years lie between Received 9 February 1969 and Accepted 7 July 2015: check the years."),
        (5, "The row has more cells than there are columns (1 more): a delimiter within a cell needs quotation marks."),
    ]  # fmt: skip


def test_one_row_an_event_gathers_the_rows_of_a_manuscript() -> None:
    table = [
        ["Manuscript", "Title", "What", "Date", "By"],
        ["M1", "On rivers", "Received", "25/03/2019", "ute"],
        ["M2", "On roads", "Submitted", "26/03/2019", "ute"],
        ["M1", "", "Major revision", "01/05/2019", "jan"],
        ["M1", "", "Revised version received", "09/06/2019", "ute"],
        ["M2", "", "Desk rejected", "02/04/2019", "jan"],
        ["M1", "", "Coffee", "02/07/2019", "jan"],
        ["M1", "", "Accept", "03/07/2019", "jan"],
    ]
    assert fields_of(table) == ["reference", "title", "event", "event_on", "note"]
    unread, one, two = reads_of(table)
    assert isinstance(unread, Unread)
    assert (unread.row, unread.reason) == (7, "“Coffee” is not an event that is known here: received, accepted, …")
    assert isinstance(one, SheetRecord)
    assert (one.rows, one.record.title, len(one.cells)) == ((2, 4, 5, 8), "On rivers", 4)
    assert dates_of(one) == [
        ("received", "2019-03-25"), ("revision_requested", "2019-05-01"), ("resubmitted", "2019-06-09"),
        ("accepted", "2019-07-03"),
    ]  # fmt: skip
    assert isinstance(two, SheetRecord)
    assert [(fact.kind, fact.detail) for fact in two.record.dates] == [("received", ""), ("rejected", "desk")]


def test_a_decision_has_its_word_and_its_date() -> None:
    table = [
        ["Title", "Received", "Decision", "Decision date"],
        ["a", "2019-01-01", "Accept", "2019-02-01"],
        ["b", "2019-01-01", "Reject", "2019-02-01"],
        ["c", "2019-01-01", "Minor revision", ""],
    ]
    one, two, three = reads_of(table)
    assert dates_of(one) == [("received", "2019-01-01"), ("accepted", "2019-02-01")]
    assert dates_of(two) == [("received", "2019-01-01"), ("rejected", "2019-02-01")]
    assert isinstance(three, SheetRecord)
    assert (dates_of(three), three.notes) == ([("received", "2019-01-01")], {"Decision": "Minor revision"})


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("Desk reject", ("rejected", "desk")),
        ("Reject and resubmit", ("rejected", "resubmit_invited")),
        ("major revision", ("revision_requested", "major")),
        ("Revised version received", ("resubmitted", "")),
        ("Angenommen", ("accepted", "")),
        ("Sent to reviewers", ("sent_to_review", "")),
        ("reviewer 2 invited", None),
    ],
)
def test_decisions_and_events_are_known_in_many_words(words: str, meaning: tuple[str, str] | None) -> None:
    assert worded(words) == meaning


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Lovelace, Ada; Hopper, Grace M.", ["Ada Lovelace", "Grace M. Hopper"]),
        ("Ada Lovelace, Grace Hopper and Alan Turing", ["Ada Lovelace", "Grace Hopper", "Alan Turing"]),
        ("Smith J, Doe JK", ["J Smith", "JK Doe"]),
        ("Smith, J., Doe, J. K.", ["J. Smith", "J. K. Doe"]),
        ("O'Neill, Siobhán & Mac Giolla Bríde, Seán", ["Siobhán O'Neill", "Seán Mac Giolla Bríde"]),
        ("Smith, John A and Brown, Kate", ["John A Smith", "Kate Brown"]),
        ("Henderson L, Palmer K & Green A, White B", ["L Henderson", "K Palmer", "A Green", "B White"]),
        (
            "Ada Lovelace, Grace Hopper & Alan Turing, Kurt Gödel",
            ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Kurt Gödel"],
        ),
        ("الحربي، فاطمة", ["فاطمة الحربي"]),
        ("de la Cruz, Juana", ["Juana de la Cruz"]),
        ("Ludwig van Beethoven", ["Ludwig van Beethoven"]),
        ("World Health Organization,", [" World Health Organization"]),
        ("ada@example.org", [" ada"]),
    ],
)
def test_authors_are_read_in_the_ways_of_lists(cell: str, names: list[str]) -> None:
    assert [f"{author.given} {author.family}" for author in read_authors(cell)] == names


NAMES = st.text(st.characters(categories=("Lu", "Ll")), min_size=2, max_size=12)


@given(st.lists(st.tuples(st.just("") | NAMES, NAMES, st.booleans(), st.booleans()), max_size=5))
def test_authors_are_written_as_they_are_read_back(people: list[tuple[str, str, bool, bool]]) -> None:
    authors = tuple(
        AuthorRecord(given_, family, "a.b@example.org" if mail else "", "0000-0002-1825-0097" if mail else "",
                     is_corresponding=marked)
        for given_, family, mail, marked in people
    )  # fmt: skip
    assert read_authors(authors_cell(authors)) == authors


CELL = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["Received", "03/04/2019", "2019-13-45", "44146", "Accept", "10.5555/x", "a;b|c"]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=8))
def test_no_table_brings_the_guessing_down(table: list[list[str]]) -> None:
    try:
        reads = reads_of(table)
    except BadInput:
        return
    rows = [row for read in reads for row in (read.rows if isinstance(read, SheetRecord) else (read.row,))]
    assert len(rows) == len(set(rows))
