"""Making and revoking the secret address of an author's status page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from tracker.db import db
from tracker.domain.errors import Refused
from tracker.models import Manuscript, StatusLink
from tracker.services.hashed_secrets import hash_of, new_secret

TOKEN_BYTES = 18  # 144 random bits


def make_status_link(manuscript: Manuscript, *, now: datetime) -> str:
    """Make a new token for the manuscript's status page, and give it: it is shown once. An older one dies.

    Raises Refused where the journal has not switched status pages on.
    """
    if not manuscript.journal.policy.public_status:
        raise Refused("Status pages for authors are switched off in this journal. Its chief editor can switch them on.")
    revoke_status_link(manuscript)
    token = new_secret(TOKEN_BYTES)
    db.session.add(StatusLink(manuscript_id=manuscript.id, token_hash=hash_of(token), made_at=now))
    return token


def revoke_status_link(manuscript: Manuscript) -> None:
    """Let the address of the status page lead nowhere from now on."""
    db.session.execute(delete(StatusLink).where(StatusLink.manuscript_id == manuscript.id))
