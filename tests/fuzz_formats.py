"""Coverage-guided fuzzing of every reader, without end: `pip install atheris`, then

    python -m tests.fuzz_formats [KIND] [options of libFuzzer, such as -max_total_time=60]

KIND is jats, ojs, pubmed, crossref, doaj, page, html, table, line or sheet; all in turn otherwise. Anything but
BadInput is a crash, and with `-timeout=10 -rss_limit_mb=2048` so is what takes longer or more. atheris is no dependency
of the project: this file is not collected by pytest.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["tracker"]):
    from tests.formats.test_any_file import SEEDS, readings_of
    from tests.formats.test_saved_pages import TABLE, TAGGED
    from tracker.domain.errors import BadInput
    from tracker.formats.history_lines import parse_history
    from tracker.formats.sheet_columns import Said, read_layout
    from tracker.formats.sheet_records import read_records
    from tracker.formats.sheets.reading import opened_sheet

PRINTED = Path(__file__).parent / "formats" / "printed_lines.txt"
LINES = [line.partition("\t")[2].encode() for line in PRINTED.read_text(encoding="utf-8").splitlines()]
LINE = "Received 3 March 2019; Revised 3.V.2019, 2019/06/07; accepté le 1er août 2019 ; 录用日期：2019-09-01"
SHEET = "Nr;Titel;Autoren;Eingang;Accepted\n1;Über Wege;Vogel, A.;3.4.2019;13/5/2019\n2;x;y;;2019-05-01\n"
MORE = {"html": TAGGED.encode(), "table": TABLE.encode(), "line": LINE.encode(), "sheet": SHEET.encode()}
SCRATCH = Path(tempfile.mkdtemp()) / "fuzzed.csv"


def _sheet(data: bytes) -> None:
    SCRATCH.write_bytes(data)
    with suppress(BadInput), opened_sheet(SCRATCH) as sheet:
        list(read_records(sheet, read_layout(sheet, Said(), latest_year=2026)))


READERS: dict[str, Callable[[bytes], object]] = {
    "html": lambda data: readings_of("page", data),
    "table": lambda data: readings_of("page", data),
    "line": lambda data: parse_history(data.decode("utf-8", "replace")),
    "sheet": _sheet,
}
ALL = {**SEEDS, **MORE}


def edited(seed: bytes, provider: atheris.FuzzedDataProvider) -> bytes:
    """The seed with up to six cuts and insertions, so that most of it stays a file of its kind."""
    for _ in range(provider.ConsumeIntInRange(0, 6)):
        at = provider.ConsumeIntInRange(0, len(seed))
        end = at + provider.ConsumeIntInRange(0, 30)
        seed = seed[:at] + provider.ConsumeBytes(provider.ConsumeIntInRange(0, 12)) + seed[end:]
    return seed


def main() -> None:
    kinds = [argument for argument in sys.argv[1:] if argument in ALL] or sorted(ALL)
    options = [argument for argument in sys.argv if argument not in ALL]

    def one(chosen: bytes) -> None:
        provider = atheris.FuzzedDataProvider(chosen)
        kind = kinds[provider.ConsumeIntInRange(0, len(kinds) - 1)]
        seed = provider.PickValueInList(LINES) if kind == "line" else ALL[kind]
        data = edited(seed, provider)
        READERS.get(kind, lambda data: readings_of(kind, data))(data)

    atheris.Setup(options, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
