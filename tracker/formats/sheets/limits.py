"""How large a sheet may be. What lies beyond is refused before it is unpacked or read."""

from __future__ import annotations

from dataclasses import dataclass

MB = 2**20


@dataclass(frozen=True)
class Limits:
    """Bytes of the file and of what it unpacks to, rows, columns, and characters of one cell.

    `lines` and `cells` count blank ones too: they are soon written, and take as long to read as others. A spreadsheet
    program has 1,048,576 rows at most.
    """

    file_bytes: int = 64 * MB
    unpacked_bytes: int = 512 * MB
    workbook_bytes: int = 256 * MB
    rows: int = 1_000_000
    lines: int = 1_100_000
    cells: int = 50_000_000
    columns: int = 200
    cell_characters: int = 200_000
    workbook_seconds: int = 120
    workbook_memory_bytes: int = 2048 * MB


LIMITS = Limits()
