"""The one door for history. Everything that enters a ledger enters here, and nothing else writes the copies.

A step is planned by the domain against the whole timeline, sealed into the chain, and appended; the standing, the
open tasks and the turnaround of the manuscript are written anew from the fold, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.db import db
from tracker.domain.by_hand import actions_told, has_live_history
from tracker.domain.copies import copies_of, task_values
from tracker.domain.dates import PartialDate
from tracker.domain.errors import Conflict
from tracker.domain.events import LIVE, Event, genesis, sealed
from tracker.domain.recording import (
    Authority,
    Entry,
    Plan,
    plan_correction,
    plan_step,
    plan_undo,
    standing_before,
    written_out,
)
from tracker.domain.standing import Fold
from tracker.domain.tasks import Task as OpenTask
from tracker.domain.tasks import next_due, open_tasks
from tracker.domain.turnaround import FROM_RECEIVED
from tracker.domain.words import DATE_CORRECTED
from tracker.models import Interval, LedgerEntry, Manuscript, Task
from tracker.services.actors import Actor
from tracker.services.letter_links import end_links
from tracker.services.review_texts import file_anew
from tracker.services.search import keep_searchable
from tracker.services.turnaround import days_ahead, write_turnaround


def record_step(
    manuscript: Manuscript,
    entry: Entry,
    *,
    by: Actor,
    now: datetime,
    today: date,
    confirmed: bool = False,
    expected_version: int | None = None,
    followed_by: Sequence[Entry] = (),
) -> Fold:
    """Record one action of the lifecycle with everything that belongs to it, and give the standing after it.

    `followed_by` are further actions of the same step, undone together: the invitations of a sending to review.
    Raises Refused, NeedsConfirmation, or Conflict when the manuscript is not at `expected_version` any more.
    """
    by.must_be_allowed(entry.action, manuscript)
    ledger = ledger_for_update(manuscript, expected_version)
    entries = [*written_out(standing_before(ledger, entry.on.last), entry), *followed_by]
    authority = Authority(by.uid, now, today)
    return _append(manuscript, ledger, plan_step(ledger, entries, authority, confirmed=confirmed))


def record_facts(
    manuscript: Manuscript, entries: Sequence[Entry], *, source: str, by: Actor, now: datetime, today: date
) -> Fold:
    """Record facts of an imported history as one step. Events may be missing between them; none may clash.

    Raises what `must_be_allowed_to_import` raises.
    """
    ledger = ledger_for_update(manuscript, None)
    plan = plan_step(ledger, entries, Authority(by.as_importer, now, today, source), confirmed=True)
    must_be_allowed_to_import(manuscript, ledger, actions_told(ledger, plan.entries), by=by)
    return _append(manuscript, ledger, plan)


def must_be_allowed_to_import(
    manuscript: Manuscript, ledger: Sequence[Event], actions: Sequence[str], *, by: Actor
) -> None:
    """Raise NotAllowed or OwnWork unless an import by this person may bring, move or take back these actions.

    Where people record what happens, an import may what its person may by hand. A history that only imports have told
    is told on by everybody who writes.
    """
    if has_live_history(ledger):
        for action in actions:
            by.must_be_allowed(action, manuscript)


def undo_last_step(
    manuscript: Manuscript,
    *,
    by: Actor,
    now: datetime,
    today: date,
    reason: str = "",
    expected_version: int | None = None,
    source: str = LIVE,
) -> Fold:
    """Take back the last step that stands, by an entry that says so. Raises Refused if there is none.

    `source` says which import is taken back with it.
    """
    ledger = ledger_for_update(manuscript, expected_version)
    plan = plan_undo(ledger, Authority(by.uid, now, today, source), reason=reason)
    for position in plan.entries[0].details["positions"]:
        taken_back = ledger[position - 1]
        about = taken_back.details["position"] if taken_back.action == DATE_CORRECTED else position
        _must_be_allowed(manuscript, ledger, about, by=by, source=source)
    return _append(manuscript, ledger, plan)


def correct_date(
    manuscript: Manuscript,
    position: int,
    on: PartialDate,
    *,
    reason: str,
    by: Actor,
    now: datetime,
    today: date,
    confirmed: bool = False,
    expected_version: int | None = None,
    source: str = LIVE,
) -> Fold:
    """Move an event to another date; the old date stays in the ledger. `source` says where an import has it from.

    Raises Refused if the timeline breaks, and NeedsConfirmation if it becomes an unusual one.
    """
    ledger = ledger_for_update(manuscript, expected_version)
    authority = Authority(by.uid if source == LIVE else by.as_importer, now, today, source)
    plan = plan_correction(ledger, position, on, authority, reason=reason, confirmed=confirmed)
    _must_be_allowed(manuscript, ledger, position, by=by, source=source)
    return _append(manuscript, ledger, plan)


def _must_be_allowed(manuscript: Manuscript, ledger: Sequence[Event], position: int, *, by: Actor, source: str) -> None:
    action = ledger[position - 1].action
    if source == LIVE:
        by.must_be_allowed(action, manuscript)
    else:
        must_be_allowed_to_import(manuscript, ledger, [action], by=by)


def ledger_for_update(manuscript: Manuscript, expected_version: int | None) -> list[Event]:
    """The manuscript's ledger, with the manuscript locked until the transaction ends.

    Raises Conflict if the ledger has grown since `expected_version`.
    """
    session = db.session()
    session.flush()
    locked = select(Manuscript.version).where(Manuscript.id == manuscript.id).with_for_update()
    version = session.execute(locked).scalar_one()
    if expected_version is not None and version != expected_version:
        raise Conflict(
            f"{manuscript.reference} has changed since you opened it: somebody recorded another step. "
            "Look at what is new, then record yours; what you typed is kept."
        )
    rows = select(LedgerEntry).where(LedgerEntry.manuscript_id == manuscript.id).order_by(LedgerEntry.position)
    return [row.event for row in session.scalars(rows)]


def _append(manuscript: Manuscript, ledger: Sequence[Event], plan: Plan) -> Fold:
    session = db.session()
    head = manuscript.head_hash if ledger else genesis(manuscript.uid)
    for event in plan.entries:
        head = sealed(head, event)
        session.add(LedgerEntry.of(event, manuscript_id=manuscript.id, seal=head))
    manuscript.head_hash, manuscript.version = head, len(ledger) + len(plan.entries)
    write_copies(session, manuscript, plan.standing)
    file_anew(manuscript, ledger, plan.standing)
    if not plan.standing.on_hold:  # work that is held goes on as it was
        open_keys = session.scalars(select(Task.key).where(Task.manuscript_id == manuscript.id))
        end_links(manuscript.id, open_keys, now=plan.entries[-1].recorded_at)
    return plan.standing


def write_copies(session: Session, manuscript: Manuscript, standing: Fold) -> None:
    """Write what the fold says where it is read from: the row, the open tasks, the turnaround."""
    tasks = open_tasks(standing, manuscript.journal.policy)
    for column, value in copies_of(standing).items():
        setattr(manuscript, column, value)
    manuscript.due_on = next_due(tasks, standing)
    manuscript.paper_received_on = _paper_received_on(manuscript)
    if standing.doi:
        manuscript.doi = standing.doi
    session.flush()
    session.execute(delete(Task).where(Task.manuscript_id == manuscript.id))
    session.add_all(_task_rows(manuscript, tasks))
    session.flush()
    write_turnaround(session, manuscript, standing)
    keep_searchable([manuscript.id])
    for child in session.scalars(select(Manuscript).where(Manuscript.origin_id == manuscript.id)):
        count_from_the_paper(child)


def count_from_the_paper(manuscript: Manuscript) -> None:
    """Write anew what depends on when the paper was first received, here and in what came back from it."""
    session = db.session()
    manuscript.paper_received_on = _paper_received_on(manuscript)
    ahead = days_ahead(manuscript)
    for row in session.scalars(select(Interval).where(Interval.manuscript_id == manuscript.id)):
        row.paper_days = row.days + (ahead if row.metric in FROM_RECEIVED else 0)
    session.flush()
    for child in session.scalars(select(Manuscript).where(Manuscript.origin_id == manuscript.id)):
        count_from_the_paper(child)


def _paper_received_on(manuscript: Manuscript) -> date | None:
    """The day the paper was first received: the origin's, where this record came back after a rejection."""
    origin = manuscript.origin
    return (origin.paper_received_on if origin else None) or manuscript.received_on


def _task_rows(manuscript: Manuscript, tasks: Sequence[OpenTask]) -> list[Task]:
    policy = manuscript.journal.policy
    ids = {"manuscript_id": manuscript.id, "journal_id": manuscript.journal_id}
    return [Task(**ids, **task_values(task, policy)) for task in tasks]
