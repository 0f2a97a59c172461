"""By when something is due that a policy gives so many days: calendar days, and working days for proofs."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.domain.policy import Policy
from tracker.domain.sending_window import IsWorkingDay, is_weekday, rolled_forward

IN_WORKING_DAYS = frozenset({"proofs"})  # a typesetter's queue waits for the answer, and nobody proofreads on a holiday


def due_after(rule: str, start: date, policy: Policy, is_working_day: IsWorkingDay = is_weekday) -> date:
    """The day on which a task is due that began on `start`; `rule` is a key of `policy.days_due`.

    Where nobody can tell the holidays, every weekday counts as a working day.
    """
    days = policy.days_due[rule]
    return working_days_after(start, days, is_working_day) if rule in IN_WORKING_DAYS else start + timedelta(days=days)


def working_days_after(start: date, days: int, is_working_day: IsWorkingDay) -> date:
    """The `days`-th working day after `start`, which itself does not count; `start` itself for none.

    A predicate that says no for longer than any country closes is not asked on for ever: every day then counts.
    """
    day = start
    for _ in range(days):
        day = rolled_forward(day + timedelta(days=1), is_working_day)
    return day
