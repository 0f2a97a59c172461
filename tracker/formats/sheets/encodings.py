"""In which encoding a text table is written: from its first bytes, else from what its bytes can be."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from tracker.domain.errors import BadInput

SAMPLE_BYTES = 1 << 18
_BLOCK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_HIGH_LETTER = re.compile(r"(?:(?<=[A-Za-z])[^\x00-\x7f‘’“”–—…°®™]|[^\x00-\x7f‘’“”–—…°®™](?=[a-z]))")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_TWO_BYTES = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")


class Encoding(NamedTuple):
    """A codec of Python, and its name as people know it."""

    codec: str
    words: str


def detect_encoding(path: Path) -> Encoding:
    """The encoding of a text file. Raises BadInput for a file that is no text.

    A byte-order mark decides; else UTF-16 shows by its zero bytes and UTF-8 by being valid to the end. Of the old
    one-byte encodings it is Windows-1252, unless long runs of high bytes show Cyrillic or Chinese, or its letters
    make words in Mac Roman only.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    for mark, codec, words in _BOMS:
        if sample.startswith(mark):
            return Encoding(codec, words)
    if zeros := _utf16_by_zeros(sample):
        return zeros
    if sample.count(0) > len(sample) // 50 or len(_CONTROL.findall(sample)) > len(sample) // 50:
        raise BadInput("This is not a spreadsheet: expected CSV, TSV or XLSX.")
    failed_at, has_letters = _utf8_until(path)
    if failed_at is None or has_letters:
        return Encoding("utf-8", "UTF-8")
    return _one_byte(_around(path, failed_at))


def named_encoding(name: str) -> Encoding:
    """The encoding that a person names. Raises BadInput if there is none of that name."""
    try:
        return Encoding(codecs.lookup(name.strip()).name, name.strip())
    except (LookupError, ValueError):
        raise BadInput(f"There is no encoding “{name[:40]}”: try utf-8, cp1252, cp1251 or gb18030.") from None


def _utf16_by_zeros(sample: bytes) -> Encoding | None:
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return Encoding("utf-16-le", "UTF-16")
    if even > half * 0.6 and odd < half * 0.1:
        return Encoding("utf-16-be", "UTF-16")
    return None


def _utf8_until(path: Path) -> tuple[int | None, bool]:
    """Where the file stops being UTF-8 (None: nowhere), and whether it had a letter of UTF-8 before that."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, has_letters = 0, False
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            try:
                has_letters |= not decoder.decode(block).isascii()
            except UnicodeDecodeError as error:
                return position + error.start, has_letters or not _ascii(block[: error.start])
            position += len(block)
    return None, has_letters


def _ascii(block: bytes) -> bool:
    return block.isascii()


def _around(path: Path, position: int) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, position - 1024))
        return file.read(SAMPLE_BYTES)


def _one_byte(sample: bytes) -> Encoding:
    """Western letters stand alone between ASCII ones; Cyrillic and Chinese come in runs."""
    runs = _HIGH_RUN.findall(sample)
    high = sum(map(len, runs))
    in_runs = sum(len(run) for run in runs if len(run) >= 3)
    if in_runs > high * 0.6:
        pairs = sum(len(match) for match in _TWO_BYTES.findall(sample))
        if pairs >= high * 0.98 and _decodes(sample, "gb18030") and _looks_chinese(sample):
            return Encoding("gb18030", "GB 18030")
        if _decodes(sample, "cp1251"):
            return Encoding("cp1251", "Windows-1251")
    windows = _word_letters(sample, "cp1252") if _decodes(sample, "cp1252") else 0.0
    if windows <= 0.5 and _word_letters(sample, "mac_roman") >= 0.9:
        return Encoding("mac_roman", "Mac Roman")
    return Encoding("cp1252" if _decodes(sample, "cp1252") else "latin-1", "Windows-1252")


def _word_letters(sample: bytes, codec: str) -> float:
    """How many of the high bytes that touch a letter are letters that fit beside it: “Müller”, not “MŸller”."""
    text = sample.decode(codec, "replace")
    fit = total = 0
    for found in _HIGH_LETTER.finditer(text):
        before, letter, after = (
            text[max(0, found.start() - 1) : found.start()],
            found[0],
            text[found.end() : found.end() + 1],
        )
        total += 1
        fit += letter.isalpha() and not (
            letter.isupper() and before.isalpha() and (before.islower() or after.islower())
        )
    return fit / total if total else 1.0


def _looks_chinese(sample: bytes) -> bool:
    """Whether most two-byte letters are among the 3,755 common ones, whose first byte is B0 to D7."""
    pairs = _TWO_BYTES.findall(b"".join(run for run in _HIGH_RUN.findall(sample) if len(run) % 2 == 0))
    common = sum(0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1 for pair in pairs)
    return bool(pairs) and common > len(pairs) * 0.8


def _decodes(sample: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
