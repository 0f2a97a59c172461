"""When the scheduler was last seen, and what it said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from tracker.db import db
from tracker.models import JobRun

LATE_AFTER = timedelta(minutes=15)
NEVER = datetime(1, 1, 1, tzinfo=UTC)
HEARTBEAT = "last run"  # the one slot that is kept of a pass that runs every minute


def last_seen() -> datetime | None:
    """The instant at which a scheduler last finished a pass; None if none ever has."""
    return db.session.scalar(select(func.max(JobRun.ran_at)).where(JobRun.slot == HEARTBEAT))


def last_runs() -> dict[str, datetime]:
    """When each pass last ran to its end, by any scheduler."""
    runs = db.session.execute(select(JobRun.job, JobRun.ran_at).where(JobRun.slot == HEARTBEAT).order_by(JobRun.job))
    return {job: ran_at for job, ran_at in runs}  # noqa: C416  mypy wants the pair taken apart


def late_since(now: datetime) -> datetime | None:
    """Since when letters are neither planned nor delivered though they should be each minute; None while they are.

    Where they never were, it is the year 1.
    """
    runs = last_runs()
    oldest = min(runs.get(job, NEVER) for job in ("plan", "deliver"))
    return oldest if now - oldest > LATE_AFTER else None


def last_outcomes() -> dict[str, str]:
    """What each pass said when it last ran: a sentence where something is wrong, such as a server that is down."""
    runs = db.session.scalars(select(JobRun).where(JobRun.slot == HEARTBEAT).order_by(JobRun.job))
    return {run.job: run.outcome for run in runs}


def slot_outcome(job: str, slot: str) -> str | None:
    """What became of a claimed slot: empty while somebody works on it; None if nobody has taken it."""
    return db.session.scalar(select(JobRun.outcome).where(JobRun.job == job, JobRun.slot == slot))
