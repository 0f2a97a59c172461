"""When an open manuscript may have its decision, from how long others of its journal took."""

from __future__ import annotations

from datetime import date

from tracker.domain.forecasts import FEW_BELOW, Prospect, prospect
from tracker.domain.reports import Period
from tracker.models import Manuscript
from tracker.queries.outcomes import to_decision


def forecast_for(manuscript: Manuscript, as_of: date) -> Prospect | None:
    """The first decision if it is still due, else the final one; None for what is decided, closed or undated.

    Those like it are of its article type where enough of them were open as long, else all of the journal. It is not
    among them itself.
    """
    if manuscript.received_on is None or not manuscript.awaits_a_decision:
        return None
    first_is_due = manuscript.first_decision_on is None
    metric, decision = ("first_decision", "first decision") if first_is_due else ("final_decision", "final decision")
    others = Manuscript.id != manuscript.id
    if manuscript.article_type:
        same_type = Manuscript.article_type == manuscript.article_type
        curve = to_decision(manuscript.journal, Period(), as_of, metric, others, same_type)
        found = prospect(curve, decision, manuscript.received_on, as_of, manuscript.article_type)
        if found.n >= FEW_BELOW:
            return found
    curve = to_decision(manuscript.journal, Period(), as_of, metric, others)
    return prospect(curve, decision, manuscript.received_on, as_of)
