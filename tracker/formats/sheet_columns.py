"""What each column of a sheet is: by its name, by what stands in its cells, and by what a person says.

Every guess carries its reason in words. A name alone does not make a date: the cells must bear it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from tracker.domain.errors import BadInput
from tracker.formats.history_lines import parse_history
from tracker.formats.sheet_dates import ORDER_WORDS, ORDERS, Evidence, Order, read_cell_date
from tracker.formats.sheet_guesses import Guess, Seen, guesses_of, known_field
from tracker.formats.sheet_words import WITH_DATES, order_named, plain_name
from tracker.formats.sheets.reading import Sheet

SAMPLE_ROWS = 1000


@dataclass(frozen=True)
class Column:
    """One column: the field that it became, why, and how its dates are read. `examples` are cells of it."""

    index: int
    name: str
    field: str
    reason: str
    examples: tuple[str, ...] = ()
    order: Order | None = None
    order_words: str = ""
    order_is_open: bool = False


@dataclass(frozen=True)
class Layout:
    """All columns of a sheet, in its order, and how many rows stand below them."""

    columns: tuple[Column, ...]
    rows: int

    @property
    def is_by_event(self) -> bool:
        """Whether a row is one event of a manuscript, not a whole manuscript."""
        return {"event", "event_on"} <= {column.field for column in self.columns}

    @property
    def open_columns(self) -> list[Column]:
        """The columns whose order of day and month a person has to say."""
        return [column for column in self.columns if column.order_is_open]

    def into_one_journal(self) -> Layout:
        """The layout where every row goes to one journal: what a column says of journals is a note then."""
        return replace(self, columns=tuple(
            replace(column, field="note", reason="all rows go to one journal") if column.field == "journal" else column
            for column in self.columns
        ))  # fmt: skip

    def of(self, field: str) -> list[Column]:
        return [column for column in self.columns if column.field == field]


@dataclass(frozen=True)
class Said:
    """What a person has said: fields and orders by plain column name (`saved`: last time), one order for all."""

    fields: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    saved: Mapping[str, str] = field(default_factory=dict)
    dates: Order | None = None


def read_layout(sheet: Sheet, said: Said, *, latest_year: int) -> Layout:
    """Decide what the columns are: two passes over the rows, the first over a sample. `latest_year` is the present.

    Raises BadInput where a person names a column or a field that there is not.
    """
    sample = [row.cells for row in islice(sheet.rows(), SAMPLE_ROWS)]
    cells = [[row[index] for row in sample if row[index]] for index in range(len(sheet.header))]
    _expect_names(sheet)
    seen = [Seen(name, column, latest_year) for name, column in zip(sheet.header, cells, strict=True)]
    guesses = guesses_of(seen, _by_plain_name(sheet, said.fields), said.saved)
    evidence, rows = _all_evidence(sheet, guesses, latest_year)
    orders = _by_plain_name(sheet, said.orders)
    columns = [
        Column(index, name, guess[0], guess[1], tuple(dict.fromkeys(cells[index]))[:3])
        for index, (name, guess) in enumerate(zip(sheet.header, guesses, strict=True))
    ]
    return Layout(tuple(_dated(column, evidence.get(column.index), said, orders) for column in columns), rows)


def _expect_names(sheet: Sheet) -> None:
    """Raise BadInput where a day stands in the place of a column's name: the first row is one of data then."""
    day = next((name for name in sheet.header if _is_day(name)), None)
    if day is not None:
        raise BadInput(
            f"Row {sheet.header_row} holds “{day}” where a column name is expected: put a row of column names above it."
        )


def _is_day(name: str) -> bool:
    try:
        return name[-1:].isdigit() and read_cell_date(name, "dmy").precision == "day"
    except BadInput:
        return False


def _by_plain_name(sheet: Sheet, said: Mapping[str, str]) -> dict[int, str]:
    places: dict[str, int] = {}
    for index, name in enumerate(sheet.header):
        places.setdefault(plain_name(name) or name, index)
        places[name] = index
    for name in said:
        if name not in places and plain_name(name) not in places:
            raise BadInput(f"There is no column “{name[:60]}”. There are: {', '.join(sheet.header)}.")
    return {places[name] if name in places else places[plain_name(name)]: value for name, value in said.items()}


def _all_evidence(sheet: Sheet, guesses: Sequence[Guess], latest_year: int) -> tuple[dict[int, Evidence], int]:
    """What every cell of the dated columns shows, to the last row, and how many rows there are."""
    evidence = {index: Evidence(latest_year) for index, guess in enumerate(guesses) if guess[0] in WITH_DATES}
    watched = tuple(evidence.items())
    rows = 0
    for rows, row in enumerate(sheet.rows(), start=1):  # noqa: B007  counted to the last
        for index, column in watched:
            if not row.surplus and (cell := row.cells[index]):
                column.see(cell)
    return evidence, rows


def _dated(column: Column, evidence: Evidence | None, said: Said, orders: Mapping[int, str]) -> Column:
    if evidence is None:
        return column
    chosen = orders.get(column.index) or (said.dates if evidence.is_open else None)
    known = next((order for order in ORDERS if order == chosen), None)
    if known is not None:
        return replace(column, order=known, order_words="as you said")
    if evidence.is_open and (named := order_named(column.name)) is not None:
        return replace(column, order=named, order_words=f"{ORDER_WORDS[named]}: its name says so")
    if evidence.is_open and "dmy" in evidence.orders and _is_day_first_language(column.name, evidence.open_cell):
        words = f"{ORDER_WORDS['dmy']}: so it is in the language of its name"
        return replace(column, order="dmy", order_words=words)
    return replace(column, order=evidence.order, order_words=evidence.words, order_is_open=evidence.is_open)


def _is_day_first_language(name: str, cell: str) -> bool:
    """Whether a printed line with this label before this date would be read, day first: “Eingegangen am 3.4.2021”."""
    history = parse_history(f"{name}: {cell}")
    return bool(history.events) and not history.problems


def said_fields(pairs: Iterable[str]) -> dict[str, str]:
    """`COLUMN=FIELD` as the command line takes it. Raises BadInput for anything else."""
    fields = {}
    for pair in pairs:
        column, mark, field = pair.rpartition("=")
        if not mark or not column.strip():
            raise BadInput(f"“{pair}” is not COLUMN=FIELD, such as “Eingang=received”.")
        fields[column.strip()] = known_field(field)
    return fields
