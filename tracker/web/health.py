"""Whether this installation is in order, for a load balancer or a watching script."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.migrations import state
from tracker.queries.schedule import last_outcomes, last_runs, late_since
from tracker.web.sign_in import public

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """200 when the database answers and its migrations are at head; 503 with the reason otherwise.

    A scheduler that is late is told, and is no reason for 503: the pages work, and a load balancer must not take them
    away. What a pass complained of stands on the dashboard, not here: everybody may read this.
    """
    reason = trouble()
    told = {"status": "trouble" if reason else "ok", "reason": reason}
    return jsonify(told if reason else {**told, "scheduler": scheduler(clock.now())}), 503 if reason else 200


def scheduler(now: datetime) -> dict[str, Any]:
    """When a scheduler was last seen, and for each pass when it last ran and whether it complained."""
    runs, outcomes = last_runs(), last_outcomes()
    passes = {job: {"ran_at": ran_at.isoformat(), "ok": not outcomes.get(job)} for job, ran_at in runs.items()}
    seen = max(runs.values(), default=None)
    is_late = late_since(now) is not None
    return {"last_seen": seen.isoformat() if seen else None, "is_late": is_late, "passes": passes}


def trouble() -> str | None:
    """What is wrong, in words and without secrets; None when all is well."""
    try:
        if state.is_up_to_date():
            return None
    except SQLAlchemyError:
        return "The database does not answer."
    return "The database is not at the newest migration: run “tracker db upgrade”."
