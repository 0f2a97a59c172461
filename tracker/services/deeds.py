"""One deed done to several manuscripts: each as if it were done alone, and what is refused of one stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain.dates import PartialDate
from tracker.domain.errors import Conflict, Refused, TrackerError
from tracker.domain.roles import Deed as Deeds
from tracker.domain.roles import may
from tracker.domain.transitions import done_words
from tracker.models import Account, BulkDeed, Manuscript
from tracker.queries.people import tags_of
from tracker.services.actions import Wish, record_action
from tracker.services.actors import Actor
from tracker.services.history import undo_last_step
from tracker.services.records import arm_reminders, assign_editor
from tracker.services.remarks import set_tags

DEEDS = ("record", "assign", "tag", "untag", "mute", "arm")


@dataclass(frozen=True)
class Deed:
    """What is to be done: `wish` for record, `editor` for assign (None takes the editor away), `tag` for tags."""

    kind: str
    wish: Wish | None = None
    editor: Account | None = None
    tag: str = ""


@dataclass(frozen=True)
class Teller:
    """Who does it, when, and on which day: by journal, because people have roles and journals have calendars."""

    account: Account
    actor_of: Callable[[Manuscript], Actor]
    today_of: Callable[[Manuscript], date]
    now: datetime

    def must_assign(self, manuscript: Manuscript) -> None:
        """Raise Refused for an editor who would take a manuscript from another."""
        by = self.actor_of(manuscript)
        if not may(by.role, Deeds.ASSIGN, by.whose(manuscript)):
            raise Refused("Another editor handles it: the chief editor or an assistant gives it to somebody else.")


@dataclass(frozen=True)
class Outcome:
    """What became of one manuscript. `before` is what an undo needs; None where nothing was done."""

    reference: str
    title: str
    sentence: str
    before: dict[str, Any] | None = None

    @property
    def is_done(self) -> bool:
        return self.before is not None


def do_to_each(manuscripts: Iterable[Manuscript], deed: Deed, teller: Teller) -> list[Outcome]:
    """Do it to each in turn, within the caller's transaction; a refusal undoes what it had begun, and no more."""
    return [_one(manuscript, lambda one: _do(one, deed, teller)) for manuscript in manuscripts]


def keep_deed(deed: Deed, outcomes: Sequence[Outcome], teller: Teller) -> BulkDeed:
    """Keep what was done and what was refused, so that it can be shown and taken back."""
    rows = [
        outcome.before or {"reference": outcome.reference, "refused": outcome.sentence} for outcome in outcomes
    ]  # fmt: skip
    kept = BulkDeed(account_id=teller.account.id, deed=deed.kind, before=rows, done_at=teller.now)
    db.session.add(kept)
    db.session.flush()
    return kept


def undo_deed(kept: BulkDeed, manuscripts: Iterable[Manuscript], teller: Teller) -> list[Outcome]:
    """Take a deed back wherever nothing has happened since. Raises Refused if it was taken back already."""
    if kept.undone_at is not None:
        raise Refused("This was taken back already.")
    kept.undone_at = teller.now
    before = {row["reference"]: row for row in kept.before if "refused" not in row}
    found = [one for one in manuscripts if one.reference in before]
    return [_one(one, lambda m: _undo(m, kept.deed, before[m.reference], teller)) for one in found]


def _one(manuscript: Manuscript, work: Callable[[Manuscript], Outcome]) -> Outcome:
    reference, title = manuscript.reference, manuscript.title
    try:
        with db.session.begin_nested():
            outcome = work(manuscript)
            db.session.flush()
            return outcome
    except TrackerError as error:
        return Outcome(reference, title, str(error))


def _do(manuscript: Manuscript, deed: Deed, teller: Teller) -> Outcome:
    if deed.kind == "record":
        return _record(manuscript, deed.wish, teller)
    if deed.kind == "assign":
        teller.must_assign(manuscript)
        return _assign(manuscript, deed.editor, teller)
    if deed.kind in ("mute", "arm"):
        return _arm(manuscript, deed.kind == "arm", teller)
    return _tag(manuscript, deed.tag, deed.kind == "tag")


def _record(manuscript: Manuscript, wish: Wish | None, teller: Teller) -> Outcome:
    assert wish is not None, "recording needs an action"
    record_action(
        manuscript, wish, by=teller.actor_of(manuscript), now=teller.now, today=teller.today_of(manuscript)
    )  # fmt: skip
    return _done(manuscript, f"{done_words(wish.action)} on {wish.on.words}", version=manuscript.version)


def _assign(manuscript: Manuscript, editor: Account | None, teller: Teller) -> Outcome:
    before = manuscript.handling_editor
    if before is editor:
        raise Refused(f"{editor.display_name} handles it already." if editor else "Nobody handles it already.")
    assign_editor(manuscript, editor, by=teller.actor_of(manuscript), now=teller.now)
    sentence = f"Handled by {editor.display_name}" if editor else "Handled by nobody"
    was = f", was {before.display_name}" if before else ""
    return _done(manuscript, sentence + was, was=before.uid if before else "", now=editor.uid if editor else "")


def _arm(manuscript: Manuscript, armed: bool, teller: Teller) -> Outcome:
    if manuscript.is_armed == armed:
        raise Refused("Reminders are armed already." if armed else "Reminders are muted already.")
    arm_reminders(manuscript, armed, by=teller.actor_of(manuscript), now=teller.now)
    return _done(manuscript, "Reminders armed" if armed else "Reminders muted")


def _tag(manuscript: Manuscript, word: str, wanted: bool) -> Outcome:
    tags = tags_of(manuscript)
    has = word.casefold() in {tag.casefold() for tag in tags}
    if has == wanted:
        raise Refused(f"It has the tag “{word}” already." if has else f"It does not have the tag “{word}”.")
    set_tags(manuscript, [*tags, word] if wanted else [tag for tag in tags if tag.casefold() != word.casefold()])
    return _done(manuscript, f"Tag “{word}” {'added' if wanted else 'removed'}", tag=word)


def _done(manuscript: Manuscript, sentence: str, **before: Any) -> Outcome:
    return Outcome(
        manuscript.reference, manuscript.title, sentence,
        {"reference": manuscript.reference, "done": sentence, **before},
    )  # fmt: skip


def _undo(manuscript: Manuscript, kind: str, before: dict[str, Any], teller: Teller) -> Outcome:
    if kind == "record":
        undo_last_step(
            manuscript, by=teller.actor_of(manuscript), now=teller.now, today=teller.today_of(manuscript),
            expected_version=before["version"],
        )  # fmt: skip
        return _done(manuscript, "Taken back")
    if kind == "assign":
        present = manuscript.handling_editor.uid if manuscript.handling_editor else ""
        if present != before["now"]:
            raise Conflict("Somebody has given it to another editor since.")
        found = db.session.scalars(select(Account).where(Account.uid == before["was"])).one_or_none()
        return _assign(manuscript, found, teller)
    opposite = {"tag": "untag", "untag": "tag", "mute": "arm", "arm": "mute"}[kind]
    return _do(manuscript, Deed(opposite, tag=before.get("tag", "")), teller)


def wish_for_all(action: str, on: PartialDate, kind: str, note: str, *, confirmed: bool) -> Wish:
    """One action with one date for every manuscript of a selection."""
    wish = Wish(action, on, kind=kind, note=note)
    return replace(wish, confirmed=True, details={"confirmed": True}) if confirmed else wish
