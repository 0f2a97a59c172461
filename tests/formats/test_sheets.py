"""Sheets as files: encodings, delimiters, workbooks, limits; and writing them so that they are read back exactly."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.domain.errors import BadInput
from tracker.formats.sheets.cells import clean_cell, column_letters, guarded, unguarded
from tracker.formats.sheets.limits import LIMITS
from tracker.formats.sheets.reading import opened_sheet
from tracker.formats.sheets.writing import write_csv, write_xlsx


def read(path: Path, **more: object) -> tuple[str, tuple[str, ...], list[tuple[int, list[str]]]]:
    with opened_sheet(path, **more) as sheet:  # type: ignore[arg-type]
        return sheet.kind, sheet.header, [(row.number, row.cells) for row in sheet.rows()]


def file_of(folder: Path, content: bytes, name: str = "sheet.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


TABLE = [["Nr", "Titel", "Größe"], ["1", "Über Wege", "ä"], ["2", "Zwei; drei, vier", "ß"]]


@pytest.mark.parametrize(
    ("codec", "delimiter", "kind"),
    [
        ("utf-8", ",", "CSV with commas, UTF-8"),
        ("utf-8-sig", ";", "CSV with semicolons, UTF-8"),
        ("cp1252", ";", "CSV with semicolons, Windows-1252"),
        ("mac_roman", ";", "CSV with semicolons, Mac Roman"),
        ("utf-16", "\t", "TSV, UTF-16"),
        ("utf-16-le", "\t", "TSV, UTF-16"),
        ("utf-16-be", "\t", "TSV, UTF-16"),
        ("utf-8", "|", "CSV with bars, UTF-8"),
    ],
)
def test_a_text_table_is_read_in_its_own_encoding_and_delimiter(
    tmp_path: Path, codec: str, delimiter: str, kind: str
) -> None:
    lines = [delimiter.join(f'"{cell}"' if set(cell) & set(";,") else cell for cell in row) for row in TABLE]
    path = file_of(tmp_path, "\r\n".join(lines).encode(codec))
    assert read(path) == (kind, tuple(TABLE[0]), [(2, TABLE[1]), (3, TABLE[2])])


@pytest.mark.parametrize(
    ("codec", "words", "cell"),
    [("cp1251", "Windows-1251", "Рукопись о хранении дат"), ("gb18030", "GB 18030", "论文的处理日期与作者")],
)
def test_letters_that_come_in_runs_are_no_western_ones(tmp_path: Path, codec: str, words: str, cell: str) -> None:
    path = file_of(tmp_path, f"id,title\n1,{cell}\n2,{cell}\n".encode(codec))
    assert read(path) == (f"CSV with commas, {words}", ("id", "title"), [(2, ["1", cell]), (3, ["2", cell])])


def test_an_encoding_may_be_named(tmp_path: Path) -> None:
    path = file_of(tmp_path, "id,title\n1,ďábel\n".encode("cp1250"))
    assert read(path, encoding="cp1250")[2] == [(2, ["1", "ďábel"])]
    with pytest.raises(BadInput, match="There is no encoding “klingon”"):
        read(path, encoding="klingon")


def test_rows_keep_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = file_of(tmp_path, b'id,title\n\n1,"two\nlines"\n,\n2,b\n')
    assert read(path)[2] == [(3, ["1", "two\nlines"]), (5, ["2", "b"])]


def test_a_title_above_the_column_names_is_passed_over(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"Submissions of our journal,,\n\nid,title,received\n1,a,2020-01-01\n")
    with opened_sheet(path) as sheet:
        assert (sheet.header, sheet.header_row) == (("id", "title", "received"), 3)
        assert sheet.remarks == ("The column names were found in row 3; what stands above it is not read.",)


@pytest.mark.parametrize(
    ("text", "header", "first"),
    [
        ("Journal of Paths,,,,\nNo,Title,Dates,,\n,,Received,Revised,Accepted\n1,a,2020-01-01,2020-02-01,2020-03-01\n",
         ("No", "Title", "Received", "Revised", "Accepted"), (4, ["1", "a", "2020-01-01", "2020-02-01", "2020-03-01"])),
        ("ID,Title,Dates,,,\n,,Received,Revised,Accepted,Online\n1,a,2020-01-01,,,\n",
         ("ID", "Title", "Received", "Revised", "Accepted", "Online"), (3, ["1", "a", "2020-01-01", "", "", ""])),
        ("ID,Round 1,,Round 2,\n,Sent,Back,Sent,Back\n1,a,b,c,d\n",
         ("ID", "Round 1 Sent", "Round 1 Back", "Round 2 Sent", "Round 2 Back"), (3, ["1", "a", "b", "c", "d"])),
        ("ID,,Title,Received\nA-1,x,,2020-01-01\nA-2,,b,2020-01-02\n",
         ("ID", "Column B", "Title", "Received"), (2, ["A-1", "x", "", "2020-01-01"])),
    ],
)  # fmt: skip
def test_groups_of_columns_and_the_names_below_them_are_one_header(
    tmp_path: Path, text: str, header: tuple[str, ...], first: tuple[int, list[str]]
) -> None:
    _, names, rows = read(file_of(tmp_path, text.encode()))
    assert (names, rows[0]) == (header, first)


def test_a_title_above_two_rows_of_names_is_told(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"Journal of Paths,,,\nNo,Title,Dates,\n,,Received,Accepted\n1,a,2020-01-01,\n")
    with opened_sheet(path) as sheet:
        assert sheet.remarks == ("The column names were found in rows 2 and 3; what stands above them is not read.",)


def test_a_workbook_that_begins_with_remarks_is_read_from_its_first_table(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "w.xlsx")) as book:
        for name, rows in (("Read me", [["Please read"], ["first"]]), ("2020", TABLE), ("2021", TABLE)):
            page = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
    with opened_sheet(tmp_path / "w.xlsx") as sheet:
        assert (sheet.kind, sheet.header) == ("workbook, sheet “2020”", tuple(TABLE[0]))
        assert sheet.remarks == ("Only the sheet “2020” is read; the workbook also has “Read me”, “2021”.",)


def test_a_workbook_with_a_password_is_named_as_such(tmp_path: Path) -> None:
    container = b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    with pytest.raises(BadInput, match="protected by a password: save it without one"):
        read(file_of(tmp_path, container, "locked.xlsx"))


def test_excels_own_first_line_names_the_delimiter(tmp_path: Path) -> None:
    kind, header, rows = read(file_of(tmp_path, b"sep=;\nid;title\n1;a,b\n"))
    assert (kind, header, rows) == ("CSV with semicolons, UTF-8", ("id", "title"), [(3, ["1", "a,b"])])


def test_column_names_are_told_apart_and_nameless_columns_have_letters(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"Date,Date,,id\n1,2,3,4\n")
    assert read(path)[1] == ("Date", "Date (2)", "Column C", "id")


def test_ragged_rows_are_filled_up_and_a_surplus_is_counted(tmp_path: Path) -> None:
    with opened_sheet(file_of(tmp_path, b"a,b,c\n1\n1,2,3,4,5\n1,2,3,,\n")) as sheet:
        assert [(row.cells, row.surplus) for row in sheet.rows()] == [
            (["1", "", ""], 0), (["1", "2", "3"], 2), (["1", "2", "3"], 0)
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The sheet is empty"),
        (b"\n\n,,\n", "The sheet is empty"),
        (b'a,b\n1,"never closed\n2,3\n', "Row 2: a quotation mark opens a cell and is never closed"),
        (b"%PDF-1.7 something", "This is not a spreadsheet"),
        (bytes(range(256)) * 40, "This is not a spreadsheet"),
        (b"PK\x03\x04 but no archive", "The workbook is damaged"),
        (b"\x1f\x8b\x08 broken", "The .gz file is damaged"),
        (b"\xd0\xcf\x11\xe0" * 300, "The workbook cannot be read"),
        (b"a," * 300, "columns"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        read(file_of(tmp_path, content))
    assert str(refused.value).startswith("sheet.csv: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.csv: there is no such file"):
        read(tmp_path / "none.csv")


def test_a_packed_sheet_is_read_like_an_unpacked_one(tmp_path: Path) -> None:
    assert read(file_of(tmp_path, gzip.compress(b"a,b\n1,2\n"), "s.csv.gz"))[2] == [(2, ["1", "2"])]


def test_limits_of_bytes_and_rows_are_kept(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"a,b\n" + b"1,2\n" * 50)
    with pytest.raises(BadInput, match="has more than 10 rows"):
        read(path, limits=replace(LIMITS, rows=10))
    with pytest.raises(BadInput, match="larger than 0 MB"):
        read(path, limits=replace(LIMITS, file_bytes=100))
    packed = file_of(tmp_path, gzip.compress(b"a,b\n" + b"1,2\n" * 500_000), "s.gz")
    with pytest.raises(BadInput, match="unpacks to more than 1 MB"):
        read(packed, limits=replace(LIMITS, unpacked_bytes=2**20))


def workbook(path: Path, rows: list[list[object]], *, day_format: str = "dd/mm/yyyy") -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet("Manuscripts"), book.add_format({"num_format": day_format})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                else:
                    sheet.write(number, column, cell)
        book.add_worksheet("Old").write(0, 0, "something")
    return path


def test_a_workbook_gives_real_dates_whole_numbers_and_texts(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", [["Nr", "Received", "Said"], [17, date(2020, 11, 3), "03/04/2020"]])
    with opened_sheet(path) as sheet:
        assert sheet.kind == "workbook, sheet “Manuscripts”"
        assert [row.cells for row in sheet.rows()] == [["17", "2020-11-03", "03/04/2020"]]
        assert sheet.remarks == ("Only the sheet “Manuscripts” is read; the workbook also has “Old”.",)
    with opened_sheet(path, worksheet="Old") as other:
        assert other.header == ("something",)
    with pytest.raises(BadInput, match="There is no sheet “New” in this workbook"):
        read(path, worksheet="New")


def test_lines_and_cells_that_hold_nothing_count_too(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"Nr;Titel\n1;Eins\n" + b"\n" * 19_000_000)
    began = time.monotonic()
    with pytest.raises(BadInput, match="more than 1,000,000 rows"):
        read(path)
    wide = file_of(tmp_path, b"Nr;Titel\n" + (b";" * 1000 + b"\n") * 20, "wide.csv")
    with pytest.raises(BadInput, match="more than 1,000,000 rows"):
        read(wide, limits=replace(LIMITS, cells=10_000))
    assert time.monotonic() - began < 10
    excel = file_of(tmp_path, b"Nr;Titel\n1;Eins\n" + b";\n" * 5_000, "excel.csv")
    assert read(excel, limits=replace(LIMITS, rows=10))[2] == [(2, ["1", "Eins"])]


def test_a_workbook_with_cells_far_out_is_refused_before_it_is_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(2_000):
            sheet.write(row, 0, row)
            sheet.write(row, 16_383, row)
    began = time.monotonic()
    with pytest.raises(BadInput, match="beyond column ZZ"):
        read(path)
    assert time.monotonic() - began < 5


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * (100 * 2**20))
    assert path.stat().st_size < 2**20
    began = time.monotonic()
    with pytest.raises(BadInput, match="unpacks to 300 MB, and up to 256 MB are read"):
        read(path)
    assert time.monotonic() - began < 5


def patched(path: Path, part: str, old: str, new: str) -> Path:
    """The workbook with one text of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as given_, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given_.namelist():
            data = given_.read(name)
            archive.writestr(name, data.replace(old.encode(), new.encode()) if name == part else data)
    path.write_bytes(out.getvalue())
    return path


def test_one_cell_in_the_last_corner_does_not_take_the_memory_of_a_full_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", [["a", "b"], ["corner", 1]])
    patched(path, "xl/worksheets/sheet1.xml", '"B2"', '"XFD1048576"')
    patched(path, "xl/worksheets/sheet1.xml", '<row r="2"', '<row r="1048576"')
    began = time.monotonic()
    with pytest.raises(BadInput, match="has cells beyond column ZZ; 200 columns are read"):
        read(path)
    assert time.monotonic() - began < 60


def test_one_long_text_that_every_cell_repeats_does_no_harm_here(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", [["a"], *[["x" * 30_000]] * 30_000])
    patched(path, "xl/sharedStrings.xml", "x" * 30_000, "y" * 3_000_000)
    with pytest.raises(BadInput, match=r"more memory or time|cannot be read|never closed"):
        read(path)


CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u200b\u2060\ufeff\xa0"), max_size=12
)


@given(st.sampled_from(["=", "+", "-", "@", "'", "'='", "''=", "'x", ""]), CELLS)
def test_a_guarded_cell_is_no_formula_and_comes_back_exactly(start: str, rest: str) -> None:
    text = start + rest
    assert not guarded(text).startswith(("=", "+", "-", "@"))
    assert unguarded(guarded(text)) == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_written_as_csv_is_read_back_exactly(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "out.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(file, ["a", "b", "c"], rows)
    kept = [[cell.strip() for cell in row] for row in rows]
    assert [cells for _, cells in read(path)[2]] == [row for row in kept if any(row)]


def test_what_is_written_as_a_workbook_is_read_back_exactly(tmp_path: Path) -> None:
    rows = [["=1+1", "2020-11-03", "'=x"], ["@sum", "2019-03", "https://example.org"], ["1899-01-01", "-5", "00123"]]
    write_xlsx(tmp_path / "out.xlsx", ["a", "b", "c"], rows)
    assert [cells for _, cells in read(tmp_path / "out.xlsx")[2]] == rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=2000)
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)))
def test_no_bytes_bring_the_reader_down(tmp_path: Path, content: bytes) -> None:
    path = file_of(tmp_path, b"id,title\n" + content if content[:1] > b"\x80" else content)
    try:
        _, header, rows = read(path)
    except BadInput:
        return
    assert all(len(cells) == len(header) for _, cells in rows)


def test_control_characters_are_taken_out_and_columns_are_lettered() -> None:
    assert clean_cell(" a\x00b\x07c\ufeff\xa0 ") == "abc"
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
