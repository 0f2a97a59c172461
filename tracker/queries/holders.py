"""Where the days go: the days of closed manuscripts by the holder of the ball."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.reports import HolderShare, Period
from tracker.models import HolderDays, Interval, Journal, Manuscript
from tracker.queries.intervals import leaving_out, within, year_of


def holder_shares(journal: Journal, period: Period) -> tuple[HolderShare, ...]:
    """By year: how many manuscripts were closed, and their days with each holder.

    Their sum is the days from received to the end, always. Only manuscripts whose every day is known.
    """
    ended = period.basis == "ended"
    day, whole = (HolderDays.ended_on, Interval.ended_on) if ended else (HolderDays.received_on, Interval.received_on)
    year, year_of_whole = year_of(day), year_of(whole)
    rows = select(year, HolderDays.holder, func.sum(HolderDays.days)).where(
        HolderDays.journal_id == journal.id, *within(period, day)
    )
    # a manuscript has its days by holder where it has a journal time: counting those is cheaper than telling it apart
    manuscripts = select(year_of_whole, func.count()).where(
        Interval.journal_id == journal.id, Interval.metric == "journal_time", *within(period, whole)
    )
    rows = rows.where(*leaving_out(period, HolderDays.manuscript_id))
    manuscripts = manuscripts.where(*leaving_out(period, Interval.manuscript_id))
    if not period.imported:
        live = select(Manuscript.id).where(Manuscript.journal_id == journal.id, Manuscript.is_imported.is_(False))
        rows = rows.where(HolderDays.manuscript_id.in_(live))
        manuscripts = manuscripts.where(Interval.manuscript_id.in_(live))
    days: dict[str, dict[str, int]] = defaultdict(dict)
    # a database may give groups in any order, and two installations have to print the same report
    grouped = rows.group_by(year, HolderDays.holder).order_by(year, HolderDays.holder)
    for part, holder, total in db.session.execute(grouped):
        days[part][holder] = int(total)
    counted = dict(db.session.execute(manuscripts.group_by(year_of_whole)).all())
    return tuple(HolderShare(part, counted[part], days[part]) for part in sorted(days))
