"""XLSX and its relations: sizes checked before anything is unpacked, then read by a process that can be stopped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from tracker.domain.errors import BadInput
from tracker.formats.sheets.limits import MB, Limits

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKSHEET = re.compile(r"(?i)worksheets/[^/]+\.xml$")
_FAR_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]{0,200}?\br=["']\$?[A-Za-z]{3}\$?\d+["'][^>]{0,200}(?<!/)>""")
_LONGEST_TAG = 500
_LOCKED = "The workbook is protected by a password: save it without one."
_TOO_MUCH = "The workbook asks for more memory or time than a sheet should: save it as CSV and import that."


class Written(NamedTuple):
    """A worksheet written out as CSV: its name, and the other sheets of the workbook that hold rows."""

    path: Path
    sheet: str
    others: tuple[str, ...]


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so is a workbook and not a text."""
    return head.startswith((ZIP, OLD_EXCEL))


def write_out(path: Path, target: Path, limits: Limits, *, sheet: str = "") -> Written:
    """Write one sheet of the workbook to `target` as CSV.

    Raises BadInput for a file that is damaged, unpacks to more than the limits, or cannot be read within them.
    """
    content = path.read_bytes()
    if content[:4] == ZIP:
        check_sizes(path, limits)
    elif _ENCRYPTED in content:
        raise BadInput(_LOCKED)
    package = Path(__file__).parents[3]
    search = os.pathsep.join(filter(None, [str(package), os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-m", "tracker.formats.sheets.workbook_reader", str(path), str(target), sheet]
    try:
        done = subprocess.run(  # noqa: S603  our own module, with the paths of our own temporary files
            command, capture_output=True, timeout=limits.workbook_seconds, check=False,
            env={**os.environ, "PYTHONPATH": search},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise BadInput(_TOO_MUCH) from None
    if done.returncode or not done.stdout:
        raise BadInput(_TOO_MUCH)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise BadInput(answer["error"])
    if not answer["sheet"]:
        target.touch()
    return Written(target, answer["sheet"], tuple(answer["others"]))


def _must_not_reach_far(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    """Raise BadInput for a worksheet with something in a column of three letters.

    The reader lays out every cell up to the last one: with one in column XFD, 16,384 for each row, for a minute.
    """
    if not _WORKSHEET.search(part.filename):
        return
    with archive.open(part) as content:
        rest = b""
        while block := content.read(MB):
            if _FAR_CELL.search(rest + block):
                raise BadInput(
                    f"A sheet of the workbook has cells beyond column ZZ; {limits.columns} columns are read."
                )
            rest = block[-_LONGEST_TAG:]


def check_sizes(path: Path, limits: Limits) -> None:
    """Raise BadInput if the parts of the file say, or turn out, to be too large, or are damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            total = sum(part.file_size for part in parts)
            if total > limits.workbook_bytes or len(parts) > 10_000:
                raise BadInput(
                    f"The workbook unpacks to {total // MB:,} MB, and up to {limits.workbook_bytes // MB} MB are read: "
                    "leave out pictures and sheets that are not needed, or save it as CSV."
                )
            if any(part.flag_bits & 1 for part in parts):
                raise BadInput(_LOCKED)
            for part in parts:
                _must_not_reach_far(archive, part, limits)
            if archive.testzip() is not None:
                raise BadInput("The workbook is damaged: open it in a spreadsheet program and save it again.")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        raise BadInput("The workbook is damaged: open it in a spreadsheet program and save it again.") from None
