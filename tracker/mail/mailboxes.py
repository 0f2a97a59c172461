"""Where returned letters arrive: a folder on a mail server (IMAP), a mailbox file or a maildir; read as bytes.

A file and a maildir are left as they are, and may be read again. On a server, what was read is marked as seen once
what it said is kept, so that the next look finds only what is new.
"""

from __future__ import annotations

import imaplib
import mailbox
import ssl
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from tracker.domain.errors import BadInput, TrackerError
from tracker.formats.delivery_reports import LONGEST_BYTES

TIMEOUT_SECONDS = 30.0
MOST_AT_ONCE = 200  # messages a look; the next one goes on
PORTS = {"imap": 143, "imap+starttls": 143, "imaps": 993}
WRITTEN = "imaps://user:password@host/INBOX, imap+starttls://…, or the path of a mailbox file or a maildir"


class MailboxUnreachable(TrackerError):
    """The mailbox cannot be read now."""


class Box(Protocol):
    """A mailbox that is open."""

    def unread(self) -> Iterator[bytes]:
        """The messages that nobody has read here yet; of a file or a maildir, all."""

    def keep_in_mind(self) -> None:
        """Note that what was given out by `unread` needs no second reading."""


@contextmanager
def open_mailbox(address: str) -> Iterator[Box]:
    """The mailbox at a path, or on a server. Raises BadInput for an address that is none, and MailboxUnreachable."""
    if "://" not in address:
        yield _Files(Path(address).expanduser())
        return
    place = _parsed(address)
    try:
        server = place.connected()
    except (imaplib.IMAP4.error, OSError, UnicodeError) as error:
        raise MailboxUnreachable(f"The mailbox on {place.host} cannot be read: {_said(error)}") from error
    try:
        yield _Folder(server, place)
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxUnreachable(f"The mailbox on {place.host} cannot be read: {_said(error)}") from error
    finally:
        _leave(server)


def messages_in(path: Path) -> Iterator[bytes]:
    """Every message of an mbox file or a maildir. Raises BadInput for what is neither."""
    box: mailbox.Mailbox[mailbox.mboxMessage] | mailbox.Mailbox[mailbox.MaildirMessage]
    if path.is_dir():
        if not (path / "new").is_dir() or not (path / "cur").is_dir():
            raise BadInput(f"{path} is no maildir: it has no folders “new” and “cur”.")
        box = mailbox.Maildir(path, create=False)
    elif path.is_file():
        box = mailbox.mbox(path, create=False)
    else:
        raise BadInput(f"There is no mailbox {path}.")
    with closing(box):
        for key in box.iterkeys():
            yield box.get_bytes(key)


@dataclass(frozen=True)
class _Files:
    path: Path

    def unread(self) -> Iterator[bytes]:
        return messages_in(self.path)

    def keep_in_mind(self) -> None:
        """Files are left as they are."""


@dataclass(frozen=True)
class _Place:
    """An IMAP address taken apart."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str

    def connected(self) -> imaplib.IMAP4:
        """Signed in, with the folder open; encrypted, but for plain imap://."""
        context = ssl.create_default_context()
        if self.scheme == "imaps":
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=context, timeout=TIMEOUT_SECONDS
            )
        else:
            server = imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            if self.scheme == "imap+starttls":
                server.starttls(context)
            # SASL says UTF-8 (RFC 4616); the library's own LOGIN knows ASCII only.
            server.authenticate("PLAIN", lambda _: f"\0{self.user}\0{self.password}".encode())
            _checked(server.select(_quoted(self.folder)))
        except BaseException:
            with suppress(OSError):  # a handshake that failed has ended the connection
                server.shutdown()
            raise
        return server


def _parsed(address: str) -> _Place:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise BadInput(f"The address of the mailbox has no readable host or port; write {WRITTEN}.") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadInput(f"The address of the mailbox is written {WRITTEN}.")
    return _Place(
        parts.scheme, parts.hostname, port or PORTS[parts.scheme], unquote(parts.username or ""),
        unquote(parts.password or ""), unquote(parts.path.strip("/")) or "INBOX",
    )  # fmt: skip


class _Folder:
    """One folder of a server."""

    def __init__(self, server: imaplib.IMAP4, place: _Place) -> None:
        self.server, self.place = server, place
        self.read: list[str] = []

    def unread(self) -> Iterator[bytes]:
        found = _checked(self.server.uid("SEARCH", "UNSEEN"))[0]
        for number in (found.decode("ascii", "replace").split() if isinstance(found, bytes) else [])[:MOST_AT_ONCE]:
            # PEEK marks nothing, and whatever is longer than a report is not wanted whole.
            parts = _checked(self.server.uid("FETCH", number, f"(BODY.PEEK[]<0.{LONGEST_BYTES + 1}>)"))
            self.read.append(number)
            yield from (part[1] for part in parts if isinstance(part, tuple))

    def keep_in_mind(self) -> None:
        if self.read:
            _checked(self.server.uid("STORE", ",".join(self.read), "+FLAGS.SILENT", r"(\Seen)"))


def _checked(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error(" ".join(part.decode("utf-8", "replace") for part in data if isinstance(part, bytes)))
    return data


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _leave(server: imaplib.IMAP4) -> None:
    try:
        server.logout()
    except (imaplib.IMAP4.error, OSError):  # it is gone already, which is no matter
        with suppress(OSError):
            server.shutdown()


def _said(error: BaseException) -> str:
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "it did not answer in time."
    text = error.args[0] if isinstance(error, imaplib.IMAP4.error) and error.args else error
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return " ".join(words.split())[:300] or type(error).__name__
