"""Messages from a pipe, a mailbox file and a maildir, as bytes; nothing in them is changed."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tracker.domain.errors import BadInput


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
