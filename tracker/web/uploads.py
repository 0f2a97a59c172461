"""Sheets on their way in: kept in the instance folder between the steps, for the person who brought them, for a day."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from werkzeug.datastructures import FileStorage

from tracker.domain.errors import BadInput, NotFound

KEPT_FOR = timedelta(days=1)
MOST_PER_PERSON = 5
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_NOT_IN_NAMES = re.compile(r"[^\w .()-]+")


@dataclass(frozen=True)
class Upload:
    """One sheet. `token` is its unguessable name; the folder holds the sheet and notes about it."""

    token: str
    folder: Path

    @property
    def sheet(self) -> Path:
        return self.folder / "sheet"

    def note(self, name: str) -> dict[str, Any]:
        """A note that was kept with the sheet; empty if there is none."""
        try:
            found: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return found

    def keep_note(self, name: str, note: dict[str, Any]) -> None:
        """Keep a note; whoever reads it meanwhile sees the old or the new one, never a half."""
        fresh = self.folder / f"{name}.{secrets.token_hex(4)}"
        fresh.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        fresh.replace(self.folder / f"{name}.json")

    @property
    def about(self) -> dict[str, Any]:
        return self.note("about")

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def room() -> Path:
    """The folder of all uploads; nobody but the application may look into it."""
    folder = Path(current_app.instance_path) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep_upload(file: FileStorage | None, *, owner: str, journal: str, now: datetime) -> Upload:
    """Keep the file that a person sent. Raises BadInput if there is none; throws away what is older than a day."""
    if file is None or not file.filename:
        raise BadInput("Choose the file of your spreadsheet first.")
    discard_old(now)
    for crowded in sorted(_of_owner(owner), key=lambda one: one.folder.stat().st_mtime)[: -MOST_PER_PERSON + 1]:
        crowded.discard()
    token = secrets.token_urlsafe(24)
    upload = Upload(token, room() / token)
    upload.folder.mkdir(mode=0o700)
    file.save(upload.sheet)
    os.chmod(upload.sheet, 0o600)
    name = _NOT_IN_NAMES.sub("_", re.split(r"[/\\]", file.filename)[-1])[-100:].strip() or "sheet"
    upload.keep_note("about", {"owner": owner, "journal": journal, "name": name, "at": now.isoformat()})
    return upload


def upload_of(token: str, owner: str) -> Upload:
    """The upload of this name, if this person brought it. Raises NotFound."""
    upload = Upload(token, room() / token)
    if not _TOKEN.fullmatch(token) or not upload.folder.is_dir() or upload.about.get("owner") != owner:
        raise NotFound("This sheet is not here any more: it was imported, or is older than a day. Upload it again.")
    return upload


def discard_old(now: datetime) -> None:
    """Throw away what has been kept for longer than a day."""
    for folder in room().iterdir():
        at = Upload(folder.name, folder).about.get("at")
        if at is None or datetime.fromisoformat(at) < now - KEPT_FOR:
            shutil.rmtree(folder, ignore_errors=True)


def _of_owner(owner: str) -> list[Upload]:
    uploads = [Upload(folder.name, folder) for folder in room().iterdir()]
    return [upload for upload in uploads if upload.about.get("owner") == owner]
