"""How the command line says that something failed: one line on standard error for each reason, and a status."""

from __future__ import annotations

import sys

import click

from tracker.cli.session import complain, say
from tracker.domain.errors import NeedsConfirmation, TrackerError
from tracker.domain.faults import sentence_of, sentence_of_file


def exit_status(error: BaseException) -> int:
    """Say what went wrong; 1 for what was refused, 2 for wrong usage. Anything else is a fault of ours, and raised."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.ClickException):
        try:
            error.show()
        except UnicodeEncodeError:
            complain(error.format_message())
        return error.exit_code
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        say("Stopped; nothing more was done.", err=True)
        return 1
    if isinstance(error, NeedsConfirmation):
        return _said(f"{error} (Add --confirm.)")
    if isinstance(error, TrackerError):
        return _said(str(error))
    if isinstance(error, UnicodeEncodeError):
        return _said(_not_encoded(error))
    if sentence := _of_the_surroundings(error):
        return _said(sentence)
    raise error


def _said(sentence: str) -> int:
    complain(sentence)
    return 1


def _not_encoded(error: UnicodeEncodeError) -> str:
    """Bytes on the command line that are no text, or a terminal that cannot show what there is to say."""
    letter = error.object[error.start]
    if "\ud800" <= letter <= "\udfff":
        return "What was given holds bytes that are no text in UTF-8. Write it, or name the file, in UTF-8."
    return f"This terminal cannot show “{ascii(letter)[1:-1]}”: its encoding is {error.encoding}. Set LANG=C.UTF-8."


def _of_the_surroundings(error: BaseException) -> str:
    """A sentence for a database, disk or address that does not do what is asked of it; empty for anything else."""
    if "sqlalchemy" in sys.modules:
        from sqlalchemy.exc import DBAPIError

        if isinstance(error, DBAPIError):
            cause = str(error.orig).strip().split("\n")[0]
            return sentence_of(cause) or f"The database refused: {cause}."
    if "sqlite3" in sys.modules:
        import sqlite3

        if isinstance(error, sqlite3.Error):  # backups speak to SQLite themselves
            return sentence_of(str(error)) or f"SQLite refused: {error}."
    if isinstance(error, OSError):
        return sentence_of_file(error.errno, str(error.filename or ""), error.strerror or str(error))
    return ""
