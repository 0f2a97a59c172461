"""Links in letters: made as a letter leaves, found again by their hash, taken back.

A token is 256 random bits, stands in one letter, and is no sign-in: it can do one thing about one task.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from tracker.db import db
from tracker.domain.addresses import address_key
from tracker.domain.errors import NotFound
from tracker.mail.links import ADDRESS, PASSWORD, UNSUBSCRIBE, places_in, task_of, whole_address
from tracker.models import Journal, Letter, LetterLink, Task
from tracker.queries.owing import recipients_of
from tracker.services.hashed_secrets import hash_of, new_secret

LinkRow = dict[str, Any]
OVER = (
    "This link no longer leads anywhere: what it was about is done or was changed. If you want to tell us something, "
    "please reply to the letter."
)


def make_links(letter: Letter, *, now: datetime, base_url: str) -> tuple[dict[str, str], list[LinkRow]]:
    """Make the letter's links: place-holder → address, and the rows by which they are known again, for `keep_links`.

    A place that is not about a task of this letter gets none.
    """
    places = (places_in(letter.text_body) | places_in(letter.html_body)) - {PASSWORD, ADDRESS}
    own = {(step.manuscript_id, step.task_key) for step in letter.steps}
    made, rows = dict[str, str](), list[LinkRow]()
    for place in sorted(places):
        task = task_of(place)
        if (task is None and letter.role != "editor") or (task is not None and task not in own):
            continue
        token = new_secret()
        kind = "unsubscribe" if place == UNSUBSCRIBE else "answer"
        made[place] = whole_address(f"/{kind}/{token}", base_url=base_url)
        manuscript_id, task_key = task or (None, "")
        rows.append(
            {
                "token_hash": hash_of(token), "journal_id": letter.journal_id, "manuscript_id": manuscript_id,
                "task_key": task_key, "address": letter.to_key, "made_at": now,
            }
        )  # fmt: skip
    return made, rows


def keep_links(rows: Sequence[LinkRow]) -> None:
    """Keep what the links of letters are known by. Without it they lead nowhere."""
    if rows:
        db.session.execute(insert(LetterLink), rows)


def link_and_task(token: str) -> tuple[LetterLink, Task]:
    """The link to answer about a task, and the task, while it is open and owed by whom the link was sent to.

    Raises NotFound.
    """
    link = _link(token)
    wanted = select(Task).where(Task.manuscript_id == link.manuscript_id, Task.key == link.task_key)
    task = db.session.scalars(wanted).one_or_none()
    if task is None or address_key(recipients_of([task])[task.id].email) != link.address:
        raise NotFound(OVER)
    return link, task


def unsubscribe_link(token: str) -> LetterLink:
    """The link that ends the digests of one address. Raises NotFound."""
    link = _link(token)
    if link.manuscript_id is not None:
        raise NotFound(OVER)
    return link


def _link(token: str) -> LetterLink:
    wanted = select(LetterLink).where(LetterLink.token_hash == hash_of(token), LetterLink.revoked_at.is_(None))
    link = db.session.scalars(wanted).one_or_none()
    if link is None:
        raise NotFound(OVER)
    return link


def language_of_link(token: str) -> str:
    """The language of the journal that sent this link, though it may be over; empty for a link that nobody sent."""
    sent = select(Journal.language).join(LetterLink).where(LetterLink.token_hash == hash_of(token))
    return db.session.scalar(sent) or ""


def end_links(manuscript_id: int, open_keys: Iterable[str], *, now: datetime) -> None:
    """Links about tasks of the manuscript that are no longer open die; should the task come back, the next letter
    brings a new one.
    """
    gone = (LetterLink.manuscript_id == manuscript_id, LetterLink.task_key.not_in(list(open_keys)))
    db.session.execute(update(LetterLink).where(*gone, LetterLink.revoked_at.is_(None)).values(revoked_at=now))


def revoke_links(manuscript_id: int, task_key: str, *, now: datetime) -> None:
    """No link about this task works any more."""
    about = (LetterLink.manuscript_id == manuscript_id, LetterLink.task_key == task_key)
    db.session.execute(update(LetterLink).where(*about, LetterLink.revoked_at.is_(None)).values(revoked_at=now))
