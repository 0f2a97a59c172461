"""What to tell somebody when the disk or the database does not do what is asked of it. Nothing was changed then:
a transaction is kept whole or not at all.
"""

from __future__ import annotations

import errno

# A part of what SQLite, PostgreSQL or the system says, in small letters → what it means here, and what to do.
SENTENCES: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("database or disk is full", "no space left on device", "disk quota exceeded", "disk full"),
        "The disk is full, and nothing was changed. Free some space there, and do it again.",
    ),
    (
        ("readonly database", "read-only transaction", "read-only file system"),
        "The database can only be read: its disk or its files are write-protected. Nothing was changed. "
        "Make them writable for this user, and do it again.",
    ),
    (
        ("disk i/o error", "input/output error", "could not extend file", "could not write", "file too large"),
        "The disk does not take what is written: it is full, at its limit, or failing. Nothing was changed. "
        "Look at the disk before you do it again; “tracker doctor” says how much is free.",
    ),
    (
        ("unable to open database file",),
        "The database cannot be opened: its folder is not there, or this user may not read or write it. "
        "Look at TRACKER_INSTANCE and TRACKER_DATABASE_URL.",
    ),
    (
        ("not a database", "malformed"),
        "The database file is damaged. Leave it as it is, and restore the last backup: “tracker restore FILE”.",
    ),
    (
        ("database is locked", "lock timeout", "lock_timeout"),
        "Another program has been writing to the database all the while. Nothing was changed: do it again in a moment.",
    ),
    (
        ("no such table", "does not exist"),
        "There is no tracker database yet: run “tracker init” first, or “tracker db upgrade”.",
    ),
)
ERRNOS = {
    errno.ENOSPC: "no space left on device", errno.EDQUOT: "disk quota exceeded", errno.EFBIG: "file too large",
    errno.EROFS: "read-only file system", errno.EIO: "input/output error",
}  # fmt: skip
OF_A_FILE = {
    "no space left on device": "The disk is full", "disk quota exceeded": "The disk is full for this user",
    "file too large": "A file may not grow any further here", "input/output error": "The disk is failing",
    "read-only file system": "The disk is write-protected",
}  # fmt: skip


def sentence_of(cause: str) -> str:
    """The sentence for what a database said; empty where it is none of these."""
    said = cause.lower()
    return next((sentence for parts, sentence in SENTENCES if any(part in said for part in parts)), "")


def sentence_of_file(number: int | None, name: str, said: str) -> str:
    """The sentence for a file that the system refuses, by the number of the error; what the system said otherwise."""
    known = OF_A_FILE.get(ERRNOS.get(number or 0, ""))
    return f"{known or said}{f': {name}' if name else ''}."
